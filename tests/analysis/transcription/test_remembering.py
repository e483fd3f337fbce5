"""No stretch is written twice in the same language."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import WindowText
from analysis.transcription.remembering import RememberingEngine

SAMPLES = np.zeros(16_000 * 20, dtype=np.float32)
FIRST, SECOND, THIRD = Span(0.0, 5.0), Span(5.0, 9.0), Span(9.0, 20.0)


class Counting(FakeEngine):
    """The fake engine; counts what it is asked to write."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Span, str | None]] = []

    def transcribe(
        self, samples: NDArray[np.float32], windows: Sequence[Span], *, language: str | None = None
    ) -> Iterator[WindowText]:
        self.asked += [(window, language) for window in windows]
        yield from super().transcribe(samples, windows, language=language)


def test_only_what_was_not_written_in_that_language_is_written() -> None:
    engine = Counting()
    remembering = RememberingEngine(lambda: engine)
    once = list(remembering.transcribe(SAMPLES, [FIRST, SECOND], language="en"))
    again = list(remembering.transcribe(SAMPLES, [THIRD, SECOND, FIRST], language="en"))
    assert [text.window for text in again] == [THIRD, SECOND, FIRST]
    assert again[1:] == [once[1], once[0]]
    list(remembering.transcribe(SAMPLES, [FIRST], language="es"))
    assert engine.asked == [(FIRST, "en"), (SECOND, "en"), (THIRD, "en"), (FIRST, "es")]


def test_where_the_language_is_to_be_detected_nothing_is_remembered() -> None:
    engine = Counting()
    remembering = RememberingEngine(lambda: engine)
    for _ in range(2):
        list(remembering.transcribe(SAMPLES, [FIRST]))
    assert engine.asked == [(FIRST, None)] * 2
    assert remembering.description == engine.description
