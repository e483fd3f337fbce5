"""Remembers what a recogniser wrote in a language that it was told, so that no stretch is written twice.

A stretch that may be in another language is written again in both. During a live recording that is done as
soon as its window is there, and the result is still needed when the recording has ended.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.detector import FilledPauseDetector
from analysis.report import ModelDescription, Span
from analysis.transcription.protocol import Engine, WindowText


class RememberingEngine:
    """A recogniser for one recording. See `Engine`.

    Args:
        load: returns the recogniser; called when it is first needed.
    """

    def __init__(self, load: Callable[[], Engine]) -> None:
        self._load = cache(load)
        self._written: dict[tuple[float, float, str], WindowText] = {}

    @property
    def description(self) -> ModelDescription:
        """See `Engine.description`."""
        return self._load().description

    @property
    def detector(self) -> FilledPauseDetector | None:
        """See `Engine.detector`."""
        return self._load().detector

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`. What is between the ends of a window must not change between two calls."""
        if language is None:
            yield from self._load().transcribe(samples, windows)
            return
        keys = [(window.start, window.end, language) for window in windows]
        missing = [window for window, key in zip(windows, keys, strict=True) if key not in self._written]
        texts = self._load().transcribe(samples, missing, language=language) if missing else iter(())
        for key in keys:
            if key not in self._written:
                self._written[key] = next(texts)
            yield self._written[key]
