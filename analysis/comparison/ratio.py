"""The ratio of two takes, and whether it can be chance.

Each take's figure is the person's true figure times a random factor of mean 1. Three things make it up: how
takes of one person differ, how far the measuring is off, and for events how few of them there were to count.
The variances of their logarithms add up, and the factor is taken to be gamma distributed with the shape that
has this variance. The ratio of two such factors follows the F distribution with twice their shapes as degrees
of freedom. For events alone, without the other two, that is the interval for the ratio of two Poisson rates
with Jeffreys' prior; it stays defined where nothing was counted. For takes alone it is exact.
"""

from dataclasses import dataclass
from math import log

from scipy.special import fdtri, polygamma

PLAIN_CONFIDENCE = 0.95
"""Of the interval that has to exclude no change for `probably`."""

_NORMAL_95 = 1.96
_ZERO_HELD = 0.5
"""Events added to a count: that of Jeffreys' prior for a rate."""


@dataclass(frozen=True)
class Observed:
    """One figure of one take.

    Attributes:
        value: events, words or seconds.
        low, high: 95 % interval of what it truly is in this recording, in the unit of `value`.
        exposure: minutes that it was counted over; 1 for a length.
        counted: whether single events were counted, so that their number bears on chance.
    """

    value: float
    low: float
    high: float
    exposure: float
    counted: bool

    @property
    def rate(self) -> float:
        """Per unit of exposure, and never 0 for a count."""
        return (self.value + self._held) / self.exposure

    def shape(self, spread: float) -> float:
        """Shape of the random factor, where takes have this squared coefficient of variation."""
        measuring = log((self.high + self._held) / (self.low + self._held)) / (2 * _NORMAL_95)
        counting = _log_variance(self.value + self._held) if self.counted else 0.0
        return _shape_of(_log_variance(1 / spread) + counting + measuring**2)

    @property
    def _held(self) -> float:
        return _ZERO_HELD if self.counted else 0.0


def ratio_interval(
    first: Observed, second: Observed, spread: float, confidence: float
) -> tuple[float, float]:
    """Interval of the ratio of the second take's true figure to the first's, for the person.

    Args:
        first, second: with values above 0 unless they are counted.
        spread: squared coefficient of variation of takes in which nothing has changed.
        confidence: 0 to 1.
    """
    seen = second.rate / first.rate
    degrees = 2 * second.shape(spread), 2 * first.shape(spread)
    tail = (1 - confidence) / 2
    return float(seen * fdtri(*degrees, tail)), float(seen * fdtri(*degrees, 1 - tail))


def _log_variance(shape: float) -> float:
    """Variance of the logarithm of what is gamma distributed."""
    return float(polygamma(1, shape))


def _shape_of(log_variance: float) -> float:
    from scipy.optimize import brentq  # slow to load, and most of a service never needs it

    # 1 / x < trigamma(x) < 1 / x + 1 / x**2 bounds it on both sides.
    reach = 1 / log_variance
    return float(brentq(lambda shape: _log_variance(shape) - log_variance, reach / 2, reach + 1))
