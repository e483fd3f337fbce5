"""Simulations of the statistics of progress: without a change, a clear change is hardly ever reported.

Histories are made up and looked at after every take. The figures are printed: `pytest -s`.
"""

import math
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.trends.amounts import Amounts
from analysis.trends.change import compare_groups, compare_halves
from analysis.trends.difference import difference
from analysis.trends.looks import ERROR, FAMILY_ERROR, HALVES, SINCE_CHOSEN, Look, Plan
from analysis.trends.models import FAMILY
from analysis.trends.rates import pooled
from analysis.trends.simulation import simulated_history
from tests.tools.operating_characteristics import (
    POWER_AT,
    Series,
    any_called,
    counts,
    ever_called,
    ever_called_since,
    family_without_change,
    halves_differ,
    power,
)

HISTORIES = 2_000
SEEDS = (1, 2, 3)
TAKES = 60


def share(flags: NDArray[np.bool_], of: str) -> float:
    result = float(flags.mean())
    sys.stdout.write(f"{of}: {100 * result:.1f} %\n")
    return result


@pytest.mark.parametrize("k", [4.0, 10.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_change_at_most_5_percent_show_a_clear_one(seed: int, k: float) -> None:
    family = family_without_change(np.random.default_rng(seed), histories=HISTORIES, takes=TAKES, k=k)
    assert len(family) == len(FAMILY)
    assert share(any_called(family), f"any of four, k = {k:g}, seed {seed}") <= ERROR


@pytest.mark.parametrize("k", [4.0, 10.0])
@pytest.mark.parametrize("seconds", [90.0, (40.0, 180.0)], ids=["even", "uneven"])
@pytest.mark.parametrize("rate", [0.3, 1.0, 3.0, 8.0])
def test_four_measures_of_counts_of_any_size_keep_the_bound(
    rate: float, seconds: float | tuple[float, float], k: float
) -> None:
    rng = np.random.default_rng(7)
    histories = [
        simulated_history(rng, takes=TAKES, rate_per_minute=rate, k=k, seconds=seconds, histories=HISTORIES)
        for _ in FAMILY
    ]
    # one of the four is fillers
    family = [counts(history, overdispersed=number == 0) for number, history in enumerate(histories)]
    assert share(any_called(family), f"{rate:g} a minute, k = {k:g}") <= ERROR


def test_the_bound_holds_for_any_number_of_takes() -> None:
    family = family_without_change(np.random.default_rng(4), histories=HISTORIES, takes=300, k=10.0)
    assert share(any_called(family), "any of four within 300 takes") <= ERROR


def test_skewed_lengths_keep_the_bound() -> None:
    lengths = 90.0 * np.random.default_rng(5).lognormal(0.0, 0.8, size=(HISTORIES, TAKES))
    series = Series(lengths, np.ones_like(lengths), overdispersed=False)
    assert share(ever_called(series), "lognormal lengths, alone") <= FAMILY_ERROR * 1.5


@pytest.mark.parametrize("k", [4.0, 10.0])
@pytest.mark.parametrize("before", [5, 10, 20])
def test_a_focus_keeps_the_bound_for_any_number_of_takes_before(before: int, k: float) -> None:
    rng = np.random.default_rng(before)
    for rate in (1.0, 8.0):
        history = simulated_history(
            rng,
            takes=before + TAKES,
            rate_per_minute=rate,
            k=k,
            seconds=(40.0, 180.0),
            histories=HISTORIES,
        )
        for overdispersed in (True, False):
            called = ever_called_since(counts(history, overdispersed=overdispersed), before)
            assert share(called, f"focus, {before} before, {rate:g} a minute, k = {k:g}") <= ERROR


def test_uncorrected_looking_breaks_the_bound() -> None:
    """The simulations above can fail: they do as soon as any part of the correction is missing."""
    family = family_without_change(np.random.default_rng(1), histories=HISTORIES, takes=TAKES, k=10.0)
    uncorrected = np.zeros(HISTORIES, dtype=np.bool_)
    one_look_each = np.zeros(HISTORIES, dtype=np.bool_)
    each_look_at_its_share = np.zeros(HISTORIES, dtype=np.bool_)
    for series in family:
        one_look_each |= halves_differ(series, 30, ERROR)
        for takes in range(6, TAKES + 1):
            uncorrected |= halves_differ(series, takes, ERROR)
            each_look_at_its_share |= halves_differ(series, takes, FAMILY_ERROR)
    assert share(uncorrected, "plain 95 % after every take") > 0.5
    assert share(one_look_each, "plain 95 % once, four measures") > 0.15
    assert share(each_look_at_its_share, "corrected for measures alone") > 2 * ERROR


def test_counting_events_instead_of_takes_breaks_the_bound() -> None:
    """Takes are the unit of chance: Poisson intervals are far too narrow for clustered events."""
    history = simulated_history(np.random.default_rng(2), takes=30, k=4.0, histories=HISTORIES)
    before, after = history.events[:, :15].sum(axis=1), history.events[:, 15:].sum(axis=1)
    statistic = np.abs(np.log(after / before)) / np.sqrt(1.0 / before + 1.0 / after)
    assert share(statistic > 1.96, "Poisson, once") > 4 * ERROR


def test_a_halving_is_found_in_80_percent_with_15_takes_before_and_after(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = {
        (before, after): power(np.random.default_rng(3), before=before, after=after)
        for before, after in POWER_AT
    }
    lines = [
        f"  {before} + {after} takes: {100 * found_in:.1f} %" for (before, after), found_in in found.items()
    ]
    with capsys.disabled():  # how often a change goes unseen is always told
        sys.stdout.write(
            "\nA halving from 8 fillers a minute, takes of 90 s, k = 10, is a clear change after\n"
        )
        sys.stdout.write("\n".join(lines) + "\n")
    assert found[15, 15] >= 0.80
    assert found[24, 24] > found[12, 12] > found[6, 6]


def test_levels_of_all_looks_add_up_to_the_error() -> None:
    assert HALVES.total() <= FAMILY_ERROR
    assert SINCE_CHOSEN.total() <= ERROR


def test_the_pages_verdict_after_every_take_is_that_of_the_simulation() -> None:
    rng = np.random.default_rng(6)
    history = simulated_history(
        rng, takes=40, change_after=18, factor=0.4, seconds=(40.0, 180.0), histories=60
    )
    series = counts(history)
    expected = ever_called(series)
    for number in range(len(expected)):
        amounts = _amounts(series, number)
        verdicts = {compare_halves(amounts[:takes]).verdict for takes in range(41)}
        assert ("clear_change" in verdicts) == expected[number]
    assert 0 < expected.sum() < len(expected)


def test_the_verdict_on_a_focus_after_every_take_is_that_of_the_simulation() -> None:
    rng = np.random.default_rng(8)
    history = simulated_history(rng, takes=50, change_after=25, factor=0.6, histories=60)
    series = counts(history)
    expected = ever_called_since(series, 25)
    for number in range(len(expected)):
        amounts = _amounts(series, number)
        verdicts = {compare_groups(amounts[:25], amounts[25:takes]).verdict for takes in range(25, 51)}
        assert ("clear_change" in verdicts) == expected[number]
    assert 0 < expected.sum() < len(expected)


def _amounts(series: Series, number: int) -> Amounts:
    exposure = series.exposure[number]
    return Amounts(series.events[number], exposure, exposure, series.overdispersed)


def test_a_plain_interval_covers_the_true_ratio_as_often_as_it_says() -> None:
    history = simulated_history(
        np.random.default_rng(9), takes=20, change_after=10, factor=0.5, histories=HISTORIES
    )
    # that the scaled rates do not differ is what Fieller's interval says of a ratio
    events, minutes = history.events.astype(np.float64), history.seconds / 60.0
    before, after = pooled(events[:, :10], minutes[:, :10]), pooled(events[:, 10:], 0.5 * minutes[:, 10:])
    missed = difference(before, after, overdispersed=False).shown(0.05)
    assert 0.03 <= share(missed, "true ratio outside of a plain 95 % interval") <= 0.07


def test_simulated_counts_have_the_mean_and_scatter_of_a_negative_binomial() -> None:
    history = simulated_history(
        np.random.default_rng(10), takes=2, k=4.0, change_after=1, factor=0.5, histories=200_000
    )
    for column, mean in ((0, 12.0), (1, 6.0)):
        events = history.events[:, column]
        assert events.mean() == pytest.approx(mean, rel=0.01)
        assert events.var() == pytest.approx(mean + mean**2 / 4.0, rel=0.03)


def test_autocorrelated_takes_keep_their_dispersion_and_follow_one_another() -> None:
    history = simulated_history(
        np.random.default_rng(11),
        takes=3,
        rate_per_minute=80.0,
        k=10.0,
        histories=50_000,
        autocorrelation=0.5,
    )
    alone, next_to = history.events[:, 1].var(), np.corrcoef(history.events[:, 1], history.events[:, 2])
    assert alone == pytest.approx(120.0 + 120.0**2 / 10.0, rel=0.03)
    assert next_to[0, 1] == pytest.approx(0.5 * (120.0**2 / 10.0) / alone, abs=0.04)


def test_a_plan_never_ends() -> None:
    plan = Plan(written=(Look(4, 0.01), Look(10, 0.02)), fading=0.5, step=2)
    assert plan.last(3) is None
    assert plan.last(9) == Look(4, 0.01)
    assert plan.until_next(9) == 1
    assert plan.until_next(10) == 4
    assert plan.last(14) == Look(14, 0.01)
    assert math.isclose(plan.total(), 0.05)
    assert Look(30, 0.005) in HALVES.written
    for takes in range(2_000):
        standing, needed = HALVES.last(takes), HALVES.until_next(takes)
        assert needed > 0
        following = HALVES.last(takes + needed)
        assert following is not None and following.takes == takes + needed and following.takes % 2 == 0
        assert standing is None or standing.takes <= takes
