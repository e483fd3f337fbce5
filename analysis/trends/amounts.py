"""The amounts of a measure in each take: events, and the exposure over which they are counted.

A rate is all events over all minutes, so events and minutes are kept separate until the end. Length is
treated in the same way, with seconds as events and takes as exposure. A take in which a measure is not
measurable is left out of that measure, including its minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.measures.registry import counts_per_minute
from analysis.trends.models import TakeFacts

Floats = NDArray[np.float64]

OVERDISPERSED = frozenset({"filler_rate", "long_pause_rate"})
"""Measures of few and independent events, so that their counts vary at least as much as by pure chance
(Poisson). Counts of words vary less, because words follow one another evenly, and those of all pauses may."""

_MINUTE = 60.0


@dataclass(frozen=True)
class Amounts:
    """One measure in several takes, oldest first; all arrays have one entry for each take.

    Attributes:
        events: number of events in each take; for `answer_length` its seconds.
        exposure: minutes over which the events are counted; for `answer_length` 1 for each take.
        minutes: minutes of recorded speech.
        overdispersed: see `OVERDISPERSED`.
    """

    events: Floats
    exposure: Floats
    minutes: Floats
    overdispersed: bool

    def __len__(self) -> int:
        return len(self.events)

    def __getitem__(self, part: slice) -> "Amounts":
        return Amounts(self.events[part], self.exposure[part], self.minutes[part], self.overdispersed)


def measurable(facts: TakeFacts, measure: str) -> bool:
    """Whether a measure is measurable in a take."""
    if facts.values.get(measure) is None:
        return False
    return not counts_per_minute(measure) or facts.recorded > 0.0


def amounts_of(facts: Sequence[TakeFacts], measure: str) -> Amounts:
    """Events and exposure of a measure, over the takes in which it is measurable.

    Args:
        facts: oldest first.
        measure: `answer_length` or a rate per minute.
    """
    used = [each for each in facts if measurable(each, measure)]
    minutes = np.array([each.recorded / _MINUTE for each in used], dtype=np.float64)
    events = np.array([_events(each, measure) for each in used], dtype=np.float64)
    exposure = minutes if counts_per_minute(measure) else np.ones(len(used))
    return Amounts(events, exposure, minutes, measure in OVERDISPERSED)


def _events(facts: TakeFacts, measure: str) -> float:
    """The number of events; if the counts were not stored, it is calculated from the rate."""
    names = counts_per_minute(measure)
    if not names:
        return float(facts.values[measure] or 0.0)
    counts = [facts.values.get(name) for name in names]
    known = [count for count in counts if count is not None]
    if len(known) == len(counts):
        return float(sum(known))
    return float(facts.values[measure] or 0.0) * facts.recorded / _MINUTE
