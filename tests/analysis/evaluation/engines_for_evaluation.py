"""Recognisers that other processes can load by name, and that leave a trace of being used."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analysis.evaluation.runner import LoadEngine
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import Engine, WindowText
from analysis.vocabulary import Span


@dataclass(frozen=True)
class TracedEngine(FakeEngine):
    """Writes a line into a file whenever it is asked, and takes its time.

    Attributes:
        trace: the file.
        pause: seconds.
        fold: that it was loaded for.
    """

    trace: Path = Path()
    pause: float = 0.0
    fold: int | None = None

    def transcribe(self, samples: Any, windows: Sequence[Span], **options: Any) -> Iterator[WindowText]:
        """See `FakeEngine`."""
        with self.trace.open("a") as file:
            file.write(f"transcribe {os.getpid()} samples {len(samples)}\n")
        time.sleep(self.pause)
        yield from super().transcribe(samples, windows, **options)


def load_traced(trace: Path, pause: float, fold: int | None) -> Engine:
    """A `TracedEngine`; its loading is traced too."""
    with trace.open("a") as file:
        file.write(f"load {os.getpid()} fold {fold}\n")
    return TracedEngine(trace=trace, pause=pause, fold=fold)


def traced(trace: Path, pause: float = 0.0) -> LoadEngine:
    """What loads it."""
    return partial(load_traced, trace, pause)


class DyingEngine(FakeEngine):
    """Ends its process as the system does when memory runs out."""

    def transcribe(self, samples: Any, windows: Sequence[Span], **options: Any) -> Iterator[WindowText]:
        """Does not return."""
        os._exit(9)


def load_dying(fold: int | None) -> Engine:
    """A `DyingEngine`."""
    return DyingEngine()
