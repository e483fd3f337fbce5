"""Figures as text: the one place that decides how a number, a length of time or an aim is written.

Everything rounds half away from zero, in decimal: 142.5 becomes 143, 2.25 becomes 2.3. Figures are rounded
when they are stored, so the decimal digits of the stored figure are rounded, not its binary approximation.

A length of time is rounded ('1 min 21 s'). A clock position ('1:21') is cut to the second that has begun, as
players do: a moment at 0:59.9 is found while the player shows 0:59.

`web/format/time.js` writes the times that arise in the browser by the same rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

SECONDS = "s"
PERCENT = "%"

_MINUTE = 60
_HOUR = 3600
_FEW_SECONDS = 10
_TENTHS_BELOW = 10.0
"""Seconds under which tenths matter."""
_HUNDREDTHS_BELOW = 1.0
"""Seconds under which hundredths do: most pauses."""


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def rounded(value: float, decimals: int = 0) -> float:
    """A figure rounded half away from zero.

    >>> rounded(142.5), rounded(2.25, 1), rounded(-0.5)
    (143.0, 2.3, -1.0)
    """
    return float(_decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def whole(value: float) -> int:
    """A figure rounded to a whole number, half away from zero."""
    return int(rounded(value))


def number(value: float, decimals: int = 0) -> str:
    """A figure with a fixed number of decimals: `142`, `3.0`."""
    figure = rounded(value, decimals)
    return f"{0.0 if figure == 0 else figure:.{decimals}f}"


def number_of(count: int, one: str, many: str | None = None) -> str:
    """`1 pause`, `12 pauses`, `1,204 takes`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def listed(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def capitalised(text: str) -> str:
    """With a capital letter at its start; the rest as it is."""
    return text[:1].upper() + text[1:]


def duration(seconds: float) -> str:
    """A length of time to the second, from an hour on to the minute.

    >>> duration(102.4), duration(59.5), duration(8.2), duration(3720)
    ('1 min 42 s', '1 min', '8 s', '1 h 2 min')
    """
    total = max(0, whole(seconds))
    if total >= _HOUR:
        hours, minutes = divmod(whole(seconds / _MINUTE), 60)
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    minutes, rest = divmod(total, _MINUTE)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def time_left(seconds: float) -> str:
    """About how long something will still take; an estimate, so never finer than it can be.

    >>> time_left(4), time_left(70), time_left(200), time_left(7000)
    ('a few seconds left', 'about 1 minute left', 'about 3 minutes left', 'about 2 hours left')
    """
    if seconds < _FEW_SECONDS:
        return "a few seconds left"
    if seconds < _MINUTE * 0.75:
        return "less than a minute left"
    if seconds < _HOUR * 1.5:
        return f"about {number_of(max(1, whole(seconds / _MINUTE)), 'minute')} left"
    return f"about {number_of(whole(seconds / _HOUR), 'hour')} left"


def fine_duration(seconds: float) -> str:
    """A length of time as finely as it deserves: hundredths under 1 s, tenths under 10 s.

    >>> fine_duration(0.42), fine_duration(1.44), fine_duration(9.97), fine_duration(81.4)
    ('0.42 s', '1.4 s', '10 s', '1 min 21 s')
    """
    if rounded(seconds, 2) < _HUNDREDTHS_BELOW:
        return f"{number(seconds, 2)} s"
    if rounded(seconds, 1) < _TENTHS_BELOW:
        return f"{number(seconds, 1)} s"
    return duration(seconds)


def clock(seconds: float) -> str:
    """A moment in the recording, cut to the second.

    >>> clock(62.9), clock(3605)
    ('1:02', '1:00:05')
    """
    at = max(0, int(_decimal(rounded(seconds, 3)).to_integral_value(ROUND_FLOOR)))
    hours, rest = divmod(at, _HOUR)
    minutes, second = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def precise_clock(seconds: float) -> str:
    """A moment to the tenth of a second, where that matters.

    >>> precise_clock(34.24), precise_clock(59.96)
    ('0:34.2', '1:00.0')
    """
    tenths = max(0, whole(seconds * 10))
    return f"{clock(tenths // 10)}.{tenths % 10}"


def aim(low: float | None, high: float | None) -> str:
    """The length that an answer is aimed at, both ends in seconds.

    >>> aim(60, 120), aim(45, 105), aim(20, 30), aim(None, 120), aim(90, None)
    ('1–2 minutes', '45 s to 1 min 45 s', '20–30 s', 'up to 2 min', 'at least 1 min 30 s')
    """
    if low and high:
        ends = whole(low), whole(high)
        if ends[0] == ends[1]:
            return duration(ends[0])
        if not any(end % _MINUTE for end in ends) and ends[1] < _HOUR:
            return f"{ends[0] // _MINUTE}–{ends[1] // _MINUTE} minutes"
        if ends[1] < _MINUTE:
            return f"{ends[0]}–{ends[1]} s"
        return f"{duration(low)} to {duration(high)}"
    if high:
        return f"up to {duration(high)}"
    return f"at least {duration(low)}" if low else ""


@dataclass(frozen=True)
class _Unit:
    """How a unit is written.

    Attributes:
        decimals: that the figure deserves.
        one, many: what follows the number, with its space; empty for plain numbers.
    """

    decimals: int
    one: str
    many: str


_UNITS = {
    "count": _Unit(0, "", ""),
    "words": _Unit(0, " word", " words"),
    "words/min": _Unit(0, " word a minute", " words a minute"),
    "syllables": _Unit(1, " syllables", " syllables"),
    "syllables/s": _Unit(1, " syllables a second", " syllables a second"),
    "per min": _Unit(1, " a minute", " a minute"),
    "per 100 words": _Unit(1, " in 100 words", " in 100 words"),
    "semitones": _Unit(1, " semitones", " semitones"),
    "dB": _Unit(0, " dB", " dB"),
}
_COUNTED = frozenset({"count", "words"})
_UNIT_AFTER_GUIDE = frozenset({PERCENT, "dB"})
_WHOLE_PERCENT, _TENTHS_OF_PERCENT = 10.0, 1.0
"""Per cent from which no decimals, and one decimal, are shown; below that two."""


def _figure(value: float, unit: str) -> str:
    """The number alone, as fine as its unit deserves; a length of time keeps its units."""
    if unit == SECONDS:
        return fine_duration(value)
    if unit == PERCENT:
        decimals = 0 if value >= _WHOLE_PERCENT else 1 if value >= _TENTHS_OF_PERCENT else 2
        return _trimmed(number(value, decimals))
    form = _UNITS.get(unit)
    return f"{value:.3g}" if form is None else number(value, form.decimals)


def _trimmed(figure: str) -> str:
    """`5.0` as `5`, `0.10` as `0.1`."""
    return figure.rstrip("0").removesuffix(".") if "." in figure else figure


def quantity(value: float, unit: str) -> str:
    """A figure with its unit: `142 words a minute`, `1 min 42 s`, `62 %`; an unknown unit as it stands."""
    figure = _figure(value, unit)
    if unit == SECONDS:
        return figure
    form = _UNITS.get(unit)
    if form is None:
        return f"{figure} {unit}".rstrip()
    return figure + (form.one if figure == "1" else form.many)


def interval(low: float | None, high: float | None, unit: str) -> str:
    """Both ends of an interval: `138 to 146`, `0.38 to 0.47 s`, `58 s to 1 min 4 s`.

    Empty where there is none, or where both ends are written alike.
    """
    if low is None or high is None:
        return ""
    return _from_to(_figure(low, unit), _figure(high, unit))


def whole_seconds_interval(low: float | None, high: float | None) -> str:
    """Both ends of a length of time to the second: `58 s to 1 min 4 s`; empty as for `interval`."""
    if low is None or high is None:
        return ""
    return _from_to(duration(low), duration(high))


def _from_to(first: str, last: str) -> str:
    if first == last:
        return ""
    in_seconds = first.endswith(" s") and last.endswith(" s") and "min" not in first + last
    return f"{first.removesuffix(' s') if in_seconds else first} to {last}"


def estimate(value: float, unit: str, ends: str) -> str:
    """A figure with its unit; 'about' before a whole number that was estimated and not counted.

    Args:
        value: the figure.
        unit: of the figure.
        ends: its interval as text; a whole number without one reads as counted.
    """
    text = quantity(value, unit)
    return f"about {text}" if ends and unit in _COUNTED else text


def usual_range(low: float | None, high: float | None, unit: str) -> str:
    """What is usual: `100 to 165`, `up to 5`, `at least 20 dB`, `1–2 minutes`; empty without a bound."""
    if unit == SECONDS:
        return aim(low, high)
    bottom, top = (None if end is None else _trimmed(_figure(end, unit)) for end in (low, high))
    after = f" {unit}" if unit in _UNIT_AFTER_GUIDE else ""
    if bottom is None:
        return "" if top is None else f"up to {top}{after}"
    return f"at least {bottom}{after}" if top is None else f"{bottom} to {top}{after}"


_LISTED_MOMENTS = 4


def moments(starts: Sequence[float]) -> str:
    """Where to listen: `0:12, 0:40 and 1:02`; beyond four `... and 3 more`; empty without any."""
    times = list(dict.fromkeys(clock(start) for start in starts))
    first, rest = times[:_LISTED_MOMENTS], len(times) - _LISTED_MOMENTS
    return f"{', '.join(first)} and {rest} more" if rest > 0 else listed(first)
