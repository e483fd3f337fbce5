"""What is kept of a report for all that looks at many takes, so that no report has to be read again."""

from analysis.trends.vocabulary import Build, TakeFacts
from analysis.vocabulary import Report, Span


def take_facts(report: Report) -> TakeFacts:
    """The figures of one report, without its words and moments."""
    return TakeFacts(
        build=Build(report.analysis_version, report.model.name, report.model.sha256),
        language=report.transcript.language,
        recorded=round(_recorded(report), 3),
        values={name: measure.value for name, measure in report.measures.items()},
        doubts={
            name: measure.reason
            for name, measure in report.measures.items()
            if measure.state != "measured" and measure.reason is not None
        },
    )


def _recorded(report: Report) -> float:
    """Seconds of the spoken span for which there is sound: gaps belong to no rate."""
    if report.spoken_span is None:
        return 0.0
    span = Span(report.spoken_span.start, report.spoken_span.end)
    return max(0.0, span.duration - sum(span.overlap(gap) for gap in report.recording.gaps))
