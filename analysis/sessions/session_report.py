"""The report of a session: figures over all of its answers, and one row for each.

The figures over all answers are calculated in `analysis.measures.pooling`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.feedback.headline import COUNTED_NOUNS, about
from analysis.feedback.standing import FIGURES_BY_NAME, ranked, standings
from analysis.formatting import aim, capitalised, listed, number, number_of, whole
from analysis.measures.length import LENGTH_GUIDE
from analysis.measures.pooling import PooledMeasure, pooled_measures
from analysis.report import (
    Direction,
    FigureStanding,
    Measure,
    Observation,
    ObservationKind,
    ObservationTopic,
    Report,
    Span,
)

Place = Literal["short", "inside", "over", "no_speech"]

ROW_MEASURES = (
    "answer_length",
    "speaking_rate",
    "filled_pause_count",
    "filler_rate",
    "pause_count",
    "pause_longest",
)
"""Measures shown in the row of each answer."""


_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


@dataclass(frozen=True)
class SessionEntry:
    """One answer of a session.

    Attributes:
        answer: the caller's id of the answer.
        title: display title.
        report: None while there is none.
        state: the caller's state of the analysis of an answer without a report; empty with a report.
    """

    answer: str
    title: str
    report: Report | None
    state: str = ""


@dataclass(frozen=True)
class SessionRow:
    """The row of one answer.

    Attributes:
        answer, title: as in its entry.
        headline: headline of its report.
        place: its length compared with its own aim.
        measures: the measures of `ROW_MEASURES`.
    """

    answer: str
    title: str
    headline: str
    place: Place
    measures: dict[str, Measure]


@dataclass(frozen=True)
class SessionObservation:
    """An observation to keep or to try, in the words of one answer's report.

    Attributes:
        kind: `keep` or `try`.
        text: one sentence about that answer.
        answer, title: the answer to listen to.
        moments: moments of that answer.
        answers: number of answers with an observation on the same topic.
        about: that topic.
    """

    kind: ObservationKind
    text: str
    answer: str
    title: str
    moments: tuple[Span, ...]
    answers: int
    about: ObservationTopic = "unknown"


@dataclass(frozen=True)
class WithoutReport:
    """An answer that is not in the figures, because its analysis has not finished or has stopped."""

    answer: str
    title: str
    state: str


@dataclass(frozen=True)
class SessionReport:
    """The report of one session.

    Attributes:
        headline: the one sentence to read first.
        speaking_time: total of all answers in seconds, each from its first word to its last.
        measures: pooled measures by their names in `analysis.measures.registry`.
        rows: one for each answer with a report, in the order of the entries.
        observations: at most one to keep and one to try.
        without_report: answers that are not in the figures.
    """

    headline: str
    speaking_time: float
    measures: dict[str, PooledMeasure]
    rows: tuple[SessionRow, ...]
    observations: tuple[SessionObservation, ...]
    without_report: tuple[WithoutReport, ...]


def session_report(entries: Sequence[SessionEntry], *, fluency_verdicts: bool = True) -> SessionReport:
    """Combines the reports of a session's answers.

    Args:
        entries: the answers in the order in which they were given.
        fluency_verdicts: False has the headline speak of the length alone.
    """
    reports = [(entry, entry.report) for entry in entries if entry.report is not None]
    rows = tuple(_row(entry, report) for entry, report in reports)
    time = sum(
        report.spoken_span.end - report.spoken_span.start for _, report in reports if report.spoken_span
    )
    observations = (common_observation(kind, reports) for kind in ("keep", "try"))
    pooled = pooled_measures([report for _, report in reports])
    return SessionReport(
        headline=_headline(rows, pooled, fluency_verdicts=fluency_verdicts),
        speaking_time=round(time, 2),
        measures=pooled,
        rows=rows,
        observations=tuple(each for each in observations if each is not None),
        without_report=tuple(
            WithoutReport(entry.answer, entry.title, entry.state) for entry in entries if entry.report is None
        ),
    )


def without_session_verdicts(report: SessionReport) -> SessionReport:
    """Removes the guides of fluency measures from a report; its answers' reports must be without verdicts."""
    return replace(
        report,
        measures={
            name: replace(pooled, measure=replace(pooled.measure, guide=None))
            for name, pooled in report.measures.items()
        },
    )


def _row(entry: SessionEntry, report: Report) -> SessionRow:
    return SessionRow(
        answer=entry.answer,
        title=entry.title,
        headline=report.headline,
        place=place_of(report.measures["answer_length"]),
        measures={name: report.measures[name] for name in ROW_MEASURES if name in report.measures},
    )


