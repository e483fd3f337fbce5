"""Filled pauses that the recogniser wrote, and the times of their sound."""

from collections.abc import Sequence

import pytest
from hypothesis import given

from analysis.filled_pauses.detector import FilledPause
from analysis.measures.filler_detection import counted_markers, filled_pauses, find_fillers
from analysis.measures.pauses import find_pauses
from analysis.report import Filler, Span, Word
from analysis.signal.answer_span import Answer
from tests.analysis.constructed import activity_of, answer_of, answers


def _fillers(words: Sequence[Word], speech: Sequence[tuple[float, float]] = ((0, 10),)) -> tuple[Filler, ...]:
    answer = answer_of(activity_of(speech), words)
    return find_fillers(answer, find_pauses(answer), None)


@pytest.mark.parametrize(
    ("text", "written", "state"),
    [("Um,", "um", "filler"), ("uh", "uh", "filler"), ("Erm...", "erm", "filler"), ("Ah,", "ah", "unsure")],
)
def test_written_filled_pauses(text: str, written: str, state: str) -> None:
    (filler,) = _fillers([Word(text, 1.0, 1.4, 0.9)])
    assert (filler.text, filler.kind, filler.source) == (written, "filled_pause", "transcribed")
    assert filler.state == state
    assert (filler.start, filler.end) == (1.0, 1.4)


def test_words_of_another_language_are_no_fillers() -> None:
    german = [Word(text, n, n + 0.5, 0.9, "de") for n, text in enumerate(("Er", "kommt", "um", "so,"))]
    assert _fillers(german) == ()
    assert [f.text for f in _fillers([*german, Word("um,", 5, 5.5, 0.9)])] == ["um"]


def test_only_the_sound_of_a_stretched_filler_is_its_time() -> None:
    (filler,) = _fillers([Word("um", 1.0, 3.0, 0.9)], [(0, 1.2), (1.8, 2.4), (2.9, 5)])
    assert (filler.start, filler.end) == (1.8, 2.4)


def test_the_length_of_a_filler_is_limited() -> None:
    (filler,) = _fillers([Word("um", 1.0, 8.0, 0.9)])
    assert filler.end - filler.start <= 2.5


def test_mm_hmm_is_a_word_and_not_a_filler() -> None:
    assert _fillers([Word("Mm-hmm.", 1.0, 1.4, 0.9), Word("Uh-huh,", 2.0, 2.4, 0.9)]) == ()


def _weighed(*filled: FilledPause) -> list[tuple[str, str, str]]:
    answer = answer_of(activity_of([(0, 5)]), [Word("Um", 1.0, 1.4, 0.9)])
    return [(f.text, f.source, f.state) for f in find_fillers(answer, (), filled)]


def test_with_a_detector_its_filled_pauses_are_used() -> None:
    assert _weighed() == []


def test_the_state_goes_by_the_probability() -> None:
    assert _weighed(
        FilledPause("um", 1.0, 1.4, "transcribed", 0.9),
        FilledPause("uh", 1.6, 1.9, "transcribed", 0.59),
        FilledPause("uh", 2.0, 2.4, "heard", 0.79),
        FilledPause("uh", 2.6, 2.9, "heard", 0.8),
        FilledPause("uh", 3.0, 3.4, "heard", 0.49),
    ) == [
        ("um", "transcribed", "filler"),
        ("uh", "transcribed", "unsure"),
        ("uh", "heard", "unsure"),
        ("uh", "heard", "filler"),
    ]


def test_fillers_outside_the_answer_are_left_out() -> None:
    assert _weighed(FilledPause("uh", 6.0, 6.4, "heard", 0.9)) == []


@given(answers())
def test_fillers_are_in_order_of_known_kinds_and_no_word_is_counted_twice(answer: Answer) -> None:
    fillers = find_fillers(answer, find_pauses(answer), None)
    assert [f.start for f in fillers] == sorted(f.start for f in fillers)
    assert all(0.0 <= f.confidence <= 1.0 and f.end >= f.start for f in fillers)
    assert len(filled_pauses(fillers)) == sum(w.text in {"Um,", "uh"} for w in answer.words)
    assert all(f.kind == "discourse_marker" and f.state == "filler" for f in counted_markers(fillers))
    for pause in find_pauses(answer):
        for filler in filled_pauses(fillers):
            assert Span(pause.start, pause.end).overlap(Span(filler.start, filler.end)) < 0.011
