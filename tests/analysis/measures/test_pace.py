"""Pace over time, and runs between pauses."""

import pytest
from hypothesis import given

from analysis.measures.filler_detection import filled_pauses, find_fillers
from analysis.measures.pace import STEP, WINDOW, pace_over_time, runs
from analysis.measures.pauses import find_pauses
from analysis.report import Word
from analysis.signal.answer_span import Answer
from analysis.text.syllables import spoken_syllables
from tests.analysis.constructed import activity_of, answer_of, answers, shifted, spoken


def test_even_speech_has_an_even_pace() -> None:
    activity = activity_of([(2.0, 62.0)], 64.0)
    windows = pace_over_time(answer_of(activity, spoken(activity, words_a_second=2.0)))
    assert [w.start for w in windows] == [2.0 + STEP * i for i in range(10)]
    assert {w.words_per_minute for w in windows} == {120.0}


def test_an_answer_shorter_than_a_window_has_no_pace() -> None:
    activity = activity_of([(0.0, 14.9)])
    assert pace_over_time(answer_of(activity, spoken(activity))) == ()


def test_gaps_are_in_no_denominator() -> None:
    activity = activity_of([(0, 15), (20, 40)], gaps=[(15.0, 20.0)])
    windows = pace_over_time(answer_of(activity, spoken(activity, words_a_second=2.0)))
    assert all(w.words_per_minute == pytest.approx(120, abs=9) for w in windows)


def test_a_window_of_which_most_is_missing_is_left_out() -> None:
    activity = activity_of([(0, 16), (36, 60)], gaps=[(16.0, 36.0)])
    windows = pace_over_time(answer_of(activity, spoken(activity)))
    assert not any(w.start in (10.0, 15.0, 20.0, 25.0) for w in windows)


@given(answers(least_duration=16.0))
def test_windows_lie_inside_the_span(answer: Answer) -> None:
    for window in pace_over_time(answer):
        assert window.end - window.start == pytest.approx(WINDOW, abs=0.011)
        assert answer.span.start - 0.01 <= window.start
        assert window.end <= answer.span.end + 0.01
        assert window.words_per_minute >= 0.0


@given(answers(least_duration=16.0))
def test_silence_before_the_recording_changes_no_pace(answer: Answer) -> None:
    later = pace_over_time(answer_of(*shifted(answer.activity, answer.words, 3.2)))
    here = pace_over_time(answer)
    assert [w.start for w in later] == pytest.approx([w.start + 3.2 for w in here], abs=0.02)


@given(answers())
def test_runs_sum_to_all_syllables(answer: Answer) -> None:
    pauses = find_pauses(answer)
    lengths = runs(answer, pauses, filled_pauses(find_fillers(answer, pauses, None)))
    assert sum(lengths) == spoken_syllables(answer.words)
    assert all(length > 0 for length in lengths)


def test_a_silent_a_filled_pause_and_a_gap_end_a_run() -> None:
    activity = activity_of([(0, 1), (1.5, 4), (6, 7)], gaps=[(4.0, 6.0)])
    words = [
        Word("one", 0.0, 1.0, 0.9),
        Word("doctor", 1.5, 2.5, 0.9),
        Word("um", 2.5, 3.0, 0.9),
        Word("hospital", 3.0, 4.0, 0.9),
        Word("one", 6.0, 7.0, 0.9),
    ]
    answer = answer_of(activity, words)
    pauses = find_pauses(answer)
    assert runs(answer, pauses, filled_pauses(find_fillers(answer, pauses, None))) == (1, 2, 3, 1)
