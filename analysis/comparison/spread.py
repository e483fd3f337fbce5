"""The spread of takes: how much takes of one person differ when nothing has changed.

A person who answers the same question twice does not speak in the same way twice. Without a value for the
spread, every difference between two takes would look like a change. It is given as the squared coefficient of
variation (variance / mean², without unit) of a take's true rate or length. For a rate of events, 1 / spread
is the `k` of the negative binomial distribution of the events in a take.

Two takes cannot show their spread. It is estimated from cautious defaults and, once there are enough, from
the person's other takes. Those include real changes and other questions, which makes the estimate larger and
the comparison more cautious.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri

from analysis.trends.amounts import Amounts, amounts_of
from analysis.trends.models import FAMILY, Build, TakeFacts

FEWEST_OWN_TAKES = 10
"""Fewest takes of the same build from which a person's own spread is estimated."""

_DEFAULT_WEIGHT = 10
"""Weight of the default in takes, because a variance over ten takes has itself an error of half its value."""

_CAUTION = 0.75
"""Probability that a person's true spread is no larger than the estimate from their takes."""

_LEAST_OF_DEFAULT, _MOST_OF_DEFAULT = 0.25, 4.0
"""Bounds of a person's own spread, as multiples of the default."""

DEFAULT_SPREAD = {
    # Two of three takes differ from the usual by less than a quarter: 68 to 112 s around 90 s.
    "answer_length": 0.25**2,
    # Likewise 123 to 157 words a minute around 140.
    "speaking_rate": 0.12**2,
    # k = 4, the more cautious of the two values with which the statistics of progress are tested.
    "long_pause_rate": 1 / 4,
    "filler_rate": 1 / 4,
}
"""Spread if nothing is known about the person. No study of repeated interview answers was available, so these
are our own assumptions."""

_COUNTED = frozenset({"long_pause_rate", "filler_rate"})
"""Rates of events, for which the chance in counting few events adds to the scatter."""


@dataclass(frozen=True)
class Spread:
    """The spread of takes.

    Attributes:
        squared: squared coefficient of variation of takes, by the names of `FAMILY`.
        takes: number of the person's takes that it was estimated from; 0 for the default.
    """

    squared: dict[str, float]
    takes: int


def spread_of(facts: Sequence[TakeFacts], build: Build) -> Spread:
    """The spread of a person's takes, or the default if there are too few.

    Args:
        facts: facts of the person's other takes, without the two that are compared.
        build: build of the two takes; takes of other builds are ignored.
    """
    same = [each for each in facts if each.build == build]
    if len(same) < FEWEST_OWN_TAKES:
        return Spread(dict(DEFAULT_SPREAD), 0)
    return Spread({measure: _weighed(measure, amounts_of(same, measure)) for measure in FAMILY}, len(same))


def _weighed(measure: str, amounts: Amounts) -> float:
    default, takes = DEFAULT_SPREAD[measure], len(amounts)
    if takes < FEWEST_OWN_TAKES or not amounts.events.sum():
        return default
    own = float(np.clip(_own(measure, amounts), _LEAST_OF_DEFAULT * default, _MOST_OF_DEFAULT * default))
    return (takes * own + _DEFAULT_WEIGHT * default) / (takes + _DEFAULT_WEIGHT)


def _own(measure: str, amounts: Amounts) -> float:
    """The spread by the method of moments: the scatter around the pooled rate minus that of counting.

    A few takes may by chance differ less than usual, so an upper bound of the scatter is used, which holds
    with a probability of `_CAUTION`.
    """
    takes = len(amounts)
    expected = amounts.events.sum() / amounts.exposure.sum() * amounts.exposure
    scatter = takes * ((amounts.events - expected) ** 2).sum() / chdtri(takes - 1, _CAUTION)
    counting = expected.sum() if measure in _COUNTED else 0.0
    return float((scatter - counting) / (expected**2).sum())
