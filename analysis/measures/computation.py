"""Every figure of a report, from what was found in an answer.

One function for each family of measures; each gives value, interval, state and reason. The intervals
come from `analysis.measures.intervals`, the reasons from `analysis.measures.confidence`.
"""

from collections.abc import Sequence
from statistics import mean, median

from analysis.audio.capture import NO_PROCESSING, Processing
from analysis.measures import guides
from analysis.measures.confidence import figure, withheld
from analysis.measures.fillers import filled_pauses
from analysis.measures.inputs import Findings
from analysis.measures.intervals import detected_count
from analysis.measures.pace import runs
from analysis.measures.pauses import LONG_PAUSE, longest_unbroken_stretch
from analysis.report import Guide, Measure
from analysis.signal.quality import Quality
from analysis.text.repeats import find_repeats
from analysis.text.sentences import split_sentences
from analysis.text.syllables import spoken_syllables
from analysis.text.words import spoken_word_count

_LEAST_VOICED = 5.0
"""Seconds of voiced sound that a spread of pitch needs."""
_LEAST_SENTENCES = 3
_PITCH_NOISY_DB = 15.0
_RATIO_TOO_HIGH, _RATIO_TOO_LOW = 5.0, 3.0
"""dB by which the signal-to-noise ratio was off, at most, on clips with noise at a known ratio."""


def time_measures(findings: Findings, target: Guide | None, response_cue: float | None) -> dict[str, Measure]:
    """Length of the answer, and how long it took to begin."""
    answer, error = findings.answer, findings.error
    edge = 0.02 if answer.span.source == "person" else error.span_edge
    doubt = findings.conditions.of_time()
    latency = withheld("s", "not_recorded_here")
    if response_cue is not None:
        waited = answer.span.start - response_cue
        latency = figure(max(0.0, waited), "s", max(0.0, waited - edge), max(0.0, waited + edge), doubt=doubt)
    stretch = longest_unbroken_stretch(answer, findings.pauses).duration
    return {
        "answer_length": figure(
            answer.duration,
            "s",
            max(0.0, answer.duration - 2 * edge),
            answer.duration + 2 * edge,
            doubt=doubt,
            guide=target or guides.ANSWER_LENGTH,
        ),
        "response_latency": latency,
        "longest_unbroken_stretch": figure(
            stretch,
            "s",
            max(0.0, stretch - 2 * error.pause_edge),
            stretch + 2 * error.pause_edge,
            doubt=findings.conditions.of_pauses(),
        ),
    }


def word_measures(findings: Findings) -> dict[str, Measure]:
    """Words, pace, syllables and sentences."""
    answer, conditions, error = findings.answer, findings.conditions, findings.error
    words = spoken_word_count(answer.words)
    low, high = words * (1 - error.words), words * (1 + error.words)
    doubt = conditions.of_words()
    measures = {
        "spoken_words": figure(words, "words", int(low), int(high + 0.999), doubt=doubt, digits=0),
        "repeat_count": _repeats(findings),
        "words_per_sentence": _words_per_sentence(findings),
    }
    if conditions.too_short_for_rates():
        return measures | {
            "speaking_rate": withheld("words/min", "too_little_speech", guides.SPEAKING_RATE),
            "articulation_rate": withheld("syllables/s", "too_little_speech"),
            "mean_length_of_run": withheld("syllables", "too_little_speech"),
        }
    doubt = doubt or conditions.of_rates()
    minutes = answer.measured_duration / 60.0
    measures["speaking_rate"] = figure(
        words / minutes,
        "words/min",
        low / minutes,
        high / minutes,
        doubt=doubt,
        guide=guides.SPEAKING_RATE,
        digits=1,
    )
    doubt = doubt or conditions.of_pauses() or conditions.of_syllables()
    return measures | _syllable_measures(findings, doubt)


def _syllable_measures(findings: Findings, doubt: str | None) -> dict[str, Measure]:
    if not findings.conditions.english:
        # Syllables are counted by the rules of English spelling.
        return {
            "articulation_rate": withheld("syllables/s", "language_not_english"),
            "mean_length_of_run": withheld("syllables", "language_not_english"),
        }
    error = findings.error
    syllables = spoken_syllables(findings.answer.words)
    lengths = runs(findings.answer, findings.pauses, filled_pauses(findings.fillers))
    if not lengths or findings.articulated <= 0:
        return {
            "articulation_rate": withheld("syllables/s", "too_little_speech"),
            "mean_length_of_run": withheld("syllables", "too_little_speech"),
        }
    rate = syllables / findings.articulated
    relative = error.words + error.syllables
    fewest, most = detected_count(len(findings.pauses), error.pause_precision, error.pause_recall)
    breaks = len(lengths) - len(findings.pauses)
    run = mean(lengths)
    return {
        "articulation_rate": figure(
            rate, "syllables/s", rate * (1 - relative), rate * (1 + relative), doubt=doubt
        ),
        "mean_length_of_run": figure(
            run,
            "syllables",
            syllables * (1 - relative) / max(1.0, most + breaks),
            syllables * (1 + relative) / max(1.0, fewest + breaks),
            doubt=doubt,
            digits=1,
        ),
    }


