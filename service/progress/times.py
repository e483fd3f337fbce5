"""Days and ISO 8601 weeks in a person's time zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from service.problems import InvalidRequest

DEFAULT_ZONE = "UTC"
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Far enough from the limits of `date` that weeks before and after can be calculated."""

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Week:
    """One week.

    Attributes:
        name: as in ISO 8601, `2026-W47`.
        first_day: its Monday.
    """

    name: str
    first_day: date

    @property
    def last_day(self) -> date:
        """Its Sunday."""
        return self.first_day + timedelta(days=_DAYS_OF_WEEK - 1)

    def before(self, weeks: int) -> date:
        """The Monday the given number of weeks earlier."""
        return self.first_day - timedelta(weeks=weeks)


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name.

    Raises:
        InvalidRequest: there is no such zone.
    """
    if name not in _zone_names():
        raise InvalidRequest("There is no such time zone. Use an IANA name such as Europe/London.")
    return ZoneInfo(name)


def day_of(text: str) -> date:
    """Parses a day such as `2026-11-22`.

    Raises:
        InvalidRequest: the text is not a valid day.
    """
    problem = InvalidRequest("This is not a day. Write it as year-month-day, for example 2026-11-22.")
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise problem from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise problem
    return day


def week_of(text: str) -> Week:
    """Parses a week such as `2026-W47`.

    Raises:
        InvalidRequest: the text is not a valid week.
    """
    problem = InvalidRequest("This is not a week. Write it as year and week number, for example 2026-W47.")
    parts = _WEEK.fullmatch(text)
    if parts is None:
        raise problem
    year, number = int(parts[1]), int(parts[2])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise problem
    try:
        return Week(text, date.fromisocalendar(year, number, 1))
    except ValueError as error:
        raise problem from error


def week_around(day: date) -> Week:
    """The week that a day belongs to."""
    year, number, weekday = day.isocalendar()
    return Week(f"{year}-W{number:02d}", day - timedelta(days=weekday - 1))


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())
