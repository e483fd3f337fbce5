"""The spoken span, and which parts of it were recorded."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import Span, Word
from analysis.signal.answer_span import Answer, clip, find_answer, merge
from tests.analysis.constructed import activities, activity_of, answer_of, answers, shifted, spoken

TWO_STRETCHES = activity_of([(1.0, 4.0), (5.0, 9.0)], 10.0)


def test_span_is_first_onset_to_last_end() -> None:
    answer = answer_of(TWO_STRETCHES, [])
    assert (answer.span.start, answer.span.end, answer.span.source) == (1.0, 9.0, "detected")
    assert answer.duration == 8.0


def test_no_speech() -> None:
    assert find_answer(activity_of([], 5.0), [], None) is None


@pytest.mark.parametrize("stray", [(0.2, 0.4), (9.5, 9.7)])
def test_a_short_sound_at_an_end_without_a_word_is_not_speech(stray: tuple[float, float]) -> None:
    activity = activity_of(sorted([(1.0, 4.0), (5.0, 9.0), stray]), 10.0)
    answer = answer_of(activity, spoken(TWO_STRETCHES))
    assert (answer.span.start, answer.span.end) == (1.0, 9.0)


def test_a_short_sound_at_an_end_with_a_word_is_speech() -> None:
    activity = activity_of([(0.2, 0.4), (1.0, 4.0)], 10.0)
    answer = answer_of(activity, [Word("Um,", 0.1, 0.5, 0.9), *spoken(TWO_STRETCHES)])
    assert answer.span.start == 0.2


def test_the_last_sound_of_a_word_belongs_to_it() -> None:
    activity = activity_of([(1.0, 4.0), (4.12, 4.28)], 10.0)
    assert answer_of(activity, []).span.end == 4.28


def test_one_short_word_is_an_answer() -> None:
    assert answer_of(activity_of([(1.0, 1.2)], 3.0), []).duration == pytest.approx(0.2)


def test_the_marked_span_is_used_as_it_is_and_limits_the_words() -> None:
    words = spoken(TWO_STRETCHES)
    answer = answer_of(TWO_STRETCHES, words, Span(0.5, 4.5))
    assert (answer.span.start, answer.span.end, answer.span.source) == (0.5, 4.5, "person")
    assert answer.words == tuple(w for w in words if w.end <= 4.0)


@pytest.mark.parametrize("marked", [Span(4.1, 4.9), Span(9.2, 30.0), Span(6.0, 5.0), Span(40.0, 50.0)])
def test_a_marked_span_without_speech_has_no_answer(marked: Span) -> None:
    assert find_answer(TWO_STRETCHES, spoken(TWO_STRETCHES), marked) is None


def test_a_marked_span_stays_inside_the_recording() -> None:
    answer = answer_of(TWO_STRETCHES, [], Span(-3.0, 99.0))
    assert (answer.span.start, answer.span.end) == (0.0, 10.0)


def test_silence_at_the_ends_of_a_marked_span_is_a_silent_edge() -> None:
    assert answer_of(TWO_STRETCHES, [], Span(0.4, 9.6)).silent_edges == (Span(0.4, 1.0), Span(9.0, 9.6))
    assert answer_of(TWO_STRETCHES, []).silent_edges == ()


def test_a_gap_takes_out_itself_and_not_the_silences_beside_it() -> None:
    activity = activity_of([(0, 5), (8, 12), (13, 20)], 20.0, gaps=[(5.5, 7.0)])
    answer = answer_of(activity, [])
    assert answer.silences == (Span(5, 5.5), Span(7, 8), Span(12, 13))
    assert answer.unknown == (Span(5.5, 7),)
    assert answer.measured_duration == 18.5


@pytest.mark.parametrize("length", [0.005, 0.1, 0.5, 1.0])
def test_a_short_gap_within_a_silence_belongs_to_it(length: float) -> None:
    activity = activity_of([(0, 5), (8, 12)], 12.0, gaps=[(6.0, 6.0 + length)])
    answer = answer_of(activity, [])
    assert answer.silences == (Span(5, 8),)
    assert answer.unknown == ()
    assert answer.measured_duration == 12.0


@pytest.mark.parametrize("gap", [(5.05, 6.0), (7.0, 7.95), (4.9, 5.5), (6.0, 7.1)])
def test_a_gap_in_which_something_may_have_been_said_is_unknown(gap: tuple[float, float]) -> None:
    answer = answer_of(activity_of([(0, 5), (8, 12)], 12.0, gaps=[gap]), [])
    assert answer.unknown == (Span(*gap),)
    assert answer.measured_duration == pytest.approx(12.0 - (gap[1] - gap[0]))


def test_a_gap_does_not_depend_on_whether_its_zeros_count_as_silence() -> None:
    activity = activity_of([(0, 5), (8, 12)], 12.0, gaps=[(6.004, 6.506)])
    apart = replace(activity, silences=(Span(5, 6.0), Span(6.51, 8)))
    assert answer_of(apart, []).silences == answer_of(activity, []).silences == (Span(5, 8),)


def test_a_gap_within_speech_costs_its_own_length_only() -> None:
    activity = activity_of([(0, 10)], 10.0, gaps=[(4.0, 4.5)])
    assert answer_of(activity, []).measured_duration == 9.5


def test_a_gap_is_clipped_to_the_marked_span() -> None:
    activity = activity_of([(0, 5), (8, 12)], 12.0, gaps=[(5.0, 7.0)])
    answer = answer_of(activity, [], Span(6.5, 12.0))
    assert answer.silences == (Span(7.0, 8.0),)
    assert answer.unknown == (Span(6.5, 7.0),)


def test_a_gap_outside_the_span_costs_nothing() -> None:
    activity = activity_of([(5, 12)], 12.0, gaps=[(0.0, 3.0)])
    assert answer_of(activity, []).measured_duration == 7.0


@given(answers())
def test_what_was_measured_is_part_of_the_span(answer: Answer) -> None:
    span = Span(answer.span.start, answer.span.end)
    assert 0.0 <= answer.measured_duration <= answer.duration + 1e-9
    for stretch in (*answer.silences, *answer.unknown):
        assert span.start <= stretch.start < stretch.end <= span.end
    for silence in answer.silences:
        assert not any(silence.overlap(unknown) > 0 for unknown in answer.unknown)
    assert all(first.end < second.start for first, second in zip(answer.unknown, answer.unknown[1:]))  # noqa: B905


@given(activities(least=2), st.integers(min_value=1, max_value=50))
def test_silence_before_the_recording_moves_the_span(activity, count) -> None:
    by = count * 0.032
    words = spoken(activity)
    answer = answer_of(activity, words)
    later = answer_of(*shifted(activity, words, by))
    assert later.span.start == pytest.approx(answer.span.start + by, abs=1e-3)
    assert later.duration == pytest.approx(answer.duration, abs=1e-3)
    assert [w.text for w in later.words] == [w.text for w in answer.words]


spans = st.tuples(st.integers(0, 100), st.integers(1, 30)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(spans, max_size=12))
def test_merged_stretches_are_disjoint_and_cover_the_same_time(stretches: list[Span]) -> None:
    merged = merge(stretches)
    assert all(first.end < second.start for first, second in pairwise(merged))
    for moment in range(0, 131):
        inside = any(s.start <= moment < s.end for s in stretches)
        assert inside == any(s.start <= moment < s.end for s in merged)


@given(spans, spans)
def test_clip_is_the_overlap(stretch: Span, to: Span) -> None:
    clipped = clip(stretch, to)
    assert (clipped.duration if clipped else 0.0) == stretch.overlap(to)


def test_words_just_outside_the_detected_span_belong_to_it() -> None:
    words = [Word("So", 0.75, 0.95, 0.9), Word("today.", 9.05, 9.3, 0.9), Word("Bye.", 9.6, 9.9, 0.9)]
    assert [w.text for w in answer_of(TWO_STRETCHES, words).words] == ["So", "today."]
    assert answer_of(replace(TWO_STRETCHES), words, Span(1.0, 9.0)).words == ()
