"""Whether the date and the time of an interview are confirmed: twice, on different days or in different ways.

A confirmation is of one date, time and zone. When these change, it stays but counts no more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from service.db.models import new_identifier
from service.db.preparation_models import ScheduledInterview
from service.prepare.schemas import Confirmation
from service.prepare.times import day_words

WANTED = 2
"""Confirmations that are wanted."""

_WAYS = {
    "own_check": "You checked it yourself",
    "coordinator_email": "The coordinator wrote it in an e-mail",
    "coordinator_call": "The coordinator said it on the phone",
    "portal": "The programme's own page showed it",
}


def confirmed_moment(row: ScheduledInterview) -> str:
    """What a confirmation of this interview is of: its date, time and zone."""
    at = "" if row.time is None else f"{row.time:%H:%M}"
    return f"{row.date.isoformat()} {at} {row.time_zone}"


def new_confirmation(row: ScheduledInterview, way: str, on: str) -> dict[str, Any]:
    """A confirmation as it is stored; `on` is a day in ISO format."""
    return {"id": new_identifier(), "way": way, "on": on, "of": confirmed_moment(row)}


def confirmations_of(row: ScheduledInterview) -> list[Confirmation]:
    """All confirmations of an interview, as they were made."""
    return [_describe(each, each.get("of") == confirmed_moment(row)) for each in row.confirmations]


def is_confirmed(confirmations: Sequence[Confirmation]) -> bool:
    """Whether two of them count and differ in their day or in their way."""
    return len({(each.way, each.on) for each in confirmations if each.counts}) >= WANTED


def confirmation_words(confirmations: Sequence[Confirmation], *, has_time: bool) -> str:
    """How far an interview is confirmed, and what is left to do.

    Args:
        has_time: whether its time is known; otherwise only its day can be confirmed.
    """
    counting = {(each.way, each.on) for each in confirmations if each.counts}
    if len(counting) >= WANTED:
        if not has_time:
            return "The date is confirmed twice. Add the time when you know it, and confirm it too."
        return "Date and time are confirmed twice."
    if counting:
        return "Confirmed once. Confirm it once more, on another day or in another way."
    if confirmations:
        return "Date, time or zone have changed since. Please confirm the new ones twice."
    return "Not confirmed yet. Check date and time twice, on two days or in two ways."


def _describe(stored: Mapping[str, Any], counts: bool) -> Confirmation:
    confirmation = Confirmation.model_validate({"counts": counts, "words": "", **stored})
    words = f"{_WAYS[confirmation.way]} on {day_words(confirmation.on)}."
    if not counts:
        words += " That was another date or time, so it does not count."
    return confirmation.model_copy(update={"words": words})
