"""Interviews as a calendar file (iCalendar, RFC 5545): the interview, being there early, and open steps.

Identifiers stay the same from one download to the next, so that a calendar replaces what it has. Steps that
are done are left out, and so are all once what comes after an interview is over; a step whose day has passed
stands on today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from service.db.engine import Database
from service.db.preparation_models import ScheduledInterview
from service.prepare import schemas
from service.prepare.calendar_zones import calendar_zone
from service.prepare.plan import describe_plan, open_steps, present_phase
from service.prepare.plan_steps import plan_steps
from service.prepare.scheduled_interviews import ScheduledInterviews, describe, ends_at, times
from service.progress.history import read_history

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Greenroom//Interviews//EN"

DAY_BEFORE, HOUR_BEFORE, QUARTER_BEFORE = timedelta(days=-1), timedelta(hours=-1), timedelta(minutes=-15)
MORNING = timedelta(hours=9)
"""When a step of the plan reminds of itself, on its day."""
EVENING_BEFORE = timedelta(hours=-6)
"""When an interview whose time is not known reminds of itself: at 6 PM on the day before."""


@dataclass(frozen=True)
class CalendarFile:
    """A calendar file.

    Attributes:
        name: for downloads.
        content: UTF-8.
    """

    name: str
    content: bytes


def calendar_of_all(database: Database, person: str, now: datetime) -> CalendarFile:
    """All interviews of a person, past and cancelled ones too, with the steps of those to come.

    Args:
        now: with a time zone.
    """
    return CalendarFile("interviews.ics", _content(database, person, now, None))


def calendar_of(database: Database, person: str, interview: str, now: datetime) -> CalendarFile:
    """One interview with its steps.

    Raises:
        NotFound: the person has no such interview.
    """
    return CalendarFile("interview.ics", _content(database, person, now, interview))


def _content(database: Database, person: str, now: datetime, only: str | None) -> bytes:
    history = read_history(database, person)
    events: list[Event] = []
    zones: set[str] = set()
    with database.reading() as session:
        interviews = ScheduledInterviews(session, person)
        rows = interviews.list_all() if only is None else [interviews.get(only)]
        first = interviews.next(now) if only is None else None
        for row in rows:
            described = describe(row, now)
            events += _interview_events(row, described, now)
            zones |= {row.time_zone, row.own_time_zone}
            over = ends_at(row) <= now and present_phase(row, now) is None
            if not row.cancelled and not over:
                plan = describe_plan(session, person, row, history, now)
                steps = open_steps(plan, row, now)
                if only is None and (first is None or row.id != first.id):
                    # Steps for a whole season stand once, with the next interview.
                    steps = [step for step in steps if step.id not in _of_season()]
                events += _step_events(row, described, steps, now)
        moments = [ends_at(row) for row in rows] + [now]
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Interviews")
    for zone in sorted(zones - {"UTC"}):
        calendar.add_component(calendar_zone(zone, min(moments), max(moments)))
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _of_season() -> set[str]:
    return {step.id for step in plan_steps().steps if step.season}


def _interview_events(
    row: ScheduledInterview, described: schemas.ScheduledInterview, now: datetime
) -> Iterator[Event]:
    when = times(row, now)
    event = _event(row, f"interview-{row.id}", f"Interview: {row.programme}", now)
    event.add("description", "\n".join(_details(described)))
    if row.link:
        event.add("url", row.link)
    location = row.place or row.platform or row.link
    if location:
        event.add("location", location)
    status = "CANCELLED" if row.cancelled else "CONFIRMED" if described.confirmed else "TENTATIVE"
    event.add("status", status)
    alarms: tuple[timedelta, ...] = (DAY_BEFORE, HOUR_BEFORE)
    if when.starts_at is None:
        event.add("dtstart", row.date)
        event.add("dtend", row.date + timedelta(days=1))
        alarms = (EVENING_BEFORE,)
    else:
        zone = ZoneInfo(row.time_zone)
        event.add("dtstart", _local(when.starts_at, zone))
        event.add("dtend", _local(ends_at(row), zone))
    if not row.cancelled:
        for before in alarms:
            event.add_component(_alarm(f"Interview: {row.programme}", before))
    yield event
    if when.starts_at is not None and when.log_in is not None and not row.cancelled:
        yield _log_in_event(row, when.log_in.label, when.log_in.begins_at, when.starts_at, now)


def _log_in_event(
    row: ScheduledInterview, label: str, begins: datetime, starts: datetime, now: datetime
) -> Event:
    summary = f"{label}: {row.programme}"
    event = _event(row, f"log-in-{row.id}", summary, now)
    zone = ZoneInfo(row.own_time_zone)
    event.add("dtstart", _local(begins, zone))
    event.add("dtend", _local(starts, zone))
    event.add("description", "Be there 10 to 15 minutes early.")
    if row.link:
        event.add("url", row.link)
    event.add_component(_alarm(summary, QUARTER_BEFORE))
    return event


def _step_events(
    row: ScheduledInterview,
    described: schemas.ScheduledInterview,
    steps: Sequence[schemas.PlanStep],
    now: datetime,
) -> Iterator[Event]:
    today = now.astimezone(ZoneInfo(row.own_time_zone)).date()
    for step in steps:
        day: date = max(step.day, today)
        event = _event(row, f"step-{row.id}-{step.id}", step.what, now)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        words = [f"For the interview: {row.programme}.", step.why, f"Source: {step.source.name}"]
        if step.id == "sleep_shift" and described.late_slot is not None:
            words[1:1] = described.late_slot.advice
        event.add("description", "\n".join(words))
        event.add_component(_alarm(step.what, MORNING))
        yield event


def _event(row: ScheduledInterview, identifier: str, summary: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{identifier}@greenroom")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", row.updated_at)
    # It has to grow with every change: seconds since 1970 do.
    event.add("sequence", int(row.updated_at.timestamp()))
    event.add("summary", summary)
    return event


def _alarm(words: str, trigger: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", trigger)
    return alarm


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment on a clock, or in UTC where that clock shows it a second time: a calendar file has no way to
    say so."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold or zone.key == "UTC" else local


def _details(described: schemas.ScheduledInterview) -> Iterator[str]:
    clocks = described.times
    yield f"Programme: {clocks.programme.words}, {clocks.programme.zone_words}"
    yield f"You: {clocks.own.words}, {clocks.own.zone_words}"
    yield from clocks.notes
    yield described.confirmation_words
    contact = described.coordinator
    if contact is not None:
        yield "Coordinator: " + ", ".join(filter(None, (contact.name, contact.phone, contact.email)))
    for interviewer in described.interviewers:
        named = ", ".join(filter(None, (interviewer.name, interviewer.role)))
        if named:
            yield f"Interviewer: {named}"
    if described.link:
        yield described.link
