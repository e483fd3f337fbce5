"""Dates and times of submissions and assignments, on the clock of the person who reads them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from service.prepare.time_zones import zone_words
from service.prepare.times import day_words, moment_words


def moment_in(moment: datetime, zone: str) -> str:
    """`Tuesday, 1 December 2026, 2:30 PM` in a time zone."""
    return moment_words(moment.astimezone(ZoneInfo(zone)))


def due_in(moment: datetime, zone: str) -> str:
    """`Tuesday, 1 December 2026, 2:30 PM, New York time (EST, UTC−05:00)`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{moment_words(local)}, {zone_words(local)}"


def until_words(day: date | None) -> str | None:
    """The last day on which advisers can see something; None where it has no end."""
    return None if day is None else day_words(day)


def late_words(due: datetime | None, now: datetime, *, submitted: bool) -> str:
    """What to say of a due time that is over; empty before it, and where the answer was submitted."""
    if due is None or now <= due or submitted:
        return ""
    return "The due time is over. You can still submit your answer."
