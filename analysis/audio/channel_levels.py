"""The level of each channel over time, which shows whether the channels hold different voices."""

import numpy as np
from numpy.typing import NDArray

LEVEL_FRAME = 0.02
"""Seconds from one level to the next."""

LEAST_LEVEL = -110.0
"""Level of digital silence, dB re full scale."""


class ChannelLevels:
    """RMS level of each channel in frames of 20 ms, collected block by block.

    Args:
        channels: of the sound.
        rate: sample rate, Hz.
    """

    def __init__(self, channels: int, rate: int) -> None:
        self._length = round(LEVEL_FRAME * rate)
        self._channels = channels
        self._frames: list[NDArray[np.float32]] = []
        self._begun = np.zeros((channels, 0), dtype=np.float32)

    def sound(self, block: NDArray[np.float32]) -> None:
        """Adds sound, shape (channels, n)."""
        power = np.concatenate([self._begun, np.square(block)], axis=1)
        whole = power.shape[1] // self._length * self._length
        frames = power[:, :whole].reshape(self._channels, -1, self._length)
        self._frames.append(frames.mean(axis=2).T)
        self._begun = power[:, whole:].copy()

    def silence(self, samples: int) -> None:
        """Adds the silence of a gap."""
        to_complete = min(samples, -self._begun.shape[1] % self._length)
        whole, rest = divmod(samples - to_complete, self._length)
        self.sound(np.zeros((self._channels, to_complete), dtype=np.float32))
        self._frames.append(np.zeros((whole, self._channels), dtype=np.float32))
        self.sound(np.zeros((self._channels, rest), dtype=np.float32))

    def levels(self) -> NDArray[np.float32]:
        """dB re full scale, shape (frames, channels); frame `i` starts at `i * LEVEL_FRAME` seconds."""
        powers = np.concatenate([np.zeros((0, self._channels), dtype=np.float32), *self._frames])
        decibels: NDArray[np.float32] = 10.0 * np.log10(np.maximum(powers, 10.0 ** (LEAST_LEVEL / 10.0)))
        return decibels
