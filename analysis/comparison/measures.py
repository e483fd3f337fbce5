"""Compares the measures of two takes, and decides which differences are changes."""

from analysis.comparison.models import ComparedMeasure
from analysis.comparison.ratio import PLAIN_CONFIDENCE, Observed, ratio_interval
from analysis.comparison.sentences import change_sentence, unknown_sentence
from analysis.comparison.spread import Spread
from analysis.feedback.neutral_wording import NOT_FLUENCY
from analysis.measures.registry import DEFINITIONS, counts_per_minute
from analysis.report import Measure, Report
from analysis.trends.facts import take_facts
from analysis.trends.models import FAMILY, Verdict

FAMILY_CONFIDENCE = 1 - (1 - PLAIN_CONFIDENCE) / len(FAMILY)
"""Confidence of each measure's interval, so that all intervals of the family hold jointly with 95 %
(Bonferroni)."""

SHOWN = (
    "spoken_words",
    "filled_pause_count",
    "discourse_marker_count",
    "long_pause_count",
    "pause_rate",
    "pause_longest",
    "longest_unbroken_stretch",
    "articulation_rate",
    "words_per_sentence",
)
"""Measures without a verdict. The more measures are tested, the more of them differ by chance."""

_REASONS_OF_EVERY_TAKE = frozenset({"detector_uncertain", "no_labelled_speech"})
"""Reasons that apply to all takes equally and are covered by the intervals. All others concern one recording:
noise, echo, a second voice or too little speech can by themselves make two takes differ."""


def compare_measures(
    first: Report, second: Report, *, spread: Spread, same_build: bool, verdicts: bool
) -> tuple[ComparedMeasure, ...]:
    """Compares the measures of the family, then those without a verdict.

    Args:
        first, second: the earlier take first.
        spread: spread of takes without a change.
        same_build: whether both reports were made by the same build.
        verdicts: whether to give verdicts on fluency.
    """
    return (
        *(_tested(name, first, second, spread, same_build, verdicts) for name in FAMILY),
        *(
            _shown(name, first, second)
            for name in SHOWN
            # Reports of older builds lack measures that were added later.
            if name in first.measures and name in second.measures
        ),
    )


def _tested(
    name: str, first: Report, second: Report, spread: Spread, same_build: bool, verdicts: bool
) -> ComparedMeasure:
    one, other = first.measures[name], second.measures[name]
    given = verdicts or name in NOT_FLUENCY
    unknown: Verdict = "cannot_tell" if given else "not_given"
    if not same_build:
        return _compared(name, one, other, unknown, sentence=unknown_sentence(name, "build"))
    seen = observed(name, first), observed(name, second)
    if seen[0] is None or seen[1] is None:
        return _compared(name, one, other, unknown, sentence=unknown_sentence(name, "missing"))
    interval = ratio_interval(seen[0], seen[1], spread.squared[name], FAMILY_CONFIDENCE)
    if given and (_less_sure(one) or _less_sure(other)):
        return _compared(
            name, one, other, "cannot_tell", interval=interval, sentence=unknown_sentence(name, "less_sure")
        )
    plain = ratio_interval(seen[0], seen[1], spread.squared[name], PLAIN_CONFIDENCE)
    verdict = _verdict(interval, plain) if given else unknown
    sentence = change_sentence(name, one, other, verdict)
    return _compared(name, one, other, verdict, interval=interval, sentence=sentence)


def observed(name: str, report: Report) -> Observed | None:
    """The observed amount of a measure of the family; None if it is not measurable."""
    measure = report.measures[name]
    if measure.value is None:
        return None
    if name == "answer_length":
        return _added([measure], 1.0, counted=False) if measure.value > 0 else None
    minutes = take_facts(report).recorded / 60.0
    counts = [report.measures[count] for count in counts_per_minute(name)]
    if minutes <= 0 or any(count.value is None for count in counts):
        return None
    if name == "speaking_rate":
        return _added(counts, minutes, counted=False) if counts[0].low else None
    return _added(counts, minutes, counted=True)


def _added(measures: list[Measure], exposure: float, *, counted: bool) -> Observed:
    value = sum(measure.value or 0.0 for measure in measures)
    low = sum(measure.low or 0.0 for measure in measures)
    return Observed(value, low, sum(measure.high or 0.0 for measure in measures), exposure, counted)


def _verdict(interval: tuple[float, float], plain: tuple[float, float]) -> Verdict:
    if not interval[0] <= 1 <= interval[1]:
        return "clear_change"
    return "cannot_tell" if plain[0] <= 1 <= plain[1] else "probably"


def _less_sure(measure: Measure) -> bool:
    return measure.state != "measured" and measure.reason not in _REASONS_OF_EVERY_TAKE


def _shown(name: str, first: Report, second: Report) -> ComparedMeasure:
    return _compared(name, first.measures[name], second.measures[name], None)


def _compared(
    name: str,
    first: Measure,
    second: Measure,
    verdict: Verdict | None,
    *,
    interval: tuple[float, float] | None = None,
    sentence: str = "",
) -> ComparedMeasure:
    ratio = low = high = None
    if interval is not None:
        ratio = round((second.value or 0.0) / first.value, 3) if first.value else None
        low, high = round(interval[0], 3), round(interval[1], 3)
    return ComparedMeasure(
        name, DEFINITIONS[name].label, first.unit, first, second, verdict, ratio, low, high, sentence
    )
