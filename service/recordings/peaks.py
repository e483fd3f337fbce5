"""The waveform of a recording, as peaks to draw."""

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording

PEAK_RATE = 50.0
"""Peaks per second: one every 20 ms, finer than a pixel of a 90 s answer on a wide screen."""

MOST_PEAKS = 20_000
"""Peaks. About 140 kB of JSON; an hour has 5 peaks per second."""

MINUTE_SAMPLES = 60 * SAMPLE_RATE
"""Samples processed at a time, so that an hour is never copied as a whole."""


class Peaks(BaseModel):
    """A waveform to draw: the largest amplitude of each stretch, from 0 to 1."""

    duration: float
    rate: float = Field(description="Peaks per second.")
    peaks: list[float]


def waveform(recording: Recording) -> Peaks:
    """The waveform of a whole recording."""
    rate = peak_rate(len(recording.samples))
    return Peaks(duration=round(recording.duration, 3), rate=rate, peaks=peaks(recording.samples, rate=rate))


def peak_rate(samples: int, *, rate: float = PEAK_RATE) -> float:
    """The number of peaks per second that keeps a recording under `MOST_PEAKS`.

    Args:
        samples: length of the recording in samples at 16 kHz.
        rate: preferred number of peaks per second.

    Returns:
        `rate`, halved as often as needed, and adjusted so that every peak covers a whole number of samples.
    """
    while samples / SAMPLE_RATE * rate > MOST_PEAKS:
        rate /= 2
    return SAMPLE_RATE / round(SAMPLE_RATE / rate)


def peaks(samples: NDArray[np.float32], *, rate: float = PEAK_RATE) -> list[float]:
    """The largest amplitude in each stretch of 1/rate s.

    Args:
        samples: shape (n,), float32, 16 kHz.
        rate: peaks per second, from `peak_rate`.

    Returns:
        Values from 0 to 1, rounded to 3 digits; the last may cover a shorter stretch.
    """
    length = round(SAMPLE_RATE / rate)
    step = max(1, MINUTE_SAMPLES // length) * length
    values: list[float] = []
    for first in range(0, len(samples), step):
        block = np.abs(samples[first : first + step])
        highest = np.maximum.reduceat(block, np.arange(0, len(block), length))
        values.extend(float(value) for value in np.minimum(highest, 1.0).astype(np.float64).round(3))
    return values
