"""Mixes several channels into one without losing the voice.

`MonoMixer` is for channels that hold the same voice. Channels of different voices, one a side of a call,
are mixed with the gains that `analysis.signal.channels` found for them (`GainMixer`).

Plain averaging fails in two ways on real recordings. A recorder with one microphone on two channels may wire
one of them in opposite phase: the average is silence. And a file with an empty second channel comes out at
half its level. So channels are weighted by their energy so far:

- a channel with less than 1 % of the loudest one's energy (20 dB below) is left out of the average;
- if the average of the others keeps less than 10 % of the loudest one's energy (two independent
  channels keep 50 %), they cancel out, and the loudest channel is taken alone.

Energy accumulates from the start of the file, so the weights settle within the first second of speech and
then stay; a change is faded over 10 ms.
"""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SILENT_CHANNEL_ENERGY = 0.01
"""Share of the loudest channel's energy under which a channel is left out."""

CANCELLED_ENERGY = 0.1
"""Share of the loudest channel's energy under which an average counts as cancelled out."""

FADE_SAMPLES = 160
"""Samples at 16 kHz (10 ms): long enough to avoid a click."""


Gains = tuple[float, ...]
"""Factor for each channel of a track."""


class Mixer(Protocol):
    """Mixes the channels of one audio track."""

    def mix(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """One block of shape (channels, n), float32, as mono of shape (n,) within [-1, 1]."""


class GainMixer:
    """Adds up the channels, each times its own constant gain.

    Args:
        gains: of the channels.
    """

    def __init__(self, gains: Gains) -> None:
        self._gains = np.array(gains, dtype=np.float32)

    def mix(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Mixer`."""
        np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        np.clip(block, -1.0, 1.0, out=block)
        mixed: NDArray[np.float32] = self._gains @ block
        return np.clip(mixed, -1.0, 1.0, out=mixed)


class MonoMixer:
    """Mixes one audio track block by block."""

    def __init__(self, channels: int) -> None:
        self._products = np.zeros((channels, channels), dtype=np.float64)
        self._weights: NDArray[np.float32] | None = None

    def mix(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """One block as mono.

        Args:
            block: shape (channels, n), float32; changed in place.

        Returns:
            shape (n,), float32 within [-1, 1]; values that are not numbers become 0.
        """
        np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        np.clip(block, -1.0, 1.0, out=block)
        if block.shape[0] == 1:
            mono: NDArray[np.float32] = block[0]
            return mono
        self._products += block @ block.T
        weights = self._choose_weights()
        mixed: NDArray[np.float32] = weights @ block
        if self._weights is not None and not np.array_equal(weights, self._weights):
            fading = min(FADE_SAMPLES, block.shape[1])
            ramp = np.linspace(0.0, 1.0, fading, dtype=np.float32)
            mixed[:fading] *= ramp
            mixed[:fading] += (1.0 - ramp) * (self._weights @ block[:, :fading])
        self._weights = weights
        return mixed

    def _choose_weights(self) -> NDArray[np.float32]:
        energies = np.diagonal(self._products)
        loudest = int(np.argmax(energies))
        heard = energies >= SILENT_CHANNEL_ENERGY * energies[loudest]
        weights = heard / np.count_nonzero(heard)
        if weights @ self._products @ weights < CANCELLED_ENERGY * energies[loudest]:
            weights = np.zeros(len(energies))
            weights[loudest] = 1.0
        chosen: NDArray[np.float32] = weights.astype(np.float32)
        return chosen
