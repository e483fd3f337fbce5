"""The timeline of a report as a drawing that fits any width.

Places along time are per cent of the drawing's width, so that shapes and letters keep their size on a phone
and on paper. Heights are pixels. The lanes are those of the page: pace over its guide, the sound with
pauses, fillers, and one axis below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.cli.wording import clock
from analysis.report import Filler, Guide, PaceWindow, Pause, Report
from service.exports.timeline_words import summary_of
from service.schemas import Peaks

_TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200)
"""Seconds from one tick to the next."""
_MOST_TICKS = 8
_BARS = 240
"""Bars of the waveform: 3 pixels each at the width of a printed page."""
_LEAST_FULL_SCALE = 0.25
"""Of full scale. A quieter recording is not drawn up to full height, so that it looks as quiet as it is."""
_LEAST_BAR = 0.6
"""Per cent of the width that a pause takes at least: 4 pixels on paper."""
_PACE_MARGIN = 15.0
"""Words a minute above and below what is drawn, so that the line does not touch the lane's edge."""
_FULL = 100.0


@dataclass(frozen=True)
class Mark:
    """A pause or a filler.

    Attributes:
        shape: as the page names its shapes.
        source: of a filler: transcribed, heard, person; empty for pauses.
        x: per cent, its middle.
        left, width: per cent; of pauses.
    """

    shape: str
    source: str
    x: float
    left: float = 0.0
    width: float = 0.0


@dataclass(frozen=True)
class Band:
    """The pace that is usual.

    Attributes:
        top, bottom: per cent of the lane's height, from above.
        high, low: words a minute, in words; empty where there is no such bound.
    """

    top: float
    bottom: float
    high: str
    low: str


