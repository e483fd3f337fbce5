"""Which takes are wanted. Standard library only: every start of the command line reads it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

WhichTakes = Literal["all", "first", "retakes"]
WhichTiming = Literal["all", "timed", "untimed"]


@dataclass(frozen=True)
class Filters:
    """What a take must be like; None and `all` ask for nothing.

    Attributes:
        takes: `first` takes are those that are the first of their question, or have none.
        timing: takes of which nothing is known are neither `timed` nor `untimed`.
        kind: id of a kind of question.
        first_language: as it was set when the take was made.
        spoken: ISO 639-1 code of what was spoken.
        session: id.
        tag: in any case.
        since, until: first and last day.
    """

    takes: WhichTakes = "all"
    timing: WhichTiming = "all"
    kind: str | None = None
    first_language: str | None = None
    spoken: str | None = None
    session: str | None = None
    tag: str | None = None
    since: date | None = None
    until: date | None = None
