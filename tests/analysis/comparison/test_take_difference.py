"""What differs between two takes, in one sentence, and whether that may be chance."""

from dataclasses import replace

import pytest

from analysis.comparison.comparison import compare
from analysis.comparison.difference import MOST_NAMED, NOTABLE, plain_difference
from analysis.comparison.spread import DEFAULT_SPREAD, Spread
from analysis.feedback.standing import MAIN_FIGURES, MainFigure
from analysis.measures.confidence import not_measurable
from analysis.report import Report
from analysis.view.takes import comparison_view
from tests.analysis.comparison.take_reports import silent_take, take, take_report


def said(
    first: Report, second: Report, *, verdicts: bool = True, spread: Spread | None = None
) -> tuple[str, str]:
    comparison = compare(take(first), take(second, "take 2"), verdicts=verdicts, spread=spread)
    view = comparison_view(comparison, "take 1", "take 2")
    return view.difference, view.chance


def test_the_plain_difference_names_what_differs_notably() -> None:
    first = take_report(90.0, words=195, filled_pauses=30, markers=4)
    second = take_report(78.0, words=169, filled_pauses=1, markers=4)
    sentence, chance = said(first, second)
    assert sentence == "Take 2: 12 s shorter, 19 fewer fillers a minute."
    assert chance == "More than measuring error, but it may be chance."


def test_what_is_more_than_chance_is_said_so() -> None:
    steady = Spread({name: 0.01 for name in DEFAULT_SPREAD}, 20)
    first, second = take_report(filled_pauses=30), take_report(filled_pauses=2)
    assert said(first, second, spread=steady) == (
        "Take 2: 19 fewer fillers a minute.",
        "More than measuring error and chance.",
    )
    assert said(first, take_report(filled_pauses=9), spread=steady)[1] == (
        "Probably more than measuring error and chance."
    )
    longer = take_report(101.0, words=224, filled_pauses=2)
    assert said(first, longer, spread=steady) == (
        "Take 2: 11 s longer, 19 fewer fillers a minute.",
        "Fillers: more than measuring error and chance. The rest may be chance.",
    )


def test_a_small_difference_may_be_chance() -> None:
    first = take_report(filled_pauses=8)
    assert said(first, take_report(filled_pauses=5)) == (
        "Take 2: 2 fewer fillers a minute.",
        "This may be chance.",
    )
    # The recording shows it, but two takes of one speaker often differ as much.
    assert said(first, take_report(words=230, filled_pauses=8)) == (
        "Take 2: 20 words a minute faster.",
        "More than measuring error, but it may be chance.",
    )


def test_more_is_said_as_plainly_as_less() -> None:
    first = take_report(80.0, words=180, filled_pauses=6, long_pauses=1)
    second = take_report(150.0, words=280, filled_pauses=12, long_pauses=10)
    sentence, _ = said(first, second)
    assert sentence == "Take 2: 1 min 10 s longer, 23 words a minute slower, 3 more long pauses a minute."


def test_most_that_differ_are_named_in_their_usual_order() -> None:
    first = take_report(60.0, words=100, filled_pauses=30, long_pauses=10)
    second = take_report(100.0, words=240, filled_pauses=0, markers=0, long_pauses=0)
    sentence, _ = said(first, second)
    assert sentence.count(",") == MOST_NAMED - 1
    assert sentence == (
        "Take 2: 44 words a minute faster, 10 fewer long pauses a minute, 34 fewer fillers a minute."
    )


def test_takes_that_hardly_differ_are_about_the_same() -> None:
    first, second = take_report(90.0, words=200), take_report(94.0, words=208)
    assert said(first, second) == (
        "Take 2: about the same length, pace, pauses and fillers as take 1.",
        "",
    )


@pytest.mark.parametrize("figure", MAIN_FIGURES, ids=lambda figure: figure.name)
def test_a_difference_is_named_from_a_third_of_a_step(figure: MainFigure) -> None:
    comparison = compare(take(take_report()), take(take_report(), "take 2"))
    for share, named in ((NOTABLE + 0.02, True), (NOTABLE - 0.02, False)):
        measures = [
            measure
            if measure.name != figure.measure
            else replace(
                measure,
                first=replace(measure.first, value=100.0),
                second=replace(measure.second, value=100.0 + figure.step * share),
            )
            for measure in comparison.measures
        ]
        difference = plain_difference(measures, "take 1", "take 2")
        assert ("about the same" not in difference.sentence) is named


def test_without_verdicts_the_facts_stay_and_chance_is_said_of_the_length_alone() -> None:
    first, second = take_report(90.0, filled_pauses=30), take_report(70.0, words=156, filled_pauses=1)
    sentence, chance = said(first, second, verdicts=False)
    assert sentence == "Take 2: 20 s shorter, 19 fewer fillers a minute."
    assert chance == "The difference in length may be chance."
    same_length = take_report(90.0, filled_pauses=1)
    assert said(first, same_length, verdicts=False)[1] == ""


def test_a_figure_that_one_take_lacks_is_left_out() -> None:
    first = take_report(90.0, filled_pauses=30)
    second = take_report(90.0, filler_rate=not_measurable("per min", "no_speech"))
    assert said(first, second) == ("Take 2: about the same length, pace and pauses as take 1.", "")
    assert said(first, silent_take()) == (
        "Take 2 cannot be compared with take 1: one of them has no figures.",
        "",
    )


def test_takes_of_two_builds_are_not_compared() -> None:
    first, second = take_report(filled_pauses=30), take_report(filled_pauses=1, model="small")
    assert said(first, second) == ("", "")
