"""The items of the set-up check, as `set_up_check.toml` has them, with why and on whose word each matters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from service.practice.checked_file import (
    DataError,
    Entry,
    Name,
    check_entries,
    check_ids_differ,
    check_names,
    read_file,
)

FILE_NAME = "set_up_check.toml"
_FILE = Path(__file__).parent / FILE_NAME

ItemId = Annotated[str, Field(max_length=64, pattern=r"^[a-z]+(_[a-z]+)*$")]
Sentence = Annotated[str, Field(min_length=1, max_length=300)]
Kind = Literal["measured", "typed", "asked"]
Again = Literal["day_before", "same_day"]


class Source(Entry):
    """A page or a paper that asks for an item, by its name."""

    id: ItemId
    name: Sentence
    address: Annotated[str, Field(pattern=r"^https://")]


class Group(Entry):
    """A part of the check."""

    id: ItemId
    name: Name
    summary: Sentence | None = None
    folded: bool = False


class PossibleAnswer(Entry):
    """What a person can answer where an item is asked; a good one needs nothing more."""

    id: ItemId
    label: Name
    good: bool
    words: Sentence | None = None


DONE_OR_NOT = (
    PossibleAnswer(id="done", label="Done", good=True),
    PossibleAnswer(id="not_yet", label="Not yet", good=False),
)


class Item(Entry):
    """One thing to look at before an interview; the file describes each field."""

    id: ItemId
    group: ItemId
    kind: Kind
    what: Name
    why: Sentence
    how: Sentence
    advice: Sentence | None = None
    again: Again | None = None
    answers: list[PossibleAnswer] = Field(default_factory=list)
    source: ItemId | None = None

    @property
    def possible_answers(self) -> tuple[PossibleAnswer, ...]:
        """What can be answered: those of the file, else 'Done' and 'Not yet'."""
        return tuple(self.answers) or DONE_OR_NOT


class SetUpItems(Entry):
    """The whole check, in the order of the page."""

    groups: tuple[Group, ...]
    items: Mapping[str, Item]
    sources: Mapping[str, Source]


@cache
def set_up_items() -> SetUpItems:
    """The check of this installation, read once.

    Raises:
        DataError: the file is invalid.
    """
    tables = read_file(_FILE)
    check_names(tables, ("groups", "items", "sources"), file=FILE_NAME)
    groups = check_entries(Group, tables, "groups", file=FILE_NAME)
    items = check_entries(Item, tables, "items", file=FILE_NAME)
    sources = check_entries(Source, tables, "sources", file=FILE_NAME)
    for each in (groups, items, sources):
        check_ids_differ([entry.id for entry in each], file=FILE_NAME)
    known = {group.id for group in groups}, {source.id for source in sources}
    for item in items:
        if item.group not in known[0] or (item.source is not None and item.source not in known[1]):
            raise DataError(f"{FILE_NAME}: '{item.id}' names a group or a source that is not in the file.")
    return SetUpItems(
        groups=tuple(groups),
        items={item.id: item for item in items},
        sources={source.id: source for source in sources},
    )
