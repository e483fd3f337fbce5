"""Every take as a dot, with the running middle and middle half of the takes up to there."""

from collections.abc import Sequence

from analysis.trends.amounts import measurable
from analysis.trends.models import FEWEST_TAKES, Build, Point, Take

RUNNING_TAKES = 7
"""Takes under the running middle: about a week of practice, and enough for quartiles."""


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
    """Interpolated linearly, as numpy does; by hand, as numpy takes longer for seven numbers."""
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
