"""A person's usual range: the middle half of their takes."""

from collections.abc import Sequence

import numpy as np

from analysis.trends.models import FEWEST_TAKES, Build, TakeFacts, UsualRange

LATEST_TAKES = 20
"""Takes that make up what is usual now; what was usual long before is no guide to it."""


def usual_ranges(facts: Sequence[TakeFacts], build: Build) -> dict[str, UsualRange]:
    """Quartiles of every measure over the latest takes of one build.

    Args:
        facts: of the person's other takes, oldest first.
        build: that of the report beside which the ranges are shown; takes of other builds do not count.

    Returns:
        By the names of measures; one with fewer than `FEWEST_TAKES` values is left out.
    """
    values: dict[str, list[float]] = {}
    for each in reversed(facts):
        if each.build != build:
            continue
        for name, value in each.values.items():
            kept = values.setdefault(name, [])
            if value is not None and len(kept) < LATEST_TAKES:
                kept.append(value)
    return {name: _range(kept) for name, kept in values.items() if len(kept) >= FEWEST_TAKES}


def _range(values: Sequence[float]) -> UsualRange:
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    return UsualRange(float(low), float(middle), float(high), len(values))
