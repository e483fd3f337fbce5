"""The interval of the ratio of two takes, which shows whether their difference can be chance.

Each take's figure is modelled as the person's true figure times a random factor of mean 1. The factor has
three components: the variation between takes of one person, the measurement error and, for events, the
chance in counting few of them. The variances of their logarithms add up, and the factor is assumed to be
gamma distributed with the shape that has this variance. The ratio of two such factors follows the F
distribution with twice their shapes as degrees of freedom. For the chance in counting alone, this is the
interval for the ratio of two Poisson rates with Jeffreys' prior, which is defined even for counts of 0. For
the variation between takes alone it is exact.
"""

from dataclasses import dataclass
from math import log

from scipy.special import fdtri, polygamma

PLAIN_CONFIDENCE = 0.95
"""Confidence of the interval that has to exclude 'no change' for the verdict `probably`."""

_NORMAL_95 = 1.96
_PRIOR_EVENTS = 0.5
"""Events added to a count, according to Jeffreys' prior for a rate."""


@dataclass(frozen=True)
class Observed:
    """One figure of one take.

    Attributes:
        value: number of events or words, or seconds.
        low, high: 95 % interval of the true value in this recording, in the unit of `value`.
        exposure: minutes over which it was counted; 1 for a length.
        counted: whether single events were counted, so that few of them add to the uncertainty.
    """

    value: float
    low: float
    high: float
    exposure: float
    counted: bool

    @property
    def rate(self) -> float:
        """The rate per unit of exposure; never 0 for a count."""
        return (self.value + self._prior) / self.exposure

    def shape(self, spread: float) -> float:
        """Shape of the random factor, for takes with this squared coefficient of variation."""
        measuring = log((self.high + self._prior) / (self.low + self._prior)) / (2 * _NORMAL_95)
        counting = _log_variance(self.value + self._prior) if self.counted else 0.0
        return _shape_of(_log_variance(1 / spread) + counting + measuring**2)

    @property
    def _prior(self) -> float:
        return _PRIOR_EVENTS if self.counted else 0.0


def ratio_interval(
    first: Observed, second: Observed, spread: float, confidence: float
) -> tuple[float, float]:
    """Interval of the ratio of the second take's true figure to the first's, for the person.

    Args:
        first, second: their values must be above 0 unless they are counted.
        spread: squared coefficient of variation of takes without a change.
        confidence: 0 to 1.
    """
    ratio = second.rate / first.rate
    degrees = 2 * second.shape(spread), 2 * first.shape(spread)
    tail = (1 - confidence) / 2
    return float(ratio * fdtri(*degrees, tail)), float(ratio * fdtri(*degrees, 1 - tail))


def _log_variance(shape: float) -> float:
    """Variance of the logarithm of a gamma distributed variable."""
    return float(polygamma(1, shape))


def _shape_of(log_variance: float) -> float:
    from scipy.optimize import brentq  # slow to load, and rarely needed by the service

    # 1 / x < trigamma(x) < 1 / x + 1 / x**2 gives both bounds.
    reach = 1 / log_variance
    return float(brentq(lambda shape: _log_variance(shape) - log_variance, reach / 2, reach + 1))
