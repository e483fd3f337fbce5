"""Made-up histories of takes, to prove what is said of real ones. Nothing here is anybody's data.

Events of a take are negative binomial: a Poisson count whose rate varies from take to take by a gamma
distribution of shape k, so that the variance is mean + mean**2 / k. In a checkout,
`python -m tests.tools.operating_characteristics` prints how often a change is called where there is none, and
how often a real one is found.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_MINUTE = 60.0


@dataclass(frozen=True)
class SimulatedHistory:
    """Takes of one or of many made-up histories.

    Attributes:
        events: counted in each take, (takes,) or (histories, takes).
        seconds: of speech in each take, of the same shape.
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
    """Counts of events in takes whose rate changes once, or never.

    Args:
        rng: source of chance.
        takes: in each history.
        rate_per_minute: expected events a minute of speech before the change.
        k: dispersion parameter; smaller is more overdispersed. 10 adds a standard deviation of 32 % of the
            rate between takes to the chance of counting, 4 one of 50 %.
        change_after: takes before the change; None for no change.
        factor: by which the rate is multiplied after it.
        seconds: length of each take; a pair draws each length evenly between its two ends.
        histories: how many at once; None for one, without an axis of its own.
        autocorrelation: of a take's rate with that of the take before it, 0 to 1 (of their normal scores).
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
    """Gamma distributed with mean 1 and shape k, each take resembling the one before it."""
    from scipy.special import gammaincinv, ndtr

    scores = rng.standard_normal(shape)
    for take in range(1, shape[-1]):
        scores[..., take] = (
            autocorrelation * scores[..., take - 1] + np.sqrt(1.0 - autocorrelation**2) * scores[..., take]
        )
    return np.asarray(gammaincinv(k, ndtr(scores)) / k)
