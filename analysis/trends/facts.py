"""The facts of a report that are stored for evaluations of many takes, so that no report is read again."""

from collections.abc import Collection
from dataclasses import replace

from analysis.feedback.standing import MAIN_FIGURES
from analysis.feedback.verdict import with_long_pause_rate
from analysis.measures.pooling import recorded_time
from analysis.report import Report
from analysis.trends.models import Build, TakeFacts


def take_facts(report: Report) -> TakeFacts:
    """Extracts the figures of one report, without its words and moments."""
    measures = with_long_pause_rate(report)
    return TakeFacts(
        build=Build(report.analysis_version, report.model.name, report.model.sha256),
        language=report.transcript.language,
        recorded=round(recorded_time(report), 3),
        values={name: measure.value for name, measure in measures.items()},
        doubts={
            name: measure.reason
            for name, measure in measures.items()
            if measure.state != "measured" and measure.reason is not None
        },
        figures={
            figure.measure: measures[figure.measure] for figure in MAIN_FIGURES if figure.measure in measures
        },
    )


def without_measures(facts: TakeFacts, names: Collection[str]) -> TakeFacts:
    """The facts as if these measures were not known, for an answer whose assignment does not show them."""
    if not names:
        return facts
    return replace(
        facts,
        values={name: None if name in names else value for name, value in facts.values.items()},
        doubts={name: reason for name, reason in facts.doubts.items() if name not in names},
        figures={name: measure for name, measure in facts.figures.items() if name not in names},
    )
