"""Reverberation time of the room, from the decay of the level after speech.

After speech stops, the level cannot fall faster than the reverberation decays: at a reverberation time of
0.6 s, by 100 dB a second. A voice can fade more slowly than its room but never faster, so the faster decays
of a recording show the room (the blind estimate of Ratnam et al. 2003, in its simplest form).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from analysis.signal.levels import FRAME, frame_runs

ECHOING = 0.6
"""Seconds of reverberation time from which reverberation fills short pauses: an empty office or a hall. A
furnished bedroom has 0.3 to 0.4 s."""

_LEAST_RATIO_DB = 22.0
"""Signal-to-noise ratio at which enough of a decay is visible to measure it."""
_FALLS_TO_DB = 30.0
"""A decay is measured down to this far below the level of speech, or to 6 dB above the noise."""
_ABOVE_NOISE_DB = 6.0
_LEAST_FALL_DB = 8.0
_LEAST_SILENCE, _LEAST_FALLS = 30, 4
_BEFORE, _FOLLOWED = 5, 60
_AT_ONCE = 300.0
"""dB a second, for a decay within two frames: too fast to measure."""
_FASTER_FALLS = 75
"""Percentile."""


def reverberation_time(
    levels: NDArray[np.float32],
    odds: NDArray[np.float64],
    sound: NDArray[np.bool_],
    speech_level: float,
    noise_floor: float,
) -> float | None:
    """Seconds in which the reverberation decays by 60 dB.

    Args:
        levels: shape (frames,), dB re full scale, 10 ms apart.
        odds: log odds of speech, likewise.
        sound: frames that hold any sound, likewise; a decay that is cut off by others shows no room.
        speech_level: dB re full scale.
        noise_floor: dB re full scale.

    Returns:
        None where noise masks the decays, or where there are fewer than four.
    """
    if speech_level - noise_floor <= _LEAST_RATIO_DB:
        return None
    bottom = max(noise_floor + _ABOVE_NOISE_DB, speech_level - _FALLS_TO_DB)
    smooth = uniform_filter1d(levels.astype(np.float64), 3)
    rates = []
    for first, last in frame_runs(odds < 0.0):
        fall = slice(first - _BEFORE, min(last, first + _FOLLOWED))
        if last - first >= _LEAST_SILENCE and first > _BEFORE and sound[fall].all():
            rate = _rate(smooth[fall], bottom)
            if rate is not None:
                rates.append(rate)
    if len(rates) < _LEAST_FALLS:
        return None
    return 60.0 / max(1.0, float(np.percentile(rates, _FASTER_FALLS)))


def _rate(fall: NDArray[np.float64], bottom: float) -> float | None:
    """Slope of a decay in dB a second, by linear regression; None for one too small to measure."""
    below = np.flatnonzero(fall < bottom)
    end = int(below[0]) if len(below) else len(fall) - 1
    top = int(fall[: max(end, 1)].argmax())
    if end - top < 3:
        return _AT_ONCE
    if fall[top] - bottom < _LEAST_FALL_DB:
        return None
    return -float(np.polyfit(np.arange(top, end + 1) * FRAME, fall[top : end + 1], 1)[0])
