"""The follow-ups that an interviewer can ask after an answer. `follow_ups.toml` describes every field."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service.practice.checked_file import (
    Entry,
    Slug,
    check_entries,
    check_ids_differ,
    check_names,
    read_file,
)

FILE = Path(__file__).with_name("follow_ups.toml")

WORD = "{word}"
"""Stands in a caption for the word of the answer that the interviewer takes up."""

Reason = Literal["no_example", "own_part", "no_outcome", "short", "reflective"]
"""Codes of what was heard in an answer."""

REASON_NAMES: dict[Reason, str] = {
    "no_example": "Ask for an example",
    "own_part": "Ask for their own part",
    "no_outcome": "Ask how it ended",
    "short": "Ask for more",
    "reflective": "Ask for a thought on it",
}
"""What a follow-up is for, as a person who asks sees it."""

Said = Annotated[str, Field(min_length=1, max_length=160)]


class FollowUp(Entry):
    """One follow-up.

    Attributes:
        text: as it is said.
        past: whether it makes sense only after something that happened was told.
        caption: the text on the screen with `{word}` in it; None if no word is ever taken up.
    """

    id: Slug
    reason: Reason
    text: Said
    caption: Said | None = None
    past: bool = False

    @model_validator(mode="after")
    def _fits_together(self) -> "FollowUp":
        if (self.caption is not None) != (self.reason == "short"):
            raise ValueError("caption belongs to follow-ups with the reason 'short', and to all of those")
        if self.caption is not None and self.caption.count(WORD) != 1:
            raise ValueError(f"caption should have {WORD} in it once")
        return self

    def caption_with(self, word: str | None) -> str:
        """The text on the screen.

        Args:
            word: the word of the answer to take up; None if there is none that is sure enough.
        """
        return self.text if self.caption is None or word is None else self.caption.replace(WORD, word)


@cache
def follow_ups() -> tuple[FollowUp, ...]:
    """The follow-ups of this installation in the order of the file, read once.

    Raises:
        DataError: the file is invalid.
    """
    return load_follow_ups(FILE)


def find_follow_up(identifier: str) -> FollowUp | None:
    """The follow-up with this id, or None."""
    return next((each for each in follow_ups() if each.id == identifier), None)


def candidates(reason: Reason, named: Sequence[str]) -> list[FollowUp]:
    """The follow-ups for a reason, the best first: those that the question names, then the shared ones.

    After a question that names follow-ups, but none about the past, shared ones about the past are left out:
    'What came of it?' makes no sense after a supposed case.

    Args:
        reason: what was heard in the answer.
        named: ids that the question names; unknown ones are ignored.
    """
    of_the_question = [each for identifier in named for each in follow_ups() if each.id == identifier]
    supposed = bool(of_the_question) and not any(each.past for each in of_the_question)
    shared = [each for each in follow_ups() if each not in of_the_question and not (supposed and each.past)]
    return [each for each in (*of_the_question, *shared) if each.reason == reason]


def load_follow_ups(path: Path) -> tuple[FollowUp, ...]:
    """Reads and validates a file of follow-ups.

    Raises:
        DataError: the file is invalid; the sentence names the entry and the field.
    """
    file = path.name
    tables = read_file(path)
    check_names(tables, ("follow_ups",), file=file)
    loaded = check_entries(FollowUp, tables, "follow_ups", file=file, called="follow-up")
    check_ids_differ([each.id for each in loaded], file=file)
    return loaded
