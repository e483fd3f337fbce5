"""Figures over several answers together; the definition of each measure tells how it pools.

Rates are pooled: all events over all minutes, so that a short answer counts for as much as it lasts.
An answer in which a measure is not measurable is left out of that measure, its minutes too. Intervals are
those of the answers added end to end: errors for one voice in one room tend to have one direction, so they
are not expected to cancel out. States follow the rules of `analysis.measures.confidence`: a sum is as
uncertain as its parts, and a rate needs 10 s of speech, 30 s to be sure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.measures.confidence import LEAST_FOR_RATES, LEAST_FOR_SURE_RATES, figure, not_measurable
from analysis.measures.definition import MeasureDefinition
from analysis.measures.registry import DEFINITIONS
from analysis.report import Measure, Pause, Report, Span


@dataclass(frozen=True)
class PooledMeasure:
    """One figure over several answers.

    Attributes:
        measure: as for one answer; the interval covers measurement error only.
        answers: number of answers it is computed from.
    """

    measure: Measure
    answers: int


def pooled_measures(reports: Sequence[Report]) -> dict[str, PooledMeasure]:
    """Sums and rates over several answers, by name, in the order of `analysis.measures.registry`."""
    pooled = {}
    for name, definition in DEFINITIONS.items():
        if definition.pooling is not None:
            pool = {None: _sum, "minute": _rate, "100 words": _rate_per_100_words}[definition.pooling.per]
            pooled[name] = pool(reports, definition, definition.pooling.counts)
    return pooled


def _sum(reports: Sequence[Report], definition: MeasureDefinition, counts: Sequence[str]) -> PooledMeasure:
    used = _measurable(reports, counts)
    if not used:
        return _none(definition, _why_none(reports, counts))
    reason = _sum_reason(used, counts)
    value, low, high = _added(used, counts)
    return PooledMeasure(figure(value, definition.unit, low, high, reason=reason, digits=0), len(used))


def _rate(reports: Sequence[Report], definition: MeasureDefinition, counts: Sequence[str]) -> PooledMeasure:
    used = _measurable(reports, counts)
    if not used:
        return _none(definition, _why_none(reports, counts))
    seconds = sum(recorded_time(report) for report in used)
    if seconds < LEAST_FOR_RATES:
        return _none(definition, "too_little_speech", len(used))
    value, low, high = (each / (seconds / 60.0) for each in _added(used, counts))
    reason = _rate_reason(seconds) or _sum_reason(used, counts)
    measure = figure(value, definition.unit, low, high, reason=reason, guide=definition.guide)
    return PooledMeasure(measure, len(used))


def _rate_per_100_words(
    reports: Sequence[Report], definition: MeasureDefinition, counts: Sequence[str]
) -> PooledMeasure:
    needed = (*counts, "spoken_words")
    used = _measurable(reports, needed)
    if not used:
        return _none(definition, _why_none(reports, needed))
    seconds = sum(recorded_time(report) for report in used)
    words, fewest, most = _added(used, ("spoken_words",))
    if seconds < LEAST_FOR_RATES or fewest <= 0:
        return _none(definition, "too_little_speech", len(used))
    value, low, high = _added(used, counts)
    measure = figure(
        100 * value / words,
        definition.unit,
        100 * low / most,
        100 * high / fewest,
        reason=_rate_reason(seconds) or _sum_reason(used, needed),
        guide=definition.guide,
    )
    return PooledMeasure(measure, len(used))


def _none(definition: MeasureDefinition, reason: str, answers: int = 0) -> PooledMeasure:
    return PooledMeasure(not_measurable(definition.unit, reason, definition.guide), answers)


def _measurable(reports: Sequence[Report], counts: Sequence[str]) -> list[Report]:
    return [
        report
        for report in reports
        if report.spoken_span is not None and all(_has_value(report, name) for name in counts)
    ]


def _has_value(report: Report, name: str) -> bool:
    """Reports of older versions lack measures that were added later."""
    return name in report.measures and report.measures[name].value is not None


def recorded_time(report: Report) -> float:
    """Seconds of the answer that were recorded; gaps are left out of rates."""
    if report.spoken_span is None:
        return 0.0
    span = Span(report.spoken_span.start, report.spoken_span.end)
    missing = [gap for gap in report.recording.gaps if not any(_lies_in(gap, p) for p in report.pauses)]
    return max(0.0, span.duration - sum(span.overlap(gap) for gap in missing))


def _lies_in(gap: Span, pause: Pause) -> bool:
    """Whether the answer counts a gap as part of a pause (`analysis.signal.answer_span`)."""
    return pause.start < gap.start and gap.end < pause.end


def _added(reports: Sequence[Report], counts: Sequence[str]) -> tuple[float, float, float]:
    """Sums of value, low and high over all reports and counts."""
    measures = [report.measures[name] for report in reports for name in counts]
    value = sum(measure.value or 0.0 for measure in measures)
    low = sum(_or(measure.low, measure.value) for measure in measures)
    return value, low, sum(_or(measure.high, measure.value) for measure in measures)


def _or(end: float | None, value: float | None) -> float:
    return end if end is not None else value or 0.0


def _sum_reason(reports: Sequence[Report], counts: Sequence[str]) -> str | None:
    """Why a sum has low confidence: the reason that holds for most of the time; None if no part has one."""
    seconds: dict[str, float] = {}
    for report in reports:
        reasons = {report.measures[name].reason for name in counts}
        for reason in reasons - {None}:
            seconds[str(reason)] = seconds.get(str(reason), 0.0) + recorded_time(report)
    return max(sorted(seconds), key=lambda reason: seconds[reason], default=None)


def _why_none(reports: Sequence[Report], counts: Sequence[str]) -> str:
    reasons = [
        report.measures[name].reason
        for report in reports
        for name in counts
        if name in report.measures and report.measures[name].value is None
    ]
    known = [reason for reason in reasons if reason is not None]
    return max(sorted(set(known)), key=known.count, default="no_speech")


def _rate_reason(seconds: float) -> str | None:
    return "too_little_speech" if seconds < LEAST_FOR_SURE_RATES else None
