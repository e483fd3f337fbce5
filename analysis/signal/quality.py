"""Recording quality: level, clipping, signal-to-noise ratio, bandwidth.

Poor quality lowers the state of the measures that depend on it; the thresholds at which their measured error
grows are in ACCURACY.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.signal.narrow_band import is_telephone_sound

if TYPE_CHECKING:
    # For types only: that module imports SciPy, and every command reads the constants of this one.
    from analysis.signal.voice_activity import Activity

GOOD_SIGNAL_TO_NOISE = 20.0
"""dB. From here on, precision and recall of pauses are 94 % and more; below (11 to 20 dB), 91 to 93 %."""

HARD_TO_HEAR_SIGNAL_TO_NOISE = 8.0
"""dB. Below this, anything based on pauses or fillers is no more than a rough guess."""

QUIET_SPEECH = -45.0
"""dB re full scale. Speech below this level was recorded too quietly."""

CLIPPING_AUDIBLE = 0.1
"""Percent of clipped samples from which it is reported; our own limit."""

NARROW_BAND = 4_600.0
"""Hz. Sound of 8 kHz ends below this, with its filter; s and f are lost. In labelled wide-band speech the
bandwidth was 6.3 kHz and more, after G.711 4.5 kHz and less."""

_CLIP_RUN = 3
"""Consecutive samples at the maximum: a real peak has one or two."""
_CLIP_OF_PEAK = 0.995
_CLIP_LEAST_PEAK = 0.5
"""Of full scale. In a quieter recording clipping cannot be recognised by its peaks."""
_BAND_BELOW_PEAK_DB = 50.0
_SPECTRUM = 512


@dataclass(frozen=True)
class Quality:
    """Quality of a recording.

    Attributes:
        level: median level of speech, dB re full scale; None without speech.
        signal_to_noise: dB; None without speech.
        clipping: percent of clipped samples.
        bandwidth: highest frequency that carries speech, Hz; None without speech.
        telephone: the sound is that of a telephone, though noise may reach higher.
        echoes: reverberation fills short pauses (`analysis.signal.reverberation`).
    """

    level: float | None
    signal_to_noise: float | None
    clipping: float
    bandwidth: float | None
    echoes: bool = False
    telephone: bool = False

    @property
    def narrow_band(self) -> bool:
        """Whether the high frequencies of speech are missing."""
        return self.telephone or (self.bandwidth is not None and self.bandwidth < NARROW_BAND)


def measure_quality(samples: NDArray[np.float32], activity: Activity) -> Quality:
    """Quality of a recording, shape (n,), 16 kHz."""
    return Quality(
        level=activity.speech_level,
        signal_to_noise=activity.signal_to_noise,
        clipping=clipped_share(samples),
        bandwidth=_bandwidth(samples, activity),
        echoes=activity.echoes and bool(activity.speech),
        telephone=bool(activity.speech) and is_telephone_sound(samples),
    )


def clipped_share(samples: NDArray[np.float32]) -> float:
    """Percent of samples in flat peaks: runs of three and more at the recording's maximum."""
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
