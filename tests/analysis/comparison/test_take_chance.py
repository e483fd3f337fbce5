"""Two takes in which nothing has changed: how often chance is taken for a change, and what is found at all.

Takes are made up: length and pace vary as the defaults say, pauses and fillers are negative binomial with
k = 4 and 10, and of all of them only what detectors with the published error find is in the reports.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from scipy.stats import binom

from analysis.comparison.measures import compare_measures
from analysis.comparison.spread import DEFAULT_SPREAD, FEWEST_OWN_TAKES, Spread, spread_of
from analysis.measures.intervals import CLEAR
from analysis.report import Report
from analysis.trends.facts import take_facts
from analysis.trends.simulation import simulated_history
from tests.analysis.comparison.take_reports import take_report

FEW, MANY = 500, 2_000
"""Number of pairs of takes."""
SIZES = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.long)]
ERROR = 0.05
"""Largest share of clear changes among pairs without a change."""
SECONDS, PACE, PAUSES, FILLERS = 90.0, 140.0, 12.0, 8.0
"""Properties of a usual take; the last three are per minute."""
DEFAULT = Spread(dict(DEFAULT_SPREAD), 0)


def simulated_take(
    rng: np.random.Generator,
    k: float,
    *,
    seconds: float = SECONDS,
    pace: float = PACE,
    pauses: float = PAUSES,
    fillers: float = FILLERS,
) -> Report:
    """The report of a simulated take of a person with these average properties."""
    length = max(31.0, seconds * _varied(rng, DEFAULT_SPREAD["answer_length"]))
    words = pace * length / 60 * _varied(rng, DEFAULT_SPREAD["speaking_rate"])

    def events(rate: float) -> int:
        history = simulated_history(rng, takes=1, rate_per_minute=rate, k=k, seconds=length)
        return int(history.events[0])

    said = events(fillers)
    markers = int(rng.binomial(said, 0.3))
    return take_report(
        length,
        words=max(1.0, words * rng.normal(1.0, CLEAR.words / 1.96)),
        long_pauses=_found(rng, events(pauses), CLEAR.pause_precision, CLEAR.pause_recall),
        filled_pauses=_found(rng, said - markers, 0.95, 0.92),
        markers=_found(rng, markers, CLEAR.marker_precision, CLEAR.marker_recall),
    )


def _varied(rng: np.random.Generator, squared: float) -> float:
    variance = np.log1p(squared)
    return float(np.exp(rng.normal(-variance / 2, np.sqrt(variance))))


def _found(rng: np.random.Generator, true: int, precision: float, recall: float) -> int:
    hits = rng.binomial(true, recall)
    return int(hits + rng.poisson(hits * (1 - precision) / precision))


def tell(words: str) -> None:
    """Prints a line, visible with `pytest -s`."""
    sys.stdout.write(f"{words}\n")


def most_called(pairs: int) -> float:
    """The largest acceptable share of clear changes in a sample of pairs.

    Large samples must keep the bound itself. For small ones, it is the share that a procedure with exactly
    the permitted error exceeds once in a hundred runs: 37 of 500. A procedure that errs in 10 % of pairs
    exceeds it in 97 of a hundred runs.
    """
    return ERROR if pairs >= MANY else float(binom.ppf(0.99, pairs, ERROR)) / pairs


def verdicts(first: Report, second: Report, spread: Spread) -> Iterator[tuple[str, str]]:
    compared = compare_measures(first, second, spread=spread, same_build=True, verdicts=True)
    return ((measure.name, str(measure.verdict)) for measure in compared)


@pytest.mark.parametrize(("pauses", "fillers"), [(PAUSES, FILLERS), (4.0, 1.0)])
@pytest.mark.parametrize("k", [4.0, 10.0])
@pytest.mark.parametrize("pairs", SIZES)
def test_chance_gives_a_clear_change_in_at_most_one_of_twenty_pairs(
    pairs: int, k: float, pauses: float, fillers: float
) -> None:
    rng = np.random.default_rng(5)
    called = Counter[str]()
    pairs_called = 0
    for _ in range(pairs):
        pair = [simulated_take(rng, k, pauses=pauses, fillers=fillers) for _ in range(2)]
        clear = [name for name, verdict in verdicts(*pair, DEFAULT) if verdict == "clear_change"]
        called.update(clear)
        pairs_called += bool(clear)
    tell(f"k = {k:g}, {fillers:g} fillers a minute: {pairs_called / pairs:.2%} of pairs, {dict(called)}")
    assert pairs_called / pairs <= most_called(pairs)


@pytest.mark.parametrize("own", [FEWEST_OWN_TAKES, 30])
@pytest.mark.parametrize("k", [4.0, 10.0])
@pytest.mark.parametrize("pairs", SIZES)
def test_chance_gives_few_clear_changes_with_an_estimated_spread(pairs: int, k: float, own: int) -> None:
    rng = np.random.default_rng(6)
    takes = [simulated_take(rng, k) for _ in range(pairs)]
    facts = [take_facts(take) for take in takes]
    pairs_called = 0
    for _ in range(pairs):
        drawn = rng.choice(len(takes), own + 2, replace=False)
        spread = spread_of([facts[each] for each in drawn[2:]], facts[0].build)
        assert spread.takes == own
        pair = (takes[drawn[0]], takes[drawn[1]])
        pairs_called += any(verdict == "clear_change" for _, verdict in verdicts(*pair, spread))
    tell(f"k = {k:g}, spread of {own} takes: {pairs_called / pairs:.2%} of pairs")
    assert pairs_called / pairs <= most_called(pairs)


BEYOND_TWO_TAKES = ("filler_rate", {"fillers": 4.0})
SHOWN = [
    ("answer_length", {"seconds": 31.0}),
    ("speaking_rate", {"pace": 230.0}),
    ("filler_rate", {"fillers": 0.5}),
]
PRINTED = [
    *(("answer_length", {"seconds": value}) for value in (60.0, 45.0)),
    *(("speaking_rate", {"pace": value}) for value in (170.0, 200.0)),
    *(("filler_rate", {"fillers": value}) for value in (2.0, 1.0)),
]


def power(name: str, change: dict[str, float], pairs: int = 200) -> tuple[float, float]:
    """Shares of pairs with this change in which the verdict is clear, and in which it is at least
    probable."""
    rng = np.random.default_rng(7)
    seen = Counter(
        dict(verdicts(simulated_take(rng, 10.0), simulated_take(rng, 10.0, **change), DEFAULT))[name]
        for _ in range(pairs)
    )
    clear, either = seen["clear_change"] / pairs, 1 - seen["cannot_tell"] / pairs
    tell(f"{name} {change}: clear {clear:.0%}, at least probably {either:.0%}")
    return clear, either


def test_two_takes_show_only_large_changes() -> None:
    """Two takes cannot show a halving of fillers, but they can show that nearly all are gone."""
    assert power(*BEYOND_TWO_TAKES)[0] < 0.2
    length, pace, fillers = (power(*change) for change in SHOWN)
    assert length[0] > 0.5
    assert pace[0] > 0.5
    assert fillers[1] > 0.5


@pytest.mark.long
def test_a_larger_change_is_found_more_often() -> None:
    for (name, middle), (_, small) in zip(PRINTED[1::2], PRINTED[::2], strict=True):
        assert power(name, middle)[1] > power(name, small)[1], name
