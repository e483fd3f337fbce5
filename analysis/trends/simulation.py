"""Simulated histories of takes, to check the statistics of progress.

Events of a take are negative binomial: a Poisson count with a rate that varies from take to take by a gamma
distribution of shape k, so that the variance is mean + mean**2 / k. In a checkout,
`python -m tests.tools.operating_characteristics` prints how often a change is reported if there is none, and
how often a real change is found.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MINUTE = 60.0


@dataclass(frozen=True)
class SimulatedHistory:
    """Takes of one or many simulated histories.

    Attributes:
        events: number of events in each take, shape (takes,) or (histories, takes).
        seconds: seconds of speech in each take, of the same shape.
    """

    events: NDArray[np.int64]
    seconds: NDArray[np.float64]


def simulated_history(
    rng: np.random.Generator,
    *,
    takes: int,
    rate_per_minute: float = 8.0,
    k: float = 10.0,
    change_after: int | None = None,
    factor: float = 1.0,
    seconds: float | tuple[float, float] = 90.0,
    histories: int | None = None,
    autocorrelation: float = 0.0,
) -> SimulatedHistory:
    """Simulates counts of events in takes with a rate that changes once, or never.

    Args:
        rng: random generator.
        takes: number of takes in each history.
        rate_per_minute: expected events per minute of speech before the change.
        k: dispersion parameter; smaller is more overdispersed. 10 adds a standard deviation of 32 % of the
            rate between takes to the Poisson variation, 4 one of 50 %.
        change_after: number of takes before the change; None for no change.
        factor: factor on the rate after the change.
        seconds: length of each take; for a pair, each length is drawn uniformly between the two.
        histories: number of histories; None for one, without an axis for histories.
        autocorrelation: correlation of a take's rate with that of the take before it, 0 to 1 (of their normal
            scores).
    """
    shape = (takes,) if histories is None else (histories, takes)
    lengths = rng.uniform(*seconds, size=shape) if isinstance(seconds, tuple) else np.full(shape, seconds)
    rates = np.full(takes, rate_per_minute)
    if change_after is not None:
        rates[change_after:] *= factor
    expected = rates * lengths / _MINUTE
    scatter = (
        rng.gamma(k, 1.0 / k, size=shape)
        if autocorrelation == 0.0
        else _autocorrelated_gamma(rng, shape, k, autocorrelation)
    )
    return SimulatedHistory(rng.poisson(expected * scatter), lengths)


def _autocorrelated_gamma(
    rng: np.random.Generator, shape: tuple[int, ...], k: float, autocorrelation: float
) -> NDArray[np.float64]:
    """Autocorrelated gamma distributed values with mean 1 and shape k."""
    from scipy.special import gammaincinv, ndtr

    scores = rng.standard_normal(shape)
    for take in range(1, shape[-1]):
        scores[..., take] = (
            autocorrelation * scores[..., take - 1] + np.sqrt(1.0 - autocorrelation**2) * scores[..., take]
        )
    return np.asarray(gammaincinv(k, ndtr(scores)) / k)
