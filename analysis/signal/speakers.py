"""Detects a second voice in the recording, such as an interviewer's.

Stretches between longer pauses are clustered into two groups by pitch and timbre. A second voice is reported
only when the groups are far apart and each has enough speech: one lively voice must not be taken for two.
The thresholds gave one false alarm in 178 labelled recordings of one person and detected 2 of 8 meetings
(ACCURACY.md); two voices of similar pitch are missed.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.report import Span
from analysis.signal.compiled_functions import librosa
from analysis.signal.pitch import PitchTrack

_TURN_PAUSE = 0.5
"""Seconds of silence that separate two turns."""
_LEAST_TURN = 1.0
"""Seconds of speech that a turn needs to be classified."""
_LEAST_VOICED_FRAMES = 15
_LEAST_SHARE, _LEAST_OF_VOICE = 0.06, 2.5
"""Least share of the speech, and least seconds of it, of the second voice."""
_APART_SEMITONES = 5.0
"""Between the medians of the two groups: more than mood changes one speaker's median."""
_APART_TO_SPREAD = 2.5
"""Distance of the groups relative to the spread within them."""
_TIMBRE_APART = 1.2
"""Distance of mean cepstra relative to the spread within the groups."""


def second_voice(samples: NDArray[np.float32], speech: Sequence[Span], track: PitchTrack) -> tuple[Span, ...]:
    """The turns of a second voice; none when there is only one voice or this cannot be determined.

    Args:
        samples: shape (n,), 16 kHz.
        speech: stretches of speech, in order.
        track: pitch of the same speech.
    """
    turns = [turn for turn in _turns(speech) if len(track.within(turn)) >= _LEAST_VOICED_FRAMES]
    if len(turns) < 2:
        return ()
    pitches = np.array([12 * np.log2(np.median(track.within(turn))) for turn in turns])
    weights = np.array([turn.duration for turn in turns])
    high = _split(pitches, weights)
    shares = weights[high].sum(), weights[~high].sum()
    if min(shares) < max(_LEAST_OF_VOICE, _LEAST_SHARE * weights.sum()):
        return ()
    distance = abs(np.median(pitches[high]) - np.median(pitches[~high]))
    within = np.sqrt((_spread(pitches[high]) ** 2 + _spread(pitches[~high]) ** 2) / 2)
    if distance < _APART_SEMITONES or distance < _APART_TO_SPREAD * within:
        return ()
    sounds = (samples[int(turn.start * SAMPLE_RATE) : int(turn.end * SAMPLE_RATE)] for turn in turns)
    timbre = np.array([_timbre(sound) for sound in sounds])
    if _timbre_distance(timbre, high) < _TIMBRE_APART:
        return ()
    second = high if shares[0] < shares[1] else ~high
    return tuple(turn for turn, is_second in zip(turns, second, strict=True) if is_second)


def _turns(speech: Sequence[Span]) -> list[Span]:
    turns: list[Span] = []
    for stretch in speech:
        if turns and stretch.start - turns[-1].end < _TURN_PAUSE:
            turns[-1] = Span(turns[-1].start, stretch.end)
        else:
            turns.append(stretch)
    return [turn for turn in turns if turn.duration >= _LEAST_TURN]


def _timbre(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean mel cepstrum without its level, shape (12,)."""
    cepstra = librosa().feature.mfcc(y=sound, sr=SAMPLE_RATE, n_mfcc=13, n_fft=512, hop_length=320)
    mean: NDArray[np.float32] = cepstra[1:].mean(axis=1)
    return mean


def _split(pitches: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Splits pitches where the spread within both groups is least; true for the higher group."""
    order = np.sort(np.unique(pitches))
    best, cut = np.inf, order[0]
    for lower, upper in pairwise(order):
        middle = (lower + upper) / 2
        high = pitches > middle
        cost = sum(
            float((weights[g] * (pitches[g] - np.average(pitches[g], weights=weights[g])) ** 2).sum())
            for g in (high, ~high)
        )
        if cost < best:
            best, cut = cost, middle
    above: NDArray[np.bool_] = pitches > cut
    return above


def _spread(values: NDArray[np.float64]) -> float:
    return float(np.std(values)) if len(values) > 1 else 0.0


def _timbre_distance(timbre: NDArray[np.float32], high: NDArray[np.bool_]) -> float:
    apart = np.linalg.norm(timbre[high].mean(axis=0) - timbre[~high].mean(axis=0))
    spread = np.sqrt(
        np.mean([((timbre[g] - timbre[g].mean(axis=0)) ** 2).sum(axis=1).mean() for g in (high, ~high)])
    )
    return float(apart / max(spread, 1e-6))
