"""Intervals hold their value and widen with error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.intervals import (
    CLEAR,
    HARD_TO_HEAR,
    detected_count,
    detector_error,
    probable_count,
    word_count_error,
)

shares = st.floats(min_value=0.05, max_value=1.0)


@given(st.integers(0, 500), shares, shares)
def test_a_detected_count_lies_in_its_interval(found: int, precision: float, recall: float) -> None:
    low, high = detected_count(found, precision, recall)
    assert 0.0 <= low <= found
    assert low <= high
    assert low == int(low) and high == int(high)
    if recall < precision:
        assert high >= found * precision


def test_a_perfect_detector_is_sure() -> None:
    assert detected_count(12, 1.0, 1.0) == (12.0, 12.0)


@given(st.integers(1, 200), st.floats(0.5, 0.99))
def test_a_worse_detector_has_a_wider_interval(found: int, recall: float) -> None:
    low, high = detected_count(found, recall, recall)
    better_low, better_high = detected_count(found, recall + 0.01, recall + 0.01)
    assert low <= better_low and better_high <= high


@given(st.lists(st.floats(0.0, 1.0), max_size=60), st.floats(0.0, 20.0))
def test_a_probable_count_lies_in_its_interval(probabilities: list[float], missed: float) -> None:
    value, low, high = probable_count(probabilities, (), missed)
    assert 0.0 <= low <= value <= high
    assert abs(value - sum(probabilities)) <= 0.5 + 1e-9
    assert low <= len(probabilities)
    assert high <= len(probabilities) + missed + 6 * missed**0.5 + 3


def test_unlisted_events_can_only_raise_the_interval() -> None:
    assert probable_count([1.0] * 4, [0.2] * 5, 0.0) == (4.0, 4.0, 7.0)


@pytest.mark.parametrize(
    ("probabilities", "missed", "expected"),
    [
        ([], 0.0, (0.0, 0.0, 0.0)),
        ([1.0] * 7, 0.0, (7.0, 7.0, 7.0)),
        # Of a Poisson distribution with a mean of 2.4, 96 % lie at 5 and below, 90 % at 4 and below.
        ([], 2.4, (0.0, 0.0, 5.0)),
        # Of a hundred coins, 95.4 % of the throws have 40 to 59 heads; no shorter stretch has 95 %.
        ([0.5] * 100, 0.0, (50.0, 40.0, 59.0)),
        ([0.99] * 5, 0.2, (5.0, 4.0, 6.0)),
    ],
)
def test_intervals_of_known_probable_counts(
    probabilities: list[float], missed: float, expected: tuple[float, float, float]
) -> None:
    assert probable_count(probabilities, (), missed) == expected


@pytest.mark.parametrize(
    ("ratio", "error"), [(None, HARD_TO_HEAR), (19.9, HARD_TO_HEAR), (20.0, CLEAR), (60.0, CLEAR)]
)
def test_the_error_depends_on_the_quality(ratio: float | None, error: object) -> None:
    assert detector_error(ratio) is error


def test_noise_makes_every_error_larger() -> None:
    assert HARD_TO_HEAR.pause_precision < CLEAR.pause_precision
    assert HARD_TO_HEAR.pause_recall < CLEAR.pause_recall
    for name in ("pause_edge", "span_edge", "missed_filled_pauses", "words", "pitch_spread"):
        assert getattr(HARD_TO_HEAR, name) > getattr(CLEAR, name)


def test_one_may_have_been_missed_by_an_imperfect_detector() -> None:
    assert detected_count(0, 0.97, 0.97) == (0.0, 1.0)


def test_the_interval_of_a_known_detected_count() -> None:
    # Of 40 found, 4 are false; the 36 real ones are four fifths of 45. 1.96 standard deviations further:
    assert detected_count(40, 0.9, 0.8) == (32.0, 55.0)


def test_a_word_count_is_less_certain_in_a_short_answer_and_where_words_are_doubted() -> None:
    long, short = word_count_error(CLEAR, 400, 0.9), word_count_error(CLEAR, 9, 0.9)
    assert CLEAR.words < long < 0.06
    assert 0.1 < short < word_count_error(CLEAR, 9, 0.6)
