"""The measures of two takes: their verdicts and sentences."""

import pytest

from analysis import serialization
from analysis.comparison.comparison import compare
from analysis.comparison.measures import SHOWN
from analysis.comparison.models import ComparedMeasure, TakeComparison
from analysis.comparison.ratio import Observed, ratio_interval
from analysis.comparison.spread import DEFAULT_SPREAD, Spread, spread_of
from analysis.measures.confidence import not_measurable
from analysis.report import Measure, Report
from analysis.trends.facts import take_facts
from analysis.trends.models import FAMILY
from tests.analysis.comparison.take_reports import silent_take, take, take_report

ALIKE = Spread({name: 0.01 for name in FAMILY}, 40)
"""The spread of a person with takes that hardly differ."""


def comparison(
    first: Report, second: Report, *, spread: Spread | None = None, verdicts: bool = True
) -> TakeComparison:
    return compare(take(first), take(second, "take 2"), spread=spread, verdicts=verdicts)


def measure(name: str, found: TakeComparison) -> ComparedMeasure:
    return next(each for each in found.measures if each.name == name)


def test_the_family_has_verdicts_and_the_other_measures_do_not() -> None:
    found = comparison(take_report(), take_report())
    assert [each.name for each in found.measures][: len(FAMILY)] == list(FAMILY)
    rest = found.measures[len(FAMILY) :]
    assert {each.name for each in rest} <= set(SHOWN)
    assert all(each.verdict is None and each.sentence == "" and each.ratio is None for each in rest)
    assert measure("pause_longest", found).second.value == 1.4


@pytest.mark.parametrize(
    ("name", "second", "spread", "sentence"),
    [
        (
            "filler_rate",
            take_report(filled_pauses=2, markers=1),
            ALIKE,
            "Fewer fillers: 8.0 to 2.0 a minute, probably a change.",
        ),
        (
            "filler_rate",
            take_report(filled_pauses=36, markers=20),
            ALIKE,
            "More fillers: 8.0 to 37.3 a minute, a clear change.",
        ),
        (
            "filler_rate",
            take_report(filled_pauses=2, markers=1),
            None,
            "Fillers: cannot tell yet from two takes.",
        ),
        ("answer_length", take_report(40.0), ALIKE, "Shorter: 1 min 30 s to 40 s, a clear change."),
        ("answer_length", take_report(60.0), None, "Length: cannot tell yet from two takes."),
        (
            "speaking_rate",
            take_report(words=300),
            ALIKE,
            "Faster: 133 to 200 words a minute, a clear change.",
        ),
        (
            "long_pause_rate",
            take_report(long_pauses=16),
            None,
            "More long pauses: 1.3 to 10.7 a minute, probably a change.",
        ),
    ],
)
def test_verdicts_depend_on_the_spread(
    name: str, second: Report, spread: Spread | None, sentence: str
) -> None:
    compared = measure(name, comparison(take_report(), second, spread=spread))
    assert compared.sentence == sentence
    assert compared.low is not None and compared.high is not None and compared.ratio is not None
    assert compared.low < compared.ratio < compared.high
    if compared.verdict == "clear_change":
        assert not compared.low <= 1 <= compared.high


def test_no_filler_in_one_take_causes_no_division_by_zero() -> None:
    without = take_report(filled_pauses=0, markers=0)
    compared = measure("filler_rate", comparison(without, take_report(filled_pauses=30), spread=ALIKE))
    assert (compared.ratio, compared.verdict) == (None, "clear_change")
    assert measure("filler_rate", comparison(without, without)).verdict == "cannot_tell"
    assert (
        measure("long_pause_rate", comparison(take_report(long_pauses=0), take_report(long_pauses=1))).verdict
        == "cannot_tell"
    )


@pytest.mark.parametrize(
    ("doubt", "verdict"),
    [
        (None, "clear_change"),
        ("detector_uncertain", "clear_change"),
        ("echo", "cannot_tell"),
        ("low_signal_to_noise", "cannot_tell"),
        ("too_little_speech", "cannot_tell"),
    ],
)
def test_a_recording_that_is_hard_to_hear_gives_no_verdict(doubt: str | None, verdict: str) -> None:
    many = take_report(long_pauses=110)
    rate = many.measures["long_pause_rate"]
    state = "measured" if doubt is None else "low_confidence"
    marked = take_report(
        long_pauses=110, long_pause_rate=Measure(rate.value, rate.unit, rate.low, rate.high, state, doubt)
    )
    compared = measure("long_pause_rate", comparison(take_report(), marked, spread=ALIKE))
    assert compared.verdict == verdict
    if verdict == "cannot_tell":
        assert compared.sentence == "Long pauses: cannot tell, because a figure is less sure."
        assert compared.low is not None


