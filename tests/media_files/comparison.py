"""Compares the sound of two recordings as a listener would: by level, not by sample."""

import numpy as np
from numpy.typing import NDArray

LEVEL_FRAME = 0.05
"""Seconds in which levels are compared."""

LEVEL_DIFFERENCE = 20.0
"""dB between levels that count as different sound."""

AUDIBLE = -50.0
"""dB re full scale; what is quieter in both counts as equal."""

MOST_SHIFT = 2
"""Frames by which the sound may have moved."""


def seconds_that_differ(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Seconds of sound (16 kHz) that one has and the other has not, at the best shift of a few frames."""
    levels = _levels(first), _levels(second)
    shifts = range(-MOST_SHIFT, MOST_SHIFT + 1)
    return LEVEL_FRAME * min(_frames_that_differ(*levels, shift) for shift in shifts)


def _levels(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    frame = round(LEVEL_FRAME * 16_000)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame).astype(np.float64)
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(np.mean(frames**2, axis=1), 1e-12))
    return levels


def _frames_that_differ(first: NDArray[np.float64], second: NDArray[np.float64], shift: int) -> int:
    first, second = first[max(0, shift) :], second[max(0, -shift) :]
    both = min(len(first), len(second))
    apart = np.abs(first[:both] - second[:both]) > LEVEL_DIFFERENCE
    audible = np.maximum(first[:both], second[:both]) > AUDIBLE
    rest = np.concatenate([first[both:], second[both:]])
    return int(np.count_nonzero(apart & audible) + np.count_nonzero(rest > AUDIBLE))
