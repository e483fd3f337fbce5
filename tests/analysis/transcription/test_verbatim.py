"""Words are kept if there is speech at their time, and only then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.detector import FilledPauseDetector
from analysis.filled_pauses.evidence import FEATURES
from analysis.progress import Progress
from analysis.report import ModelDescription, Span, Word
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import WindowText
from analysis.transcription.verbatim import LANGUAGE_NAMES, transcribe
from tests.analysis.constructed import activity_of, recording_of

ACTIVITY = activity_of([(1.0, 4.0), (10.0, 14.0)], 20.0)
RECORDING = recording_of(np.zeros(20 * 16_000))


@dataclass
class ScriptedEngine:
    """Writes given words, whatever the audio."""

    words: Sequence[Word]
    asked: list[Sequence[Span]] = field(default_factory=list)
    description: ModelDescription = FakeEngine().description
    detector: FilledPauseDetector | None = None
    candidates: tuple[Candidate, ...] = ()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        self.asked.append(windows)
        for window in windows:
            yield WindowText(window, tuple(self.words), "en", 0.98765, self.candidates)


def test_a_certain_word_is_kept_where_its_level_shows_speech() -> None:
    unheard = replace(ACTIVITY, probabilities=(0.1,) * len(ACTIVITY.probabilities))
    words = [
        Word("expert", 2.0, 2.5, 0.97),
        Word("Yeah.", 3.0, 3.3, 0.4),
        Word("you.", 6.0, 6.3, 0.99),
    ]
    found = transcribe(RECORDING, unheard, ScriptedEngine(words))
    assert [w.text for w in found.transcript.words] == ["expert"]


def test_words_over_silence_are_dropped_and_reported() -> None:
    words = [
        Word("Hello", 1.0, 1.5, 0.9),
        Word("Thank", 6.0, 6.3, 0.99),
        Word("you.", 6.3, 6.6, 0.99),
        Word("there.", 10.0, 11.0, 0.9),
    ]
    found = transcribe(RECORDING, ACTIVITY, ScriptedEngine(words))
    assert [w.text for w in found.transcript.words] == ["Hello", "there."]
    assert [w.text for w in found.dropped] == ["Thank", "you."]
    (notice,) = found.notices
    assert notice.code == "words_without_speech"
    assert notice.text.startswith("The recogniser wrote 2 words where nobody speaks.")
    assert (notice.start, notice.end) == (6.0, 6.6)
    assert [s.words for s in found.transcript.sentences] == [2]


def test_one_dropped_word_is_reported_in_the_singular() -> None:
    found = transcribe(RECORDING, ACTIVITY, ScriptedEngine([Word("Bye.", 17.0, 17.5, 0.9)]))
    assert "1 word where nobody speaks. It was" in found.notices[0].text


@pytest.mark.parametrize(("start", "kept"), [(0.2, False), (0.7, True), (4.1, True), (4.4, False)])
def test_word_times_may_be_a_little_off(start: float, kept: bool) -> None:
    found = transcribe(RECORDING, ACTIVITY, ScriptedEngine([Word("I", start, start + 0.2, 0.9)]))
    assert bool(found.transcript.words) == kept


def test_the_engine_is_given_no_window_without_speech() -> None:
    engine = ScriptedEngine([Word("Thank", 1.0, 2.0, 0.9)])
    found = transcribe(RECORDING, activity_of([], 20.0), engine)
    assert engine.asked == []
    assert found.transcript.words == () and found.transcript.sentences == ()
    assert found.notices == ()


@pytest.mark.parametrize("language", ["de", "zh", "xx"])
def test_another_language_is_reported(language: str) -> None:
    found = transcribe(RECORDING, ACTIVITY, FakeEngine("Guten Tag und hallo", language))
    (notice,) = found.notices
    assert notice.code == "language_not_english"
    assert LANGUAGE_NAMES.get(language, f"({language})") in notice.text
    assert found.transcript.language == language


def test_english_is_not_mentioned() -> None:
    words = [Word("Hello", 1.0, 1.5, 0.9), Word("there.", 10.0, 11.0, 0.9)]
    found = transcribe(RECORDING, ACTIVITY, ScriptedEngine(words))
    assert found.notices == ()
    assert found.language_probability == 0.988
    assert found.model.name == "fake"


def test_evidence_of_sound_and_text_is_combined() -> None:
    plain = FilledPauseDetector(np.zeros(1, np.float32), 0.0, np.zeros(len(FEATURES)), 3.0)
    words = [Word("Um,", 1.2, 1.5, 0.9), Word("hello.", 1.6, 2.0, 0.9), Word("Uh.", 7.0, 7.4, 0.9)]
    engine = ScriptedEngine(words, detector=plain, candidates=(Candidate(1.1, 1.4, 5.0, 4.0),))
    found = transcribe(RECORDING, activity_of([(1.0, 4.0)], 20.0), engine)
    assert found.filled_pauses is not None
    (only,) = found.filled_pauses
    # The written one is at the time of its sound, in the text too; the one without speech was dropped before.
    assert [(w.text, w.start) for w in found.transcript.words] == [("Um,", 1.1), ("hello.", 1.6)]
    assert (only.text, only.start, only.end, only.source, only.probability) == (
        "um",
        1.1,
        1.4,
        "transcribed",
        0.953,
    )


def test_a_written_filler_that_is_not_in_the_sound_is_left_out_of_the_text() -> None:
    doubter = FilledPauseDetector(np.zeros(1, np.float32), 0.0, np.zeros(len(FEATURES)), -3.0)
    words = [Word("Um,", 1.2, 1.5, 0.9), Word("hello.", 1.6, 2.0, 0.9)]
    found = transcribe(RECORDING, ACTIVITY, ScriptedEngine(words, detector=doubter))
    assert [w.text for w in found.transcript.words] == ["hello."]
    assert found.filled_pauses is not None and found.filled_pauses[0].probability == 0.047


def test_without_a_detector_nothing_is_weighed() -> None:
    found = transcribe(RECORDING, ACTIVITY, ScriptedEngine([Word("Um,", 1.2, 1.5, 0.9)]))
    assert found.filled_pauses is None


def test_progress_only_grows_and_reaches_the_end() -> None:
    seen: list[Progress] = []
    long = activity_of([(float(i), i + 0.8) for i in range(0, 100)], 100.0)
    transcribe(recording_of(np.zeros(1_600_000)), long, FakeEngine(), progress=seen.append)
    assert {p.stage for p in seen} == {"transcribe"}
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0.0, 100.0, 100.0)
    assert len(seen) > 4
