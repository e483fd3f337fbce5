"""The timeline of a view as a drawing that fits any width.

Places along time are per cent of the drawing's width, so that shapes and letters keep their size on a phone
and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.view.timeline import PaceGuide, TimelineMark, TimelineView
from service.recordings.peaks import Peaks

_BARS = 240
"""Bars of the waveform: 3 pixels each at the width of a printed page."""
_LEAST_FULL_SCALE = 0.25
"""Of full scale. A quieter recording is not drawn up to full height, so that it looks as quiet as it is."""
_LEAST_BAR = 0.6
"""Per cent of the width that a pause takes at least: 4 pixels on paper."""
_NEAR_END = 97.0
"""Per cent from which the text of a tick ends at it, so that it stays on the drawing."""
_FULL = 100.0


@dataclass(frozen=True)
class PlacedMark:
    """A pause or a filler with its place.

    Attributes:
        mark: what is drawn.
        x: per cent, its middle.
        left, width: per cent; of pauses.
    """

    mark: TimelineMark
    x: float
    left: float
    width: float


@dataclass(frozen=True)
class PlacedTick:
    """A time on the axis: its place in per cent, and on which side of it the text stands."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Drawing:
    """What is drawn.

    Attributes:
        view: with all text.
        ticks: of the axis.
        wave: path of the sound in a box 240 wide and 100 high; empty where its shape is not known.
        outside: stretches before and after the answer, as (left, width) in per cent.
        pace: path of the rolling pace in a box 1000 wide and 100 high; empty where there is none.
        band: top and bottom of the usual pace in per cent of the lane's height, from above; None without one.
        pauses, fillers: in order of time.
    """

    view: TimelineView
    ticks: tuple[PlacedTick, ...]
    wave: str
    outside: tuple[tuple[float, float], ...]
    pace: str
    band: tuple[float, float] | None
    pauses: tuple[PlacedMark, ...]
    fillers: tuple[PlacedMark, ...]


def draw(view: TimelineView, peaks: Peaks | None) -> Drawing:
    """The drawing of a timeline.

    Args:
        view: what is on it.
        peaks: the shape of the sound, where it is known.
    """
    length = max(view.duration, 0.1)
    return Drawing(
        view=view,
        ticks=tuple(_tick(_percent(tick.at, length), tick.text) for tick in view.ticks),
        wave="" if peaks is None else _wave(peaks, length),
        outside=tuple(
            (
                _percent(span.start, length),
                round(_percent(span.end, length) - _percent(span.start, length), 2),
            )
            for span in view.outside
        ),
        pace=_pace_path(view.of("pace"), length),
        band=_band(view.pace_guide),
        pauses=tuple(_placed(mark, length) for mark in view.of("pauses")),
        fillers=tuple(_placed(mark, length) for mark in view.of("fillers")),
    )


def _percent(seconds: float, length: float) -> float:
    return round(_FULL * min(max(seconds / length, 0.0), 1.0), 2)


def _placed(mark: TimelineMark, length: float) -> PlacedMark:
    x = _percent(mark.middle, length)
    width = max(_LEAST_BAR, round(_FULL * (mark.end - mark.start) / length, 2))
    return PlacedMark(mark, x, round(x - width / 2, 2), width)


def _tick(x: float, text: str) -> PlacedTick:
    return PlacedTick(x, text, "start" if x == 0 else "end" if x > _NEAR_END else "middle")


def _wave(peaks: Peaks, length: float) -> str:
    loudest = max([_LEAST_FULL_SCALE, *peaks.peaks])
    bars = []
    for bar in range(_BARS):
        first = int(bar / _BARS * length * peaks.rate)
        last = max(first + 1, int((bar + 1) / _BARS * length * peaks.rate))
        half = max(1.0, 50.0 * max(peaks.peaks[first:last], default=0.0) / loudest)
        bars.append(f"M{bar + 0.5:g} {50 - half:.1f}V{50 + half:.1f}")
    return "".join(bars)


def _pace_path(marks: Sequence[TimelineMark], length: float) -> str:
    points = [
        f"{10 * _percent(mark.middle, length):g} {_down(mark.height):g}"
        for mark in marks
        if mark.height is not None
    ]
    return f"M{'L'.join(points)}" if points else ""


def _band(guide: PaceGuide | None) -> tuple[float, float] | None:
    return None if guide is None else (_down(guide.top), _down(guide.bottom))


def _down(height: float) -> float:
    """Per cent from above of a fraction from the foot."""
    return round(_FULL * (1 - height), 1)
