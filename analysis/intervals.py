"""95 % intervals of a figure's true value in this recording, from the error measured on labelled speech.

Only measurement error: how the next answer would differ is another question. The constants follow from
ACCURACY.md, each for clear recordings and for ones that are hard to hear; those for syllables and
pitch are judgements, because no labelled truth was at hand.
"""

import math
from dataclasses import dataclass

from analysis.quality import GOOD_SIGNAL_TO_NOISE

_NORMAL_95 = 1.96


@dataclass(frozen=True)
class DetectorError:
    """Error of the detectors on labelled speech.

    Attributes:
        pause_precision, pause_recall: shares of silent pauses.
        pause_edge: seconds, half the 95 % error of the median or the longest pause: both have two edges.
        span_edge: seconds, 95 % of the error of one end of the spoken span.
        missed_filled_pauses: true ones that were not found, for each one found, as a 95 % upper bound.
        missed_filled_pauses_a_minute: likewise, for each minute without regard to what was found.
        marker_precision, marker_recall: shares of discourse markers used as fillers.
        words: relative error of the word count, 95 %.
        syllables: relative error of the syllable count of right words, 95 %.
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
    missed_filled_pauses=0.8,
    missed_filled_pauses_a_minute=1.5,
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
    missed_filled_pauses=1.2,
    missed_filled_pauses_a_minute=2.5,
    marker_precision=0.85,
    marker_recall=0.7,
    words=0.10,
    syllables=0.03,
    pitch_spread=1.0,
)


def detector_error(signal_to_noise: float | None, *, echoes: bool = False) -> DetectorError:
    """The error that holds for a recording of this signal-to-noise ratio (dB) and room."""
    clear = signal_to_noise is not None and signal_to_noise >= GOOD_SIGNAL_TO_NOISE and not echoes
    return CLEAR if clear else HARD_TO_HEAR


def detected_count(found: int, precision: float, recall: float) -> tuple[float, float]:
    """Interval of a true count, when `found` events came of a detector of this precision and recall."""
    false = found * (1 - precision)
    missed = found * precision * (1 / recall - 1)
    low = found - false - _NORMAL_95 * math.sqrt(false)
    # Where nothing was found, one may still have been missed, unless nothing ever is.
    chance = 0.25 if recall < 1.0 else 0.0
    high = found + missed + _NORMAL_95 * math.sqrt(missed + chance)
    return float(max(0, math.floor(low))), float(math.ceil(high))


def probable_count(probabilities: list[float], missed: float) -> tuple[float, float, float]:
    """Estimate and interval of a true count from calibrated probabilities.

    Args:
        probabilities: of each found event, that it is real.
        missed: upper bound of the true events that were not found.

    Returns:
        The rounded sum, and the bounds of a 95 % interval.
    """
    expected = sum(probabilities)
    spread = _NORMAL_95 * math.sqrt(sum(p * (1 - p) for p in probabilities))
    value = float(round(expected))
    low = max(0.0, min(value, float(math.floor(expected - spread))))
    return value, low, max(value, float(math.ceil(expected + spread + missed)))
