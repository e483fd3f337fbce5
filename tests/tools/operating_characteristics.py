"""How often a change is called where there is none, and how often a real one is found: by simulation.

The histories come from `analysis.trends.simulation`, and are looked at after every take by the comparison of
`analysis.trends.change`, many at a time.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from analysis.trends.amounts import Floats
from analysis.trends.change import LATEST_BEFORE
from analysis.trends.difference import difference
from analysis.trends.looks import HALVES, SINCE_CHOSEN, Plan
from analysis.trends.models import FAMILY
from analysis.trends.rates import pooled
from analysis.trends.simulation import SimulatedHistory, simulated_history

Flags = NDArray[np.bool_]

HISTORIES = 20_000
"""A share of 5 % of them is known to 0.3 % (two standard errors)."""
_SEED = 5


@dataclass(frozen=True)
class Series:
    """One measure in many histories.

    Attributes:
        events, exposure: (histories, takes), as in `analysis.trends.amounts`.
        overdispersed: as there.
    """

    events: Floats
    exposure: Floats
    overdispersed: bool


def counts(history: SimulatedHistory, *, overdispersed: bool = True) -> Series:
    """Events a minute."""
    return Series(history.events.astype(np.float64), history.seconds / 60.0, overdispersed)


def halves_differ(series: Series, takes: int, level: float) -> Flags:
    """In which histories the halves of the first takes differ, (histories,)."""
    half = takes // 2
    return _differ(series, slice(0, half), slice(half, takes), level)


def _differ(series: Series, before: slice, after: slice, level: float) -> Flags:
    groups = [pooled(series.events[:, part], series.exposure[:, part]) for part in (before, after)]
    return difference(*groups, overdispersed=series.overdispersed).shown(level)


def ever_called(series: Series, plan: Plan = HALVES) -> Flags:
    """In which histories a clear change shows at any take, (histories,): at one look at least, as the
    verdict stands between looks."""
    called = np.zeros(len(series.events), dtype=np.bool_)
    for look in takewhile(lambda look: look.takes <= series.events.shape[1], plan):
        called |= halves_differ(series, look.takes, look.level)
    return called


def ever_called_since(series: Series, before: int) -> Flags:
    """In which histories a clear change of a focus shows at any take after it was chosen, (histories,).

    Args:
        series: of the focus.
        before: takes before it was chosen.
    """
    called = np.zeros(len(series.events), dtype=np.bool_)
    baseline = slice(max(0, before - LATEST_BEFORE), before)
    since = series.events.shape[1] - before
    for look in takewhile(lambda look: look.takes <= since, SINCE_CHOSEN):
        called |= _differ(series, baseline, slice(before, before + look.takes), look.level)
    return called


def called_at(series: Series, takes: int) -> Flags:
    """In which histories a clear change stands at so many takes, (histories,)."""
    look = HALVES.last(takes)
    if look is None:
        return np.zeros(len(series.events), dtype=np.bool_)
    return halves_differ(series, look.takes, look.level)


def family_without_change(
    rng: np.random.Generator, *, histories: int, takes: int, k: float, rate: float = 8.0
) -> tuple[Series, ...]:
    """The four measures without any true change, of takes whose length varies too.

    Lengths are gamma distributed around 90 s with shape k; words, pauses and fillers are negative binomial
    with k over these lengths, at 140, 12 and `rate` a minute, each by itself.
    """
    shape = (histories, takes)
    lengths = 90.0 * rng.gamma(k, 1.0 / k, size=shape)

    def a_minute(expected: float, *, overdispersed: bool) -> Series:
        events = rng.poisson(expected * lengths / 60.0 * rng.gamma(k, 1.0 / k, size=shape))
        return Series(events.astype(np.float64), lengths / 60.0, overdispersed)

    series = (
        Series(lengths, np.ones(shape), False),
        a_minute(140.0, overdispersed=False),
        a_minute(12.0, overdispersed=False),
        a_minute(rate, overdispersed=True),
    )
    assert len(series) == len(FAMILY)
    return series


def any_called(family: Sequence[Series]) -> Flags:
    """In which histories a clear change of any of the measures shows at any take."""
    called = np.zeros(len(family[0].events), dtype=np.bool_)
    for series in family:
        called |= ever_called(series)
    return called


def power(
    rng: np.random.Generator,
    *,
    before: int,
    after: int,
    k: float = 10.0,
    factor: float = 0.5,
    rate: float = 8.0,
    seconds: float = 90.0,
    histories: int = HISTORIES,
) -> float:
    """Share of histories in which a change stands as clear after so many takes on each side of it."""
    history = simulated_history(
        rng,
        takes=before + after,
        rate_per_minute=rate,
        k=k,
        change_after=before,
        factor=factor,
        seconds=seconds,
        histories=histories,
    )
    return float(called_at(counts(history), before + after).mean())


_AUTOCORRELATIONS = (0.1, 0.2, 0.3)


def as_table(histories: int = HISTORIES) -> str:
    """All that the simulation says, as the lines of a page in Markdown.

    Args:
        histories: of each kind; 20,000 take about a minute.
    """
    return "\n".join(
        [
            "# How often a change is called",
            "",
            f"{histories:,} made-up histories of each kind, looked at after every take.",
            *_false_alarm_lines(histories),
            *_focus_lines(histories),
            *_autocorrelation_lines(histories),
            *_power_lines(histories),
            "",
        ]
    )


def _percent(flags: Flags | float) -> str:
    return f"{100.0 * float(np.mean(flags)):.1f} %"


def _false_alarm_lines(histories: int) -> list[str]:
    lines = [
        "",
        "## No true change: a clear change of any of the four measures shows",
        "",
        "Lengths are gamma distributed with shape k around 90 s; the others are negative binomial counts.",
        "",
        "| k | fillers a minute | within 60 takes | within 200 takes |",
        "|---|---|---|---|",
    ]
    for k in (10.0, 4.0):
        for rate in (8.0, 3.0, 1.0, 0.3):
            shares = []
            for takes in (60, 200):
                rng = np.random.default_rng(_SEED)
                family = family_without_change(rng, histories=histories, takes=takes, k=k, rate=rate)
                shares.append(_percent(any_called(family)))
            lines.append(f"| {k:g} | {rate:g} | {shares[0]} | {shares[1]} |")
    return lines


def _focus_lines(histories: int) -> list[str]:
    befores = (5, 10, 20, 60)
    lines = [
        "",
        "## No true change: a clear change of the focus shows within 60 takes since it was chosen",
        "",
        "Takes of 40 to 180 s; alone, with so many takes from before.",
        "",
        f"| k | fillers a minute | {' | '.join(f'{before} before' for before in befores)} |",
        f"|---|---|{'---|' * len(befores)}",
    ]
    for k in (10.0, 4.0):
        for rate in (8.0, 1.0):
            shares = []
            for before in befores:
                history = simulated_history(
                    np.random.default_rng(_SEED),
                    takes=before + 60,
                    rate_per_minute=rate,
                    k=k,
                    seconds=(40.0, 180.0),
                    histories=histories,
                )
                shares.append(_percent(ever_called_since(counts(history), before)))
            lines.append(f"| {k:g} | {rate:g} | {' | '.join(shares)} |")
    return lines


def _autocorrelation_lines(histories: int) -> list[str]:
    lines = [
        "",
        "## Not allowed for: takes that resemble the take before",
        "",
        "No true change; a clear change of fillers alone shows within 60 takes of 90 s, 8 a minute, k = 10.",
        "",
        "| correlation with the take before | shows |",
        "|---|---|",
    ]
    for autocorrelation in (0.0, *_AUTOCORRELATIONS):
        history = simulated_history(
            np.random.default_rng(_SEED), takes=60, histories=histories, autocorrelation=autocorrelation
        )
        lines.append(f"| {autocorrelation:g} | {_percent(ever_called(counts(history)))} |")
    return lines


def _power_lines(histories: int) -> list[str]:
    lines = [
        "",
        "## A halving from 8 fillers a minute, takes of 90 s: found as a clear change",
        "",
        "| takes before + after | k = 10 | k = 4 |",
        "|---|---|---|",
    ]
    for before, after in POWER_AT:
        shares = [
            _percent(
                power(np.random.default_rng(_SEED), before=before, after=after, k=k, histories=histories)
            )
            for k in (10.0, 4.0)
        ]
        lines.append(f"| {before} + {after} | {shares[0]} | {shares[1]} |")
    return lines


POWER_AT = ((3, 3), (6, 6), (12, 12), (15, 15), (24, 24))
"""Takes before and after: 6, 12 and 24 in all and on each side, and the 15 and 15 that are promised."""

if __name__ == "__main__":
    sys.stdout.write(as_table())
