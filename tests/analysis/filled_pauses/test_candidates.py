import numpy as np
import pytest

from analysis.filled_pauses.candidates import FRAME, find_candidates


def log_odds(*stretches: tuple[float, float, float], seconds: float = 10.0) -> np.ndarray:
    """-6 everywhere but in the stretches (start, end, height)."""
    odds = np.full(round(seconds / FRAME), -6.0, np.float32)
    for start, end, height in stretches:
        odds[round(start / FRAME) : round(end / FRAME)] = height
    return odds


def test_a_stretch_is_found_where_it_is() -> None:
    (found,) = find_candidates(log_odds((2.0, 2.5, 5.0)), 0.0)
    assert found.start == pytest.approx(2.0, abs=0.03)
    assert found.end == pytest.approx(2.5, abs=0.03)
    assert found.peak == pytest.approx(5.0)


def test_times_are_those_of_the_recording() -> None:
    (found,) = find_candidates(log_odds((2.0, 2.5, 5.0)), 28.4)
    assert found.start == pytest.approx(30.4, abs=0.03)


def test_a_dip_within_a_long_one_does_not_split_it() -> None:
    assert len(find_candidates(log_odds((2.0, 2.3, 5.0), (2.36, 2.8, 5.0)), 0.0)) == 1


def test_two_hesitations_stay_separate() -> None:
    assert len(find_candidates(log_odds((2.0, 2.3, 5.0), (2.6, 2.9, 5.0)), 0.0)) == 2


@pytest.mark.parametrize(
    "stretch", [(2.0, 2.5, -2.0), (2.0, 2.02, 1.0)], ids=["unlikely", "shorter than a sound"]
)
def test_weak_or_short_stretches_are_not_candidates(stretch: tuple[float, float, float]) -> None:
    assert find_candidates(log_odds(stretch), 0.0) == ()


def test_a_window_without_frames_has_none() -> None:
    assert find_candidates(np.zeros(0, np.float32), 0.0) == ()


def test_one_that_reaches_to_the_end_of_the_window_is_found() -> None:
    (found,) = find_candidates(log_odds((9.6, 10.0, 4.0)), 0.0)
    assert found.end == pytest.approx(10.0)
