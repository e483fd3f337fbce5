"""Measuring an answer with the options in its row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from analysis import serialization
from analysis.acoustics import Acoustics
from analysis.audio.capture import Processing
from analysis.build_report import MeasureOptions, build_report
from analysis.report import Correction, Report, Span
from analysis.signal.voice_activity import Activity
from analysis.transcription.protocol import Transcription
from analysis.trends.facts import take_facts
from service.db.models import Answer
from service.practice.choice import aim_as_guide

SUMMARY_MEASURES = (
    "answer_length",
    "speaking_rate",
    "long_pause_rate",
    "filled_pause_count",
    "filler_rate",
    "pause_count",
)
"""Measures shown in lists of answers."""


@dataclass(frozen=True)
class MeasuredAnswer:
    """The reports of an answer.

    Attributes:
        report: with the person's corrections.
        machine: without them; None if there are no corrections.
        span_version: `span_version` of the row when both were measured.
    """

    report: Report
    machine: Report | None
    span_version: int

    def columns(self) -> dict[str, Any]:
        """Columns of the answer that are derived from its report."""
        return {
            "report_ready": True,
            "summary": _summary(self.report),
            "facts": serialization.to_plain(take_facts(self.report)),
        }


_corrections = TypeAdapter(tuple[Correction, ...])


def read_corrections(stored: Sequence[Mapping[str, Any]] | None) -> tuple[Correction, ...]:
    """Parses the corrections stored in a row."""
    return _corrections.validate_python(stored or ())


def measure_options(
    *,
    source: str,
    span: tuple[float, float] | None,
    aim: Mapping[str, Any] | None,
    capture: Mapping[str, Any] | None,
    paused_at: Sequence[float],
    corrections: Sequence[Correction],
) -> MeasureOptions:
    """The measuring options for an answer, from the columns of its row.

    Args:
        source: `upload`, `recording` or `sample`.
        span: as marked by the person, in seconds; None to detect it.
        aim, capture, paused_at: see `service.db.models.Answer`.
        corrections: the person's corrections.
    """
    return MeasureOptions(
        span=None if span is None else Span(*span),
        target=aim_as_guide(aim),
        processing=Processing.from_settings(capture),
        paused_at=tuple(paused_at),
        # A recording made in the browser begins when the person is asked to speak.
        response_cue=0.0 if source == "recording" else None,
        corrections=tuple(corrections),
    )


@dataclass(frozen=True)
class SavedStages:
    """The stage results that a report is built from, in some milliseconds and without the recording.

    Attributes:
        acoustics: for the span that the row has.
        activity, transcription: without corrections.
    """

    acoustics: Acoustics
    activity: Activity
    transcription: Transcription

    def measure(self, row: Answer, corrections: Sequence[Correction], *, span_version: int) -> MeasuredAnswer:
        """Measures an answer with the options in its row.

        Args:
            row: the answer.
            corrections: the person's corrections, in place of those in the row.
            span_version: that the row has, or will have once the reports are saved.
        """
        options = measure_options(
            source=row.source,
            span=span_of(row),
            aim=row.aim,
            capture=row.capture,
            paused_at=row.paused_at or (),
            corrections=corrections,
        )
        report_with = partial(build_report, self.acoustics, self.activity, self.transcription)
        return measured_answer(report_with, options, span_version=span_version)


def span_of(row: Answer) -> tuple[float, float] | None:
    """Where the answer is, as the person marked it, in seconds; None to detect it."""
    return None if row.span_start is None or row.span_end is None else (row.span_start, row.span_end)


def measured_answer(
    report_with: Callable[[MeasureOptions], Report], options: MeasureOptions, *, span_version: int
) -> MeasuredAnswer:
    """Builds the report of an answer and, if there are corrections, also the one without them.

    Args:
        report_with: builds the report for given options.
        options: including the corrections.
        span_version: of the row.
    """
    machine = report_with(replace(options, corrections=())) if options.corrections else None
    return MeasuredAnswer(report_with(options), machine, span_version)


def _summary(report: Report) -> dict[str, Any]:
    return {
        "headline": report.headline,
        "measures": {name: serialization.to_plain(report.measures[name]) for name in SUMMARY_MEASURES},
    }
