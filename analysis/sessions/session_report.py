"""The report of a session: figures over all of its answers, and one row for each.

The figures over all answers are calculated in `analysis.measures.pooling`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.formatting import duration, number_of, whole
from analysis.measures.length import LENGTH_GUIDE
from analysis.measures.pooling import PooledMeasure, pooled_measures
from analysis.report import Measure, Observation, ObservationKind, Report, Span

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


_BESIDE_AIM: Mapping[Place, str] = {"inside": "inside", "short": "short of", "over": "over"}


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
    """

    kind: ObservationKind
    text: str
    answer: str
    title: str
    moments: tuple[Span, ...]
    answers: int


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


def session_report(entries: Sequence[SessionEntry]) -> SessionReport:
    """Combines the reports of a session's answers.

    Args:
        entries: the answers in the order in which they were given.
    """
    reports = [(entry, entry.report) for entry in entries if entry.report is not None]
    rows = tuple(_row(entry, report) for entry, report in reports)
    time = sum(
        report.spoken_span.end - report.spoken_span.start for _, report in reports if report.spoken_span
    )
    observations = (_observation(kind, reports) for kind in ("keep", "try"))
    return SessionReport(
        headline=_headline([row.place for row in rows], time),
        speaking_time=round(time, 2),
        measures=pooled_measures([report for _, report in reports]),
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
        place=_place(report.measures["answer_length"]),
        measures={name: report.measures[name] for name in ROW_MEASURES if name in report.measures},
    )


def _place(length: Measure) -> Place:
    """The length compared with the answer's own aim, both rounded as in its headline."""
    if length.value is None:
        return "no_speech"
    aim = length.guide or LENGTH_GUIDE
    shown = whole(length.value)
    if shown < whole(aim.low or 0.0):
        return "short"
    return "inside" if shown <= (aim.high or float("inf")) else "over"


def _headline(places: Sequence[Place], time: float) -> str:
    answers = number_of(len(places), "answer")
    if not places:
        return "No answer has a report yet."
    if all(place == "no_speech" for place in places):
        return f"No speech was heard in {'this answer' if len(places) == 1 else f'these {answers}'}."
    begun = f"{answers}, {duration(time)}"
    first = places[0]
    if len(places) == 1:
        return f"{begun}, {_BESIDE_AIM[first]} its aim."
    if all(place == first for place in places):
        return f"{begun} in all, each {_BESIDE_AIM[first]} its aim."
    parts: list[str] = []
    for place, words in _BESIDE_AIM.items():
        count = places.count(place)
        if count:
            aim = "it" if parts else "its aim" if count == 1 else "their aim"
            parts.append(f"{count} {words} {aim}")
    if "no_speech" in places:
        parts.append(f"{places.count('no_speech')} without speech")
    return f"{begun} in all: {', '.join(parts[:-1])} and {parts[-1]}."


def _observation(
    kind: ObservationKind, reports: Sequence[tuple[SessionEntry, Report]]
) -> SessionObservation | None:
    """The topic that most answers share, in the words of the latest answer, which is freshest in memory."""
    topics: dict[str, list[tuple[SessionEntry, Observation]]] = {}
    for entry, report in reports:
        for observation in report.observations:
            if observation.kind == kind:
                topic = observation.text if observation.about == "unknown" else observation.about
                topics.setdefault(topic, []).append((entry, observation))
    most = max(topics.values(), key=len, default=None)
    if most is None:
        return None
    entry, observation = most[-1]
    return SessionObservation(
        kind, observation.text, entry.answer, entry.title, observation.moments, answers=len(most)
    )
