"""How an answer is measured: what its row adds to the recording."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from analysis import serialization
from analysis.audio.capture import Processing
from analysis.build_report import MeasureOptions
from analysis.report import Correction, Report, Span
from analysis.trends.facts import take_facts
from service.practice.choice import aim_as_guide

SUMMARY_MEASURES = (
    "answer_length",
    "speaking_rate",
    "filled_pause_count",
    "filler_rate",
    "pause_count",
)
"""Measures that a list shows."""


@dataclass(frozen=True)
class MeasuredAnswer:
    """What measuring gave.

    Attributes:
        report: with what the person put right.
        machine: without it; None where nothing was put right.
        span_version: of the row that both were measured for.
    """

    report: Report
    machine: Report | None
    span_version: int

    def columns(self) -> dict[str, Any]:
        """Columns of the answer that follow from its report."""
        return {
            "report_ready": True,
            "summary": _summary(self.report),
            "facts": serialization.to_plain(take_facts(self.report)),
        }


_corrections = TypeAdapter(tuple[Correction, ...])


def read_corrections(kept: Sequence[Mapping[str, Any]] | None) -> tuple[Correction, ...]:
    """Corrections as a row keeps them."""
    return _corrections.validate_python(kept or ())


def measure_options(
    *,
    source: str,
    span: tuple[float, float] | None,
    aim: Mapping[str, Any] | None,
    capture: Mapping[str, Any] | None,
    paused_at: Sequence[float],
    corrections: Sequence[Correction],
) -> MeasureOptions:
    """The options that follow from what a row says.

    Args:
        source: `upload`, `recording` or `sample`.
        span: as the person marked it, seconds; None to find it.
        aim, capture, paused_at: see `service.db.models.Answer`.
        corrections: what the person put right.
    """
    return MeasureOptions(
        span=None if span is None else Span(*span),
        target=aim_as_guide(aim),
        processing=Processing.from_settings(capture),
        paused_at=tuple(paused_at),
        # A recording made here begins when the person is asked to speak.
        response_cue=0.0 if source == "recording" else None,
        corrections=tuple(corrections),
    )


def measured_answer(
    report_with: Callable[[MeasureOptions], Report], options: MeasureOptions, *, span_version: int
) -> MeasuredAnswer:
    """The report of an answer, and the one without corrections where there are any.

    Args:
        report_with: builds the report of the answer.
        options: with the corrections.
        span_version: of the row.
    """
    machine = report_with(replace(options, corrections=())) if options.corrections else None
    return MeasuredAnswer(report_with(options), machine, span_version)


def _summary(report: Report) -> dict[str, Any]:
    return {
        "headline": report.headline,
        "measures": {name: serialization.to_plain(report.measures[name]) for name in SUMMARY_MEASURES},
    }
