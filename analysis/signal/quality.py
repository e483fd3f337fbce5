"""Recording quality: level, clipping, signal-to-noise, bandwidth.

A recording that is hard to hear lowers the state of what depends on it; the thresholds at which measured
error grows are in ACCURACY.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE

if TYPE_CHECKING:
    # A type only: its module loads SciPy, and this one's constants are read by every command.
    from analysis.signal.voice_activity import Activity

GOOD_SIGNAL_TO_NOISE = 20.0
"""dB. From here on 94 % of pauses and more are found and real; below it 91 to 93 % (11 to 20 dB)."""

HARD_TO_HEAR_SIGNAL_TO_NOISE = 8.0
"""dB. Below this nothing that rests on pauses or fillers is more than a rough guess."""

QUIET_SPEECH = -45.0
"""dB re full scale. Speech under this level was recorded too quietly."""

CLIPPING_AUDIBLE = 0.1
"""Percent of samples cut off from which it is told; our own limit."""

NARROW_BAND = 3_600.0
"""Hz. Telephone sound ends here; s and f are lost."""

_CLIP_RUN = 3
"""Samples in a row at the top of the wave: a real peak has one or two."""
_CLIP_OF_PEAK = 0.995
_CLIP_LEAST_PEAK = 0.5
"""Of full scale. A quiet recording cannot be told to be clipped from its tops."""
_BAND_BELOW_PEAK_DB = 50.0
_SPECTRUM = 512


@dataclass(frozen=True)
class Quality:
    """How well a recording can be heard.

    Attributes:
        level: median level of speech, dB re full scale; None without speech.
        signal_to_noise: dB; None without speech.
        clipping: percent of samples that were cut off.
        bandwidth: highest frequency that carries speech, Hz; None without speech.
        echoes: the room's echo fills short pauses (`analysis.signal.reverberation`).
    """

    level: float | None
    signal_to_noise: float | None
    clipping: float
    bandwidth: float | None
    echoes: bool = False


def measure_quality(samples: NDArray[np.float32], activity: Activity) -> Quality:
    """Quality of a recording, shape (n,), 16 kHz."""
    return Quality(
        level=activity.speech_level,
        signal_to_noise=activity.signal_to_noise,
        clipping=clipped_share(samples),
        bandwidth=_bandwidth(samples, activity),
        echoes=activity.echoes and bool(activity.speech),
    )


def clipped_share(samples: NDArray[np.float32]) -> float:
    """Percent of samples in flat tops: runs of three and more at the recording's highest value."""
    if not len(samples):
        return 0.0
    clipped = 0
    for sign in (1.0, -1.0):
        peak = float((sign * samples).max())
        if peak < _CLIP_LEAST_PEAK:
            continue
        at_top = np.concatenate([[False], sign * samples >= _CLIP_OF_PEAK * peak, [False]])
        edges = np.flatnonzero(at_top[1:] != at_top[:-1])
        lengths = edges[1::2] - edges[::2]
        clipped += int(lengths[lengths >= _CLIP_RUN].sum())
    return 100.0 * clipped / len(samples)


def _bandwidth(samples: NDArray[np.float32], activity: Activity) -> float | None:
    """Highest frequency within 50 dB of the strongest, over the power spectrum of speech."""
    power = np.zeros(_SPECTRUM // 2 + 1)
    window = np.hanning(_SPECTRUM).astype(np.float32)
    for stretch in activity.speech:
        sound = samples[int(stretch.start * SAMPLE_RATE) : int(stretch.end * SAMPLE_RATE)]
        whole = len(sound) // _SPECTRUM
        if whole:
            frames = sound[: whole * _SPECTRUM].reshape(whole, _SPECTRUM) * window
            power += (np.abs(np.fft.rfft(frames)) ** 2).sum(axis=0)
    if not power.any():
        return None
    carrying = np.flatnonzero(power >= power.max() * 10 ** (-_BAND_BELOW_PEAK_DB / 10))
    return float(carrying[-1] * SAMPLE_RATE / _SPECTRUM)
