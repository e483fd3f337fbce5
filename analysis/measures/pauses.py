"""Silent pauses: silences of at least 0.25 s inside the spoken span, from the signal in 10 ms frames.

0.25 s is the usual lower bound in fluency research: shorter silences belong to consonants (De Jong &
Bosker 2013). A filled pause is sound, not silence: the silence on each side of it is a pause of its
own. The recogniser's word times decide only the `place` of a pause, never whether there is one.
"""

import math
from collections.abc import Sequence
from statistics import mean, median

from analysis.measures.definition import (
    Estimate,
    MeasureDefinition,
    MeasureGroup,
    NotMeasurable,
    Pooling,
)
from analysis.measures.inputs import MeasureInputs
from analysis.measures.intervals import detected_count
from analysis.report import Guide, Pause, PausePlace, Span, Word
from analysis.signal.answer_span import Answer
from analysis.text.sentences import ends_clause
from analysis.text.words import is_filled_pause

SHORTEST_PAUSE = 0.25
"""Seconds."""

LONG_PAUSE = 1.0
"""Seconds from which a pause is long."""

_WITHIN_PRECISION = _WITHIN_RECALL = 0.38
_CALLED_BOUNDARY = 0.04
"""Of 517 pauses in clean labelled answers (read and synthetic, where each sentence or phrase has its times),
34 lay within one. 34 were called so, 13 of them rightly; of the 483 called boundary, 21 lay within one."""
_PLACE_ERROR = (
    "The place follows from the punctuation that the recogniser wrote. Of 34 labelled pauses within a "
    "phrase, 13 were found. Of 34 reported, 13 were real. Where a spoken clause ends is a judgement."
)

LONG_PAUSE_RATE_GUIDE = Guide(
    None,
    7.0,
    "Labelled speech of 12 learners of English (Mandarin speakers, 13 min): the 90th percentile is 7",
)
"""Long pauses a minute. Of the labelled learners' speech the 90th percentile is 7.1 and the median 4.6; it is
made of sentences that they read, joined with silences of known length. Learners' own range is taken so that
no accent is judged by that of native speakers. No published threshold is known."""

KNOWN_ERROR = (
    "Noise hides where pauses begin and end, and a breath can look like speech. The echo of a room fills "
    "short pauses. In noisy recordings pauses are less sure."
)
"""Sources of error of pauses, in words."""

_ROUNDING = 0.001


def find_pauses(answer: Answer) -> tuple[Pause, ...]:
    """The silent pauses of an answer, in order of time."""
    return tuple(
        Pause(round(s.start, 2), round(s.end, 2), _place(s, answer.words))
        for s in answer.silences
        if s.duration >= SHORTEST_PAUSE - _ROUNDING
        and s.start > answer.span.start
        and s.end < answer.span.end
    )


def _place(silence: Span, words: Sequence[Word]) -> PausePlace:
    """`boundary` after a word that ends a clause, disregarding filled pauses."""
    middle = (silence.start + silence.end) / 2
    before = [w for w in words if (w.start + w.end) / 2 < middle and not is_filled_pause(w.text, w.language)]
    return "boundary" if before and ends_clause(before[-1].text) else "within"


def _lengths(inputs: MeasureInputs) -> list[float]:
    return [round(pause.end - pause.start, 3) for pause in inputs.pauses]


def _count_interval(inputs: MeasureInputs, found: int) -> tuple[float, float]:
    return detected_count(found, inputs.error.pause_precision, inputs.error.pause_recall)


def _rate_reason(inputs: MeasureInputs) -> str | None:
    return inputs.conditions.pause_reason() or inputs.conditions.rate_reason()


def _pause_count(inputs: MeasureInputs) -> Estimate:
    count = len(inputs.pauses)
    return Estimate(count, *_count_interval(inputs, count), inputs.conditions.pause_reason())


