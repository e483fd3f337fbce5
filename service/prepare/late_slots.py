"""A slot outside the usual hours of one's own day, and how to be awake for it.

Nobody told Greenroom when this person sleeps, so the plan starts from a usual night, and says so. The body's
clock moves later more easily than earlier: by about two hours a day against one (Eastman and Burgess, 'How to
travel the world without jet lag', Sleep Medicine Clinics 4, 2009). That is what is asked for each night. The
nap of about half an hour, with time to wake up after it, is that of NIOSH ('Training for Nurses on Shift Work
and Long Work Hours', module 7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from analysis.formatting import number_of
from service.prepare.times import clock_words, day_words

DAY_BEGINS, DAY_ENDS = time(8), time(20)
"""The hours in which an interview asks nothing of one's sleep."""

USUAL_BED, USUAL_WAKE = time(23), time(7)
"""A usual night of eight hours."""

FEWEST_NIGHTS, MOST_NIGHTS = 2, 3
LATER_A_NIGHT, EARLIER_A_NIGHT = timedelta(hours=2), timedelta(hours=1)
AWAKE_BEFORE = timedelta(hours=1)
"""How long one is up before an early interview, at least."""

USUAL_LENGTH = timedelta(hours=1)
"""Of an interview whose length is not known."""

_DAY, _NOON, _QUARTER = timedelta(days=1), timedelta(hours=12), timedelta(minutes=15)


@dataclass(frozen=True)
class Night:
    """One night of a sleep shift.

    Attributes:
        evening: the day on which it begins.
        bed, wake: on one's own clock, with its time zone.
    """

    evening: date
    bed: datetime
    wake: datetime


@dataclass(frozen=True)
class LateSlot:
    """What helps for an interview early in the morning, late in the evening or at night.

    Attributes:
        words: one sentence about the slot.
        nights: the sleep shift, earliest first; empty when no night is left.
        advice: sentences, those about sleep first.
    """

    words: str
    nights: Sequence[Night]
    advice: Sequence[str]


def late_slot(
    start: datetime, minutes: int | None, now: datetime, *, known_since: date | None = None
) -> LateSlot | None:
    """The advice for a slot that is not within 8 AM to 8 PM on one's own clock; None for one that is.

    Args:
        start: on one's own clock, with its time zone.
        minutes: length, if it is known.
        now: with a time zone. Nights that are over are left out.
        known_since: the day on which the person learned of it; None for today. The shift is spread over the
            nights from then on, and stays the same while these pass.
    """
    length = USUAL_LENGTH if minutes is None else timedelta(minutes=minutes)
    end = (start.astimezone(UTC) + length).astimezone(start.tzinfo)
    starts_outside = not DAY_BEGINS <= start.time() < DAY_ENDS
    ends_outside = end.date() > start.date() or end.time() > DAY_ENDS
    if not starts_outside and (minutes is None or not ends_outside):
        return None
    shift = _shift(start, end)
    today = now.astimezone(start.tzinfo).date()
    nights = _nights(start, end, shift, min(known_since or today, today))
    nights = [night for night in nights if night.evening >= today]
    return LateSlot(
        words=f"On your own clock this {_when(start, end)}, outside 8 AM to 8 PM.",
        nights=nights,
        advice=[*_sleep_advice(shift, nights), *_ADVICE],
    )


_ADVICE = (
    "A nap of about 30 minutes helps if you are tired. Leave half an hour to wake up after it.",
    "Eat something light before it, and no heavy meal.",
    "Keep coffee and tea to what you are used to. More can make you shaky.",
    "Stretch or breathe slowly for some minutes, 15 to 20 minutes before it begins.",
)


def _when(start: datetime, end: datetime) -> str:
    if not DAY_BEGINS <= start.time() < DAY_ENDS:
        return f"begins at {clock_words(start)}"
    return f"goes on until {clock_words(end)}"


def _shift(start: datetime, end: datetime) -> timedelta:
    """By how much sleep has to move so that the slot falls within the usual hours of the day that it makes.

    Positive is later, negative earlier. Of both ways, the one that takes fewer nights.
    """
    begins, ends = _since_noon(start.time()), _since_noon(end.time())
    if DAY_BEGINS <= start.time() < DAY_ENDS:
        return ends - _since_noon(DAY_ENDS)
    if ends < begins:
        ends += _DAY
    later = max(timedelta(), ends - _since_noon(DAY_ENDS))
    earlier = max(timedelta(), _since_noon(DAY_BEGINS) - begins)
    return later if later / LATER_A_NIGHT <= earlier / EARLIER_A_NIGHT else -earlier


def _since_noon(at: time) -> timedelta:
    """From the noon before: evening, night and morning then follow one another."""
    return timedelta(hours=(at.hour - 12) % 24, minutes=at.minute)


def _nights(start: datetime, end: datetime, shift: timedelta, since: date) -> list[Night]:
    """The nights of the shift from a day on, the last of which is the one before the interview."""
    if not shift:
        return []
    later = shift > timedelta()
    # A late slot is in the evening or night of a day, and the last whole night is the one before that day.
    last = (end - _NOON).date() - _DAY if later else (start - _NOON).date()
    step = LATER_A_NIGHT if later else -EARLIER_A_NIGHT
    wanted = min(MOST_NIGHTS, max(FEWEST_NIGHTS, -(-abs(shift) // abs(step))))
    evenings = [last - number * _DAY for number in reversed(range(wanted))]
    left = [evening for evening in evenings if evening >= since]
    nights = [
        _night(evening, _part(shift, step, number, len(left)), start)
        for number, evening in enumerate(left, start=1)
    ]
    if nights and not later:
        final = nights[-1]
        nights[-1] = replace(final, wake=min(final.wake, _to_quarter(start - AWAKE_BEFORE)))
    return nights


def _part(shift: timedelta, step: timedelta, number: int, nights: int) -> timedelta:
    """How far sleep has moved by the night of this number: evenly, and by no more than one step a night."""
    even = shift * number / nights
    moved = step * number if abs(even) > abs(step * number) else even
    return round(moved / _QUARTER) * _QUARTER


def _to_quarter(at: datetime) -> datetime:
    """The quarter of an hour that has begun, as one sets an alarm."""
    return at.replace(minute=at.minute - at.minute % 15)


def _night(evening: date, moved: timedelta, start: datetime) -> Night:
    bed = datetime.combine(evening, USUAL_BED) + moved
    wake = datetime.combine(evening + _DAY, USUAL_WAKE) + moved
    return Night(evening, bed.replace(tzinfo=start.tzinfo), wake.replace(tzinfo=start.tzinfo))


def _sleep_advice(shift: timedelta, nights: Sequence[Night]) -> list[str]:
    if not shift:
        return []
    way = "later" if shift > timedelta() else "earlier"
    if not nights:
        return [f"There is no night left to move your sleep. A nap helps more than going to bed {way}."]
    said = [
        f"Move your sleep {way} over {number_of(len(nights), 'night')}, a little each time.",
        "The times below are for somebody who sleeps from 11 PM to 7 AM. Move yours by as much.",
    ]
    said += [_night_words(night) for night in nights]
    return said


def _night_words(night: Night) -> str:
    days = f"{night.evening:%A} to {day_words(night.evening + _DAY)}"
    return f"Night of {days}: sleep from {clock_words(night.bed)} to {clock_words(night.wake)}."
