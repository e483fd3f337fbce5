"""How a long piece of work says how far it is."""

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
        done: seconds of the recording dealt with.
        total: seconds there are; None while that is not known.
    """

    stage: Stage
    done: float
    total: float | None


ProgressListener = Callable[[Progress], None]


def ignore_progress(_: Progress) -> None:
    """A listener for callers that do not want to know."""
