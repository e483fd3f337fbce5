"""The report of a session: its answers one by one, and the figures over all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.formatting import number_of
from analysis.measures.pooling import PooledMeasure
from analysis.report import Measure
from analysis.sessions.session_report import SessionReport
from analysis.view.measures import MeasureRow, measure_row

_ROW_FIGURES = {
    "speaking_rate": "{}",
    "filler_rate": "fillers: {}",
    "pause_longest": "longest pause: {}",
}
"""Figures of an answer that stand beside its headline, and what goes with each."""

_ORDER = (
    "speaking_rate",
    "filler_rate",
    "filled_pause_rate",
    "filler_rate_per_100_words",
    "pause_rate",
    "filled_pause_count",
    "discourse_marker_count",
    "pause_count",
    "long_pause_count",
    "spoken_words",
)
"""Over all answers, from the most telling on; what is not named here comes after them."""

_TOGETHER_NOTE = (
    "A rate a minute is the count of all answers divided by the minutes of all answers. A longer "
    "answer therefore counts for more."
)


@dataclass(frozen=True)
class PooledRow:
    """One measure over all answers, and how many it rests on: `Measured, from 3 answers`."""

    row: MeasureRow
    sureness: str


@dataclass(frozen=True)
class AnswerFigures:
    """What stands beside the headline of one answer."""

    answer: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class SessionView:
    """What is shown of a session.

    Attributes:
        answers: in the order of the report's rows.
        together: measures over all answers, in order.
        together_note: how they are pooled.
    """

    answers: tuple[AnswerFigures, ...]
    together: tuple[PooledRow, ...]
    together_note: str


@dataclass(frozen=True)
class ViewedSession(SessionReport):
    """The report of a session with its view."""

    view: SessionView


def session_view(report: SessionReport) -> SessionView:
    """The view of a session's report."""
    together, note = pooled_rows(report.measures)
    return SessionView(
        answers=tuple(AnswerFigures(row.answer, _figures(row.measures)) for row in report.rows),
        together=together,
        together_note=note,
    )


def pooled_rows(measures: Mapping[str, PooledMeasure]) -> tuple[tuple[PooledRow, ...], str]:
    """Measures over several answers in their order, and a note on how they are pooled."""
    names = [
        *(name for name in _ORDER if name in measures),
        *(name for name in measures if name not in _ORDER),
    ]
    return tuple(_pooled(name, measures[name]) for name in names), _TOGETHER_NOTE


def _figures(measures: Mapping[str, Measure]) -> tuple[str, ...]:
    rows = [
        (text, measure_row(name, measures[name])) for name, text in _ROW_FIGURES.items() if name in measures
    ]
    return tuple(text.format(row.value) for text, row in rows if row.value)


def _pooled(name: str, pooled: PooledMeasure) -> PooledRow:
    row = measure_row(name, pooled.measure)
    sureness = f"{row.state_text}, from {number_of(pooled.answers, 'answer')}" if row.value else ""
    return PooledRow(row, sureness)
