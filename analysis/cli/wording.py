"""Figures in words: every number that the terminal shows gets its form here.

A figure is never shown finer than it is known: seconds lose their tenths from ten on, rates are whole
words, counts with an interval are 'about'.
"""

from dataclasses import dataclass

from analysis.measures.confidence import LEAST_FOR_RATES, LEAST_FOR_SURE_RATES
from analysis.report import Guide, Measure, Span, State

_MINUTE = 60.0
_HOUR = 3600.0
_SHORT = 10.0
"""Seconds under which tenths matter."""
_VERY_SHORT = 1.0
"""Seconds under which hundredths do: most pauses."""


def clock(seconds: float) -> str:
    """A moment in the recording: `1:02`, from an hour on `1:00:05`. Cut, not rounded, as players do."""
    whole = int(max(0.0, seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def duration(seconds: float) -> str:
    """How long something takes: `0.42 s`, `1.4 s`, `42 s`, `1 min 42 s`, `1 h 2 min`."""
    if round(seconds, 2) < _VERY_SHORT:
        return f"{seconds:.2f} s"
    if round(seconds, 1) < _SHORT:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        minutes, second = divmod(whole, 60)
        return f"{minutes} min {second} s" if second else f"{minutes} min"
    hours, minutes = divmod(round(seconds / _MINUTE), 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


SECONDS = "s"
PERCENT = "%"


@dataclass(frozen=True)
class _Unit:
    """How a unit is written.

    Attributes:
        decimals: that the figure deserves.
        one, many: words after it, with their space; empty for plain numbers.
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


def _figure(value: float, unit: str) -> str:
    """The number alone, as fine as its unit deserves; a duration keeps its units."""
    if unit == SECONDS:
        return duration(value)
    if unit == PERCENT:
        return f"{value:.0f}" if value >= 10 else f"{round(value, 2):g}"
    form = _UNITS.get(unit)
    return f"{value:.3g}" if form is None else f"{value:.{form.decimals}f}"


def quantity(value: float, unit: str) -> str:
    """A figure with its unit: `142 words a minute`, `1 min 42 s`, `62 %`; an unknown unit as it stands."""
    figure = _figure(value, unit)
    if unit == SECONDS:
        return figure
    form = _UNITS.get(unit)
    if form is None:
        return f"{figure} {unit}".rstrip()
    return figure + (form.one if figure == "1" else form.many)


def interval(measure: Measure) -> str | None:
    """Both ends: `138 to 146`; None where there is no interval, or none that shows at this fineness."""
    if measure.low is None or measure.high is None:
        return None
    low, high = _figure(measure.low, measure.unit), _figure(measure.high, measure.unit)
    if measure.unit == SECONDS:
        low, high = _duration_ends(measure.low, measure.high)
    return None if low == high else f"{low} to {high}"


def _duration_ends(low: float, high: float) -> tuple[str, str]:
    """Both ends without their units: `0.38`, `0.47`, from a minute on `1:38`, `1:46`."""
    if high < _MINUTE:
        return duration(low).removesuffix(" s"), duration(high).removesuffix(" s")
    return clock(round(low)), clock(round(high))


def value_with_interval(measure: Measure) -> str | None:
    """What a row says: `142 words a minute (138 to 146)`, `about 6 (3 to 10)`; None without a value."""
    if measure.value is None:
        return None
    value = quantity(measure.value, measure.unit)
    ends = interval(measure)
    if ends is None:
        return value
    # a bare whole number reads as counted; one with an interval was estimated
    return f"about {value} ({ends})" if measure.unit in _COUNTED else f"{value} ({ends})"


def usual(guide: Guide, unit: str) -> str:
    """What is usual: `100 to 165`, `up to 5.0`, `at least 60 %`, `1 to 2 min`."""
    low, high = guide.low, guide.high
    if unit == SECONDS and low is not None and high is not None and low % _MINUTE == high % _MINUTE == 0:
        return f"{low / _MINUTE:.0f} to {high / _MINUTE:.0f} min"
    ends = [None if end is None else _trimmed(_figure(end, unit)) for end in (low, high)]
    suffix = " %" if unit == PERCENT else ""
    match ends:
        case [None, None]:
            return ""
        case [None, str(top)]:
            return f"up to {top}{suffix}"
        case [str(bottom), None]:
            return f"at least {bottom}{suffix}"
        case [bottom, top]:
            return f"{bottom} to {top}{suffix}"
    raise AssertionError("a guide has two ends")


def _trimmed(figure: str) -> str:
    """`5.0` as `5`: a guide's round number claims no tenths."""
    return figure.removesuffix(".0")


_REASONS = {
    "no_speech": "no speech was heard",
    "too_little_speech": "too little speech",
    "not_recorded_here": "only for answers recorded in Greenroom",
    "low_signal_to_noise": "the recording is hard to hear",
    "echo": "the room echoes",
    "browser_processing": "the browser changed the sound",
    "gap": "part of the sound is missing",
    "two_voices": "more than one voice",
    "language_not_english": "the answer is not in English",
    "detector_uncertain": "some are missed, some may not be real",
    "no_labelled_speech": "not yet checked against labelled speech",
    "recogniser_uncertain": "the recogniser is not sure of the words",
    "syllables_disagree": "the words do not match the syllables heard",
    "none_found": "there are none in this answer",
}
_REASONS_BY_STATE: dict[tuple[str, State], str] = {
    ("too_little_speech", "not_measurable"): f"less than {LEAST_FOR_RATES:.0f} seconds of speech",
    ("too_little_speech", "low_confidence"): f"less than {LEAST_FOR_SURE_RATES:.0f} seconds of speech",
}
_STATES: dict[State, str] = {
    "measured": "measured",
    "low_confidence": "low confidence",
    "not_measurable": "cannot be measured",
}


def reason(code: str, state: State) -> str:
    """A reason code in words; an unknown code stays readable."""
    return _REASONS_BY_STATE.get((code, state)) or _REASONS.get(code) or code.replace("_", " ")


def state(measure: Measure) -> str:
    """How far to trust a figure: `measured`, `low confidence`, `cannot be measured`."""
    return _STATES[measure.state]


_LISTED_MOMENTS = 4


def moments(spans: tuple[Span, ...]) -> str:
    """Where to listen: `0:12, 0:40 and 1:02`; beyond four `... and 3 more`; empty without any."""
    times = list(dict.fromkeys(clock(span.start) for span in spans))
    listed, rest = times[:_LISTED_MOMENTS], len(times) - _LISTED_MOMENTS
    if rest > 0:
        return f"{', '.join(listed)} and {rest} more"
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))
