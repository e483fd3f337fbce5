"""A second language is written in itself, and an accent stays English."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.report import ModelDescription, Span, Word
from analysis.transcription.fake import FakeEngine
from analysis.transcription.languages import foreign_stretches
from analysis.transcription.protocol import HeardLanguage, Transcription, WindowText
from analysis.transcription.verbatim import transcribe
from tests.analysis.constructed import activity_of, recording_of

SPEECH = [(float(start), start + 2.6) for start in range(0, 60, 3)]
"""A minute of speech with a pause every 3 s."""
ACTIVITY = activity_of(SPEECH, 60.0)
RECORDING = recording_of(np.zeros(60 * 16_000))


@dataclass
class Bilingual:
    """Hears a language at given times, and writes a word a second that is less probable in another one.

    Attributes:
        foreign: when it is not English.
        language: which language it is.
        sure: probability of its words in that language; `sure_in_english` likewise in English.
    """

    foreign: Span
    language: str = "es"
    sure: float = 0.9
    sure_in_english: float = 0.6
    description: ModelDescription = FakeEngine().description
    detector: None = None
    asked: list[tuple[str | None, Span]] = field(default_factory=list)

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        written = language or "en"
        for window in windows:
            self.asked.append((language, window))
            count = max(1, int(window.duration / 4))
            edges = np.linspace(window.start, window.end, count + 1)
            heard = tuple(self._heard(Span(a, b)) for a, b in pairwise(edges))
            words = tuple(
                Word(f"w{second}", second, second + 0.5, self._probability(second, written), written)
                for second in range(int(np.ceil(window.start)), int(np.ceil(window.end)))
            )
            yield WindowText(window, words, written, 0.9, languages=heard)

    def _heard(self, piece: Span) -> HeardLanguage:
        share = piece.overlap(self.foreign) / piece.duration
        return HeardLanguage(self.language if share > 0.5 else "en", max(share, 1 - share), 1 - share)

    def _probability(self, second: float, written: str) -> float:
        foreign = self.foreign.start <= second < self.foreign.end
        if foreign:
            return self.sure if written == self.language else self.sure_in_english
        return 0.9 if written == "en" else 0.4


def transcribed(engine: Bilingual) -> Transcription:
    return transcribe(RECORDING, ACTIVITY, engine)


@pytest.mark.parametrize("foreign", [Span(30.0, 60.0), Span(21.0, 42.0), Span(0.0, 21.0)])
def test_a_stretch_in_another_language_is_written_in_it(foreign: Span) -> None:
    found = transcribed(Bilingual(foreign))
    words = found.transcript.words
    assert [word.text for word in words] == [f"w{second}" for second in range(60)]
    # A window is cut in a pause, so the change may be off by half of one.
    assert {word.language for word in words if foreign.start + 0.5 < word.start < foreign.end - 0.5} == {"es"}
    outside = [w for w in words if not foreign.start - 0.5 < w.start < foreign.end + 0.5]
    assert {word.language for word in outside} == {"en"}
    assert found.transcript.language == "en"
    (notice,) = found.notices
    assert notice.code == "second_language"
    assert "Spanish" in notice.text
    assert notice.start == pytest.approx(foreign.start, abs=0.7)
    assert notice.end == pytest.approx(foreign.end, abs=0.7)


def test_a_sentence_in_another_language_stays_english() -> None:
    found = transcribed(Bilingual(Span(30.0, 33.0)))
    assert {word.language for word in found.transcript.words} == {"en"}
    assert found.notices == ()


def test_an_accent_that_sounds_like_a_language_stays_english() -> None:
    found = transcribed(Bilingual(Span(21.0, 42.0), "da", sure=0.4))
    assert {word.language for word in found.transcript.words} == {"en"}
    assert found.notices == ()


def test_what_the_recogniser_follows_in_no_language_stays_english() -> None:
    found = transcribed(Bilingual(Span(21.0, 42.0), "zh", sure=0.5, sure_in_english=0.3))
    assert {word.language for word in found.transcript.words} == {"en"}
    assert found.notices == ()


def test_english_is_transcribed_once() -> None:
    engine = Bilingual(Span(100.0, 101.0))
    transcribed(engine)
    assert [window for _, window in engine.asked] == [window.span for window in ACTIVITY.windows]


def test_most_of_an_answer_decides_about_its_language() -> None:
    found = transcribed(Bilingual(Span(0.0, 54.0)))
    assert found.transcript.language == "es"
    assert [notice.code for notice in found.notices] == ["language_not_english"]


def test_neighbouring_stretches_are_one() -> None:
    texts = [
        WindowText(Span(start, start + 5.0), (), language, 0.9)
        for start, language in (
            (0.0, "en"),
            (5.0, "es"),
            (10.0, "es"),
            (15.0, "fr"),
            (20.0, "en"),
            (25.0, "fr"),
        )
    ]
    assert foreign_stretches(texts) == [
        ("es", Span(5.0, 15.0)),
        ("fr", Span(15.0, 20.0)),
        ("fr", Span(25.0, 30.0)),
    ]
