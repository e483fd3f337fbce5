"""Filters for takes. Imports only the standard library, because the command line loads it at every start."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

WhichTakes = Literal["all", "first", "retakes"]
WhichTiming = Literal["all", "timed", "untimed"]


@dataclass(frozen=True)
class Filters:
    """Conditions that a take must meet; None and `all` set no condition.

    Attributes:
        takes: `first` selects the first take of each question, and takes without a question.
        timing: takes with unknown timing are neither `timed` nor `untimed`.
        kind: id of a kind of question.
        first_language: as stored with the take.
        spoken: ISO 639-1 code of the spoken language.
        session: id of a session.
        tag: a tag, ignoring case.
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
