"""How far takes of one person lie apart when nothing has changed.

A person who answers the same question twice does not speak the same way twice: without such a figure every
difference between two takes would look like a change. It is given as the squared coefficient of variation
(variance / mean², without unit) of a take's true rate or length. For a rate of events 1 / that is the `k`
of the negative binomial distribution, which the events of takes then follow.

Two takes say nothing of it, so it comes from elsewhere: from defaults that are on the cautious side, and from
the person's own other takes once there are enough. Those hold real changes and other questions too, which
makes the figure larger and the comparison more cautious.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri

from analysis.trends.amounts import Amounts, amounts_of
from analysis.trends.models import FAMILY, Build, TakeFacts

FEWEST_OWN_TAKES = 10
"""Takes of the same build from which a person's own spread is looked at."""

_DEFAULT_WEIGHT = 10
"""Takes that the default counts for beside the person's own: a variance over ten is itself off by half."""

_CAUTION = 0.75
"""Probability that a person's takes scatter no more than is taken from them."""

_LEAST_OF_DEFAULT, _MOST_OF_DEFAULT = 0.25, 4.0
"""Bounds of a person's own spread, in defaults."""

DEFAULT_SPREAD = {
    # Two of three takes lie within a quarter of the usual: 68 to 112 s around 90 s.
    "answer_length": 0.25**2,
    # Likewise 123 to 157 words a minute around 140.
    "speaking_rate": 0.12**2,
    # k = 4, the more cautious of the two that the statistics of progress are tested with.
    "pause_rate": 1 / 4,
    "filler_rate": 1 / 4,
}
"""Where nothing is known of the person. No study of repeated interview answers was at hand: they are ours."""

_COUNTED = frozenset({"pause_rate", "filler_rate"})
"""Rates of events, in whose scatter the chance of counting few of them has a part."""


@dataclass(frozen=True)
class Spread:
    """What two takes are compared with.

    Attributes:
        squared: squared coefficient of variation of takes, by the names of `FAMILY`.
        takes: of the person's own that it rests on; 0 where it is the default.
    """

    squared: dict[str, float]
    takes: int


def spread_of(facts: Sequence[TakeFacts], build: Build) -> Spread:
    """The spread of a person's takes, or the default where there are too few.

    Args:
        facts: of the person's other takes: the two that are compared are not among them.
        build: that of the two takes; takes of other builds do not count.
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
    """By the method of moments: scatter around the pooled rate, less that of counting.

    A few takes may by chance lie closer together than they usually do, so the scatter is taken as large as it
    is with a probability of `_CAUTION`.
    """
    takes = len(amounts)
    expected = amounts.events.sum() / amounts.exposure.sum() * amounts.exposure
    scatter = takes * ((amounts.events - expected) ** 2).sum() / chdtri(takes - 1, _CAUTION)
    counting = expected.sum() if measure in _COUNTED else 0.0
    return float((scatter - counting) / (expected**2).sum())
