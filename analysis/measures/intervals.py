"""95 % intervals of a figure's true value in this recording, from the error measured on labelled speech.

They cover measurement error only, not how the next answer would differ. The constants follow from
ACCURACY.md, each for clear recordings and for ones that are hard to hear. That for syllables was checked on
the words of labelled texts, with a dictionary; that for pitch is an estimate, because no labelled pitch was
available.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import gammaln, xlogy

from analysis.signal.quality import GOOD_SIGNAL_TO_NOISE

_NORMAL_95 = 1.96
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class DetectorError:
    """Error of the detectors on labelled speech.

    Attributes:
        pause_precision, pause_recall: of silent pauses, 0 to 1.
        pause_edge: seconds, half the 95 % error of the median or the longest pause: both have two edges.
        span_edge: seconds, 95 % of the error of one end of the spoken span.
        missed_filled_pauses: true ones beyond the probabilities of the listed and unlisted ones, for each one
            found. Where it is clear, of real talk over a telephone (71 true, 65 found, out of fold); where it
            is hard to hear, of answers in a room that echoes (27 true).
        missed_filled_pauses_a_minute: likewise, for each minute, regardless of how many were found.
        marker_precision, marker_recall: of discourse markers used as fillers, 0 to 1.
        words: relative error of the word count of a long answer, 95 %; see `word_count_error`.
        syllables: relative error of the syllable count of correct words, 95 %.
        pitch_spread: semitones, 95 %.
    """

    pause_precision: float
    pause_recall: float
    pause_edge: float
    span_edge: float
    missed_filled_pauses: float
    missed_filled_pauses_a_minute: float
    marker_precision: float
    marker_recall: float
    words: float
    syllables: float
    pitch_spread: float


CLEAR = DetectorError(
    pause_precision=0.97,
    pause_recall=0.96,
    pause_edge=0.09,
    span_edge=0.25,
    missed_filled_pauses=0.11,
    missed_filled_pauses_a_minute=0.03,
    marker_precision=0.9,
    marker_recall=0.8,
    words=0.05,
    syllables=0.03,
    pitch_spread=0.5,
)

HARD_TO_HEAR = DetectorError(
    pause_precision=0.91,
    pause_recall=0.93,
    pause_edge=0.2,
    span_edge=0.35,
    missed_filled_pauses=0.24,
    missed_filled_pauses_a_minute=0.1,
    marker_precision=0.85,
    marker_recall=0.7,
    words=0.10,
    syllables=0.03,
    pitch_spread=1.0,
)


MISSED_WITHOUT_SOUND, MISSED_WITHOUT_SOUND_A_MINUTE = 0.8, 1.5
"""As `missed_filled_pauses` and those a minute, if only the recogniser's text is used. Of those
labelled it wrote half in read speech, and 83 in 100 in synthetic answers."""


def detector_error(signal_to_noise: float | None, *, echoes: bool = False) -> DetectorError:
    """The error in a recording with this signal-to-noise ratio (dB) and room."""
    clear = signal_to_noise is not None and signal_to_noise >= GOOD_SIGNAL_TO_NOISE and not echoes
    return CLEAR if clear else HARD_TO_HEAR


_WORD_SCATTER, _WORD_SCATTER_OF_DOUBT = 0.3, 1.5
"""95 % of the error of a word count, for each square root of a word: where the recogniser is sure of its
words, and in addition for each unit of its doubt. Fitted to 178 clips of real talk, of which the interval
holds 91 %; in meetings, where voices overlap, 75 %."""


def word_count_error(error: DetectorError, words: int, probability: float | None) -> float:
    """Relative error of a word count, 95 %.

    In a short answer one word more or less is a large share, and words that the recogniser doubts are more
    often one word too many or too few.

    Args:
        error: in recordings of this quality.
        words: as counted.
        probability: mean probability of the words; None without words.
    """
    doubt = 1.0 - (probability if probability is not None else 1.0)
    scatter = (_WORD_SCATTER + _WORD_SCATTER_OF_DOUBT * doubt) / math.sqrt(max(words, 1))
    return math.hypot(error.words, scatter)


def detected_count(found: int, precision: float, recall: float) -> tuple[float, float]:
    """Interval of the true count when a detector of this precision and recall found `found` events."""
    false = found * (1 - precision)
    missed = found * precision * (1 / recall - 1)
    low = found - false - _NORMAL_95 * math.sqrt(false)
    # Even if none was found, one may have been missed, unless recall is perfect.
    chance = 0.25 if recall < 1.0 else 0.0
    high = found + missed + _NORMAL_95 * math.sqrt(missed + chance)
    return float(max(0, math.floor(low))), float(math.ceil(high))


def probable_count(
    probabilities: Sequence[float], unlisted: Sequence[float], missed: float
) -> tuple[float, float, float]:
    """Estimate and interval of a true count from calibrated probabilities.

    Args:
        probabilities: for each found event, that it is real.
        unlisted: for each event that is too unlikely to be counted by itself, likewise.
        missed: expected number of true events that were not detected at all; Poisson distributed.

    Returns:
        The rounded sum of the found ones, and the shortest interval around it that holds the true count with
        a probability of 95 %.
    """
    return _probable_count(tuple(probabilities), tuple(unlisted), missed)


@lru_cache(maxsize=8)  # a count and its rates need the same interval
def _probable_count(
    probabilities: tuple[float, ...], unlisted: tuple[float, ...], missed: float
) -> tuple[float, float, float]:
    untraced = np.arange(math.ceil(missed + 6 * math.sqrt(missed)) + 3)
    # The Poisson distribution, without `scipy.stats`, which is slow to import.
    chances = np.exp(xlogy(untraced, missed) - gammaln(untraced + 1) - missed)
    for probability in (*probabilities, *unlisted):
        chances = np.convolve(chances, [1 - probability, probability])
    value = round(sum(probabilities))
    up_to = np.concatenate([[0.0], np.cumsum(chances)])
    enough = [
        (high - low, -float(up_to[high + 1] - up_to[low]), low, high)
        for low in range(value + 1)
        for high in range(value, len(chances))
        if up_to[high + 1] - up_to[low] >= _CONFIDENCE
    ]
    _, _, low, high = min(enough)
    return float(value), float(low), float(high)
