"""Syllable nuclei detected in the signal, as a check of the syllables counted in the text.

After de Jong & Wempe (2009), "Praat script to detect syllable nuclei and measure speech rate automatically",
Behavior Research Methods 41: a nucleus is a peak of the level that is loud enough, voiced, and separated from
the next one by a dip of at least 2 dB. Pitch is estimated every 20 ms, the level every 10 ms.

Nuclei are not a syllable count: fast speech merges them, and slow speech has several in one vowel. They only
show that many words were lost or invented, so they yield no figure of their own and only lower the state of
those that are computed from the text.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.report import Filler, Span
from analysis.signal.answer_span import Answer, clip
from analysis.signal.levels import FRAME
from analysis.signal.pitch import PitchTrack
from analysis.text.syllables import spoken_syllables

DIP_DB = 2.0
"""Least dip between two nuclei (de Jong & Wempe 2009)."""

_BELOW_LOUDEST_DB = 18.0
"""A peak is at most this far below the 99th percentile of the level of speech. They use 25 dB; with 18 dB the
rates of nuclei and of syllables in the text agreed best on labelled speech (correlation 0.71)."""

_SMOOTHING = 5
"""Frames (50 ms, less than a vowel) over which the level is averaged."""

_VOICED_NEAR = 0.03
"""Seconds from a peak to a voiced frame; pitch is estimated every 20 ms."""

_FEWEST, _MOST = 0.65, 1.25
"""Nuclei for each syllable of the text in a correctly transcribed answer. On 53 labelled clips with at least
10 s of speech the median was 0.83, and 95 % lay between 0.67 and 1.18."""


def answer_nuclei(levels: NDArray[np.float32], track: PitchTrack, answer: Answer) -> NDArray[np.float64]:
    """Times of the syllable nuclei of an answer; see `syllable_nuclei`."""
    inside = (clip(stretch, answer.span) for stretch in answer.activity.speech)
    return syllable_nuclei(levels, track, [part for part in inside if part is not None])


def syllables_disagree(nuclei: Sequence[float], answer: Answer, filled_pauses: Sequence[Filler]) -> bool:
    """Whether the signal has far more or far fewer syllables than the text.

    True for 2 of those 53 clips; for 36 % of them when three words in ten are removed, for 96 % when half
    are, for 77 % when half of the words are doubled.

    Args:
        nuclei: seconds, from `answer_nuclei`.
        answer: the answer, with its words.
        filled_pauses: nuclei within them are not counted, as they belong to no word.
    """
    syllables = spoken_syllables(answer.words)
    times = np.asarray(nuclei)
    hesitating = sum(int(np.sum((times >= f.start) & (times < f.end))) for f in filled_pauses)
    return not _FEWEST * syllables <= len(times) - hesitating <= _MOST * syllables


def syllable_nuclei(
    levels: NDArray[np.float32], track: PitchTrack, speech: Sequence[Span]
) -> NDArray[np.float64]:
    """Times of the syllable nuclei.

    Args:
        levels: shape (n,), dB, one for each 10 ms from the start of the recording.
        track: pitch of the voiced frames.
        speech: stretches of speech, in order.

    Returns:
        shape (m,), seconds, in order.
    """
    frames = [np.arange(int(part.start / FRAME), min(int(part.end / FRAME), len(levels))) for part in speech]
    frames = [part for part in frames if len(part) >= _SMOOTHING]
    if not frames:
        return np.empty(0)
    peaks = np.concatenate([part[_peaks(levels[part])] for part in frames])
    loudest = np.percentile(levels[np.concatenate(frames)], 99)
    times: NDArray[np.float64] = (peaks[levels[peaks] > loudest - _BELOW_LOUDEST_DB] + 0.5) * FRAME
    return times[_to_nearest(times, track.times) <= _VOICED_NEAR]


def _peaks(levels: NDArray[np.float32]) -> list[int]:
    """Frames of the peaks of the level that are separated from the next one by a dip."""
    padded = np.pad(levels, _SMOOTHING // 2, mode="edge")
    smooth = np.convolve(padded, np.ones(_SMOOTHING) / _SMOOTHING, mode="valid").tolist()
    found: list[int] = []
    extreme, rising = 0, True
    for index, level in enumerate(smooth):
        if (level > smooth[extreme]) == rising:
            extreme = index
        elif abs(level - smooth[extreme]) > DIP_DB:
            if rising:
                found.append(extreme)
            extreme, rising = index, not rising
    return [*found, extreme] if rising else found


def _to_nearest(times: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds from each time to the nearest of `others`."""
    edges = np.concatenate([[-np.inf], others, [np.inf]])
    after = np.searchsorted(edges, times)
    distance: NDArray[np.float64] = np.minimum(edges[after] - times, times - edges[after - 1])
    return distance
