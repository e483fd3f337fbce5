"""Voice: how far the pitch moves, in semitones, over voiced frames.

Judged against the speaker's own range only: how much pitch moves differs between voices and languages.
YIN (de Cheveigné & Kawahara 2002) by way of librosa, every 20 ms and only where somebody speaks:
librosa's pYIN would cost more than the whole transcription.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import librosa
import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.levels import FRAME, frame_levels
from analysis.vocabulary import Span

HOP = 0.020
"""Seconds from one pitch to the next; half the cost of 10 ms, and the same spread."""

_LOWEST_HZ, _HIGHEST_HZ = 65.0, 400.0
"""Fundamental of adult speech, from a low male to a lively female voice."""
_FRAME_LENGTH = 1024
"""Samples (64 ms): two periods of the lowest pitch and its lag."""
_VOICED_BELOW_SPEECH_DB = 12.0
"""Vowels carry the level of speech; what is this much weaker is a consonant or an ending."""
_STEADY_SEMITONES = 1.5
"""Most that pitch moves within 20 ms while the voice is on; unvoiced frames jump about."""
_OCTAVE = 12.0
_BLOCK = 30 * SAMPLE_RATE
"""Samples looked at a time: librosa holds several copies of what it is given."""


@dataclass(frozen=True)
class PitchTrack:
    """Pitch of every voiced frame.

    Attributes:
        times: shape (n,), seconds from the start of the recording, in order.
        hertz: shape (n,), fundamental frequency.
    """

    times: NDArray[np.float64]
    hertz: NDArray[np.float64]

    def within(self, stretch: Span) -> NDArray[np.float64]:
        """Fundamental frequency (Hz) of the voiced frames of a stretch."""
        first, last = np.searchsorted(self.times, [stretch.start, stretch.end])
        return self.hertz[first:last]


@dataclass(frozen=True)
class Pitch:
    """How pitch moves in an answer.

    Attributes:
        semitones: shape (n,), each voiced frame relative to the speaker's median.
        median_hz: the speaker's median pitch.
    """

    semitones: NDArray[np.float64]
    median_hz: float

    @property
    def voiced_duration(self) -> float:
        """Seconds of voiced sound."""
        return len(self.semitones) * HOP

    @property
    def spread(self) -> float:
        """Standard deviation in semitones."""
        return float(np.std(self.semitones))

    @property
    def range(self) -> float:
        """From the 10th to the 90th percentile, in semitones."""
        low, high = np.percentile(self.semitones, [10, 90])
        return float(high - low)


def track_pitch(samples: NDArray[np.float32], speech: Sequence[Span], speech_level: float) -> PitchTrack:
    """Pitch of the voiced frames wherever somebody speaks.

    Args:
        samples: shape (n,), 16 kHz.
        speech: where somebody speaks, in order.
        speech_level: median level of speech, dB re full scale.
    """
    times: list[NDArray[np.float64]] = [np.empty(0)]
    hertz: list[NDArray[np.float64]] = [np.empty(0)]
    for stretch in speech:
        last = int(stretch.end * SAMPLE_RATE)
        for first in range(int(stretch.start * SAMPLE_RATE), last, _BLOCK):
            frames, pitches = _voiced_frames(samples[first : min(first + _BLOCK, last)], speech_level)
            times.append((first / SAMPLE_RATE + frames * HOP).astype(np.float64))
            hertz.append(pitches)
    return PitchTrack(np.concatenate(times), np.concatenate(hertz))


def measure_pitch(track: PitchTrack) -> Pitch | None:
    """Movement of pitch over an answer; None when nothing is voiced."""
    if not len(track.hertz):
        return None
    semitones = 12.0 * np.log2(track.hertz / np.median(track.hertz))
    # A pitch an octave from the speaker's middle is YIN's octave error far oftener than a voice.
    kept = track.hertz[np.abs(semitones) < _OCTAVE]
    median = float(np.median(kept))
    return Pitch(12.0 * np.log2(kept / median), median)


def _voiced_frames(
    sound: NDArray[np.float32], speech_level: float
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Index and fundamental frequency (Hz) of the voiced frames of one stretch of sound."""
    if len(sound) < 2 * _FRAME_LENGTH:
        return np.empty(0, dtype=np.intp), np.empty(0)
    hertz = librosa.yin(
        sound,
        fmin=_LOWEST_HZ,
        fmax=_HIGHEST_HZ,
        sr=SAMPLE_RATE,
        frame_length=_FRAME_LENGTH,
        hop_length=int(HOP * SAMPLE_RATE),
    )
    levels = frame_levels(sound)[:: int(HOP / FRAME)]
    count = min(len(hertz), len(levels))
    hertz, loud = hertz[:count], levels[:count] > speech_level - _VOICED_BELOW_SPEECH_DB
    step = np.abs(np.diff(12.0 * np.log2(hertz)))
    steady = np.zeros(count, dtype=bool)
    steady[1:-1] = (step[:-1] < _STEADY_SEMITONES) & (step[1:] < _STEADY_SEMITONES)
    inside = (hertz > _LOWEST_HZ * 1.02) & (hertz < _HIGHEST_HZ * 0.98)
    frames = np.flatnonzero(loud & steady & inside)
    return frames, hertz[frames]
