"""The calendar of practice days, and the summary of one week."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from analysis.trends.weeks import WEEKS_BEFORE, WeekSummary, week_summary
from service.problems import InvalidRequest
from service.progress.schemas import Calendar, PracticeDay
from service.progress.takes import TakeRow, as_takes, on_days
from service.progress.times import Week

MOST_DAYS = 400
"""Most days of one calendar: a year and the weeks at both ends of it."""


def calendar(rows: Sequence[TakeRow], first: date, last: date, zone: tzinfo) -> Calendar:
    """The days with takes. A file that could not be analysed is none.

    Args:
        rows: the person's takes, oldest first.
        first, last: first and last day, both included.
        zone: the time zone in which days begin and end.

    Raises:
        InvalidRequest: the days are in the wrong order, or there are too many.
    """
    if last < first:
        raise InvalidRequest("The last day comes before the first one. Swap them.")
    if (last - first).days >= MOST_DAYS:
        raise InvalidRequest(f"These are too many days. Ask for {MOST_DAYS} at most.")
    days: dict[date, PracticeDay] = {}
    for row in on_days(rows, first, last, zone):
        if row.failed_upload:
            continue
        day = row.at.astimezone(zone).date()
        practice = days.setdefault(day, PracticeDay(day=day, takes=0, seconds=0.0))
        practice.takes += 1
        practice.seconds += 0.0 if row.facts is None else row.facts.recorded
    return Calendar(days=list(days.values()))


def summarise_week(rows: Sequence[TakeRow], week: Week, zone: tzinfo) -> WeekSummary:
    """The summary of a week, compared with the weeks before it.

    Args:
        rows: the person's takes, oldest first.
        week: the week.
        zone: the time zone in which days begin and end.
    """
    earlier = on_days(rows, week.before(WEEKS_BEFORE), week.first_day - timedelta(days=1), zone)
    return week_summary(
        as_takes(on_days(rows, week.first_day, week.last_day, zone)),
        as_takes(earlier),
        first_day=week.first_day,
        zone=zone,
    )
