"""Sound level in 10 ms frames, for pauses and recording quality.

A 20 ms window every 10 ms: short enough to place the edge of a pause, long enough to hold two periods
of a low male voice. Hum and rumble below 80 Hz, lower than any voice's fundamental, are filtered out.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from analysis import SAMPLE_RATE

FRAME = 0.010
"""Seconds from one frame to the next."""

_HOP = int(FRAME * SAMPLE_RATE)
_WINDOW = 2 * _HOP
_HIGHPASS = butter(4, 80.0, "highpass", fs=SAMPLE_RATE, output="sos")
_BLOCK_FRAMES = 6_000
"""Frames filtered at a time (one minute): keeps memory flat for long recordings."""

SILENCE_DB = -120.0
"""What digital silence reads as, dB re full scale."""


def frame_runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First frame, and the one after the last, of every run of true frames, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def frame_levels(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """RMS level of each 10 ms frame.

    Args:
        samples: shape (n,), 16 kHz.

    Returns:
        shape (n // 160,), float32, dB re full scale; frame `i` is centred on `(i + 0.5) * FRAME` seconds.
    """
    frames = len(samples) // _HOP
    state = np.zeros((_HIGHPASS.shape[0], 2))
    power = np.empty(frames + 1)
    # power[i] is that of the half window [i * hop - hop / 2, i * hop + hop / 2): two of them side by
    # side are one window, so the filtered signal itself never has to be kept.
    half = _HOP // 2
    carried = np.zeros(half)
    for first in range(0, frames, _BLOCK_FRAMES):
        last = min(first + _BLOCK_FRAMES, frames)
        block, state = sosfilt(_HIGHPASS, samples[first * _HOP : last * _HOP].astype(np.float64), zi=state)
        shifted = np.concatenate([carried, block])
        whole = (len(shifted) // _HOP) * _HOP
        power[first:last] = (shifted[:whole].reshape(-1, _HOP) ** 2).sum(axis=1)
        carried = shifted[whole:]
    power[frames] = 2.0 * float((carried**2).sum())
    mean = (power[:-1] + power[1:]) / _WINDOW
    floor = 10.0 ** (SILENCE_DB / 10.0)
    levels: NDArray[np.float32] = (10.0 * np.log10(np.maximum(mean, floor))).astype(np.float32)
    return levels
