"""Progress over many takes, one week of it, and what is usual for a person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.formatting import duration, number_of
from analysis.report import State
from analysis.trends.models import Estimate, Point, ProgressReport, Trend, UsualRange
from analysis.trends.weeks import PooledFigure, WeekSummary
from analysis.view.marks import guide_text
from analysis.view.measures import interval_text, label_of, reason_text, state_text, value_text

_AXIS_TITLES = {"s": "minutes and seconds", "words/min": "words a minute"}
"""What stands beside the name of a measure whose unit its name does not say."""


@dataclass(frozen=True)
class PointView:
    """One take in one chart.

    Attributes:
        value: with its unit, or that it is not measurable.
        state: what to know about it, in a few words; empty where it is plain.
        reason: why it is less sure or missing; empty where it is plain.
    """

    value: str
    state: str
    reason: str


@dataclass(frozen=True)
class ComparedFigure:
    """A figure over several takes with its unit, and both ends of its interval; empty without one."""

    value: str
    interval: str


@dataclass(frozen=True)
class TrendView:
    """One measure over many takes.

    Attributes:
        name, label: of the measure.
        axis_title: what its values are in, where its label does not say so.
        guide: what is usual; empty where nothing is published.
        source: who says what is usual.
        earlier, later: the figures that are compared, each with its interval; None where nothing is.
        evidence: both in a line.
        reasons: why values are less sure or missing, each with how many takes it holds for.
        points: oldest first, as in the report.
    """

    name: str
    label: str
    axis_title: str
    guide: str
    source: str
    earlier: ComparedFigure | None
    later: ComparedFigure | None
    evidence: str
    reasons: str
    points: tuple[PointView, ...]


@dataclass(frozen=True)
class ProgressView:
    """What is shown of a person's takes together.

    Attributes:
        stand: where the person stands, in a sentence; empty where no figures are known.
        amounts: how many takes, how much speech, and how many are not compared.
        interval_note: what stands in brackets beside a figure.
        trends: as in the report.
    """

    stand: str
    amounts: tuple[str, ...]
    interval_note: str
    trends: tuple[TrendView, ...]


def progress_view(report: ProgressReport, stand: str) -> ProgressView:
    """The view of a progress report.

    Args:
        report: on the chosen takes.
        stand: from `analysis.trends.where_you_stand`.
    """
    amounts = [number_of(report.takes, "take"), f"{duration(60.0 * report.minutes)} of speech"]
    if report.outdated:
        amounts.append(f"{report.outdated:,} measured by an older version and not compared")
    return ProgressView(
        stand=stand,
        amounts=tuple(amounts),
        interval_note="In brackets: the 95 % interval, how far off the figure can be, as takes differ.",
        trends=tuple(_trend(trend) for trend in report.trends),
    )


def _trend(trend: Trend) -> TrendView:
    before, after = trend.change.before, trend.change.after
    points = tuple(_point(point, trend) for point in trend.points)
    return TrendView(
        name=trend.name,
        label=trend.label,
        axis_title=_AXIS_TITLES.get(trend.unit, ""),
        guide=guide_text(trend.guide, trend.unit),
        source="" if trend.guide is None else trend.guide.source,
        earlier=None if before is None else _estimate(before, trend),
        later=None if after is None else _estimate(after, trend),
        evidence=""
        if before is None or after is None
        else f"{_side('Earlier', before, trend)} {_side('Later', after, trend)}",
        reasons=_reasons(points),
        points=points,
    )


def _side(which: str, estimate: Estimate, trend: Trend) -> str:
    """`Earlier 14 takes: 6.1 a minute (5.0 to 7.4).`"""
    figure = _estimate(estimate, trend)
    ends = f" ({figure.interval})" if figure.interval else ""
    return f"{which} {number_of(estimate.takes, 'take')}: {figure.value}{ends}."


def _estimate(estimate: Estimate, trend: Trend) -> ComparedFigure:
    return ComparedFigure(
        value_text(trend.name, estimate.value, trend.unit),
        interval_text(trend.name, estimate.low, estimate.high, trend.unit),
    )


def _point(point: Point, trend: Trend) -> PointView:
    of: State = "not_measurable" if point.value is None else "low_confidence"
    notes = []
    if point.value is not None and point.doubt:
        notes.append(state_text(of).lower())
    if not point.current:
        notes.append("older version")
    value = value_text(trend.name, point.value, trend.unit)
    if point.value is None:
        value = value.lower()  # It stands within a line.
    return PointView(value, ", ".join(notes), reason_text(point.doubt, of))


def _reasons(points: tuple[PointView, ...]) -> str:
    counts = Counter(point.reason for point in points if point.reason)
    return "; ".join(f"{reason} ({number_of(takes, 'take')})" for reason, takes in counts.items())


@dataclass(frozen=True)
class WeekFigureView:
    """One measure of a week beside the weeks before it; `before` says so where there were no takes."""

    name: str
    label: str
    value: str
    takes: str
    before: str
    before_takes: str


@dataclass(frozen=True)
class ViewedWeek(WeekSummary):
    """A week in short, with its figures as text."""

    view: tuple[WeekFigureView, ...]


def week_view(week: WeekSummary) -> tuple[WeekFigureView, ...]:
    """The figures of a week as text."""
    return tuple(
        WeekFigureView(
            name,
            label_of(name),
            value_text(name, figure.value, figure.unit),
            number_of(figure.takes, "take"),
            *_before(name, figure.before, figure.unit),
        )
        for name, figure in week.measures.items()
    )


def _before(name: str, figure: PooledFigure | None, unit: str) -> tuple[str, str]:
    if figure is None:
        return "no takes", ""
    return value_text(name, figure.value, unit), number_of(figure.takes, "take")


@dataclass(frozen=True)
class UsualView:
    """What is usual for a person in one measure: the range, and what it is."""

    text: str
    sentence: str


def usual_view(ranges: Mapping[str, UsualRange], units: Mapping[str, str]) -> dict[str, UsualView]:
    """What is usual for a person, by measure.

    Args:
        ranges: the middle half of their other takes.
        units: of the measures.
    """
    return {name: _usual(name, usual, units[name]) for name, usual in ranges.items() if name in units}


def _usual(name: str, usual: UsualRange, unit: str) -> UsualView:
    text = interval_text(name, usual.low, usual.high, unit) or value_text(name, usual.middle, unit)
    takes = number_of(usual.takes, "other take")
    return UsualView(text, f"{text} in the middle half of your {takes}.")
