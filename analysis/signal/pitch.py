"""Pitch (fundamental frequency, f0): its variation in semitones over voiced frames.

Only compared with the speaker's own range, because pitch variation differs between voices and languages.
Estimated with YIN (de Cheveigné & Kawahara 2002) from librosa every 20 ms, and used only where there is
speech: librosa's pYIN would take longer than the whole transcription.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.growable_array import GrowableArray
from analysis.report import Span
from analysis.signal.compiled_functions import librosa
from analysis.signal.levels import FRAME

HOP = 0.020
"""Seconds from one estimate to the next; half the cost of 10 ms, with the same spread."""

_LOWEST_HZ, _HIGHEST_HZ = 65.0, 400.0
"""Fundamental frequency of adult speech, from a low male to a lively female voice."""
_FRAME_LENGTH = 1024
"""Samples (64 ms): two periods of the lowest pitch and its lag."""
_VOICED_BELOW_SPEECH_DB = 12.0
"""Vowels are at the level of speech; a frame this much weaker is a consonant or the end of a word."""
_SHORTEST_STRETCH = 0.128
"""Seconds: two frames. In a shorter stretch steady pitch cannot be recognised."""
_STEADY_SEMITONES = 1.5
"""Largest change of pitch within 20 ms of voiced speech; estimates of unvoiced frames are erratic."""
_OCTAVE = 12.0
_HOP_SAMPLES = int(HOP * SAMPLE_RATE)
_BLOCK_FRAMES = 250
"""Frames processed at a time (5 s). The blocks are fixed, so that the pitch does not depend on how the audio
is divided up."""


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
    """Pitch variation in an answer.

    Attributes:
        voiced_duration: seconds of voiced sound.
        spread: standard deviation over voiced frames, in semitones.
        range: from the 10th to the 90th percentile, in semitones.
        median_hz: the speaker's median pitch.
    """

    voiced_duration: float
    spread: float
    range: float
    median_hz: float


class FramePitch:
    """Fundamental frequency every 20 ms of a recording that may still be in progress, voiced or not."""

    def __init__(self) -> None:
        self._hertz = GrowableArray(np.float64)

    def extend(self, samples: NDArray[np.float32], *, ended: bool = False) -> None:
        """Processes the samples that are new since the last call.

        Args:
            samples: shape (n,), 16 kHz, from the start of the recording.
            ended: nothing follows.
        """
        half = _FRAME_LENGTH // 2
        while True:
            first = len(self._hertz)
            last = first + _BLOCK_FRAMES
            end = (last - 1) * _HOP_SAMPLES + half
            if end > len(samples):
                if not ended or first * _HOP_SAMPLES > len(samples):
                    return
                last = len(samples) // _HOP_SAMPLES + 1
                end = (last - 1) * _HOP_SAMPLES + half
            start = first * _HOP_SAMPLES - half
            block = np.pad(samples[max(0, start) : end], (max(0, -start), max(0, end - len(samples))))
            self._hertz.append(
                librosa().yin(
                    block,
                    fmin=_LOWEST_HZ,
                    fmax=_HIGHEST_HZ,
                    sr=SAMPLE_RATE,
                    frame_length=_FRAME_LENGTH,
                    hop_length=_HOP_SAMPLES,
                    center=False,
                )
            )

    def view(self) -> NDArray[np.float64]:
        """Hz so far; frame `i` is centred on `i * HOP` seconds. Meaningless where nothing is voiced."""
        return self._hertz.view()


def frame_pitch(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Fundamental frequency every 20 ms of samples of shape (n,), 16 kHz; see `FramePitch.view`."""
    pitch = FramePitch()
    pitch.extend(samples, ended=True)
    return pitch.view()


def track_pitch(
    hertz: NDArray[np.float64], levels: NDArray[np.float32], speech: Sequence[Span], speech_level: float
) -> PitchTrack:
    """Pitch of the voiced frames in speech.

    Args:
        hertz: shape (n,), from `frame_pitch`.
        levels: shape (m,), dB re full scale, from `analysis.signal.levels.frame_levels`.
        speech: stretches of speech, in order.
        speech_level: median level of speech, dB re full scale.
    """
    frames = [_voiced_frames(hertz, levels, stretch, speech_level) for stretch in speech]
    voiced = np.concatenate([np.empty(0, dtype=np.intp), *frames])
    return PitchTrack(voiced * HOP, hertz[voiced])


def measure_pitch(track: PitchTrack) -> Pitch | None:
    """Pitch variation over an answer; None if nothing is voiced."""
    if not len(track.hertz):
        return None
    semitones = 12.0 * np.log2(track.hertz / np.median(track.hertz))
    # A pitch an octave from the speaker's median is far more often YIN's octave error than the voice.
    kept = track.hertz[np.abs(semitones) < _OCTAVE]
    median = float(np.median(kept))
    semitones = 12.0 * np.log2(kept / median)
    low, high = np.percentile(semitones, [10, 90])
    return Pitch(len(semitones) * HOP, float(np.std(semitones)), float(high - low), median)


def _voiced_frames(
    hertz: NDArray[np.float64], levels: NDArray[np.float32], stretch: Span, speech_level: float
) -> NDArray[np.intp]:
    """The voiced frames of one stretch of sound."""
    if stretch.duration < _SHORTEST_STRETCH:
        return np.empty(0, dtype=np.intp)
    levels_each = round(HOP / FRAME)
    first = int(np.ceil(stretch.start / HOP))
    last = min(int(stretch.end / HOP), len(hertz), len(levels) // levels_each)
    if last - first < 3:
        return np.empty(0, dtype=np.intp)
    pitch = hertz[first:last]
    loud = levels[first * levels_each : last * levels_each : levels_each] > (
        speech_level - _VOICED_BELOW_SPEECH_DB
    )
    step = np.abs(np.diff(12.0 * np.log2(pitch)))
    steady = np.zeros(len(pitch), dtype=bool)
    steady[1:-1] = (step[:-1] < _STEADY_SEMITONES) & (step[1:] < _STEADY_SEMITONES)
    inside = (pitch > _LOWEST_HZ * 1.02) & (pitch < _HIGHEST_HZ * 0.98)
    voiced: NDArray[np.intp] = first + np.flatnonzero(loud & steady & inside)
    return voiced
