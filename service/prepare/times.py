"""When an interview is: in the programme's time zone and in one's own, with daylight saving of that day.

Local times that clocks skip or repeat are read by the rules of PEP 495: a skipped time with the distance from
UTC before the change, a repeated one as the first of both. Both are said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from analysis.formatting import listed, number_of
from service.prepare.time_zones import place_of, zone_words

EARLY_MINUTES = (15, 10)
"""Minutes before the beginning at which one is there: from the first to the second."""

FARTHEST_CHANGE = timedelta(days=2 * 365)
"""How far ahead changes of the clocks are looked for. Countries change their rules, so later ones are not
promised."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Clock:
    """A moment in one time zone.

    Attributes:
        words: day and time.
        zone_words: the zone as it is at that moment.
    """

    words: str
    zone_words: str


@dataclass(frozen=True)
class LogIn:
    """When to be there, ready: 10 to 15 minutes before the beginning, on both clocks.

    Attributes:
        label: what is done then: log in, or arrive.
        begins_at, ends_at: in UTC.
        programme, own: words, without the zones.
    """

    label: str
    begins_at: datetime
    ends_at: datetime
    programme: str
    own: str


@dataclass(frozen=True)
class Times:
    """The time of an interview on both clocks.

    Attributes:
        programme, own: the two clocks. Without a time of day both are the programme's day alone.
        same_zone: both clocks show the same at that moment.
        starts_at: in UTC; None without a time of day.
        log_in: None without a time of day, and where nobody waits.
        notes: what to know about clocks that change, as sentences.
    """

    programme: Clock
    own: Clock
    same_zone: bool
    starts_at: datetime | None
    log_in: LogIn | None
    notes: Sequence[str]


