"""A recording as a waveform to draw."""

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE

PEAK_RATE = 50.0
"""Peaks a second: one each 20 ms, finer than a pixel of a 90 s answer on a wide screen."""

MOST_PEAKS = 20_000
"""Peaks. About 140 kB of JSON; an hour comes out at 5 peaks a second."""

MINUTE_SAMPLES = 60 * SAMPLE_RATE
"""Samples. Looked at together, so that an hour never needs a second copy of itself."""


def peak_rate(samples: int, *, rate: float = PEAK_RATE) -> float:
    """Peaks a second that keep a recording under `MOST_PEAKS`.

    Args:
        samples: length of the recording at 16 kHz.
        rate: wanted, peaks a second.

    Returns:
        `rate`, halved as often as needed; every peak then covers a whole number of samples.
    """
    while samples / SAMPLE_RATE * rate > MOST_PEAKS:
        rate /= 2
    return SAMPLE_RATE / round(SAMPLE_RATE / rate)


def peaks(samples: NDArray[np.float32], *, rate: float = PEAK_RATE) -> list[float]:
    """The largest deflection in each stretch of 1/rate s.

    Args:
        samples: shape (n,), float32, 16 kHz.
        rate: peaks a second, as `peak_rate` gives it.

    Returns:
        Values from 0 to 1, rounded to 3 digits; the last may cover a shorter stretch.
    """
    length = round(SAMPLE_RATE / rate)
    step = max(1, MINUTE_SAMPLES // length) * length
    found: list[float] = []
    for first in range(0, len(samples), step):
        block = np.abs(samples[first : first + step])
        highest = np.maximum.reduceat(block, np.arange(0, len(block), length))
        found.extend(float(value) for value in np.minimum(highest, 1.0).astype(np.float64).round(3))
    return found