@dataclass(frozen=True)
class Tick:
    """A time on the axis."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Timeline:
    """What is drawn.

    Attributes:
        summary: all of it in a sentence.
        ticks: of the axis.
        wave: path of the sound in a box 240 wide and 100 high; empty where its shape is not known.
        outside: stretches before and after the answer, as (left, width) in per cent.
        pace: path of the rolling pace in a box 1000 wide and 100 high; empty where there is none.
        band: None where no pace is drawn, or no guide.
        pauses, fillers: in order of time.
        legend: each shape that is there, with its words and how many there are.
    """

    summary: str
    ticks: tuple[Tick, ...]
    wave: str
    outside: tuple[tuple[float, float], ...]
    pace: str
    band: Band | None
    pauses: tuple[Mark, ...]
    fillers: tuple[Mark, ...]
    legend: tuple[tuple[Mark, str, int], ...]


def timeline_of(report: Report, peaks: Peaks | None) -> Timeline:
    """The drawing of a report.

    Args:
        report: what was found.
        peaks: the shape of the sound, where it is known.
    """
    length = max(report.recording.duration, 0.1)
    shown = [filler for filler in report.fillers if filler.state != "not_filler"]
    rate = report.measures.get("speaking_rate")
    guide = None if rate is None else rate.guide
    pauses = tuple(_pause(pause, length) for pause in report.pauses)
    fillers = tuple(_filler(filler, length) for filler in shown)
    lowest, highest = _pace_range(report.pace, guide)
    return Timeline(
        summary=summary_of(report),
        ticks=tuple(_ticks(length)),
        wave="" if peaks is None else _wave(peaks, length),
        outside=_outside(report, length),
        pace=_pace_path(report.pace, length, lowest, highest),
        band=_band(guide, lowest, highest) if report.pace else None,
        pauses=pauses,
        fillers=fillers,
        legend=tuple(_legend((*pauses, *fillers))),
    )


def _share(seconds: float, length: float) -> float:
    return round(_FULL * min(max(seconds / length, 0.0), 1.0), 2)


def _pause(pause: Pause, length: float) -> Mark:
    middle = _share((pause.start + pause.end) / 2, length)
    width = max(_LEAST_BAR, round(_FULL * (pause.end - pause.start) / length, 2))
    shape = "bar" if pause.place == "boundary" else "crossed-bar"
    return Mark(shape, "", middle, round(middle - width / 2, 2), width)


def _filler(filler: Filler, length: float) -> Mark:
    return Mark(filler_shape(filler), filler.source, _share((filler.start + filler.end) / 2, length))


def filler_shape(filler: Filler) -> str:
    """The shape that stands for a filler, here and in the transcript."""
    shape = "dot" if filler.kind == "filled_pause" else "diamond"
    return f"ringed-{shape}" if filler.state == "unsure" else shape


def _ticks(length: float) -> list[Tick]:
    step = next((step for step in _TICK_STEPS if length / step <= _MOST_TICKS), _TICK_STEPS[-1])
    times = range(0, int(length) + 1, step)
    return [
        Tick(
            _share(time, length),
            clock(time),
            "start" if time == 0 else "end" if _share(time, length) > _FULL - 3 else "middle",
        )
        for time in times
    ]


def _wave(peaks: Peaks, length: float) -> str:
    loudest = max([_LEAST_FULL_SCALE, *peaks.peaks])
    bars = []
    for bar in range(_BARS):
        first = int(bar / _BARS * length * peaks.rate)
        last = max(first + 1, int((bar + 1) / _BARS * length * peaks.rate))
        half = max(1.0, 50.0 * max(peaks.peaks[first:last], default=0.0) / loudest)
        bars.append(f"M{bar + 0.5:g} {50 - half:.1f}V{50 + half:.1f}")
    return "".join(bars)


def _outside(report: Report, length: float) -> tuple[tuple[float, float], ...]:
    span = report.spoken_span
    if span is None:
        return ()
    start, end = _share(span.start, length), _share(span.end, length)
    return tuple((left, round(width, 2)) for left, width in ((0.0, start), (end, _FULL - end)) if width > 0)


def _pace_range(pace: Sequence[PaceWindow], guide: Guide | None) -> tuple[float, float]:
    rates = [window.words_per_minute for window in pace]
    if guide is not None:
        rates += [end for end in (guide.low, guide.high) if end is not None]
    if not rates:
        return 0.0, 1.0
    return max(0.0, min(rates) - _PACE_MARGIN), max(rates) + _PACE_MARGIN


def _down(rate: float, lowest: float, highest: float) -> float:
    return round(_FULL * (1 - (rate - lowest) / (highest - lowest)), 1)


def _pace_path(pace: Sequence[PaceWindow], length: float, lowest: float, highest: float) -> str:
    points = [
        f"{10 * _share((window.start + window.end) / 2, length):g} "
        f"{_down(window.words_per_minute, lowest, highest):g}"
        for window in pace
    ]
    return f"M{'L'.join(points)}" if points else ""


def _band(guide: Guide | None, lowest: float, highest: float) -> Band | None:
    if guide is None or (guide.low is None and guide.high is None):
        return None
    return Band(
        top=0.0 if guide.high is None else _down(guide.high, lowest, highest),
        bottom=_FULL if guide.low is None else _down(guide.low, lowest, highest),
        high="" if guide.high is None else f"{guide.high:.0f}",
        low="" if guide.low is None else f"{guide.low:.0f}",
    )


_MEANINGS = (
    (("shape", "bar"), "Pause at the end of a sentence or clause"),
    (("shape", "crossed-bar"), "Pause within a clause"),
    (("shape", "dot"), "Filled pause (um, uh)"),
    (("shape", "ringed-dot"), "Filled pause, unsure"),
    (("shape", "diamond"), "Discourse marker (like, you know)"),
    (("shape", "ringed-diamond"), "Discourse marker, unsure"),
    (("source", "heard"), "With a stem: heard in the sound, not in the text"),
    (("source", "person"), "Underlined: put there by you"),
)
"""The words of the page's legend (web/report/timeline/legend.js)."""


def _legend(marks: Sequence[Mark]) -> list[tuple[Mark, str, int]]:
    found = []
    for (field, value), words in _MEANINGS:
        count = sum(getattr(mark, field) == value for mark in marks)
        if count:
            of_shape = field == "shape"
            found.append((Mark(value if of_shape else "dot", "" if of_shape else value, 50.0), words, count))
    return found
