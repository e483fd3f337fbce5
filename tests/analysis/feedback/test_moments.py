"""Moments to listen to: three of the ten seconds in which there is most of something."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.feedback.moments import (
    ending,
    fast_moments,
    filler_moments,
    long_pauses,
    pause_moments,
    slow_moments,
)
from analysis.report import Filler, FillerState, Pause, Report, Span, Transcript, Word
from tests.analysis.cli.example_reports import silent_report, usual_report


def filler(start: float, state: FillerState = "filler") -> Filler:
    return Filler("um", start, start + 0.3, "filled_pause", "transcribed", state, 0.9)


def with_fillers(*starts: float, state: FillerState = "filler") -> Report:
    return replace(usual_report(), fillers=tuple(filler(start, state) for start in starts))


def with_pauses(*spans: tuple[float, float]) -> Report:
    return replace(usual_report(), pauses=tuple(Pause(start, end, "within") for start, end in spans))


def with_words(*runs: tuple[float, int, float]) -> Report:
    """Runs of words: start, how many, and seconds from one word to the next."""
    words = tuple(
        Word("word", start + number * step, start + (number + 1) * step, 0.9)
        for start, count, step in runs
        for number in range(count)
    )
    return replace(usual_report(), transcript=Transcript("en", words, ()))


def starts(spans: Sequence[Span]) -> list[float]:
    return [round(span.start, 3) for span in spans]


def test_three_fillers_of_the_ten_seconds_with_most_are_chosen() -> None:
    report = with_fillers(48.0, 1.0, 20.0, 50.5, 41.0, 43.0, 47.0, 80.0)
    assert starts(filler_moments(report)) == [41.0, 47.0, 50.5]


def test_exactly_three_are_all_of_them_in_order_of_time() -> None:
    report = with_fillers(47.0, 1.0, 20.0, 41.0, 43.0, 80.0)
    assert starts(filler_moments(report)) == [41.0, 43.0, 47.0]


def test_of_equal_stretches_the_first_is_taken() -> None:
    assert starts(filler_moments(with_fillers(1.0, 2.0, 3.0, 60.0, 61.0, 62.0))) == [1.0, 2.0, 3.0]


def test_fewer_than_three_are_filled_up_with_the_nearest() -> None:
    assert starts(filler_moments(with_fillers(1.0, 40.0, 42.0, 55.0, 90.0))) == [40.0, 42.0, 55.0]
    assert starts(filler_moments(with_fillers(7.0, 60.0))) == [7.0, 60.0]


def test_unsure_fillers_are_heard_only_where_there_are_no_others() -> None:
    unsure = with_fillers(5.0, 6.0, state="unsure")
    assert starts(filler_moments(unsure)) == [5.0, 6.0]
    both = replace(unsure, fillers=(*unsure.fillers, filler(70.0)))
    assert starts(filler_moments(both)) == [70.0]
    assert filler_moments(with_fillers(5.0, 6.0, state="not_filler")) == ()


def test_pauses_are_those_of_the_ten_seconds_with_most_long_silence() -> None:
    many_short = [(float(start), start + 1.1) for start in (5, 7, 9)]
    few_long = [(50.0, 53.0), (55.0, 57.5)]
    report = with_pauses(*many_short, *few_long, (70.0, 70.5))
    assert starts(pause_moments(report)) == [9.0, 50.0, 55.0]


def test_of_more_than_three_pauses_the_longest_are_chosen_in_order_of_time() -> None:
    report = with_pauses((30.0, 32.0), (33.0, 34.1), (35.0, 36.9), (37.5, 39.0))
    assert starts(pause_moments(report)) == [30.0, 35.0, 37.5]


def test_a_pause_of_less_than_a_second_is_not_a_moment() -> None:
    report = with_pauses((10.0, 10.99), (20.0, 21.0))
    assert [pause.start for pause in long_pauses(report)] == [20.0]
    assert starts(pause_moments(report)) == [20.0]
    assert pause_moments(with_pauses((10.0, 10.9))) == ()


def test_fast_moments_are_the_longest_runs_of_the_fastest_ten_seconds() -> None:
    report = with_words((0.0, 40, 0.5), (30.0, 12, 0.2), (33.0, 2, 0.2), (34.0, 12, 0.2), (37.0, 10, 0.2))
    assert starts(fast_moments(report)) == [30.0, 34.0, 37.0]
    assert all(span.end - span.start <= 3.0 for span in fast_moments(report))


def test_slow_moments_lie_where_fewest_words_begin() -> None:
    report = with_words((0.0, 60, 0.25), (15.0, 3, 1.0), (19.0, 2, 1.0), (22.0, 3, 1.0), (25.0, 60, 0.25))
    found = slow_moments(report)
    assert found and all(15.0 <= span.start < 25.0 for span in found)


def test_words_without_a_silence_of_a_quarter_second_between_them_are_one_run() -> None:
    touching = with_words((0.0, 4, 0.5), (2.2, 4, 0.5))
    assert [(span.start, round(span.end, 3)) for span in fast_moments(touching)] == [(0.0, 4.2)]
    apart = with_words((0.0, 4, 0.5), (2.25, 4, 0.5))
    assert starts(fast_moments(apart)) == [0.0, 2.25]


def test_the_ending_is_the_last_ten_seconds_of_the_answer() -> None:
    report = usual_report()
    assert report.spoken_span is not None
    assert ending(report) == (Span(92.4, 102.4),)
    short = replace(report, spoken_span=replace(report.spoken_span, start=98.0))
    assert ending(short) == (Span(98.0, 102.4),)


@pytest.mark.parametrize("moments", [filler_moments, pause_moments, fast_moments, slow_moments, ending])
def test_without_speech_there_is_nothing_to_hear(moments: object) -> None:
    assert callable(moments)
    assert moments(silent_report()) == ()


@given(st.lists(st.integers(0, 180), min_size=3, max_size=40, unique=True))
def test_where_ten_seconds_hold_three_or_more_all_three_lie_within_ten(at: list[int]) -> None:
    found = filler_moments(with_fillers(*map(float, at)))
    assert len(set(found)) == 3
    assert list(found) == sorted(found, key=lambda span: span.start)
    most = max(sum(start <= other < start + 10 for other in at) for start in at)
    if most >= 3:
        first = found[0].start
        assert found[-1].start - first < 10
        assert any(sum(start <= o < start + 10 for o in at) == most for start in at if start <= first)
