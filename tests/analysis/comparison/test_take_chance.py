"""Two takes in which nothing has changed: how often chance is taken for a change, and what is found at all.

Takes are made up: length and pace vary as the defaults say, pauses and fillers are negative binomial with
k = 4 and 10, and of all of them only what detectors with the published error find is in the reports.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from analysis.comparison.measures import compare_measures
from analysis.comparison.spread import DEFAULT_SPREAD, FEWEST_OWN_TAKES, Spread, spread_of
from analysis.measures.intervals import CLEAR
from analysis.report import Report
from analysis.trends.facts import take_facts
from analysis.trends.simulation import simulated_history
from tests.analysis.comparison.take_reports import take_report

PAIRS = 2_000
PAIRS_WITH_POWER = 200
SECONDS, PACE, PAUSES, FILLERS = 90.0, 140.0, 12.0, 8.0
"""Of a usual take; the last three a minute."""
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
    """A take as its report says it, of a person who speaks like this on average."""
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
        pauses=_found(rng, events(pauses), CLEAR.pause_precision, CLEAR.pause_recall),
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
    """For those who run it with -s."""
    sys.stdout.write(f"{words}\n")


def verdicts(first: Report, second: Report, spread: Spread) -> Iterator[tuple[str, str]]:
    compared = compare_measures(first, second, spread=spread, same_build=True, verdicts=True)
    return ((measure.name, str(measure.verdict)) for measure in compared)


@pytest.mark.parametrize(("pauses", "fillers"), [(PAUSES, FILLERS), (4.0, 1.0)])
@pytest.mark.parametrize("k", [4.0, 10.0])
def test_chance_is_called_a_clear_change_in_at_most_one_of_twenty_pairs(
    k: float, pauses: float, fillers: float
) -> None:
    rng = np.random.default_rng(5)
    called = Counter[str]()
    pairs_called = 0
    for _ in range(PAIRS):
        pair = [simulated_take(rng, k, pauses=pauses, fillers=fillers) for _ in range(2)]
        clear = [name for name, verdict in verdicts(*pair, DEFAULT) if verdict == "clear_change"]
        called.update(clear)
        pairs_called += bool(clear)
    tell(f"k = {k:g}, {fillers:g} fillers a minute: {pairs_called / PAIRS:.2%} of pairs, {dict(called)}")
    assert pairs_called / PAIRS <= 0.05


@pytest.mark.parametrize("own", [FEWEST_OWN_TAKES, 30])
@pytest.mark.parametrize("k", [4.0, 10.0])
def test_nor_where_the_spread_was_learnt_from_the_persons_own_takes(k: float, own: int) -> None:
    rng = np.random.default_rng(6)
    takes = [simulated_take(rng, k) for _ in range(2_000)]
    facts = [take_facts(take) for take in takes]
    pairs_called = 0
    for _ in range(PAIRS):
        drawn = rng.choice(len(takes), own + 2, replace=False)
        spread = spread_of([facts[each] for each in drawn[2:]], facts[0].build)
        assert spread.takes == own
        pair = (takes[drawn[0]], takes[drawn[1]])
        pairs_called += any(verdict == "clear_change" for _, verdict in verdicts(*pair, spread))
    tell(f"k = {k:g}, spread of {own} takes: {pairs_called / PAIRS:.2%} of pairs")
    assert pairs_called / PAIRS <= 0.05


def test_what_two_takes_can_show_is_little_and_what_they_show_is_there() -> None:
    """The power is printed: a halving of fillers is beyond two takes; that nearly all are gone is not."""
    rng = np.random.default_rng(7)
    found: dict[str, tuple[float, float]] = {}
    for name, now, changes in (
        ("answer_length", SECONDS, {"seconds": (60.0, 45.0, 31.0)}),
        ("speaking_rate", PACE, {"pace": (170.0, 200.0, 230.0)}),
        ("filler_rate", FILLERS, {"fillers": (4.0, 2.0, 1.0, 0.5)}),
    ):
        for what, values in changes.items():
            for value in values:
                seen = Counter(
                    dict(
                        verdicts(
                            simulated_take(rng, 10.0), simulated_take(rng, 10.0, **{what: value}), DEFAULT
                        )
                    )[name]
                    for _ in range(PAIRS_WITH_POWER)
                )
                clear = seen["clear_change"] / PAIRS_WITH_POWER
                either = 1 - seen["cannot_tell"] / PAIRS_WITH_POWER
                found[f"{name} {now:g} to {value:g}"] = (clear, either)
                tell(f"{name}: {now:g} to {value:g}: clear {clear:.0%}, at least probably {either:.0%}")
    assert found["filler_rate 8 to 4"][0] < 0.2
    assert found["filler_rate 8 to 0.5"][1] > 0.5
    assert found["answer_length 90 to 31"][0] > 0.5
    assert found["speaking_rate 140 to 230"][0] > 0.5