def test_a_measure_missing_in_one_take_is_reported() -> None:
    lacking = take_report(filler_rate=not_measurable("per min", "language_not_english"))
    compared = measure("filler_rate", comparison(take_report(), lacking))
    assert (compared.verdict, compared.low) == ("cannot_tell", None)
    assert compared.sentence == "Fillers: cannot tell, because one take has no figure."
    found = comparison(silent_take(), take_report())
    assert {each.verdict for each in found.measures[: len(FAMILY)]} == {"cannot_tell"}
    assert found.best_stretches.first is None


def test_takes_of_different_builds_are_not_compared() -> None:
    found = comparison(take_report(), take_report(400.0, filled_pauses=90, model="tiny.en"), spread=ALIKE)
    assert found.notice is not None and "different versions" in found.notice
    assert {each.verdict for each in found.measures[: len(FAMILY)]} == {"cannot_tell"}
    assert all(each.ratio is None for each in found.measures)
    assert measure("filler_rate", found).sentence == (
        "Fillers: not compared, because the two takes were measured in different ways."
    )


def test_the_figures_stay_without_verdicts() -> None:
    found = comparison(take_report(), take_report(30.0, filled_pauses=40), spread=ALIKE, verdicts=False)
    assert not found.verdicts
    for name in ("speaking_rate", "long_pause_rate", "filler_rate"):
        compared = measure(name, found)
        assert compared.verdict == "not_given"
        assert compared.low is not None and compared.first.value is not None
        assert "change" not in compared.sentence and "tell" not in compared.sentence
    assert measure("filler_rate", found).sentence == "Fillers: 8.0 and 88.0 a minute."
    # The length of an answer is not a matter of fluency.
    assert measure("answer_length", found).verdict == "clear_change"


def test_the_method_states_the_assumed_spread() -> None:
    assert "25 % for length, 12 % for pace and 50 %" in comparison(take_report(), take_report()).method
    own = comparison(take_report(), take_report(), spread=ALIKE)
    assert "learned from 40 other takes" in own.method


def test_the_spread_is_estimated_from_ten_takes_of_the_same_build() -> None:
    steady = take_facts(take_report())
    other = take_facts(take_report(model="tiny.en"))
    assert spread_of([steady] * 9 + [other] * 5, steady.build) == Spread(DEFAULT_SPREAD, 0)
    learnt = spread_of([steady] * 12, steady.build)
    assert learnt.takes == 12
    # Identical takes reduce the spread at most by half, because twelve are few.
    for name, squared in learnt.squared.items():
        assert 0.5 * DEFAULT_SPREAD[name] < squared < DEFAULT_SPREAD[name]
    scattered = [take_facts(take_report(30.0 + 20.0 * each, pauses=1 + 9 * each)) for each in range(12)]
    wide = spread_of(scattered, steady.build)
    assert wide.squared["answer_length"] > DEFAULT_SPREAD["answer_length"]
    assert wide.squared["speaking_rate"] <= 4.0 * DEFAULT_SPREAD["speaking_rate"]


def test_the_interval_of_counting_alone_is_that_of_jeffreys() -> None:
    """Jeffreys' interval for the ratio of two Poisson rates, 40 and 5 events over the same time.

    Against 400,000 draws from the two gamma distributions: 0.046 to 0.294.
    """
    first, second = (Observed(count, count, count, 1.5, counted=True) for count in (40.0, 5.0))
    low, high = ratio_interval(first, second, 1e-9, 0.95)
    assert (low, high) == pytest.approx((0.046, 0.294), abs=0.002)
    back = ratio_interval(second, first, 1e-9, 0.95)
    assert back == pytest.approx((1 / high, 1 / low))


def test_a_comparison_survives_json() -> None:
    found = comparison(take_report(text="so " * 50), take_report(text="so " * 60))
    assert serialization.from_json(TakeComparison, serialization.to_json(found)) == found