def day_words(day: date) -> str:
    """`Tuesday, 1 December 2026`: with the month as a word, because 12/1 is read in two ways."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def clock_words(moment: datetime | time) -> str:
    """`2:30 PM`; noon and midnight say so, because their AM and PM are often mixed up."""
    words = f"{moment.hour % 12 or 12}:{moment.minute:02d} {'AM' if moment.hour < 12 else 'PM'}"
    named = {(0, 0): " (midnight)", (12, 0): " (noon)"}.get((moment.hour, moment.minute), "")
    return words + named


def moment_words(moment: datetime) -> str:
    """`Tuesday, 1 December 2026, 2:30 PM`."""
    return f"{day_words(moment.date())}, {clock_words(moment)}"


def start_of(day: date, at: time, zone: str) -> datetime:
    """The moment of a local time, with its time zone. The first one, if clocks show it twice."""
    return datetime.combine(day, at, ZoneInfo(zone))


def times_of(
    day: date,
    at: time | None,
    zone: str,
    own_zone: str,
    now: datetime,
    *,
    log_in: str | None = "Log in",
) -> Times:
    """The time of an interview on both clocks, with what to know about them.

    Args:
        day, at: in the programme's zone; `at` is None if only the day is known.
        zone, own_zone: IANA names.
        now: with a time zone.
        log_in: what one does 10 to 15 minutes before; None if nobody waits.
    """
    if at is None:
        return _without_time(day, zone, own_zone, now)
    typed = start_of(day, at, zone)
    start = typed.astimezone(UTC)
    there, own = start.astimezone(ZoneInfo(zone)), start.astimezone(ZoneInfo(own_zone))
    notes = [*_odd_local_time(typed, there), *_repeated_own_time(own, there)]
    notes += _changes(now, start, {zone: there, own_zone: own})
    return Times(
        programme=Clock(moment_words(there), zone_words(there)),
        own=Clock(moment_words(own), zone_words(own)),
        same_zone=there.replace(tzinfo=None) == own.replace(tzinfo=None),
        starts_at=start,
        log_in=None if log_in is None else _log_in(log_in, there, own),
        notes=notes,
    )


def _without_time(day: date, zone: str, own_zone: str, now: datetime) -> Times:
    noon = time(12)
    there, own = start_of(day, noon, zone), start_of(day, noon, own_zone)
    same = zone == own_zone or there.utcoffset() == own.utcoffset()
    notes = [] if same else ["Without a time, the day on your own clock is not sure. Add the time."]
    return Times(
        programme=Clock(day_words(day), zone_words(there)),
        own=Clock(day_words(day), zone_words(own if same else there)),
        same_zone=same,
        starts_at=None,
        log_in=None,
        notes=notes + _changes(now, there.astimezone(UTC), {zone: there, own_zone: own}),
    )


def _log_in(label: str, there: datetime, own: datetime) -> LogIn:
    # Counted in UTC: a local time minus minutes is wrong where clocks change in between.
    begins, ends = (there.astimezone(UTC) - minutes * _MINUTE for minutes in EARLY_MINUTES)
    return LogIn(
        label=label,
        begins_at=begins,
        ends_at=ends,
        programme=_between(begins, ends, there.tzinfo),
        own=_between(begins, ends, own.tzinfo),
    )


def _between(begins: datetime, ends: datetime, zone: tzinfo | None) -> str:
    first, last = begins.astimezone(zone), ends.astimezone(zone)
    return f"{moment_words(first)} to {clock_words(last)}"


def _odd_local_time(typed: datetime, there: datetime) -> list[str]:
    place, shown = place_of(_key(typed)), clock_words(there)
    if there.replace(tzinfo=None) != typed.replace(tzinfo=None):
        return [
            f"Clocks in {place} go forward then, so {clock_words(typed)} does not exist on that day.",
            f"It is shown as {shown}. Ask the programme which time is meant.",
        ]
    if typed.replace(fold=1).utcoffset() != typed.utcoffset():
        return [
            f"Clocks in {place} go back then, so {clock_words(typed)} comes twice on that day.",
            f"The first one is shown ({there.tzname()}). Ask the programme which one is meant.",
        ]
    return []


def _repeated_own_time(own: datetime, there: datetime) -> list[str]:
    if _key(own) == _key(there) or own.replace(fold=0).utcoffset() == own.replace(fold=1).utcoffset():
        return []
    which = "second" if own.fold else "first"
    return [
        f"Clocks in {place_of(_key(own))} go back then, so {clock_words(own)} comes twice on your clock.",
        f"The interview begins at the {which} one.",
    ]


def _changes(now: datetime, start: datetime, zones: dict[str, datetime]) -> list[str]:
    """Sentences about changes of the clocks that lie between now and the interview."""
    if start <= now:
        return []
    sentences = []
    until = min(start, now + FARTHEST_CHANGE)
    for name in zones:
        changes = list(clock_changes(name, now, until))
        # A change there and back leaves the distance as it is today; the days in between do not matter then.
        words = [f"{_direction(minutes)} on {day_words(day)}" for day, minutes in changes[-2:]]
        if words:
            sentences.append(f"Clocks in {place_of(name)} {listed(words)}.")
    if sentences:
        sentences.append("The times here already count this in.")
    if start - now > FARTHEST_CHANGE:
        sentences.append("This is far ahead, and rules for clocks can change. Please check again later.")
    return sentences


def _direction(minutes: int) -> str:
    size = f"{number_of(abs(minutes) // 60, 'hour')}" if minutes % 60 == 0 else f"{abs(minutes)} minutes"
    return f"go {'forward' if minutes > 0 else 'back'} {size}"


@dataclass(frozen=True)
class OffsetChange:
    """A change of a zone's clocks.

    Attributes:
        at: in UTC.
        before, after: distances from UTC.
    """

    at: datetime
    before: timedelta
    after: timedelta


def clock_changes(zone: str, first: datetime, last: datetime) -> Iterator[tuple[date, int]]:
    """The changes of a zone's clocks between two moments, in order.

    Args:
        zone: IANA name.
        first, last: with time zones. A change at exactly `last` is included.

    Yields:
        Its local day, and by how many minutes clocks go forward; negative for back.
    """
    for change in offset_changes(zone, first, last):
        day = (change.at + change.before - _MINUTE).date()
        yield day, round((change.after - change.before) / _MINUTE)


def offset_changes(zone: str, first: datetime, last: datetime) -> Iterator[OffsetChange]:
    """As `clock_changes`, with the exact moments, which are whole minutes."""
    local, begin, end = ZoneInfo(zone), first.astimezone(UTC), last.astimezone(UTC)
    while begin < end:
        # Some zones change twice within a month (Morocco in Ramadan), but none twice within a day.
        then = min(begin + _DAY, end)
        before, after = _offset(begin, local), _offset(then, local)
        if before != after:
            yield OffsetChange(_change_between(begin, then, local), before, after)
        begin = then


def _change_between(begin: datetime, end: datetime, zone: tzinfo) -> datetime:
    before = _offset(begin, zone)
    while end - begin > _MINUTE:
        middle = begin + (end - begin) / 2
        if _offset(middle, zone) == before:
            begin = middle
        else:
            end = middle
    # The change is the one whole minute between both.
    return end.replace(second=0, microsecond=0)


def _offset(moment: datetime, zone: tzinfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _key(moment: datetime) -> str:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else "UTC"
