"""The four main figures with a mark each, and the drill, as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.feedback.headline import NOUNS
from analysis.feedback.standing import FIGURES_BY_NAME, SLOWEST_PACE, bounds_of
from analysis.formatting import (
    aim,
    capitalised,
    duration,
    interval,
    number,
    usual_range,
    whole,
    whole_seconds_interval,
)
from analysis.report import Drill, FigureName, FigureStanding, Guide, Measure, Report, Standing
from analysis.view.measures import MomentView, interval_sentence, moment_at, reason_text

Mark = Literal["inside", "near", "above", "below", "unknown", "none"]
"""Shapes: a check, a wave, an arrow up or down, a question mark; `none` where no verdict is wanted."""

_UNITS: dict[FigureName, tuple[str, str]] = {
    "length": ("", ""),
    "pace": ("word a minute", "words a minute"),
    "pauses": ("long pause a minute", "long pauses a minute"),
    "fillers": ("filler a minute", "fillers a minute"),
}
"""After `1`, and after any other number."""
_PACE_NOTE = (
    f"A pace of {number(SLOWEST_PACE)} or more counts as inside: "
    "one in ten learners of English speaks more slowly."
)


@dataclass(frozen=True)
class FigureView:
    """One of the four main figures.

    Attributes:
        figure: code.
        measure: name of the measure that it is.
        label: `Length`, `Pace`, `Pauses`, `Fillers`.
        value: the number, or a length of time; empty where it is not measurable.
        unit: after the number, for example `words a minute`; empty for a length.
        standing: code; None where no verdict is wanted.
        mark: the shape of the mark.
        standing_text: the word beside the mark: `inside the guide`, `close to the guide`, `over the aim`,
            `not measured`; empty where no verdict is wanted.
        guide: `1–2 minutes`, `100 to 165`, `up to 5`; empty where no verdict is wanted.
        guide_source: who says so; empty likewise.
        interval: both ends of its 95 % interval; empty without one.
        reason: why it is not measured or less sure, as a clause; often empty.
        note: what else to know of its guide; often empty.
        how_sure: its interval, why it is less sure, its guide with the source, and the note, as sentences.
        summary: all of it in a line, for lists and for those who do not see the mark.
    """

    figure: FigureName
    measure: str
    label: str
    value: str
    unit: str
    standing: Standing | None
    mark: Mark
    standing_text: str
    guide: str
    guide_source: str
    interval: str
    reason: str
    note: str
    how_sure: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class DrillView:
    """The exercise for the next take.

    Attributes:
        name: code.
        figure: the figure that it is to change.
        title: a few words.
        button: `Record it again: stop by 2 minutes`.
        reminder: `This time: stop by 2 minutes`, where it is recorded again.
        steps: what to do, in order.
        evidence: why it may help, with the source.
        moments: where what it is about can be heard, at most three.
    """

    name: str
    figure: FigureName
    title: str
    button: str
    reminder: str
    steps: tuple[str, ...]
    evidence: str
    moments: tuple[MomentView, ...]


def figure_views(report: Report) -> tuple[FigureView, ...]:
    """The four main figures of a report with its verdict, in order."""
    return tuple(figure_view(standing, report.measures) for standing in report.figures)


def figure_view(standing: FigureStanding, measures: Mapping[str, Measure]) -> FigureView:
    """One main figure.

    Args:
        standing: how it compares with its guide.
        measures: of the report, by name.
    """
    measure = measures.get(standing.measure)
    label = capitalised(NOUNS[standing.figure])
    text = standing_text(standing)
    judged = standing.standing is not None
    guide = _guide(standing, measure) if judged else None
    if measure is None or measure.value is None:
        value, ends = "", ""
    elif standing.figure == "length":
        value, ends = duration(measure.value), whole_seconds_interval(measure.low, measure.high)
    else:
        value = _number(standing, measure)
        ends = interval(measure.low, measure.high, measure.unit)
    reason = "" if measure is None else reason_text(measure.reason, measure.state)
    unit = _UNITS[standing.figure][value != "1"] if value else ""
    note = _note(standing, measure)
    guide_text = "" if guide is None else _guide_text(standing.figure, guide)
    said = f"{value} {unit}".rstrip() if value else ""
    return FigureView(
        figure=standing.figure,
        measure=standing.measure,
        label=label,
        value=value,
        unit=unit,
        standing=standing.standing,
        mark=_mark(standing),
        standing_text=text,
        guide=guide_text,
        guide_source="" if guide is None else guide.source,
        interval=ends,
        reason=reason,
        note=note,
        how_sure=tuple(
            filter(
                None,
                [
                    interval_sentence(ends),
                    _why(reason, bool(value)),
                    "" if guide is None else f"Guide: {guide_text}. {guide.source}.",
                    note,
                ],
            )
        ),
        summary=f"{label}: {', '.join(part for part in (said, text) if part) or 'not measured'}",
    )


def _why(reason: str, measured: bool) -> str:
    if not reason:
        return ""
    return f"Less sure, because {reason}." if measured else f"Not measured: {reason}."


def standing_text(standing: FigureStanding) -> str:
    """The word beside the mark of a figure; empty where no verdict is wanted."""
    goal = "aim" if standing.figure == "length" else "guide"
    match standing.standing:
        case "inside":
            return f"inside the {goal}"
        case "near":
            return f"close to the {goal}"
        case "outside":
            return f"{'over' if standing.direction == 'high' else 'under'} the {goal}"
        case "unknown":
            return "not measured"
    return ""


def _mark(standing: FigureStanding) -> Mark:
    match standing.standing:
        case "inside" | "near" | "unknown":
            return standing.standing
        case "outside":
            return "above" if standing.direction == "high" else "below"
    return "none"


def _number(standing: FigureStanding, measure: Measure) -> str:
    """A whole number, or with a decimal where that decides on which side of a bound it is."""
    value = measure.value or 0.0
    low, high = bounds_of(FIGURES_BY_NAME[standing.figure], measure)
    if standing.figure == "pace":
        return number(value)
    on_bound = any(bound is not None and whole(value) == whole(bound) for bound in (low, high))
    small = 0 < value < 10 and not float(value).is_integer()
    return number(value, 1) if (on_bound and small) or 0 < value < 1 else number(value)


def _guide(standing: FigureStanding, measure: Measure | None) -> Guide | None:
    if measure is not None and measure.guide is not None:
        return measure.guide
    return None


def _guide_text(figure: FigureName, guide: Guide) -> str:
    if figure == "length":
        return aim(guide.low, guide.high)
    return usual_range(guide.low, guide.high, FIGURE_UNITS[figure])


FIGURE_UNITS: dict[FigureName, str] = {
    "length": "s",
    "pace": "words/min",
    "pauses": "per min",
    "fillers": "per min",
}
"""The unit of each figure's measure."""


def _note(standing: FigureStanding, measure: Measure | None) -> str:
    if standing.figure != "pace" or standing.standing != "inside" or measure is None or measure.value is None:
        return ""
    low = measure.guide.low if measure.guide else None
    return _PACE_NOTE if low is not None and measure.value < low else ""


def drill_view(drill: Drill | None) -> DrillView | None:
    """The drill as it is shown; None without one."""
    if drill is None:
        return None
    return DrillView(
        name=drill.name,
        figure=drill.figure,
        title=drill.title,
        button=f"Record it again: {drill.change}",
        reminder=f"This time: {drill.change}",
        steps=drill.steps,
        evidence=drill.evidence,
        moments=tuple(moment_at(moment.start) for moment in drill.moments),
    )
