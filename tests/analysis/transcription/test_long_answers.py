"""A long answer has the words of its parts: none is lost or duplicated where windows meet.

Sample answers are joined; behind the first of them windows end at other moments than when each answer is
transcribed by itself.
"""

from collections.abc import Callable
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
import pytest

from analysis.audio.recording import Recording
from analysis.pipeline import Analysis
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.text.words import bare, is_filled_pause, spoken_forms
from analysis.transcription.protocol import Transcription
from analysis.transcription.verbatim import transcribe
from tests.analysis.constructed import recording_of
from tests.recogniser import SharedWhisper

pytestmark = pytest.mark.engine

TWO = ("too-short", "many-fillers")
FOUR = ("too-short", "good-answer", "many-fillers", "long-pauses")
"""4.7 minutes."""


@pytest.fixture(
    scope="module",
    params=[pytest.param(TWO, id="two"), pytest.param(FOUR, id="four", marks=pytest.mark.long)],
)
def names(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The samples that are joined."""
    found: tuple[str, ...] = request.param
    return found


def spoken(transcription: Transcription) -> list[str]:
    return [bare(form) for word in transcription.transcript.words for form in spoken_forms(word.text)]


@pytest.fixture(scope="module")
def joined(names: tuple[str, ...], recording: Callable[[str], Recording]) -> Recording:
    return recording_of(np.concatenate([recording(name).samples for name in names]))


@pytest.fixture(scope="module")
def whole(joined: Recording, engine: SharedWhisper) -> Transcription:
    return transcribe(joined, detect_activity(joined), engine)


@pytest.fixture(scope="module")
def parts(names: tuple[str, ...], analysed: Callable[[str], Analysis]) -> list[Transcription]:
    return [analysed(name).transcription for name in names]


def test_the_windows_differ_from_those_of_the_parts(
    names: tuple[str, ...],
    joined: Recording,
    recording: Callable[[str], Recording],
    activity: Callable[[str], Activity],
) -> None:
    """Otherwise the tests below would compare a text with itself."""
    offset, alone = 0.0, set()
    for name in names:
        alone |= {round(offset + window.span.start, 1) for window in activity(name).windows}
        offset += recording(name).duration
    together = {round(window.span.start, 1) for window in detect_activity(joined).windows}
    assert len(together - alone) >= (3 if names == TWO else 5)


def test_no_stretch_of_words_is_lost_or_doubled(whole: Transcription, parts: list[Transcription]) -> None:
    apart, together = [word for part in parts for word in spoken(part)], spoken(whole)
    changes = [
        (apart[a:b], together[c:d])
        for kind, a, b, c, d in SequenceMatcher(None, apart, together, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    assert all(abs(len(before) - len(after)) <= 2 for before, after in changes), changes
    assert sum(max(len(before), len(after)) for before, after in changes) <= 0.04 * len(apart), changes


def test_figures_are_the_sums_of_the_parts(whole: Transcription, parts: list[Transcription]) -> None:
    words = sum(len(spoken(part)) for part in parts)
    assert len(spoken(whole)) == pytest.approx(words, rel=0.01)

    def filled_pauses(transcription: Transcription) -> int:
        return sum(is_filled_pause(word.text) for word in transcription.transcript.words)

    assert filled_pauses(whole) == pytest.approx(sum(filled_pauses(part) for part in parts), abs=2)


def test_words_are_in_order_without_duplicates(whole: Transcription) -> None:
    words = whole.transcript.words
    for first, second in pairwise(words):
        assert first.start <= second.start + 0.2
        doubled = bare(first.text) == bare(second.text) and second.start < first.end - 0.1
        assert not doubled, (first, second)
