"""Reports of progress during an analysis."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Stage = Literal["decode", "activity", "transcribe", "measure"]
STAGES: tuple[Stage, ...] = ("decode", "activity", "transcribe", "measure")


@dataclass(frozen=True)
class Progress:
    """One step of progress.

    Attributes:
        stage: what is being done.
        done: seconds of the recording that have been processed.
        total: seconds of the recording; None while its length is not known.
    """

    stage: Stage
    done: float
    total: float | None


ProgressListener = Callable[[Progress], None]


def ignore_progress(_: Progress) -> None:
    """A listener that does nothing."""
