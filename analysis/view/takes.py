"""Takes of one question in a list, and two of them beside each other."""

from dataclasses import dataclass

from analysis.comparison.difference import plain_difference
from analysis.comparison.models import ComparedMeasure, TakeComparison
from analysis.formatting import clock, duration, number
from analysis.report import Report, Span
from analysis.trends.models import Verdict
from analysis.view.figures import FigureView, figure_views
from analysis.view.measures import MeasureRow, measure_row

_REASONS_OF_EVERY_TAKE = frozenset({"detector_uncertain", "no_labelled_speech"})
"""They hold for every take alike, so that they say nothing of these two."""
_CHANGES = frozenset({"clear_change", "probably"})
_MANY_TIMES = 20.0
"""Times beyond which a bound says nothing more than 'many' or 'few'."""


@dataclass(frozen=True)
class TakeView:
    """One take of the list: its four main figures; none where it has no report."""

    figures: tuple[FigureView, ...]


def take_view(report: Report | None) -> TakeView:
    """A take of the list.

    Args:
        report: of the take, with its verdict; None where it has none.
    """
    return TakeView(() if report is None else figure_views(report))


@dataclass(frozen=True)
class ComparedRow:
    """One measure in both takes.

    Attributes:
        name, label: of the measure.
        first, second: the rows of the two takes.
        first_note, second_note: `Less sure: the room echoes`; empty where nothing sets this take apart.
        verdict: code; None for a measure that is only shown.
        sentence: what that says; empty for a measure that is only shown.
        ratio: how many times as much, allowing for chance; empty where no change is called.
    """

    name: str
    label: str
    first: MeasureRow
    second: MeasureRow
    first_note: str
    second_note: str
    verdict: Verdict | None
    sentence: str
    ratio: str


@dataclass(frozen=True)
class ComparisonView:
    """Two takes beside each other.

    Attributes:
        difference: what differs, in one sentence; empty where the two takes were not measured alike.
        chance: whether that is more than chance; often empty.
        judged: measures of which it is said whether they changed.
        shown: measures that are only shown.
        few: why nothing is called a change; empty where something is, or no verdicts are wanted.
        stretches_title, stretches_note: over the best stretches, and what they are.
        first_stretch, second_stretch: how long each is, and where; or that there is none.
    """

    difference: str
    chance: str
    judged: tuple[ComparedRow, ...]
    shown: tuple[ComparedRow, ...]
    few: str
    stretches_title: str
    stretches_note: str
    first_stretch: str
    second_stretch: str


@dataclass(frozen=True)
class ViewedComparison(TakeComparison):
    """A comparison with its view."""

    view: ComparisonView


def comparison_view(comparison: TakeComparison, earlier: str, later: str) -> ComparisonView:
    """The view of a comparison.

    Args:
        comparison: of two takes.
        earlier, later: their names within a sentence: `take 1`, `take 2`.
    """
    rows = tuple(_row(measure, earlier) for measure in comparison.measures)
    judged = tuple(row for row in rows if row.verdict is not None)
    called = any(row.verdict in _CHANGES for row in judged)
    few = "" if called or not comparison.verdicts else "Two takes alone rarely show a change."
    stretches = comparison.best_stretches
    # A notice says that they were not measured alike.
    difference = None if comparison.notice else plain_difference(comparison.measures, earlier, later)
    return ComparisonView(
        difference="" if difference is None else difference.sentence,
        chance="" if difference is None else difference.chance,
        judged=judged,
        shown=tuple(row for row in rows if row.verdict is None),
        few=few,
        stretches_title="The best stretch of each" if comparison.verdicts else "The longest stretch of each",
        stretches_note=(
            "The longest part of each take without a filler and without a silence of 1 s. "
            "You know best whether it says what you want to say."
        ),
        first_stretch=_stretch(stretches.first),
        second_stretch=_stretch(stretches.second),
    )


def _row(measure: ComparedMeasure, earlier: str) -> ComparedRow:
    first, second = measure_row(measure.name, measure.first), measure_row(measure.name, measure.second)
    return ComparedRow(
        name=measure.name,
        label=measure.label,
        first=first,
        second=second,
        first_note=_note(first, measure.first.reason),
        second_note=_note(second, measure.second.reason),
        verdict=measure.verdict,
        sentence=measure.sentence,
        ratio=ratio_text(measure.low, measure.high, earlier) if measure.verdict in _CHANGES else "",
    )


def _note(row: MeasureRow, reason: str | None) -> str:
    if not row.value or row.state == "measured" or reason in _REASONS_OF_EVERY_TAKE:
        return ""
    return f"{row.state_text}: {row.reason}"


def ratio_text(low: float | None, high: float | None, earlier: str) -> str:
    """`Between 0.2 and 1.3 times take 1, allowing for chance.`; empty where the two cannot be compared."""
    if low is None or high is None:
        return ""
    than = f"times {earlier}, allowing for chance."
    if high > _MANY_TIMES:
        return f"At least {_times(low)} {than}"
    if low < 1 / _MANY_TIMES:
        return f"At most {_times(high)} {than}"
    return f"Between {_times(low)} and {_times(high)} {than}"


def _times(ratio: float) -> str:
    """Two figures that count: `0.25`, `1.3`, `12`."""
    return number(ratio, 0 if ratio >= 10 else 1 if ratio >= 1 else 2)


def _stretch(stretch: Span | None) -> str:
    if stretch is None:
        return "No stretch of 10 s or more."
    return f"{duration(stretch.duration)}, from {clock(stretch.start)} to {clock(stretch.end)}"