def place_of(length: Measure) -> Place:
    """The length compared with the answer's own aim, both rounded as in its headline."""
    if length.value is None:
        return "no_speech"
    aim = length.guide or LENGTH_GUIDE
    shown = whole(length.value)
    if shown < whole(aim.low or 0.0):
        return "short"
    return "inside" if shown <= (aim.high or float("inf")) else "over"


def _headline(
    rows: Sequence[SessionRow], pooled: Mapping[str, PooledMeasure], *, fluency_verdicts: bool
) -> str:
    """How many lengths were inside their aim, and which of pace, pauses and fillers is furthest outside.

    Such as `3 of 5 answers were inside 1–2 minutes. Fillers: 12 a minute over all five; aim for 5 or fewer.`
    """
    if not rows:
        return "No answer has a report yet."
    if all(row.place == "no_speech" for row in rows):
        answers = number_of(len(rows), "answer")
        return f"No speech was heard in {'this answer' if len(rows) == 1 else f'these {answers}'}."
    return f"{_lengths(rows)} {others(pooled) if fluency_verdicts else ''}".rstrip()


def _lengths(rows: Sequence[SessionRow]) -> str:
    guides = {
        (guide.low, guide.high)
        for row in rows
        for guide in [row.measures["answer_length"].guide or LENGTH_GUIDE]
    }
    inside = sum(row.place == "inside" for row in rows)
    if len(rows) == 1:
        goal = aim(*guides.pop())
        return f"This answer was {'inside' if inside else 'not inside'} {goal}."
    goal = aim(*guides.pop()) if len(guides) == 1 else "their aim"
    return f"{inside} of {len(rows)} answers were inside {goal}."


def others(pooled: Mapping[str, PooledMeasure]) -> str:
    """Which of pace, pauses and fillers is furthest outside over all answers, or which are inside.

    Empty where none is known.
    """
    judged = [each for each in standings({name: each.measure for name, each in pooled.items()})[1:]]
    outside = ranked(judged)
    if outside:
        figure = FIGURES_BY_NAME[outside[0].figure]
        measure = pooled[figure.measure]
        over = f"over all {_NUMBERS.get(measure.answers, str(measure.answers))}"
        over = f" {over}" if measure.answers > 1 else ""
        name = capitalised(COUNTED_NOUNS[figure.name])
        unit = " words a minute" if figure.name == "pace" else " a minute"
        value = about(measure.measure, figure.high)
        if outside[0].direction == "low":
            return f"{name}: {value}{unit}{over}."
        return f"{name}: {value}{unit}{over}; aim for {number(figure.high or 0.0)} or fewer."
    inside = [each.figure for each in judged if each.standing == "inside"]
    near = [each.figure for each in judged if each.standing == "near"]
    parts = [
        f"{listed([COUNTED_NOUNS[name] for name in names])} {'is' if names == ['pace'] else 'are'} {where}"
        for names, where in ((inside, "inside the guides"), (near, "close to the guide"))
        if names
    ]
    return f"{capitalised('; '.join(parts))}." if parts else ""


def common_observation(
    kind: ObservationKind,
    reports: Sequence[tuple[SessionEntry, Report]],
    *,
    first: Sequence[FigureStanding] = (),
    without: str | None = None,
) -> SessionObservation | None:
    """What most answers share, in the words of the latest answer, which is freshest in memory.

    Answers that are too long and such that are too short share nothing, although both are about the length.

    Args:
        first: figures that come before all others, in this order, however few answers share them.
        without: a topic that is left out.
    """
    shared: dict[tuple[str, Direction | None], list[tuple[SessionEntry, Observation]]] = {}
    for entry, report in reports:
        directions: dict[str, Direction | None] = {
            figure.figure: figure.direction for figure in report.figures
        }
        for observation in report.observations:
            if observation.kind != kind or observation.about == without:
                continue
            topic = observation.text if observation.about == "unknown" else observation.about
            shared.setdefault((topic, directions.get(topic)), []).append((entry, observation))
    wanted = ((figure.figure, figure.direction) for figure in first)
    most = next((shared[about] for about in wanted if about in shared), None)
    most = most or max(shared.values(), key=len, default=None)
    if most is None:
        return None
    entry, observation = most[-1]
    return SessionObservation(
        kind=kind,
        text=observation.text,
        answer=entry.answer,
        title=entry.title,
        moments=observation.moments,
        answers=len(most),
        about=observation.about,
    )
