"""Recognisers that other processes can load by name, and that record their use in a file."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from analysis.evaluation.runner import LoadEngine
from analysis.report import Span
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import Engine, WindowText

_PATIENCE = 300.0
"""Seconds that an engine waits: longer than a test does, but not forever."""


@dataclass(frozen=True)
class TracedEngine(FakeEngine):
    """Writes a line to a file at every call, and optionally waits for other engines.

    Attributes:
        trace: the file.
        fold: the fold that it was loaded for.
        together: number of processes that must have loaded one before any of them continues.
        only_first: whether only the clip that was started first is ever finished.
    """

    trace: Path = Path()
    fold: int | None = None
    together: int = 1
    only_first: bool = False

    def transcribe(self, samples: Any, windows: Sequence[Span], **options: Any) -> Iterator[WindowText]:
        """See `FakeEngine`."""
        with self.trace.open("a") as file:
            file.write(f"transcribe {os.getpid()} samples {len(samples)}\n")
        deadline = time.monotonic() + _PATIENCE
        while not self._may_go_on(len(samples)) and time.monotonic() < deadline:
            time.sleep(0.02)
        yield from super().transcribe(samples, windows, **options)

    def _may_go_on(self, samples: int) -> bool:
        whole, _, _ = self.trace.read_text().rpartition("\n")
        lines = [line.split() for line in whole.splitlines()]
        if len({line[1] for line in lines}) < self.together:
            return False
        # Clips are identified by their length, which differs for all of them.
        first = next(line for line in lines if line[0] == "transcribe")
        return not self.only_first or first[-1] == str(samples)


def load_traced(trace: Path, together: int, only_first: bool, fold: int | None) -> Engine:
    """Loads a `TracedEngine` and records that it was loaded."""
    with trace.open("a") as file:
        file.write(f"load {os.getpid()} fold {fold}\n")
    return TracedEngine(trace=trace, fold=fold, together=together, only_first=only_first)


def traced(trace: Path, *, together: int = 1, only_first: bool = False) -> LoadEngine:
    """A function that loads a `TracedEngine`."""
    return partial(load_traced, trace, together, only_first)


class DyingEngine(FakeEngine):
    """Ends its process abruptly, as the system does when memory runs out."""

    def transcribe(self, samples: Any, windows: Sequence[Span], **options: Any) -> Iterator[WindowText]:
        """Never returns."""
        os._exit(9)


def load_dying(fold: int | None) -> Engine:
    """Loads a `DyingEngine`."""
    return DyingEngine()
