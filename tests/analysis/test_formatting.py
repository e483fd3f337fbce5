"""Figures as text: one rule of rounding and one form for each kind of figure."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import formatting

TIMES = json.loads((Path(__file__).parent / "view" / "times.json").read_text(encoding="utf-8"))
"""Also what the page's own formatters are tested with."""


@pytest.mark.parametrize(
    ("function", "value", "text"),
    [
        *((formatting.clock, *case) for case in TIMES["clock"]),
        *((formatting.precise_clock, *case) for case in TIMES["preciseClock"]),
        *((formatting.duration, *case) for case in TIMES["duration"]),
        *((formatting.fine_duration, *case) for case in TIMES["fineDuration"]),
    ],
)
def test_a_time(function: Any, value: float, text: str) -> None:
    assert function(value) == text


@pytest.mark.parametrize(
    ("ends", "text"),
    [
        *TIMES["aim"],
        ((None, 120), "up to 2 min"),
        ((0, 45), "up to 45 s"),
        ((90, None), "at least 1 min 30 s"),
        ((None, None), ""),
    ],
)
def test_an_aim(ends: tuple[float | None, float | None], text: str) -> None:
    assert formatting.aim(*ends) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (142.5, 0, "143"),
        (143.5, 0, "144"),
        (2.25, 1, "2.3"),
        (1.005, 2, "1.01"),
        (-0.04, 1, "0.0"),
        (-0.5, 0, "-1"),
    ],
)
def test_figures_are_rounded_half_away_from_zero(value: float, decimals: int, text: str) -> None:
    assert formatting.number(value, decimals) == text


@given(st.integers(-100_000, 100_000), st.integers(0, 2))
def test_a_figure_halfway_goes_away_from_zero(steps: int, decimals: int) -> None:
    halfway = (2 * steps + (1 if steps >= 0 else -1)) / (2 * 10**decimals)
    assert abs(formatting.rounded(halfway, decimals)) > abs(halfway)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (142.5, "words/min", "143 words a minute"),
        (1.0, "words", "1 word"),
        (2.5, "count", "3"),
        (4.13, "per min", "4.1 a minute"),
        (4.25, "per 100 words", "4.3 in 100 words"),
        (81.4, "s", "1 min 21 s"),
        (82.5, "%", "83 %"),
        (4.25, "%", "4.3 %"),
        (0.025, "%", "0.03 %"),
        (19.5, "dB", "20 dB"),
        (3.0, "furlongs", "3 furlongs"),
    ],
)
def test_a_figure_with_its_unit(value: float, unit: str, text: str) -> None:
    assert formatting.quantity(value, unit) == text


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (138.1, 146.5, "words/min", "138 to 147"),
        (0.38, 0.47, "s", "0.38 to 0.47 s"),
        (58.2, 64.0, "s", "58 s to 1 min 4 s"),
        (98.0, 106.0, "s", "1 min 38 s to 1 min 46 s"),
        (101.8, 102.1, "s", ""),
        (6.0, 6.0, "count", ""),
        (None, 6.0, "count", ""),
    ],
)
def test_an_interval(low: float | None, high: float | None, unit: str, text: str) -> None:
    assert formatting.interval(low, high, unit) == text


def test_a_whole_number_that_was_estimated_is_about() -> None:
    assert formatting.estimate(168.0, "words", "160 to 175") == "about 168 words"
    assert formatting.estimate(6.0, "count", "") == "6"
    assert formatting.estimate(142.0, "words/min", "138 to 146") == "142 words a minute"


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (60.0, 120.0, "s", "1–2 minutes"),
        (100.0, 165.0, "words/min", "100 to 165"),
        (None, 5.0, "per min", "up to 5"),
        (20.0, None, "dB", "at least 20 dB"),
        (None, 0.1, "%", "up to 0.1 %"),
        (None, None, "count", ""),
    ],
)
def test_what_is_usual(low: float | None, high: float | None, unit: str, text: str) -> None:
    assert formatting.usual_range(low, high, unit) == text


def test_moments_are_listed_once_and_not_endlessly() -> None:
    assert formatting.moments([]) == ""
    assert formatting.moments([12.0]) == "0:12"
    assert formatting.moments([12.0, 12.4, 40.0]) == "0:12 and 0:40"
    assert formatting.moments([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) == "0:01, 0:02, 0:03, 0:04 and 2 more"
