"""How reliable a figure is: its state, and the reason for it.

A rate over a few seconds of speech is mostly chance, so rates are not measurable under 10 s and have low
confidence under 30 s. Counts and times have no minimum. Whatever makes a recording hard to measure lowers the
state of the measures that depend on it, and of no others.
"""

from dataclasses import dataclass

from analysis.audio.capture import NO_PROCESSING, Processing
from analysis.report import Guide, Measure, State
from analysis.signal.quality import GOOD_SIGNAL_TO_NOISE, HARD_TO_HEAR_SIGNAL_TO_NOISE

LEAST_FOR_RATES = 10.0
"""Seconds of spoken span under which no rate is given."""

LEAST_FOR_SURE_RATES = 30.0
"""Seconds of spoken span under which a rate has low confidence."""

UNSURE_WORDS = 0.6
"""Mean probability of the words below which the transcript is unreliable."""

NOTICED_GAP = 1.0
"""Seconds of missing sound from which figures have low confidence."""


@dataclass(frozen=True)
class MeasurementConditions:
    """Conditions of one answer that determine the confidence of its measures.

    The methods return the stable code of the reason for low confidence, or None if there is none.

    Attributes:
        duration: seconds of recorded sound in the spoken span.
        signal_to_noise: dB; None if it is not known.
        word_probability: mean probability of the words; None without words.
        english: whether the answer is in English.
        missing: seconds of the longest gap.
        two_voices: a second person may be speaking, and the answer was not marked.
        echoes: reverberation fills short pauses.
        processing: what the browser did to the sound.
        partly_english: part of the answer is in another language.
        syllables_disagree: the signal has far more or far fewer syllables than the words.
    """

    duration: float
    signal_to_noise: float | None
    word_probability: float | None
    english: bool
    missing: float
    two_voices: bool
    echoes: bool = False
    processing: Processing = NO_PROCESSING
    syllables_disagree: bool = False
    partly_english: bool = False

    def time_reason(self) -> str | None:
        """Why lengths have low confidence; None if they have not."""
        if self.missing > NOTICED_GAP:
            return "gap"
        return "two_voices" if self.two_voices else None

    def pause_reason(self) -> str | None:
        """Why pauses have low confidence; None if they have not."""
        noisy = self.signal_to_noise is None or self.signal_to_noise < GOOD_SIGNAL_TO_NOISE
        heard = "low_signal_to_noise" if noisy else "echo" if self.echoes else None
        return self.time_reason() or heard or self.processing.pause_reason()

    def word_reason(self) -> str | None:
        """Why words have low confidence; None if they have not."""
        if not self.english:
            return "language_not_english"
        if self.signal_to_noise is not None and self.signal_to_noise < HARD_TO_HEAR_SIGNAL_TO_NOISE:
            return "low_signal_to_noise"
        if self.word_probability is not None and self.word_probability < UNSURE_WORDS:
            return "recogniser_uncertain"
        if self.partly_english:
            return "second_language"
        return self.time_reason()

    def syllable_reason(self) -> str | None:
        """Why syllables have low confidence; None if they have not."""
        return "syllables_disagree" if self.syllables_disagree else None

    def too_short_for_rates(self) -> bool:
        """Whether there is too little speech for any rate."""
        return self.duration < LEAST_FOR_RATES

    def rate_reason(self) -> str | None:
        """Why rates have low confidence, if there is little speech; None otherwise."""
        return "too_little_speech" if self.duration < LEAST_FOR_SURE_RATES else None


def figure(
    value: float,
    unit: str,
    low: float,
    high: float,
    *,
    reason: str | None = None,
    guide: Guide | None = None,
    digits: int = 2,
) -> Measure:
    """A measure with its interval; `low` and `high` are widened to hold `value`.

    Args:
        value, low, high: in `unit`.
        reason: why it has low confidence; None if it has not.
        guide: recommended range with its source; None if there is none.
        digits: decimal places to round to.
    """
    state: State = "measured" if reason is None else "low_confidence"
    return Measure(
        round(value, digits),
        unit,
        round(min(low, value), digits),
        round(max(high, value), digits),
        state,
        reason,
        guide,
    )


def not_measurable(unit: str, reason: str, guide: Guide | None = None) -> Measure:
    """A measure without a value."""
    return Measure(None, unit, None, None, "not_measurable", reason, guide)
