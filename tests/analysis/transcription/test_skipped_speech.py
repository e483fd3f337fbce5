"""A sentence that the recogniser skipped is restored by transcribing its stretch again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.report import ModelDescription, Span, Word
from analysis.signal.windows import Window
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import WindowText
from analysis.transcription.skipped_speech import restore_skipped_speech, skipped_stretches

SPAN = Span(0.0, 12.0)
SAMPLES = np.zeros(192_000, dtype=np.float32)
WINDOW = Window(
    SPAN,
    speech=(Span(0.5, 5.0), Span(6.0, 11.5)),
    silences=(Span(0.0, 0.5), Span(5.0, 6.0), Span(11.5, 12.0)),
)


def spoken(text: str, start: float, end: float) -> list[Word]:
    parts = text.split()
    step = (end - start) / len(parts)
    return [Word(t, start + i * step, start + (i + 1) * step, 0.9) for i, t in enumerate(parts)]


FIRST = spoken("Um, last winter our clinic lost power", 0.5, 5.0)
SECOND = spoken("I made a list of every patient on oxygen.", 6.0, 11.5)


@dataclass
class SecondHearing:
    """Writes the given words, and records the windows that it is asked for."""

    words: Sequence[Word]
    asked: list[Span] = field(default_factory=list)
    description: ModelDescription = FakeEngine().description

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        self.asked.extend(windows)
        for window in windows:
            yield WindowText(window, tuple(self.words), language or "en", 1.0)


def text(words: Sequence[Word], language: str = "en") -> WindowText:
    return WindowText(SPAN, tuple(words), language, 1.0)


def test_a_complete_text_is_not_transcribed_again() -> None:
    engine = SecondHearing([])
    assert list(restore_skipped_speech(text([*FIRST, *SECOND]), SAMPLES, WINDOW, engine).words) == [
        *FIRST,
        *SECOND,
    ]
    assert engine.asked == []


def test_skipped_speech_is_transcribed_again_on_its_own() -> None:
    engine = SecondHearing(SECOND)
    words = restore_skipped_speech(text(FIRST), SAMPLES, WINDOW, engine).words
    assert engine.asked == [Span(5.5, 11.75)]  # from silence to silence
    assert [word.text for word in words] == [word.text for word in (*FIRST, *SECOND)]


def test_speech_before_the_first_word_is_skipped_speech() -> None:
    words = restore_skipped_speech(text(SECOND), SAMPLES, WINDOW, SecondHearing(FIRST)).words
    assert list(words) == [*FIRST, *SECOND]


def test_speech_under_one_stretched_word_is_skipped_speech() -> None:
    stretched = text([*FIRST, Word("oxygen.", 6.0, 11.5, 0.9)])
    assert skipped_stretches(stretched, WINDOW) == [Span(5.5, 11.75)]
    assert list(restore_skipped_speech(stretched, SAMPLES, WINDOW, SecondHearing(SECOND)).words) == [
        *FIRST,
        *SECOND,
    ]


def test_two_skips_within_one_stretch_are_transcribed_again_once() -> None:
    words = [*FIRST, Word("I", 8.0, 8.1, 0.9), Word("oxygen.", 10.0, 11.5, 0.9)]
    assert skipped_stretches(text(words), WINDOW) == [Span(5.5, 11.75)]


def test_a_long_skip_is_transcribed_again_in_parts() -> None:
    assert skipped_stretches(text([]), WINDOW) == [Span(0.25, 5.5), Span(5.5, 11.75)]


def test_a_new_text_that_is_no_longer_changes_nothing() -> None:
    once_more = SecondHearing([Word("Um,", 6.0, 7.0, 0.9), Word("I", 7.0, 7.2, 0.9)])
    assert list(restore_skipped_speech(text(FIRST), SAMPLES, WINDOW, once_more).words) == FIRST


def test_a_new_text_that_goes_round_in_circles_changes_nothing() -> None:
    circles = spoken("great job, great job, great job, great job, great job,", 6.0, 11.5)
    found = restore_skipped_speech(text(FIRST), SAMPLES, WINDOW, SecondHearing(circles))
    assert list(found.words) == FIRST


def test_another_language_is_not_transcribed_again() -> None:
    engine = SecondHearing(SECOND)
    assert list(restore_skipped_speech(text(FIRST, "de"), SAMPLES, WINDOW, engine).words) == FIRST
    assert engine.asked == []
