"""The verdict of a report: standing of the four figures, headline, keep, try and drill.

It follows from what the report holds, so that a report that an earlier build stored reads like a new one.
"""

from collections.abc import Collection
from dataclasses import replace

from analysis.feedback.drills import drill_for
from analysis.feedback.headline import headline
from analysis.feedback.hidden_figures import hidden_sentence
from analysis.feedback.keep_and_try import attempt, keep, main_change
from analysis.feedback.standing import standings
from analysis.measures.confidence import LEAST_FOR_RATES, LEAST_FOR_SURE_RATES
from analysis.measures.definition import Estimate, NotMeasurable
from analysis.measures.pooling import recorded_time
from analysis.measures.registry import DEFINITIONS
from analysis.report import FigureName, Measure, Report, Span
from analysis.text.end_signals import EndSignal, find_end_signal


def with_verdict(
    report: Report, *, fluency_verdicts: bool = True, hidden: Collection[FigureName] = ()
) -> Report:
    """The report with its verdict, in place of any that it has. Without speech its headline stays.

    Args:
        report: with its measures and moments.
        fluency_verdicts: False takes those on pace, pauses and fillers away, for people who stammer or speak
            differently; the length keeps its verdict.
        hidden: figures that are not shown, and of which nothing is said.
    """
    measures = with_long_pause_rate(report)
    report = replace(report, measures=measures)
    judged = standings(measures, fluency_verdicts=fluency_verdicts)
    figures = tuple(standing for standing in judged if standing.figure not in hidden)
    if report.spoken_span is None:
        return replace(report, figures=figures, observations=(), drill=None)
    signal = end_signal(report)
    change = main_change(figures, signal)
    tried = None if change is None else attempt(report, change, signal)
    kept = keep(report, figures, change)
    return replace(
        report,
        headline=headline(report, figures) if figures else hidden_sentence(hidden),
        figures=figures,
        observations=tuple(each for each in (kept, tried) if each is not None),
        drill=None if change is None else drill_for(report, change, signal),
    )


def end_signal(report: Report) -> EndSignal | None:
    """The first signal of the end in the answer; None without one, or where the answer is not in English."""
    span = report.spoken_span
    if span is None or report.transcript.language != "en":
        return None
    return find_end_signal(report.transcript.words, Span(span.start, span.end))


def with_long_pause_rate(report: Report) -> dict[str, Measure]:
    """The measures, with the rate of long pauses; builds before it was a measure stored only their count."""
    measures = report.measures
    if "long_pause_rate" in measures or "long_pause_count" not in measures:
        return measures
    definition, count = DEFINITIONS["long_pause_rate"], measures["long_pause_count"]
    seconds = recorded_time(report)
    found: Estimate | NotMeasurable
    if count.value is None:
        found = NotMeasurable(count.reason or "no_speech")
    elif seconds < LEAST_FOR_RATES:
        found = NotMeasurable("too_little_speech")
    else:
        low, value, high = (
            60.0 * (each if each is not None else count.value) / seconds
            for each in (count.low, count.value, count.high)
        )
        reason = count.reason or ("too_little_speech" if seconds < LEAST_FOR_SURE_RATES else None)
        found = Estimate(value, low, high, reason)
    added = {name: measures.get(name) for name in DEFINITIONS if name in measures or name == definition.name}
    added[definition.name] = definition.as_measure(found)
    return {name: m for name, m in {**added, **measures}.items() if m is not None}
