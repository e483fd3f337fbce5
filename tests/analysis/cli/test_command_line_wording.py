"""Figures in words."""

import pytest
from example_reports import measured, withheld

from analysis.cli import wording
from analysis.report import Guide, Measure, Span, State


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0.00 s"),
        (0.42, "0.42 s"),
        (0.997, "1.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (101.9, "1 min 42 s"),
        (119.7, "2 min"),
        (3599.6, "1 h"),
        (3720.0, "1 h 2 min"),
    ],
)
def test_a_duration_is_as_fine_as_its_length_deserves(seconds: float, words: str) -> None:
    assert wording.duration(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.9, "0:00"), (59.9, "0:59"), (62.0, "1:02"), (3605.0, "1:00:05")]
)
def test_a_moment_is_cut_to_the_second_as_players_do(seconds: float, words: str) -> None:
    assert wording.clock(seconds) == words


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (measured(142.2, "words/min", 138.1, 146.4), "142 words a minute (138 to 146)"),
        (measured(6.0, "count", 3.0, 10.0), "about 6 (3 to 10)"),
        (measured(0.0, "count", 0.0, 0.0), "0"),
        (measured(12.0, "count"), "12"),
        (measured(101.9, "s", 101.8, 102.1), "1 min 42 s"),
        (measured(101.9, "s", 98.0, 106.0), "1 min 42 s (1:38 to 1:46)"),
        (measured(60.2, "s", 59.4, 61.0), "1 min (0:59 to 1:01)"),
        (measured(0.42, "s", 0.38, 0.47), "0.42 s (0.38 to 0.47)"),
        (measured(81.4, "%", 79.2, 83.1), "81 % (79 to 83)"),
        (measured(4.13, "per min", 2.2, 6.3), "4.1 a minute (2.2 to 6.3)"),
        (measured(0.02, "%"), "0.02 %"),
        (measured(231.0, "words", 220.0, 243.0), "about 231 words (220 to 243)"),
        (measured(1.0, "words"), "1 word"),
        (measured(3.0, "furlongs"), "3 furlongs"),
    ],
)
def test_a_value_carries_its_unit_and_its_interval(measure: Measure, words: str) -> None:
    assert wording.value_with_interval(measure) == words


def test_without_a_value_there_are_no_words() -> None:
    assert wording.value_with_interval(withheld("s", "no_speech")) is None


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (60.0, 120.0, "s", "1 to 2 min"),
        (90.0, 150.0, "s", "1 min 30 s to 2 min 30 s"),
        (100.0, 165.0, "words/min", "100 to 165"),
        (None, 5.0, "per min", "up to 5"),
        (60.0, None, "%", "at least 60 %"),
        (None, 0.1, "%", "up to 0.1 %"),
        (60.0, 80.0, "%", "60 to 80 %"),
        (None, None, "count", ""),
    ],
)
def test_what_is_usual(low: float | None, high: float | None, unit: str, words: str) -> None:
    assert wording.usual(Guide(low, high, "somebody"), unit) == words


@pytest.mark.parametrize(
    ("code", "state", "words"),
    [
        ("too_little_speech", "low_confidence", "less than 30 seconds of speech"),
        ("too_little_speech", "not_measurable", "less than 10 seconds of speech"),
        ("no_speech", "not_measurable", "no speech was heard"),
        ("browser_processing", "low_confidence", "the browser changed the sound"),
        ("a_code_of_tomorrow", "not_measurable", "a code of tomorrow"),
    ],
)
def test_a_reason_is_said_in_words(code: str, state: State, words: str) -> None:
    assert wording.reason(code, state) == words


def test_moments_are_listed_once_and_not_endlessly() -> None:
    assert wording.moments(()) == ""
    assert wording.moments((Span(12.0, 13.0),)) == "0:12"
    assert wording.moments((Span(12.0, 13.0), Span(12.4, 13.0), Span(40.0, 41.0))) == "0:12 and 0:40"
    many = tuple(Span(second, second + 1) for second in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0))
    assert wording.moments(many) == "0:01, 0:02, 0:03, 0:04 and 2 more"
