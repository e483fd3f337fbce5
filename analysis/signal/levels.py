"""Level in 10 ms frames, for pauses and recording quality.

A 20 ms window every 10 ms is short enough to place the edge of a pause and long enough for two periods of a
low male voice. Hum and rumble below 80 Hz, lower than the fundamental of any voice, are filtered out.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.growable_array import GrowableArray

FRAME = 0.010
"""Seconds from one frame to the next."""

_HOP = int(FRAME * SAMPLE_RATE)
_WINDOW = 2 * _HOP
_BLOCK_FRAMES = 6_000
"""Frames filtered at a time (one minute), so that memory does not grow with the recording."""

SILENCE_DB = -160.0
"""Level of digital silence, dB re full scale: below the last step of 24 bit audio."""


def frame_runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The first frame of every run of true frames and the one after its last, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


@cache
def _highpass() -> NDArray[np.float64]:
    """Second-order sections of the filter against hum and rumble, shape (2, 6)."""
    from scipy.signal import butter  # see `FrameLevels.extend`

    sections: NDArray[np.float64] = butter(4, 80.0, "highpass", fs=SAMPLE_RATE, output="sos")
    return sections


class FrameLevels:
    """RMS level of each 10 ms frame of a recording that may still be in progress.

    The levels do not depend on how the audio is divided up.
    """

    def __init__(self) -> None:
        self._levels = GrowableArray(np.float32)
        self._state = np.zeros((_highpass().shape[0], 2))
        self._carried = np.zeros(_HOP // 2)
        # Power of the half window [i * hop - hop / 2, i * hop + hop / 2). Two adjacent ones make a window, so
        # the filtered signal itself need not be kept.
        self._last_power: float | None = None
        self._taken = 0

    def extend(self, samples: NDArray[np.float32], *, ended: bool = False) -> None:
        """Processes the samples that are new since the last call.

        Args:
            samples: shape (n,), 16 kHz, from the start of the recording.
            ended: nothing follows.
        """
        # Slow to import, and not needed where reports are only read.
        from scipy.signal import sosfilt

        whole = len(samples) // _HOP
        for first in range(self._taken, whole, _BLOCK_FRAMES):
            last = min(first + _BLOCK_FRAMES, whole)
            sound = samples[first * _HOP : last * _HOP].astype(np.float64)
            block, self._state = sosfilt(_highpass(), sound, zi=self._state)
            shifted = np.concatenate([self._carried, block])
            half_windows = (len(shifted) // _HOP) * _HOP
            self._append((shifted[:half_windows].reshape(-1, _HOP) ** 2).sum(axis=1))
            self._carried = shifted[half_windows:]
            self._taken = last
        if ended and whole:
            self._append(np.array([2.0 * float((self._carried**2).sum())]))

    def view(self) -> NDArray[np.float32]:
        """Levels so far, dB re full scale; frame `i` is centred on `(i + 0.5) * FRAME` seconds."""
        return self._levels.view()

    def _append(self, powers: NDArray[np.float64]) -> None:
        if self._last_power is not None:
            powers = np.concatenate([[self._last_power], powers])
        self._last_power = float(powers[-1])
        mean = (powers[:-1] + powers[1:]) / _WINDOW
        floor = 10.0 ** (SILENCE_DB / 10.0)
        self._levels.append((10.0 * np.log10(np.maximum(mean, floor))).astype(np.float32))


def frame_levels(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """RMS level of each 10 ms frame.

    Args:
        samples: shape (n,), 16 kHz.

    Returns:
        shape (n // 160,), float32, dB re full scale; frame `i` is centred on `(i + 0.5) * FRAME` seconds.
    """
    levels = FrameLevels()
    levels.extend(samples, ended=True)
    return levels.view()
