"""Power in frequency bands, and the a-posteriori signal-to-noise ratio over noise and reverberation.

A single broadband level loses the quiet ends of words in noise 20 dB below the voice: background noise is
mostly low-frequency (traffic, fans, hum), while an s or a t is high. So each band is compared with its own
noise floor, which follows the recording over time, and the bands are averaged: the a-posteriori
signal-to-noise ratio, the sufficient statistic for noise of a known spectrum (Ephraim & Malah 1984).
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import uniform_filter1d

from analysis import SAMPLE_RATE
from analysis.signal.levels import FRAME

_EDGES = (
    80, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480,
    1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300, 6400, 7900,
)  # fmt: skip
"""Hz. The critical bands of hearing (Zwicker 1961) from the lowest voice to the top of 16 kHz audio."""

_HOP = int(FRAME * SAMPLE_RATE)
_WINDOW = np.hanning(2 * _HOP + 2)[1:-1].astype(np.float32)
_SPECTRUM = 512
_HERTZ = np.fft.rfftfreq(_SPECTRUM, 1 / SAMPLE_RATE)
_MEMBERS = np.array(
    [(low <= _HERTZ) & (high > _HERTZ) for low, high in pairwise(_EDGES)],
    dtype=np.float32,
).T * np.float32(2.0 / (np.sum(_WINDOW**2) * _SPECTRUM))
"""Shape (257, 20): membership of the spectral lines in the bands, scaled so that their sum is a power."""
_BLOCK_FRAMES = 100
"""Frames computed at a time (1 s); a recording in progress is processed in whole blocks."""
_LEAST_POWER = 1e-14

_FLOOR_REACH = 300
"""Frames to either side (3 s) from which the noise floor is estimated: about as long as a car takes to
pass."""
_FLOOR_STEP = 100
_FLOOR_LEAST = 20
"""Silent frames that a local estimate needs; with this many it weighs as much as that of the whole
recording."""

_BELOW_SPEECH_DB = 30.0
"""Audio this far below the level of speech is silence, whatever the room."""
_REVERBERATION_LAG = 12
"""Frames (0.12 s), longer than the sounds of one syllable: energy that remains by then is reverberation."""


class BandPowers:
    """Power in each band, computed on demand and cached.

    The blocks are always the same ones, so a recording in progress and the finished one give identical
    values.
    """

    def __init__(self) -> None:
        self._blocks: dict[int, NDArray[np.float32]] = {}

    def within(self, samples: NDArray[np.float32], first: int, last: int) -> NDArray[np.float32]:
        """Power in each band of the frames from `first` to before `last`.

        Args:
            samples: shape (n,), 16 kHz, from the start of the recording.
            first, last: frames; at most n // 160.

        Returns:
            shape (last - first, 20), of full scale squared; frame `i` is centred on `(i + 0.5) * FRAME`
            seconds.
        """
        if last <= first:
            return np.empty((0, len(_EDGES) - 1), dtype=np.float32)
        numbers = range(first // _BLOCK_FRAMES, (last - 1) // _BLOCK_FRAMES + 1)
        powers = np.concatenate([self._block(samples, number) for number in numbers])
        start = numbers[0] * _BLOCK_FRAMES
        return powers[first - start : last - start]

    def _block(self, samples: NDArray[np.float32], number: int) -> NDArray[np.float32]:
        if number in self._blocks:
            return self._blocks[number]
        first = number * _BLOCK_FRAMES
        last = min(first + _BLOCK_FRAMES, len(samples) // _HOP)
        half = _HOP // 2
        start, end = first * _HOP - half, last * _HOP + half
        block = samples[max(0, start) : min(len(samples), end)]
        padded = np.pad(block, (max(0, -start), max(0, end - len(samples)))).astype(np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _HOP)[::_HOP] * _WINDOW
        spectrum = fft.rfft(windows, _SPECTRUM, axis=1)
        powers: NDArray[np.float32] = ((spectrum.real**2 + spectrum.imag**2) @ _MEMBERS).astype(np.float32)
        if last - first == _BLOCK_FRAMES and end <= len(samples):
            self._blocks[number] = powers
        return powers


def noise_floor(
    powers: NDArray[np.float32], silent: NDArray[np.bool_], sound: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Power of the noise in each band over time: the median of the nearby silent frames.

    Args:
        powers: shape (frames, bands).
        silent: shape (frames,), frames without speech.
        sound: shape (frames,), frames that hold any sound; the others say nothing about the noise.

    Returns:
        shape (frames, bands).
    """
    levels = np.log10(powers + _LEAST_POWER)
    silent = silent & sound
    if np.count_nonzero(silent) < _FLOOR_LEAST:
        total = powers.sum(axis=1)
        heard = sound if sound.any() else np.ones_like(sound)
        silent = heard & (total <= np.percentile(total[heard], 5))
    at = np.flatnonzero(silent)
    quiet = levels[at]
    whole = np.median(quiet, axis=0)
    centres = np.arange(0, len(powers) + _FLOOR_STEP, _FLOOR_STEP)
    floors = np.tile(whole, (len(centres), 1))
    for row, centre in enumerate(centres):
        first, last = np.searchsorted(at, [centre - _FLOOR_REACH, centre + _FLOOR_REACH])
        if last - first >= _FLOOR_LEAST:
            share = (last - first) / (last - first + _FLOOR_LEAST)
            floors[row] = share * np.median(quiet[first:last], axis=0) + (1 - share) * whole
    times = np.arange(len(powers))
    floor = np.empty_like(powers)
    for band in range(powers.shape[1]):
        floor[:, band] = 10 ** np.interp(times, centres, floors[:, band])
    return floor


def a_posteriori_snr(
    powers: NDArray[np.float32],
    floor: NDArray[np.float32],
    speech: NDArray[np.bool_],
    decay: float | None,
) -> NDArray[np.float32]:
    """A-posteriori signal-to-noise ratio of each frame, in dB; noise alone gives about 0.

    Reverberation counts as noise, estimated as in Lebart, Boucher & Denbigh (2001): the power a moment
    before, less the decay since.

    Args:
        powers: shape (frames, bands).
        floor: likewise, from `noise_floor`.
        speech: shape (frames,), frames that are certainly speech.
        decay: dB a second at which the reverberation decays; None for a room without any.

    Returns:
        shape (frames,), smoothed over 30 ms.
    """
    total = powers.sum(axis=1)
    loud = np.median(total[speech]) if np.count_nonzero(speech) >= _FLOOR_LEAST else np.percentile(total, 95)
    expected = floor + max(float(loud), _LEAST_POWER) * 10 ** (-_BELOW_SPEECH_DB / 10) / powers.shape[1]
    if decay is not None and len(powers) > _REVERBERATION_LAG:
        left = 10 ** (-decay * _REVERBERATION_LAG * FRAME / 10)
        before = uniform_filter1d(np.maximum(powers - floor, 0.0), 3, axis=0)
        expected[_REVERBERATION_LAG:] += left * before[:-_REVERBERATION_LAG]
    ratio = (powers / expected).mean(axis=1)
    smooth: NDArray[np.float32] = uniform_filter1d(10.0 * np.log10(ratio + 1e-6), 3).astype(np.float32)
    return smooth