def _pause_rate(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if inputs.conditions.too_short_for_rates():
        return NotMeasurable("too_little_speech")
    count, minutes = len(inputs.pauses), inputs.minutes
    low, high = _count_interval(inputs, count)
    return Estimate(count / minutes, low / minutes, high / minutes, _rate_reason(inputs))


def _long_pause_count(inputs: MeasureInputs) -> Estimate:
    count = sum(1 for length in _lengths(inputs) if length >= LONG_PAUSE)
    return Estimate(count, *_count_interval(inputs, count), inputs.conditions.pause_reason())


def _long_pause_rate(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if inputs.conditions.too_short_for_rates():
        return NotMeasurable("too_little_speech")
    count = _long_pause_count(inputs)
    minutes = inputs.minutes
    return Estimate(count.value / minutes, count.low / minutes, count.high / minutes, _rate_reason(inputs))


def _pause_within_count(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if not inputs.conditions.english:
        return NotMeasurable("language_not_english")
    within = sum(1 for pause in inputs.pauses if pause.place == "within")
    return Estimate(within, *_within_interval(inputs, within), _place_reason(inputs))


def _pause_within_share(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if not inputs.conditions.english:
        return NotMeasurable("language_not_english")
    if not inputs.pauses:
        return NotMeasurable("none_found")
    count = len(inputs.pauses)
    within = sum(1 for pause in inputs.pauses if pause.place == "within")
    low, high = _within_interval(inputs, within)
    return Estimate(100 * within / count, 100 * low / count, 100 * high / count, _place_reason(inputs))


def _within_interval(inputs: MeasureInputs, within: int) -> tuple[float, float]:
    """Interval of the number within clauses, of all pauses at most."""
    low, high = detected_count(within, _WITHIN_PRECISION, _WITHIN_RECALL)
    unseen = _CALLED_BOUNDARY * (len(inputs.pauses) - within)
    most = max(high, within + unseen + 1.96 * math.sqrt(unseen))
    return low, min(float(len(inputs.pauses)), math.ceil(most))


def _place_reason(inputs: MeasureInputs) -> str:
    return inputs.conditions.word_reason() or inputs.conditions.pause_reason() or "detector_uncertain"


def _pause_median(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    return _length_of_one(inputs, median(_lengths(inputs))) if inputs.pauses else NotMeasurable("none_found")


def _pause_longest(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    return _length_of_one(inputs, max(_lengths(inputs))) if inputs.pauses else NotMeasurable("none_found")


def _length_of_one(inputs: MeasureInputs, length: float) -> Estimate:
    edges = 2 * inputs.error.pause_edge
    low = max(SHORTEST_PAUSE, length - edges)
    return Estimate(length, low, length + edges, inputs.conditions.pause_reason())


def _speaking_share(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if inputs.conditions.too_short_for_rates():
        return NotMeasurable("too_little_speech")
    lengths, duration = _lengths(inputs), inputs.conditions.duration
    low, high = _count_interval(inputs, len(lengths))
    share = 100.0 * inputs.articulation_time / duration
    # The errors of single edges are independent, so their squares add up.
    typical = mean(lengths) if lengths else 0.0
    error = 100.0 * ((high - low) / 2 * typical + inputs.error.pause_edge * len(lengths) ** 0.5) / duration
    return Estimate(share, max(0.0, share - error), min(100.0, share + error), _rate_reason(inputs))


MEASURES = (
    MeasureDefinition(
        name="pause_count",
        label="Pauses",
        unit="count",
        group=MeasureGroup.PAUSES,
        definition="Silences of at least 0.25 s inside the answer.",
        method="From the sound, every 10 ms, and never from the transcript.",
        known_error=KNOWN_ERROR,
        compute=_pause_count,
        digits=0,
        pooling=Pooling(("pause_count",)),
    ),
    MeasureDefinition(
        name="pause_rate",
        label="Pauses a minute",
        unit="per min",
        group=MeasureGroup.PAUSES,
        definition="Pauses for each minute of the answer.",
        method="The count divided by answer length.",
        known_error=KNOWN_ERROR,
        compute=_pause_rate,
        pooling=Pooling(("pause_count",), per="minute"),
    ),
    MeasureDefinition(
        name="long_pause_count",
        label="Long pauses",
        unit="count",
        group=MeasureGroup.PAUSES,
        definition="Silences of 1 s or more inside the answer.",
        method="Pauses that last 1 s or more.",
        known_error=KNOWN_ERROR,
        compute=_long_pause_count,
        digits=0,
        pooling=Pooling(("long_pause_count",)),
    ),
    MeasureDefinition(
        name="long_pause_rate",
        label="Long pauses a minute",
        unit="per min",
        group=MeasureGroup.PAUSES,
        definition="Silences of 1 s or more for each minute of the answer.",
        method="The count divided by answer length.",
        known_error=KNOWN_ERROR,
        guide=LONG_PAUSE_RATE_GUIDE,
        compute=_long_pause_rate,
        pooling=Pooling(("long_pause_count",), per="minute"),
    ),
    MeasureDefinition(
        name="pause_within_count",
        label="Pauses within clauses",
        unit="count",
        group=MeasureGroup.PAUSES,
        definition="Pauses within a sentence or clause, and not at its end.",
        method="A pause after a word with . ? ! ; or , in the transcript is at the end of one.",
        known_error=_PLACE_ERROR,
        compute=_pause_within_count,
        digits=0,
        pooling=Pooling(("pause_within_count",)),
    ),
    MeasureDefinition(
        name="pause_within_share",
        label="Share of pauses within clauses",
        unit="%",
        group=MeasureGroup.PAUSES,
        definition="How many of the pauses are within a sentence or clause, and not at its end.",
        method="The count divided by the number of pauses.",
        known_error=_PLACE_ERROR,
        compute=_pause_within_share,
        digits=1,
    ),
    MeasureDefinition(
        name="pause_median",
        label="Usual pause",
        unit="s",
        group=MeasureGroup.PAUSES,
        definition="Half of the pauses are shorter than this.",
        method="The median of all pauses.",
        known_error=KNOWN_ERROR,
        compute=_pause_median,
    ),
    MeasureDefinition(
        name="pause_longest",
        label="Longest pause",
        unit="s",
        group=MeasureGroup.PAUSES,
        definition="The longest silence inside the answer.",
        method="The longest of all pauses.",
        known_error=KNOWN_ERROR,
        compute=_pause_longest,
    ),
    MeasureDefinition(
        name="speaking_share",
        label="Share of time speaking",
        unit="%",
        group=MeasureGroup.PAUSES,
        definition="How much of the answer is speech, without silent and filled pauses.",
        method="Answer length minus all pauses, divided by answer length.",
        known_error=KNOWN_ERROR,
        compute=_speaking_share,
        digits=1,
    ),
)
"""In the order in which reports show them."""
