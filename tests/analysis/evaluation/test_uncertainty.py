"""Intervals compared with published examples, and general properties of intervals."""

import pytest

from analysis.evaluation.uncertainty import f1, percentile, rate, ratio, share


def test_wilson_interval_of_a_published_example() -> None:
    """Newcombe (1998), table I: 81 of 263 and 0 of 20."""
    figure = share(81, 263)
    assert (figure.low, figure.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    none = share(0, 20)
    assert (none.low, none.high) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert share(0, 0).value is None


def test_poisson_interval_of_a_published_example() -> None:
    """Garwood (1936): up to 3.689 for 0 events, from 4.795 to 18.39 for 10 events."""
    assert rate(0, 1.0).high == pytest.approx(3.689, abs=1e-3)
    figure = rate(10, 2.0)
    assert figure.value == 5.0
    assert (figure.low, figure.high) == pytest.approx((4.795 / 2, 18.39 / 2), abs=5e-3)


def test_the_same_clips_give_the_same_interval() -> None:
    arguments = ([3, 4, 5], [1, 0, 2], [0, 2, 1], ["a", "b", "c"])
    assert f1(*arguments) == f1(*arguments)


def test_f1_is_in_its_interval_and_clusters_widen_it() -> None:
    hits, false, missed = [9, 9, 3, 3] * 4, [0, 0, 3, 3] * 4, [1, 1, 7, 7] * 4
    apart = f1(hits, false, missed, list("abcdefghijklmnop"))
    together = f1(hits, false, missed, list("aabbccddeeffgghh"))
    assert apart.value == together.value == pytest.approx(48 / (48 + 6 + 16))
    for figure in (apart, together):
        assert figure.low < figure.value < figure.high
    assert together.high - together.low > apart.high - apart.low


def test_no_errors_in_few_events_leave_a_wide_interval() -> None:
    figure = f1([4, 5], [0, 0], [0, 0], ["a", "b"])
    assert figure.value == figure.high == 1.0
    assert figure.low == pytest.approx(share(9, 9).low)


def test_the_median_of_one_clip_has_no_interval() -> None:
    assert percentile([[0.1, 0.2, 0.3]], ["a"]).low is None
    assert ratio([1.0], [50.0], ["a"]).low is None


def test_with_one_speaker_clips_are_drawn() -> None:
    figure = ratio([1.0, 5.0, 2.0], [50.0, 50.0, 50.0], ["a", "a", "a"])
    assert figure.value == pytest.approx(8 / 150)
    assert figure.low is not None
    assert figure.low < figure.value < figure.high


def test_a_median_without_values() -> None:
    figure = percentile([[], [0.01, 0.02], [], [0.03]], ["a", "b", "c", "d"])
    assert figure.value == pytest.approx(0.02)
    assert figure.n == 3
    assert 0.01 <= figure.low <= 0.02 <= figure.high <= 0.03
    assert percentile([[], []], ["a", "b"]).value is None


def test_a_percentile_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """200 samples of 20 speakers with 10 values each; the true median is 0."""
    import numpy as np

    rng, inside = np.random.default_rng(1), 0
    for _ in range(200):
        values = [list(rng.normal(rng.normal(0, 0.5), 1.0, 10)) for _ in range(20)]
        figure = percentile(values, [str(number) for number in range(20)])
        inside += figure.low <= 0.0 <= figure.high
    assert 0.87 <= inside / 200 <= 0.99
