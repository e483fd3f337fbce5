"""95 % intervals of figures that were measured on few events.

Shares of independent events have Wilson's interval, and counts over time the exact Poisson interval. Figures
of whole clips (F1, medians, pooled errors) have a bootstrap interval that draws speakers, because clips of
one speaker are similar; with a single speaker, clips are drawn. The bootstrap is seeded, so that the same
clips give the same interval.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NORMAL_95 = 1.959964
_DRAWS = 2000
_SEED = 20_260
_TAILS = (2.5, 97.5)


@dataclass(frozen=True)
class Figure:
    """One figure of the evaluation.

    Attributes:
        value: None if there are no events.
        low, high: 95 % interval; None if there is too little for an interval.
        n: number of events, words or clips.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


NOTHING = Figure(None, None, None, 0)


def share(part: int, whole: int) -> Figure:
    """A share with Wilson's interval (E. B. Wilson, 1927)."""
    if whole == 0:
        return NOTHING
    p, z2 = part / whole, _NORMAL_95**2
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = _NORMAL_95 * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return Figure(p, max(0.0, middle - half), min(1.0, middle + half), whole)


def rate(count: int, minutes: float) -> Figure:
    """Events per minute with the exact Poisson interval (F. Garwood, 1936)."""
    if minutes <= 0:
        return NOTHING
    from scipy.special import gammaincinv  # slow to load, and not needed to read figures

    low = float(gammaincinv(count, 0.025)) if count else 0.0
    high = float(gammaincinv(count + 1, 0.975))
    return Figure(count / minutes, low / minutes, high / minutes, count)


def f1(hits: Sequence[int], false: Sequence[int], missed: Sequence[int], clusters: Sequence[str]) -> Figure:
    """F1 over clips.

    A bootstrap is meaningless if there are no errors or only one clip; then the interval is derived from
    those of precision and recall.
    """
    counts = np.array([hits, false, missed], dtype=float).T.reshape(-1, 3)
    h, f, m = (int(total) for total in counts.sum(axis=0))
    if h + m == 0:
        return NOTHING
    value = 2 * h / (2 * h + f + m)
    weights = _draw(clusters)
    if weights is None or f + m == 0 or h == 0:
        precision, recall = share(h, h + f), share(h, h + m)
        low = _harmonic(precision.low, recall.low)
        return Figure(value, low, _harmonic(precision.high, recall.high), h + m)
    drawn = weights @ counts
    wrong = drawn[:, 1] + drawn[:, 2]
    with np.errstate(invalid="ignore"):
        values = 2 * drawn[:, 0] / (2 * drawn[:, 0] + wrong)
    return _figure(value, values, h + m)


def ratio(parts: Sequence[float], wholes: Sequence[float], clusters: Sequence[str]) -> Figure:
    """Sum of parts over sum of wholes, one of each per clip; n is the sum of the wholes."""
    whole = float(sum(wholes))
    if whole <= 0:
        return NOTHING
    weights, value = _draw(clusters), float(sum(parts)) / whole
    if weights is None:
        return Figure(value, None, None, round(whole))
    with np.errstate(invalid="ignore", divide="ignore"):
        values = (weights @ np.asarray(parts, float)) / (weights @ np.asarray(wholes, float))
    return _figure(value, values, round(whole))


def percentile(values: Sequence[Sequence[float]], clusters: Sequence[str], percent: float = 50.0) -> Figure:
    """A percentile of the pooled values of all clips.

    Args:
        values: the values of each clip.
        clusters: the speaker of each clip.
        percent: 50 for the median.
    """
    pooled = np.array([value for clip in values for value in clip], dtype=float)
    if pooled.size == 0:
        return NOTHING
    value = float(np.percentile(pooled, percent))
    weights = _draw(clusters)
    if weights is None:
        return Figure(value, None, None, pooled.size)
    owner = np.repeat(np.arange(len(values)), [len(clip) for clip in values])
    order = np.argsort(pooled, kind="stable")
    reached = np.cumsum(weights[:, owner[order]], axis=1)
    totals = reached[:, -1]
    held = totals > 0
    place = np.argmax(reached[held] >= (percent / 100 * totals[held])[:, None], axis=1)
    return _figure(value, pooled[order][place], pooled.size)


def paired_difference(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    clusters: Sequence[str],
    value: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> Figure:
    """Difference of a figure on the same clips; each draw uses the same clips for both. n is clips.

    Args:
        before, after: each clip's contribution to the sums of the figure, shape (clips, sums).
        clusters: the speaker of each clip.
        value: calculates the figure from sums, shape (..., sums) to (...).
    """
    difference = float(value(after.sum(axis=0)) - value(before.sum(axis=0)))
    weights = _draw(clusters)
    if weights is None:
        return Figure(difference, None, None, len(before))
    return _figure(difference, value(weights @ after) - value(weights @ before), len(before))


def _draw(clusters: Sequence[str]) -> NDArray[np.float64] | None:
    """How often each clip is drawn, shape (draws, clips); None with fewer than two clips."""
    names = list(clusters)
    if len(set(names)) < 2:
        names = [str(number) for number in range(len(names))]
    if len(names) < 2:
        return None
    distinct, index = np.unique(names, return_inverse=True)
    drawn = np.random.default_rng(_SEED).multinomial(
        distinct.size, np.full(distinct.size, 1 / distinct.size), size=_DRAWS
    )
    return drawn[:, index].astype(np.float64)


def _figure(value: float, values: NDArray[np.float64], n: int) -> Figure:
    values = values[np.isfinite(values)]
    if values.size == 0:
        return Figure(value, None, None, n)
    low, high = (float(end) for end in np.percentile(values, _TAILS))
    return Figure(value, min(low, value), max(high, value), n)


def _harmonic(one: float | None, other: float | None) -> float:
    if not one or not other:
        return 0.0
    return 2 * one * other / (one + other)
