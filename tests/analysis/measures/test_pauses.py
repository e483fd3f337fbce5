"""Silent pauses: their length, and whether they are at a boundary."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from analysis.measures.pauses import SHORTEST_PAUSE, find_pauses
from analysis.report import Pause, Span, Word
from analysis.signal.answer_span import Answer
from tests.analysis.constructed import activity_of, answer_of, answers, shifted


def _pauses(*silences: float, gaps: tuple[tuple[float, float], ...] = ()) -> tuple[Pause, ...]:
    at, speech = 0.0, []
    for silence in (*silences, 1.0):
        speech.append((round(at, 2), round(at + 2.0, 2)))
        at += 2.0 + silence
    return find_pauses(answer_of(activity_of(speech, gaps=gaps), []))


def test_a_quarter_of_a_second_is_a_pause_and_less_is_not() -> None:
    found = _pauses(0.24, 0.25, 0.26)
    assert [round(p.end - p.start, 2) for p in found] == [0.25, 0.26]


def test_silence_around_the_answer_is_not_a_pause() -> None:
    activity = activity_of([(2.0, 3.0), (4.0, 5.0)], 9.0)
    assert [(p.start, p.end) for p in find_pauses(answer_of(activity, []))] == [(3.0, 4.0)]
    marked = find_pauses(answer_of(activity, [], Span(1.0, 8.0)))
    assert [(p.start, p.end) for p in marked] == [(3.0, 4.0)]


def test_a_pause_that_a_short_gap_cuts_is_one_pause() -> None:
    assert _pauses(1.0, gaps=((2.5, 2.6),)) == (Pause(2.0, 3.0, "within"),)


def test_what_was_recorded_of_a_pause_beside_a_gap_is_a_pause() -> None:
    assert _pauses(2.0, 1.0, gaps=((2.2, 3.7),)) == (Pause(3.7, 4.0, "within"), Pause(6.0, 7.0, "within"))


def test_a_filled_pause_separates_two_silences() -> None:
    activity = activity_of([(0, 2), (2.4, 2.8), (3.2, 5)])
    words = [Word("and", 1.0, 2.0, 0.9), Word("um,", 2.4, 2.8, 0.9), Word("then", 3.2, 4.0, 0.9)]
    assert [(p.start, p.end) for p in find_pauses(answer_of(activity, words))] == [(2.0, 2.4), (2.8, 3.2)]


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("patients.", "boundary"),
        ("patients,", "boundary"),
        ("patients?", "boundary"),
        ("patients;", "boundary"),
        ("patients", "within"),
        ("Dr.", "within"),
        ('patients."', "boundary"),
    ],
)
def test_place_follows_the_word_before(before: str, place: str) -> None:
    activity = activity_of([(0, 2), (3, 5)])
    words = [Word("my", 0.5, 1.0, 0.9), Word(before, 1.0, 2.0, 0.9), Word("Then", 3.0, 4.0, 0.9)]
    assert find_pauses(answer_of(activity, words))[0].place == place


def test_place_disregards_a_filled_pause() -> None:
    activity = activity_of([(0, 2), (2.5, 3), (3.5, 5)])
    words = [Word("patients.", 1.0, 2.0, 0.9), Word("Um,", 2.5, 3.0, 0.9), Word("then", 3.5, 4.0, 0.9)]
    assert [p.place for p in find_pauses(answer_of(activity, words))] == ["boundary", "boundary"]


def test_without_words_no_pause_is_at_a_boundary() -> None:
    assert [p.place for p in _pauses(1.0)] == ["within"]


@given(answers())
def test_pauses_lie_inside_the_span_apart_and_are_silent(answer: Answer) -> None:
    pauses = find_pauses(answer)
    for pause in pauses:
        assert answer.span.start < pause.start < pause.end < answer.span.end
        assert pause.end - pause.start >= SHORTEST_PAUSE - 1e-6
        assert Span(pause.start, pause.end) in answer.activity.silences
        assert not any(gap.overlap(Span(pause.start, pause.end)) for gap in answer.activity.gaps)
    assert all(first.end < second.start for first, second in pairwise(pauses))
    enough = [s for s in answer.silences if s.duration >= SHORTEST_PAUSE]
    assert len(pauses) == len(enough)


@given(answers())
def test_silence_before_the_recording_only_shifts_pauses(answer: Answer) -> None:
    later = find_pauses(answer_of(*shifted(answer.activity, answer.words, 3.2)))
    assert [(round(p.start - 3.2, 2), round(p.end - 3.2, 2), p.place) for p in later] == [
        (p.start, p.end, p.place) for p in find_pauses(answer)
    ]


def test_pauses_after_a_gap_do_not_depend_on_when_it_ends() -> None:
    activity = replace(activity_of([(2.56, 2.58), (2.83, 2.84)], 2.85), gaps=(Span(0.0, 2.56),))
    words = [Word("I", 2.56, 2.58, 0.9), Word("I", 2.83, 2.84, 0.9)]
    later = find_pauses(answer_of(*shifted(activity, words, 3.2)))
    assert len(later) == len(find_pauses(answer_of(activity, words)))
