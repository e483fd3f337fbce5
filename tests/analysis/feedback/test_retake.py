"""A retake beside the take before it: what was to change, and whether it has."""

from dataclasses import replace

import pytest

from analysis.feedback.retake import (
    MOST_WORDS,
    TAKES_BEFORE_ANOTHER_QUESTION,
    Retake,
    another_question,
    compare_with_previous,
)
from analysis.feedback.verdict import with_verdict
from analysis.measures.confidence import figure, not_measurable
from analysis.report import Measure, Report
from tests.analysis.comparison.take_reports import take_report


def rate(value: float, low: float, high: float, unit: str = "per min") -> Measure:
    return figure(value, unit, low, high)


def fillers(value: float, low: float, high: float) -> Report:
    """A take in which fillers are all that is outside, if anything."""
    return with_verdict(take_report(filler_rate=rate(value, low, high)))


def retake(before: Report, now: Report) -> Retake:
    found = compare_with_previous(now, before)
    assert found is not None
    return found


def test_intervals_that_are_apart_show_a_change() -> None:
    found = retake(fillers(21.0, 18.0, 24.0), fillers(6.0, 4.0, 8.0))
    assert (found.figure, found.apart) == ("fillers", True)
    assert found.change == "Fillers: 21 to 6 a minute"
    assert found.headline == "Fillers: 21 to 6 a minute."
    assert found.how_sure.startswith("Measured: 18.0 to 24.0 before, 4.0 to 8.0 now.")
    assert "measuring error does not explain it" in found.how_sure


def test_intervals_that_overlap_are_about_the_same() -> None:
    found = retake(fillers(7.0, 5.5, 8.5), fillers(6.0, 4.5, 7.5))
    assert not found.apart
    assert found.change == "Fillers: about the same (7, then 6 a minute)"
    assert "there may be no change at all" in found.how_sure


def test_intervals_that_touch_overlap() -> None:
    assert not retake(fillers(12.0, 9.0, 15.0), fillers(7.0, 5.0, 9.0)).apart
    assert retake(fillers(12.0, 9.0, 15.0), fillers(7.0, 5.0, 8.9)).apart


def test_a_change_in_the_wrong_direction_is_said_too() -> None:
    found = retake(fillers(8.0, 6.0, 10.0), fillers(15.0, 12.0, 18.0))
    assert (found.apart, found.change) == (True, "Fillers: 8 to 15 a minute")
    # What is outside now is what was to change: it is said once.
    assert found.headline == "Fillers: 8 to 15 a minute."


def test_a_decimal_shows_that_two_values_differ() -> None:
    found = retake(fillers(6.4, 5.5, 7.3), fillers(6.1, 5.2, 7.0))
    assert found.change == "Fillers: about the same (6.4, then 6.1 a minute)"
    found = retake(fillers(6.0, 5.5, 6.5), fillers(6.0, 5.5, 6.5))
    assert found.change == "Fillers: about the same (6, then 6 a minute)"


def test_the_length_is_compared_as_a_time() -> None:
    few = {"filled_pauses": 1, "markers": 0}
    before = with_verdict(take_report(185.0, words=400, **few))
    now = with_verdict(take_report(100.0, words=220, **few))
    found = retake(before, now)
    assert (found.figure, found.apart) == ("length", True)
    assert found.change == "Length: 3 min 5 s to 1 min 40 s"


@pytest.mark.parametrize(
    ("measure", "before", "now", "change"),
    [
        ("speaking_rate", (186.0, 180.0, 192.0), (150.0, 145.0, 155.0), "Pace: 186 to 150 words a minute"),
        ("long_pause_rate", (12.0, 10.0, 14.0), (4.0, 3.0, 5.0), "Long pauses: 12 to 4 a minute"),
    ],
)
def test_pace_and_pauses_have_words_of_their_own(
    measure: str, before: tuple[float, float, float], now: tuple[float, float, float], change: str
) -> None:
    unit = "words/min" if measure == "speaking_rate" else "per min"
    first, second = (
        with_verdict(take_report(filled_pauses=1, markers=0, **{measure: rate(*each, unit)}))
        for each in (before, now)
    )
    assert retake(first, second).change == change


def test_what_is_outside_now_follows_if_both_fit() -> None:
    now = with_verdict(take_report(filler_rate=rate(2.0, 1.0, 3.0), long_pause_rate=rate(12.0, 10.0, 14.0)))
    found = retake(fillers(21.0, 18.0, 24.0), now)
    assert found.headline == "Fillers: 21 to 2 a minute. About 12 long pauses a minute: aim for 7 or fewer."
    assert len(found.headline.split()) <= MOST_WORDS
    same = retake(
        fillers(7.0, 6.0, 8.0), replace(now, measures={**now.measures, "filler_rate": rate(6, 4, 8)})
    )
    assert same.headline == "Fillers: about the same (7, then 6 a minute)."


def test_takes_that_were_measured_in_different_ways_are_not_compared() -> None:
    before, now = fillers(21.0, 18.0, 24.0), fillers(6.0, 4.0, 8.0)
    assert compare_with_previous(now, before) is not None
    assert compare_with_previous(now, replace(before, analysis_version="0.1")) is None
    other = replace(before, model=replace(before.model, sha256="other"))
    assert compare_with_previous(now, other) is None


def test_without_anything_to_change_nothing_is_compared() -> None:
    good = fillers(2.0, 1.0, 3.0)
    assert compare_with_previous(fillers(21.0, 18.0, 24.0), good) is None


def test_a_figure_that_is_unknown_now_is_not_compared() -> None:
    now = with_verdict(take_report(filler_rate=not_measurable("per min", "too_little_speech")))
    assert compare_with_previous(now, fillers(21.0, 18.0, 24.0)) is None


def test_without_intervals_no_difference_is_called_a_change() -> None:
    now = with_verdict(
        take_report(filler_rate=Measure(6.0, "per min", None, None, "low_confidence", "noise"))
    )
    found = retake(fillers(21.0, 18.0, 24.0), now)
    assert (found.apart, found.how_sure) == (False, "How sure this is could not be measured.")


def test_another_question_is_suggested_after_three_takes() -> None:
    assert [another_question(takes) for takes in (1, 2)] == [None, None]
    third = another_question(TAKES_BEFORE_ANOTHER_QUESTION)
    assert third is not None
    assert third.text == "This was take 3 of this question. Another question may help more now."
    assert "Lambert 2017" in third.why
