"""Which labelled clips a detector was trained without, so that its error can be measured on speech new to it.

Clips that share a speaker, a synthesiser or a recorded filler are in one fold, a degraded clip in that of its
clean twin; and a fold's detector has met none of its voices in other folds either.
"""

from analysis.filled_pauses.detector import trained_description


def fold_of(clip: str) -> int | None:
    """The fold of a labelled clip by its id; None for one that no detector was trained on."""
    folds: dict[str, int] = trained_description()["folds"]
    return folds.get(clip)
