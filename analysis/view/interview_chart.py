"""A figure over the time of an interview as a small chart: one dot an answer, with its interval.

Places are per cent of the area that is drawn on, from its left and from its top, so that the page and paper
draw the same.
"""

import math
from dataclasses import dataclass

from analysis.feedback.headline import NOUNS
from analysis.feedback.standing import FIGURES_BY_NAME
from analysis.formatting import capitalised, duration, interval, number, quantity, rounded, usual_range, whole
from analysis.measures.registry import DEFINITIONS
from analysis.report import FigureName, Guide
from analysis.sessions.interview_verdict import change_sentence
from analysis.sessions.over_time import FEWEST_ANSWERS, OverTime, SeriesPoint
from analysis.view.figures import FIGURE_UNITS

_FULL = 100.0
_MINUTE = 60.0
_MINUTE_STEPS = (1, 2, 5, 10, 15, 30, 60, 120)
_MOST_TIMES = 6
_MOST_STEPS = 4
_AXIS_TITLES: dict[FigureName, str] = {"pace": "words a minute", "fillers": "a minute"}
_FROM_ZERO = frozenset({"fillers"})
"""Half as many is half as high; nobody's pace is near zero."""


@dataclass(frozen=True)
class ChartPoint:
    """A figure of one answer.

    Attributes:
        answer: the caller's id.
        x, y: its place.
        top, bottom: ends of its interval; equal to `y` without one.
        unsure: whether it is less sure.
        text: `Question 2, 3 min in: 132 words a minute (125 to 139)`.
    """

    answer: str
    x: float
    y: float
    top: float
    bottom: float
    unsure: bool
    text: str


@dataclass(frozen=True)
class ChartTick:
    """A value or a time beside the axis: its place along it, and its text."""

    at: float
    text: str


@dataclass(frozen=True)
class ChartView:
    """One chart.

    Attributes:
        figure: code.
        title: `Pace, words a minute`.
        points: in order of time; none where the figure is not measurable in any answer.
        times: below the drawing.
        values: beside it, from low to high.
        band: top and bottom of what the guide says; None without a guide.
        guide: the same in words; empty without one.
        sentence: whether it changed, or why nothing is said of that.
    """

    figure: FigureName
    title: str
    points: tuple[ChartPoint, ...]
    times: tuple[ChartTick, ...]
    values: tuple[ChartTick, ...]
    band: tuple[float, float] | None
    guide: str
    sentence: str


def chart_view(series: OverTime, *, names: dict[str, str], length: float, guide: Guide | None) -> ChartView:
    """The chart of one figure.

    Args:
        series: the figure over time.
        names: what each answer is called, by its id: `Question 2`.
        length: seconds that the axis of time shows; the same for all charts of an interview.
        guide: None where no verdict is wanted.
    """
    unit = FIGURE_UNITS[series.figure]
    ends = [end for point in series.points for end in (point.value, point.low, point.high) if end is not None]
    if series.figure in _FROM_ZERO:
        ends += [] if guide is None or guide.high is None else [guide.high]
    elif ends:
        # A pace that hardly varies is drawn as a level line, and not stretched over the chart.
        step = FIGURES_BY_NAME[series.figure].step
        ends += [(min(ends) + max(ends)) / 2 - step, (min(ends) + max(ends)) / 2 + step]
    low, step, high = _value_axis(ends, from_zero=series.figure in _FROM_ZERO)
    length = max(length, _MINUTE)

    def height(value: float) -> float:
        share = (min(max(value, low), high) - low) / (high - low)
        return rounded(_FULL * (1.0 - share), 2)

    def place(point: SeriesPoint) -> ChartPoint:
        y = height(point.value)
        return ChartPoint(
            answer=point.answer,
            x=rounded(_FULL * min(point.at / length, 1.0), 2),
            y=y,
            top=y if point.high is None else height(point.high),
            bottom=y if point.low is None else height(point.low),
            unsure=point.state != "measured",
            text=_point_text(point, names.get(point.answer, "Answer"), unit),
        )

    band = None
    if guide is not None and series.points:
        top = _FULL * 0 if guide.high is None else height(guide.high)
        band = (top, _FULL if guide.low is None else height(guide.low))
    return ChartView(
        figure=series.figure,
        title=f"{capitalised(NOUNS[series.figure])}, {_AXIS_TITLES[series.figure]}",
        points=tuple(place(point) for point in series.points),
        times=_times(length) if series.points else (),
        values=tuple(
            ChartTick(height(low + step * index), number(low + step * index))
            for index in range(whole((high - low) / step) + 1)
            if low + step * index <= high
        )
        if series.points
        else (),
        band=None if band is None or band[0] >= band[1] else band,
        guide="" if guide is None else f"Guide: {usual_range(guide.low, guide.high, unit)}",
        sentence=_sentence(series),
    )


def _point_text(point: SeriesPoint, name: str, unit: str) -> str:
    ends = interval(point.low, point.high, unit)
    said = quantity(point.value, unit) + (f" ({ends})" if ends else "")
    unsure = ", less sure" if point.state != "measured" else ""
    return f"{name}, {duration(point.at)} in: {said}{unsure}"


def _value_axis(values: list[float], *, from_zero: bool) -> tuple[float, float, float]:
    """Lowest value, step between labels, and highest value."""
    highest = max(values, default=1.0) or 1.0
    lowest = 0.0 if from_zero else min(values, default=0.0)
    least = max(highest - lowest, 1.0) / _MOST_STEPS
    power = 10.0 ** math.floor(math.log10(least))
    step = max(1.0, next((f * power for f in (1, 2, 5) if f * power >= least * 0.999), 10 * power))
    low = math.floor(lowest / step) * step
    return low, step, max(low + step, math.ceil(highest / step) * step)


def _times(length: float) -> tuple[ChartTick, ...]:
    minutes = length / _MINUTE
    step = next((s for s in _MINUTE_STEPS if minutes / s <= _MOST_TIMES), _MINUTE_STEPS[-1])
    return tuple(
        ChartTick(rounded(_FULL * at * _MINUTE / length, 2), f"{at} min" if at else "Start")
        for at in range(0, int(minutes) + 1, step)
    )


def _sentence(series: OverTime) -> str:
    """Whether it changed; else why nothing is said, so that silence is not taken for 'no change'."""
    name = capitalised(NOUNS[series.figure])
    match series.course:
        case "rose" | "fell" | "held":
            return change_sentence(series)
        case "too_few":
            return f"{name}: a change needs {FEWEST_ANSWERS} measured answers to show."
        case "not_comparable":
            return f"{name}: some answers were measured by another version. A change cannot be told."
        case "cannot_tell":
            return f"{name}: no clear change from the first third to the last."
    return ""


def guide_of(series: OverTime) -> Guide | None:
    """What the guide of a figure's measure says."""
    return DEFINITIONS[series.measure].guide
