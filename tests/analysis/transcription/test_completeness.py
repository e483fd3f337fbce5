"""A sentence that the prompt skipped comes back, with the filled pauses that the prompt brought."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.activity import Activity
from analysis.audio.recording import Recording
from analysis.transcription.completeness import complete, longest_skipped, with_filled_pauses
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import WindowText
from analysis.vocabulary import ModelDescription, RecordingDescription, Span, Word

WINDOW = Span(0.0, 12.0)
RECORDING = Recording(
    np.zeros(192_000, dtype=np.float32), RecordingDescription(12.0, None, "flac", 16_000, 1), "flac", False
)
ACTIVITY = Activity(
    duration=12.0,
    speech=(Span(0.5, 5.0), Span(6.0, 11.5)),
    silences=(Span(0.0, 0.5), Span(5.0, 6.0), Span(11.5, 12.0)),
    probabilities=(0.9,) * 375,
    speech_level=-20.0,
    noise_floor=-60.0,
)


def spoken(text: str, start: float, end: float) -> list[Word]:
    parts = text.split()
    step = (end - start) / len(parts)
    return [Word(t, start + i * step, start + (i + 1) * step, 0.9) for i, t in enumerate(parts)]


FIRST = spoken("Um, last winter our clinic lost power", 0.5, 5.0)
SECOND = spoken("I made a list of every patient on oxygen.", 6.0, 11.5)


@dataclass
class PlainEngine:
    """Writes what it is given, and remembers how it was asked."""

    words: Sequence[Word]
    asked: list[bool] = field(default_factory=list)
    description: ModelDescription = FakeEngine().description

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
        prompted: bool = True,
    ) -> Iterator[WindowText]:
        self.asked.append(prompted)
        yield WindowText(windows[0], tuple(self.words), language or "en", 1.0)


def text(words: Sequence[Word], language: str = "en") -> WindowText:
    return WindowText(WINDOW, tuple(words), language, 1.0)


def test_a_whole_text_is_not_written_again() -> None:
    engine = PlainEngine([])
    assert list(complete(text([*FIRST, *SECOND]), RECORDING, ACTIVITY, engine)) == [*FIRST, *SECOND]
    assert engine.asked == []


def test_skipped_speech_is_written_again_without_the_prompt() -> None:
    engine = PlainEngine([*FIRST[1:], *SECOND])
    words = complete(text(FIRST), RECORDING, ACTIVITY, engine)
    assert engine.asked == [False]
    assert [word.text for word in words] == [word.text for word in (*FIRST, *SECOND)]


def test_speech_under_one_stretched_word_is_skipped_speech() -> None:
    stretched = [*FIRST, Word("oxygen.", 6.0, 11.5, 0.9)]
    assert longest_skipped(text(stretched), ACTIVITY) == 5.5


def test_a_plain_text_that_is_no_longer_changes_nothing() -> None:
    assert list(complete(text(FIRST), RECORDING, ACTIVITY, PlainEngine(FIRST))) == FIRST


def test_another_language_is_left_alone() -> None:
    engine = PlainEngine([*FIRST, *SECOND])
    assert list(complete(text(FIRST, "de"), RECORDING, ACTIVITY, engine)) == FIRST
    assert engine.asked == []


def test_a_filled_pause_under_a_plain_word_is_not_added_twice() -> None:
    plain = [Word("Um,", 0.5, 1.2, 0.9), Word("last", 1.2, 1.6, 0.9)]
    assert list(with_filled_pauses(plain, FIRST)) == plain