def _repeats(findings: Findings) -> Measure:
    if not findings.conditions.english:
        return withheld("count", "language_not_english")
    count = len(find_repeats(findings.answer.words))
    # The recogniser smooths repeats away: of 8 in labelled conversation 4 were left, and one was invented.
    return figure(count, "count", max(0, count - 1), 2 * count + 2, doubt="recogniser_uncertain", digits=0)


def _words_per_sentence(findings: Findings) -> Measure:
    sentences = split_sentences(findings.answer.words)
    if len(sentences) < _LEAST_SENTENCES:
        return withheld("words", "too_little_speech")
    words = sum(sentence.words for sentence in sentences)
    count = len(sentences)
    # One sentence more or fewer in five is a matter of taste.
    leeway = max(1, round(count / 5))
    doubt = findings.conditions.of_words() or "no_labelled_speech"
    return figure(
        words / count,
        "words",
        words / (count + leeway),
        words / max(1, count - leeway),
        doubt=doubt,
        digits=1,
    )


def pause_measures(findings: Findings) -> dict[str, Measure]:
    """Silent pauses: how many, how often, how long, and the share of time that is speech."""
    conditions, error = findings.conditions, findings.error
    doubt = conditions.of_pauses()
    lengths = [pause.end - pause.start for pause in findings.pauses]
    long = sum(1 for length in lengths if length >= LONG_PAUSE)
    low, high = detected_count(len(lengths), error.pause_precision, error.pause_recall)
    long_low, long_high = detected_count(long, error.pause_precision, error.pause_recall)
    edges = 2 * error.pause_edge
    measures = {
        "pause_count": figure(len(lengths), "count", low, high, doubt=doubt, digits=0),
        "long_pause_count": figure(long, "count", long_low, long_high, doubt=doubt, digits=0),
    }
    if lengths:
        middle, longest = median(lengths), max(lengths)
        measures["pause_median"] = figure(middle, "s", max(0.25, middle - edges), middle + edges, doubt=doubt)
        measures["pause_longest"] = figure(
            longest, "s", max(0.25, longest - edges), longest + edges, doubt=doubt
        )
    else:
        measures["pause_median"] = withheld("s", "none_found")
        measures["pause_longest"] = withheld("s", "none_found")
    if conditions.too_short_for_rates():
        return measures | {
            "pause_rate": withheld("per min", "too_little_speech"),
            "speaking_share": withheld("%", "too_little_speech"),
        }
    doubt = doubt or conditions.of_rates()
    minutes = conditions.duration / 60.0
    share = 100.0 * findings.articulated / conditions.duration
    # Every edge of every pause is off a little, at random: errors add up as their squares do.
    typical = mean(lengths) if lengths else 0.0
    wrong = (
        100.0 * ((high - low) / 2 * typical + error.pause_edge * len(lengths) ** 0.5) / conditions.duration
    )
    measures["pause_rate"] = figure(
        len(lengths) / minutes, "per min", low / minutes, high / minutes, doubt=doubt
    )
    measures["speaking_share"] = figure(
        share, "%", max(0.0, share - wrong), min(100.0, share + wrong), doubt=doubt, digits=1
    )
    return measures


def voice_measures(findings: Findings) -> dict[str, Measure]:
    """Movement and range of pitch."""
    pitch = findings.pitch
    if pitch is None or pitch.voiced_duration < _LEAST_VOICED:
        reason = "too_little_speech"
        return {"pitch_spread": withheld("semitones", reason), "pitch_range": withheld("semitones", reason)}
    ratio = findings.conditions.signal_to_noise
    noisy = ratio is None or ratio < _PITCH_NOISY_DB
    # Its error could not be measured: no labelled pitch (ACCURACY.md).
    doubt = findings.conditions.of_time() or ("low_signal_to_noise" if noisy else "no_labelled_speech")
    off = findings.error.pitch_spread
    return {
        "pitch_spread": figure(
            pitch.spread, "semitones", max(0.0, pitch.spread - off), pitch.spread + off, doubt=doubt
        ),
        "pitch_range": figure(
            pitch.range, "semitones", max(0.0, pitch.range - 2 * off), pitch.range + 2 * off, doubt=doubt
        ),
    }


def quality_measures(quality: Quality, processing: Processing = NO_PROCESSING) -> dict[str, Measure]:
    """Voice above noise, and clipping; they hold for the whole recording."""
    doubt = processing.of_levels()
    clipping = quality.clipping
    ratio = quality.signal_to_noise
    return {
        "signal_to_noise": withheld("dB", "no_speech", guides.SIGNAL_TO_NOISE)
        if ratio is None
        else figure(
            ratio,
            "dB",
            ratio - _RATIO_TOO_HIGH,
            ratio + _RATIO_TOO_LOW,
            doubt=doubt,
            guide=guides.SIGNAL_TO_NOISE,
            digits=1,
        ),
        "clipping": figure(
            clipping,
            "%",
            0.8 * clipping,
            1.2 * clipping,
            doubt=doubt,
            guide=guides.CLIPPING,
            digits=3,
        ),
    }


def withheld_for_all(units: Sequence[tuple[str, str]], reason: str) -> dict[str, Measure]:
    """Every named measure, not measurable for one reason; (name, unit) pairs."""
    known = {
        "answer_length": guides.ANSWER_LENGTH,
        "speaking_rate": guides.SPEAKING_RATE,
        "filler_rate": guides.FILLER_RATE,
    }
    return {name: withheld(unit, reason, known.get(name)) for name, unit in units}
