"""Where takes were measured by another build, so that figures before and after are not compared."""

from collections.abc import Sequence
from itertools import pairwise

from analysis.trends.models import Break, Build, Take


def breaks_of(takes: Sequence[Take]) -> tuple[Break, ...]:
    """One for each take that was measured otherwise than the take before it.

    Args:
        takes: oldest first.
    """
    return tuple(
        Break(take.at, _text(earlier.facts.build, take.facts.build))
        for earlier, take in pairwise(takes)
        if earlier.facts.build != take.facts.build
    )


def _text(before: Build, after: Build) -> str:
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
