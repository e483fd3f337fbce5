"""The headline of a report."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.feedback.headline import headline
from analysis.formatting import clock, duration
from analysis.measures.confidence import not_measurable
from analysis.report import Guide, Measure


def _headline(seconds: float, target: Guide | None = None, stretch: float | None = None) -> str:
    return headline(Measure(seconds, "s", seconds, seconds, "measured"), target, longest_stretch=stretch)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (12.0, "12 s, 48 s short of the 1–2 minute aim."),
        (59.4, "59 s, 1 s short of the 1–2 minute aim."),
        (59.6, "1 min, inside the 1–2 minute aim."),
        (102.4, "1 min 42 s, inside the 1–2 minute aim."),
        (120.4, "2 min, inside the 1–2 minute aim."),
        (121.0, "2 min 1 s, a little over the 1–2 minute aim; a complex story may take up to 3 minutes."),
        (181.0, "3 min 1 s, 1 min 1 s over the 1–2 minute aim."),
        (300.0, "5 min, far over the 1–2 minute aim."),
    ],
)
def test_compared_with_the_usual_aim(seconds: float, text: str) -> None:
    assert _headline(seconds) == text


def test_far_too_long_names_the_longest_stretch() -> None:
    assert _headline(310.0, stretch=44.6).endswith("The longest stretch without a pause of 1 s: 45 s.")


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Guide(30.0, 45.0, "q"), "1 min, 15 s over the aim of 30–45 s."),
        (Guide(None, 45.0, "q"), "1 min, 15 s over the aim of up to 45 s."),
        (Guide(90.0, None, "q"), "1 min, 30 s short of the aim of at least 1 min 30 s."),
        (Guide(50.0, 70.0, "q"), "1 min, inside the aim of 50 s to 1 min 10 s."),
    ],
)
def test_compared_with_the_questions_own_aim(target: Guide, text: str) -> None:
    assert _headline(60.0, target) == text


def test_no_speech() -> None:
    length = not_measurable("s", "no_speech")
    assert headline(length, None) == "No speech was heard in this recording."
    assert headline(length, None, heard_in="the part that you marked").endswith("you marked.")


@given(st.floats(0, 4000))
def test_it_is_one_sentence_with_one_comparison_of_the_length(seconds: float) -> None:
    text = _headline(seconds)
    assert text.startswith(duration(seconds))
    assert sum(word in text for word in ("short of", "inside", "over")) == 1


@given(st.floats(0, 3599))
def test_a_duration_has_less_than_sixty_seconds(seconds: float) -> None:
    assert "60 s" not in duration(seconds)
    minutes, rest = clock(seconds).split(":")
    assert int(minutes) * 60 + int(rest) == math.floor(round(seconds, 3))
