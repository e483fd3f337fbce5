"""What guides for applicants advise after an interview, each with its source. `guides.toml` has the words."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from service.practice.checked_file import Entry, check_entries, check_names, read_file
from service.schemas import ApplyingTo

FILE = Path(__file__).with_name("guides.toml")

WebAddress = Annotated[str, Field(max_length=300, pattern=r"^https?://\S+$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]
AdviceOn = Literal["thank_you", "question", "update", "second_look", "privacy"]


class Timing(Entry):
    """When a guide says that a thank-you should be sent.

    Attributes:
        until_days: days after the interview on which that time ends.
        name, address: the guide.
    """

    applying_to: ApplyingTo
    words: Words
    until_days: Annotated[int, Field(ge=1, le=30)]
    name: Words
    address: WebAddress


class Advice(Entry):
    """What to know about a kind of message, a second look or privacy.

    Attributes:
        applying_to: None for everyone.
        name, address: the guide; None where it is no guide's but how this program works.
    """

    id: AdviceOn
    applying_to: ApplyingTo | None = None
    words: Words
    name: Words | None = None
    address: WebAddress | None = None


class Guides(Entry):
    """All of it, in the order of the file."""

    timing: tuple[Timing, ...]
    advice: tuple[Advice, ...]

    def timing_for(self, applying_to: str) -> Sequence[Timing]:
        """When to send a thank-you, after an interview of this kind."""
        return [one for one in self.timing if one.applying_to == applying_to]

    def advice_on(self, what: AdviceOn, applying_to: str) -> Sequence[Advice]:
        """What to know, after an interview of this kind."""
        return [one for one in self.advice if one.id == what and one.applying_to in (None, applying_to)]


@cache
def guides() -> Guides:
    """The guides of this installation, read once.

    Raises:
        DataError: the file is invalid.
    """
    return load_guides(FILE)


def load_guides(path: Path) -> Guides:
    """Reads and validates a file of guides.

    Raises:
        DataError: the file is invalid; the sentence says where.
    """
    tables = read_file(path)
    check_names(tables, ("timing", "advice"), file=path.name)
    return Guides(
        timing=check_entries(Timing, tables, "timing", file=path.name),
        advice=check_entries(Advice, tables, "advice", file=path.name),
    )
