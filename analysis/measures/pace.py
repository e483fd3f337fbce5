"""Pace: words per minute, syllables per second, runs between pauses, words per sentence, and pace over time.

Speaking rate includes pauses, articulation rate excludes them: one measures how fast the answer comes
across, the other how fast the speech itself is.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import mean

from analysis.measures.definition import (
    Estimate,
    MeasureDefinition,
    MeasureGroup,
    NotMeasurable,
    Pooling,
)
from analysis.measures.filler_detection import filled_pauses
from analysis.measures.inputs import MeasureInputs
from analysis.measures.intervals import detected_count
from analysis.measures.pauses import KNOWN_ERROR as PAUSE_ERROR
from analysis.report import Filler, Guide, PaceWindow, Pause, Span
from analysis.signal.answer_span import Answer
from analysis.text.sentences import split_sentences
from analysis.text.syllables import spoken_syllables
from analysis.text.words import spoken_word_count

WINDOW = 15.0
"""Seconds of a pace window: long enough for some 35 words, so that one long word has little effect."""

STEP = 5.0
"""Seconds from one window to the next."""

SPEAKING_RATE_GUIDE = Guide(100.0, 165.0, "Microsoft Speaker Coach")
"""Words a minute."""

_LEAST_OF_WINDOW = 0.5
"""Share of a window that must have been recorded."""

_LEAST_SENTENCES = 3

_WORD_ERROR = (
    "The recogniser makes more mistakes with some accents than with others. For most accents there is too "
    "little labelled speech to say how many. Where several people talk at once, many words are missed."
)
_SYLLABLE_ERROR = (
    "Syllables are counted from spelling. For 27 of 29 labelled texts of 30 words and more, the sum was "
    "within 3 % of a dictionary's. Syllables that you leave out when you speak fast are counted too. Where "
    "the sound has far more or far fewer syllables than the words, the figure is less sure. That check "
    "notices when half of the words are missing. When three in ten are missing, it notices a third of the "
    "time."
)


def pace_over_time(answer: Answer) -> tuple[PaceWindow, ...]:
    """Speaking rate in windows of 15 s, every 5 s, inside the spoken span; none if it is shorter."""
    windows: list[PaceWindow] = []
    start = answer.span.start
    while start + WINDOW <= answer.span.end + 1e-9:
        window = Span(start, start + WINDOW)
        recorded = WINDOW - sum(stretch.overlap(window) for stretch in answer.unknown)
        if recorded >= _LEAST_OF_WINDOW * WINDOW:
            inside = [w for w in answer.words if window.start <= (w.start + w.end) / 2 < window.end]
            rate = 60.0 * spoken_word_count(inside) / recorded
            windows.append(PaceWindow(round(window.start, 2), round(window.end, 2), round(rate, 1)))
        start += STEP
    return tuple(windows)


def runs(answer: Answer, pauses: Sequence[Pause], filled_pauses: Sequence[Filler]) -> tuple[int, ...]:
    """Syllables of each run: the speech between one silent or filled pause and the next.

    Missing sound also ends a run: whether the speaker continued is not known.
    """
    stretches = [Span(p.start, p.end) for p in pauses] + [Span(f.start, f.end) for f in filled_pauses]
    breaks = sorted((stretch.start + stretch.end) / 2 for stretch in [*stretches, *answer.unknown])
    counts: list[int] = []
    edges = [float("-inf"), *breaks, float("inf")]
    middles = [((word.start + word.end) / 2, word) for word in answer.words]
    for first, last in pairwise(edges):
        syllables = spoken_syllables([word for middle, word in middles if first <= middle < last])
        if syllables:
            counts.append(syllables)
    return tuple(counts)


def _word_count_interval(inputs: MeasureInputs) -> tuple[float, float]:
    return inputs.word_count * (1 - inputs.word_count_error), inputs.word_count * (
        1 + inputs.word_count_error
    )


def _spoken_words(inputs: MeasureInputs) -> Estimate:
    low, high = _word_count_interval(inputs)
    return Estimate(inputs.word_count, int(low), int(high + 0.999), inputs.conditions.word_reason())


def _speaking_rate(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if inputs.conditions.too_short_for_rates():
        return NotMeasurable("too_little_speech")
    low, high = _word_count_interval(inputs)
    minutes = inputs.minutes
    reason = inputs.conditions.word_reason() or inputs.conditions.rate_reason()
    return Estimate(inputs.word_count / minutes, low / minutes, high / minutes, reason)


def _articulation_rate(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    missing = _why_no_syllables(inputs)
    if missing is not None:
        return missing
    rate, error = inputs.syllable_count / inputs.articulation_time, _syllable_count_error(inputs)
    return Estimate(rate, rate * (1 - error), rate * (1 + error), _syllable_reason(inputs))


def _mean_length_of_run(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    missing = _why_no_syllables(inputs)
    if missing is not None:
        return missing
    lengths = runs(inputs.answer, inputs.pauses, filled_pauses(inputs.fillers))
    syllables, error = inputs.syllable_count, _syllable_count_error(inputs)
    fewest, most = detected_count(len(inputs.pauses), inputs.error.pause_precision, inputs.error.pause_recall)
    # Runs that do not come from the count of silent pauses: the first one, and those after filled pauses.
    others = len(lengths) - len(inputs.pauses)
    return Estimate(
        mean(lengths),
        syllables * (1 - error) / max(1.0, most + others),
        syllables * (1 + error) / max(1.0, fewest + others),
        _syllable_reason(inputs),
    )


def _why_no_syllables(inputs: MeasureInputs) -> NotMeasurable | None:
    if inputs.conditions.too_short_for_rates():
        return NotMeasurable("too_little_speech")
    if not inputs.conditions.english:
        # Syllables are counted by the rules of English spelling.
        return NotMeasurable("language_not_english")
    if not inputs.syllable_count or inputs.articulation_time <= 0:
        return NotMeasurable("too_little_speech")
    return None


def _syllable_count_error(inputs: MeasureInputs) -> float:
    """Relative error of the syllable count, 95 %."""
    return inputs.word_count_error + inputs.error.syllables


def _syllable_reason(inputs: MeasureInputs) -> str | None:
    conditions = inputs.conditions
    return (
        conditions.word_reason()
        or conditions.rate_reason()
        or conditions.pause_reason()
        or conditions.syllable_reason()
    )


def _words_per_sentence(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    sentences = split_sentences(inputs.answer.words)
    if len(sentences) < _LEAST_SENTENCES:
        return NotMeasurable("too_little_speech")
    words = sum(sentence.words for sentence in sentences)
    count = len(sentences)
    # Where a sentence ends is a judgement: the interval allows for one more or fewer in five.
    leeway = max(1, round(count / 5))
    reason = inputs.conditions.word_reason() or "no_labelled_speech"
    return Estimate(words / count, words / (count + leeway), words / max(1, count - leeway), reason)


MEASURES = (
    MeasureDefinition(
        name="spoken_words",
        label="Words",
        unit="words",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition=(
            "Words that were said. 'Um' and 'uh' are not words. Repeats count, words cut off do not. Numbers "
            "count as the words they are spoken as. 'Don't', 'well-known' and 'ICU' count as one word each."
        ),
        method="Counted in the transcript that Whisper writes.",
        known_error=_WORD_ERROR,
        compute=_spoken_words,
        digits=0,
        pooling=Pooling(("spoken_words",)),
    ),
    MeasureDefinition(
        name="speaking_rate",
        label="Speaking pace",
        unit="words/min",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition="Spoken words for each minute of the answer, pauses included.",
        method="Words divided by answer length. Not shown under 10 s of speech.",
        known_error=_WORD_ERROR,
        guide=SPEAKING_RATE_GUIDE,
        compute=_speaking_rate,
        digits=1,
        pooling=Pooling(("spoken_words",), per="minute"),
    ),
    MeasureDefinition(
        name="articulation_rate",
        label="Speed of speech",
        unit="syllables/s",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition="Syllables for each second of speech, without the pauses.",
        method=(
            "Syllables counted from the spelling of the transcript, divided by the time without pauses, "
            "silent or filled."
        ),
        known_error=_SYLLABLE_ERROR,
        compute=_articulation_rate,
    ),
    MeasureDefinition(
        name="mean_length_of_run",
        label="Speech between pauses",
        unit="syllables",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition="Syllables said between two pauses, on average. A silence or an 'um' ends a run.",
        method="Syllables of the transcript divided by the number of runs.",
        known_error=f"{PAUSE_ERROR} {_SYLLABLE_ERROR}",
        compute=_mean_length_of_run,
        digits=1,
    ),
    MeasureDefinition(
        name="words_per_sentence",
        label="Words a sentence",
        unit="words",
        group=MeasureGroup.WORDS_AND_VOICE,
        definition="Spoken words for each sentence, on average.",
        method="Sentences end where the recogniser writes . ? or !",
        known_error="This could not be checked: people do not agree where a spoken sentence ends.",
        compute=_words_per_sentence,
        digits=1,
    ),
)
"""In the order in which reports show them."""
