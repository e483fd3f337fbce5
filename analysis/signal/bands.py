"""Sound power in frequency bands, and how far a sound stands out of the room's own noise and echo.

One broadband level loses the quiet ends of words in a noise that is 20 dB below the voice: what people
record over is mostly low (traffic, fans, hum), while an s or a t is high. So each band is held against
its own noise floor, which follows the recording over time, and the bands are summed: the a-posteriori
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
"""Hz. The critical bands of hearing (Zwicker 1961) from the lowest voice to the top of 16 kHz sound."""

_HOP = int(FRAME * SAMPLE_RATE)
_WINDOW = np.hanning(2 * _HOP + 2)[1:-1].astype(np.float32)
_SPECTRUM = 512
_HERTZ = np.fft.rfftfreq(_SPECTRUM, 1 / SAMPLE_RATE)
_MEMBERS = np.array(
    [(low <= _HERTZ) & (high > _HERTZ) for low, high in pairwise(_EDGES)],
    dtype=np.float32,
).T * np.float32(2.0 / (np.sum(_WINDOW**2) * _SPECTRUM))
"""Shape (257, 20): which lines of the spectrum belong to which band, and what makes their sum a power."""
_BLOCK_FRAMES = 100
"""Frames at a time (1 s): as far as a recording that goes on has to be ahead."""
_LEAST_POWER = 1e-14

_FLOOR_REACH = 300
"""Frames to either side (3 s) over which the noise floor is found: a car passes in about as long."""
_FLOOR_STEP = 100
_FLOOR_LEAST = 20
"""Silent frames that a floor needs; with as many it counts as much as that of the whole recording."""

_BELOW_SPEECH_DB = 30.0
"""Sound this far below the level of speech is silence, whatever the room."""
_REVERBERATION_LAG = 12
"""Frames (0.12 s), longer than the sounds of one syllable: what is left of a room's sound by then is echo."""


class BandPowers:
    """Power in each band, worked out where it is asked for and kept.

    Always in the same blocks, so that a recording which still goes on gives the same to the bit.
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


def band_powers(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power in each band of a whole sound.

    Args:
        samples: shape (n,), 16 kHz.

    Returns:
        shape (n // 160, 20); see `BandPowers.within`.
    """
    return BandPowers().within(samples, 0, len(samples) // _HOP)


def noise_floor(powers: NDArray[np.float32], silent: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Power of the noise in each band over time: the median of the silent frames near by.

    Args:
        powers: shape (frames, bands).
        silent: shape (frames,), where nobody speaks.

    Returns:
        shape (frames, bands).
    """
    levels = np.log10(powers + _LEAST_POWER)
    if np.count_nonzero(silent) < _FLOOR_LEAST:
        total = powers.sum(axis=1)
        silent = total <= np.percentile(total, 5)
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


def standing_out(
    powers: NDArray[np.float32],
    floor: NDArray[np.float32],
    speech: NDArray[np.bool_],
    decay: float | None,
) -> NDArray[np.float32]:
    """How far each frame stands above noise and echo, in dB; noise alone reads about 0.

    The echo is that of Lebart, Boucher & Denbigh (2001): the power of a moment before, less what the room
    has swallowed since.

    Args:
        powers: shape (frames, bands).
        floor: likewise, from `noise_floor`.
        speech: shape (frames,), where somebody surely speaks.
        decay: dB a second at which the room's sound dies away; None for a room without an echo.

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
