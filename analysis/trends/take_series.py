"""A person's takes in order: points with running quartiles, changes of build, and the usual range."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from analysis.trends.amounts import measurable
from analysis.trends.models import FEWEST_TAKES, Break, Build, Point, Take, TakeFacts, UsualRange

RUNNING_TAKES = 7
"""Takes of the running median: about a week of practice, and enough for quartiles."""

LATEST_TAKES = 20
"""Most takes of a usual range; older takes do not show what is usual now."""


def points_of(takes: Sequence[Take], measure: str, current: Build) -> tuple[Point, ...]:
    """One point for each take, oldest first.

    Args:
        takes: oldest first.
        measure: name.
        current: the build whose takes are compared.
    """
    values: dict[Build, list[float]] = {}
    points = []
    for take in takes:
        facts = take.facts
        value = facts.values[measure] if measurable(facts, measure) else None
        latest = values.setdefault(facts.build, [])
        low = middle = high = None
        if value is not None:
            latest.append(value)
            low, middle, high = _quartiles(latest[-RUNNING_TAKES:])
        points.append(
            Point(
                answer=take.answer,
                title=take.title,
                at=take.at,
                value=value,
                doubt=facts.doubts.get(measure),
                current=facts.build == current,
                low=low,
                middle=middle,
                high=high,
            )
        )
    return tuple(points)


def _quartiles(values: Sequence[float]) -> tuple[float, float, float] | tuple[None, None, None]:
    """Quartiles with linear interpolation, as in numpy, which is slower for seven numbers."""
    if len(values) < FEWEST_TAKES:
        return None, None, None
    ranked = sorted(values)
    low, middle, high = (_interpolated(ranked, share) for share in (0.25, 0.5, 0.75))
    return low, middle, high


def _interpolated(ranked: Sequence[float], share: float) -> float:
    place = share * (len(ranked) - 1)
    under = int(place)
    over = min(under + 1, len(ranked) - 1)
    return ranked[under] + (place - under) * (ranked[over] - ranked[under])


def breaks_of(takes: Sequence[Take]) -> tuple[Break, ...]:
    """A break for each take measured by another build than the one before; figures are not compared across
    it.

    Args:
        takes: oldest first.
    """
    return tuple(
        Break(take.at, _build_change(earlier.facts.build, take.facts.build))
        for earlier, take in pairwise(takes)
        if earlier.facts.build != take.facts.build
    )


def _build_change(before: Build, after: Build) -> str:
    changed = []
    if before.analysis_version != after.analysis_version:
        changed.append(
            f"the figures are measured by analysis {after.analysis_version}; "
            f"before by {before.analysis_version}."
        )
    if before.model != after.model:
        changed.append(f"the words are written by the recogniser {after.model}; before by {before.model}.")
    elif before.model_sha256 != after.model_sha256:
        changed.append(f"the words are written by another edition of the recogniser {after.model}.")
    return " ".join(f"From here on {each}" for each in changed)


def usual_ranges(facts: Sequence[TakeFacts], build: Build) -> dict[str, UsualRange]:
    """Quartiles of every measure over the latest takes of one build.

    Args:
        facts: facts of the person's other takes, oldest first.
        build: build of the report with which the ranges are shown; takes of other builds are ignored.

    Returns:
        Ranges by name; measures with fewer than `FEWEST_TAKES` values are left out.
    """
    values: dict[str, list[float]] = {}
    for each in reversed(facts):
        if each.build != build:
            continue
        for name, value in each.values.items():
            latest = values.setdefault(name, [])
            if value is not None and len(latest) < LATEST_TAKES:
                latest.append(value)
    return {name: _usual_range(latest) for name, latest in values.items() if len(latest) >= FEWEST_TAKES}


def _usual_range(values: Sequence[float]) -> UsualRange:
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
    return UsualRange(float(low), float(middle), float(high), len(values))
