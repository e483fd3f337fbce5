"""Figures over several answers together.

Rates are pooled: all events over all minutes, so that a short answer counts for as much as it lasts.
An answer in which something is not measurable is left out of that figure, its minutes too. Intervals are
those of the answers added end to end: measuring one voice in one room errs in one direction, so errors are
not expected to cancel out. States follow the rules of `analysis.measures.confidence`: a sum is as unsure as
its parts, and a rate needs 10 s of speech, 30 s to be sure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.measures import guides
from analysis.measures.confidence import LEAST_FOR_RATES, LEAST_FOR_SURE_RATES, figure, withheld
from analysis.report import Guide, Measure, Report, Span

_COUNTS = {
    "spoken_words": "words",
    "filled_pause_count": "count",
    "discourse_marker_count": "count",
    "pause_count": "count",
    "long_pause_count": "count",
}
"""What can be added up, and its unit."""

_RATES: tuple[tuple[str, tuple[str, ...], str, Guide | None], ...] = (
    ("speaking_rate", ("spoken_words",), "words/min", guides.SPEAKING_RATE),
    ("filled_pause_rate", ("filled_pause_count",), "per min", None),
    ("filler_rate", ("filled_pause_count", "discourse_marker_count"), "per min", guides.FILLER_RATE),
    ("pause_rate", ("pause_count",), "per min", None),
)
"""Name, the counts whose sum is divided by minutes, unit, what is usual."""


@dataclass(frozen=True)
class PooledMeasure:
    """One figure over several answers.

    Attributes:
        measure: as for one answer; the interval covers error of measuring only.
        answers: how many answers it rests on.
    """

    measure: Measure
    answers: int


def pooled_measures(reports: Sequence[Report]) -> dict[str, PooledMeasure]:
    """Sums and rates over several answers, by the names of `analysis.measures.registry`."""
    pooled = {name: _sum(reports, (name,), unit) for name, unit in _COUNTS.items()}
    for name, counts, unit, guide in _RATES:
        pooled[name] = _rate(reports, counts, unit, guide)
    fillers = ("filled_pause_count", "discourse_marker_count")
    pooled["filler_rate_per_100_words"] = _rate_per_100_words(reports, fillers)
    return pooled


def _sum(reports: Sequence[Report], counts: Sequence[str], unit: str) -> PooledMeasure:
    used = _measurable(reports, counts)
    if not used:
        return PooledMeasure(withheld(unit, _why_none(reports, counts)), 0)
    value, low, high = _added(used, counts)
    doubt = _doubt(used, counts)
    return PooledMeasure(figure(value, unit, low, high, doubt=doubt, digits=0), len(used))


def _rate(reports: Sequence[Report], counts: Sequence[str], unit: str, guide: Guide | None) -> PooledMeasure:
    used = _measurable(reports, counts)
    if not used:
        return PooledMeasure(withheld(unit, _why_none(reports, counts), guide), 0)
    seconds = sum(recorded_time(report) for report in used)
    if seconds < LEAST_FOR_RATES:
        return PooledMeasure(withheld(unit, "too_little_speech", guide), len(used))
    value, low, high = (each / (seconds / 60.0) for each in _added(used, counts))
    doubt = _too_little(seconds) or _doubt(used, counts)
    return PooledMeasure(figure(value, unit, low, high, doubt=doubt, guide=guide), len(used))


def _rate_per_100_words(reports: Sequence[Report], counts: Sequence[str]) -> PooledMeasure:
    unit = "per 100 words"
    needed = (*counts, "spoken_words")
    used = _measurable(reports, needed)
    if not used:
        return PooledMeasure(withheld(unit, _why_none(reports, needed)), 0)
    seconds = sum(recorded_time(report) for report in used)
    words, fewest, most = _added(used, ("spoken_words",))
    if seconds < LEAST_FOR_RATES or fewest <= 0:
        return PooledMeasure(withheld(unit, "too_little_speech"), len(used))
    value, low, high = _added(used, counts)
    doubt = _too_little(seconds) or _doubt(used, needed)
    measure = figure(100 * value / words, unit, 100 * low / most, 100 * high / fewest, doubt=doubt)
    return PooledMeasure(measure, len(used))


def _measurable(reports: Sequence[Report], counts: Sequence[str]) -> list[Report]:
    return [
        report
        for report in reports
        if report.spoken_span is not None and all(report.measures[name].value is not None for name in counts)
    ]


def recorded_time(report: Report) -> float:
    """Seconds of the answer that were recorded: gaps in the sound belong to no rate."""
    if report.spoken_span is None:
        return 0.0
    span = Span(report.spoken_span.start, report.spoken_span.end)
    return max(0.0, span.duration - sum(span.overlap(gap) for gap in report.recording.gaps))


def _added(reports: Sequence[Report], counts: Sequence[str]) -> tuple[float, float, float]:
    """Value, low and high of everything together."""
    measures = [report.measures[name] for report in reports for name in counts]
    value = sum(measure.value or 0.0 for measure in measures)
    low = sum(_or(measure.low, measure.value) for measure in measures)
    return value, low, sum(_or(measure.high, measure.value) for measure in measures)


def _or(end: float | None, value: float | None) -> float:
    return end if end is not None else value or 0.0


def _doubt(reports: Sequence[Report], counts: Sequence[str]) -> str | None:
    """Why a sum is unsure: the reason that holds for most of the time; None where every part is sure."""
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
        if report.measures[name].value is None
    ]
    known = [reason for reason in reasons if reason is not None]
    return max(sorted(set(known)), key=known.count, default="no_speech")


def _too_little(seconds: float) -> str | None:
    return "too_little_speech" if seconds < LEAST_FOR_SURE_RATES else None
