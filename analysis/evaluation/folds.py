"""Which detectors judge a clip: those that are shipped, or those that were trained without its fold."""

from collections.abc import Callable

FoldOf = Callable[[str], int | None]
"""The fold that a labelled clip is in, by its id; None for clips that no detector was trained on."""


def known_folds(model_sha256: str) -> FoldOf:
    """The folds of a recogniser's detectors; for a model that none was trained for, no clip is in one."""
    from analysis.filled_pauses.detector import load_detector
    from analysis.filled_pauses.folds import fold_of

    return fold_of if load_detector(model_sha256) is not None else lambda clip: None
