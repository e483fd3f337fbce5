"""Pooled rates with their variance between takes.

A pooled rate is a ratio of two sums over takes, R = sum(events) / sum(exposure). Takes are the unit of
chance: events within one take occur in clusters, so treating each as independent evidence makes intervals far
too narrow. The variance is that of the ratio estimator with linearised residuals, which equals a
cluster-robust variance with one cluster per take (Cochran 1977, Sampling Techniques, chapter 6;
Cameron & Miller 2015, A Practitioner's Guide to Cluster-Robust Inference, J. Human Resources 50(2)).

A long take pulls the pooled rate towards itself, so its residual is too small and the variance rests on
effectively fewer takes. Therefore squared residuals are divided by 1 - leverage, and the degrees of freedom
are those of the equivalent number of takes of equal length, sum(exposure)**2 / sum(exposure**2) (Bell &
McCaffrey 2002, Bias Reduction in Standard Errors for Linear Regression with Multi-Stage Samples, Survey
Methodology 28(2); Kish 1965, Survey Sampling).

Measurement error needs no term of its own: its random part is included in the scatter of the takes, and its
systematic part is the same in all takes of one build and one voice, so that it cancels out in a comparison.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from analysis.trends.amounts import Amounts, Floats
from analysis.trends.models import Estimate

CONFIDENCE = 0.95
_ROUNDING = 1e-9
"""Share of a rate below which its standard error is only rounding, because the takes do not differ."""
_NO_EVENTS_AT_MOST = 3.689
"""Upper end of the 95 % interval of the number of events if none was counted: -ln(0.025), Garwood 1936."""


@dataclass(frozen=True)
class Pooled:
    """Pooled rates; the arrays have one entry for each group of takes that was pooled.

    Attributes:
        rate: sum of events / sum of exposure.
        variance: variance of the rate.
        exposure: sum of the exposure.
        takes: number of takes in each group.
        freedom: degrees of freedom of the variance, at least 1.
    """

    rate: Floats
    variance: Floats
    exposure: Floats
    takes: int
    freedom: Floats


def pooled(events: Floats, exposure: Floats) -> Pooled:
    """Pools rates along the last axis.

    Args:
        events, exposure: arrays of equal shape; the last axis contains the takes of a group, at least two.
    """
    total = np.asarray(exposure.sum(axis=-1))
    rate = events.sum(axis=-1) / total
    residuals = events - rate[..., None] * exposure
    leverage = exposure / total[..., None]
    variance = (residuals**2 / (1.0 - leverage)).sum(axis=-1) / total**2
    variance = np.where(variance > (_ROUNDING * rate) ** 2, variance, 0.0)
    equal = total**2 / (exposure**2).sum(axis=-1)
    return Pooled(rate, variance, total, events.shape[-1], np.maximum(1.0, equal - 1.0))


def estimate(amounts: Amounts) -> Estimate:
    """A pooled figure with its plain 95 % interval.

    Args:
        amounts: amounts of at least two takes.
    """
    group = pooled(amounts.events, amounts.exposure)
    value = float(group.rate)
    reach = float(stdtrit(float(group.freedom), (1 + CONFIDENCE) / 2) * np.sqrt(group.variance))
    high = value + reach if value > 0.0 else _NO_EVENTS_AT_MOST / float(group.exposure)
    return Estimate(value, max(0.0, value - reach), high, len(amounts), float(amounts.minutes.sum()))
