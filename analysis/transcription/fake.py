"""An engine that writes a fixed text, for tests of all stages except recognition."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.report import ModelDescription, Span, Word
from analysis.transcription.protocol import WindowText


@dataclass(frozen=True)
class FakeEngine:
    """Spreads its text evenly over each window.

    Attributes:
        text: written for every window.
        language: ISO 639-1 code that it reports.
    """

    text: str = "Um, I would like to become a doctor."
    language: str = "en"

    @property
    def detector(self) -> None:
        """None: it has no encoder states."""
        return None

    @property
    def description(self) -> ModelDescription:
        """Describes it as a fake."""
        return ModelDescription(name="fake", sha256="0" * 64, options={})

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """The fixed text, for each window."""
        texts = self.text.split()
        for window in windows:
            step = window.duration / max(1, len(texts))
            words = tuple(
                Word(text, window.start + i * step, window.start + (i + 1) * step, 0.9, self.language)
                for i, text in enumerate(texts)
            )
            yield WindowText(window, words, self.language, 0.99)
