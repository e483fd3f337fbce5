"""Tests whether a measure changed.

`analysis.trends.rates` explains why takes and not events are the unit of chance, `analysis.trends.difference`
how two groups are compared, and `analysis.trends.looks` when. Only takes of one build are compared.

Takes are assumed to be independent. If each take resembles the one before it, as within one sitting, changes
are reported too often; `python -m tests.tools.operating_characteristics` prints how often. The number of
takes is too small to estimate their autocorrelation, so the report mentions this and does not correct for it.
"""

from analysis.trends.amounts import Amounts
from analysis.trends.difference import Difference, difference, ratio_interval
from analysis.trends.looks import HALVES, SINCE_CHOSEN, Look
from analysis.trends.models import FEWEST_TAKES, Change, Verdict
from analysis.trends.rates import CONFIDENCE, estimate, pooled

LATEST_BEFORE = 20
"""Most takes from before a focus was chosen that are compared with those since; they show what was usual
then. With far more takes before than since, the few takes since would decide alone, and few takes err more
often than their spread suggests."""


def compare_halves(amounts: Amounts) -> Change:
    """Compares the earlier half of the takes with the later half, as of the last planned look.

    Args:
        amounts: amounts of one measure in takes of one build, oldest first.
    """
    if len(amounts) < FEWEST_TAKES:
        return _without_look("too_few", FEWEST_TAKES - len(amounts))
    look, needed = HALVES.last(len(amounts)), HALVES.until_next(len(amounts))
    if look is None:
        return _without_look("cannot_tell", needed)
    half = look.takes // 2
    return _compared(amounts[:half], amounts[half : look.takes], look, needed)


def compare_groups(before: Amounts, after: Amounts) -> Change:
    """Compares takes before a moment that was fixed in advance with those after it, for one measure alone.

    Args:
        before, after: amounts of one measure in takes of one build, oldest first. The latest `LATEST_BEFORE`
            of those before are compared. With fewer than `FEWEST_TAKES` before, a comparison is impossible
            regardless of the number of takes after (`takes_needed` is 0).
    """
    if len(before) < FEWEST_TAKES:
        return _without_look("too_few", 0)
    look, needed = SINCE_CHOSEN.last(len(after)), SINCE_CHOSEN.until_next(len(after))
    if look is None:
        return _without_look("too_few", needed)
    return _compared(before[-LATEST_BEFORE:], after[: look.takes], look, needed)


def _without_look(verdict: Verdict, needed: int) -> Change:
    return Change(verdict, None, None, None, None, None, needed, 0)


def _compared(before: Amounts, after: Amounts, look: Look, needed: int) -> Change:
    pair = difference(
        pooled(before.events, before.exposure),
        pooled(after.events, after.exposure),
        overdispersed=before.overdispersed,
    )
    interval = ratio_interval(pair, look.level)
    low, high = interval if interval is not None else (None, None)
    return Change(
        verdict=_verdict(pair, interval),
        before=estimate(before),
        after=estimate(after),
        ratio=float((pair.after / pair.before) ** 2) if pair.before > 0.0 else None,
        low=low,
        high=high,
        takes_needed=needed,
        looked_at=look.takes,
    )


def _verdict(pair: Difference, corrected: tuple[float, float | None] | None) -> Verdict:
    """The verdict, derived from the interval that is shown, so that the two cannot contradict each other."""
    if _excludes_one(corrected):
        return "clear_change"
    return "probably" if _excludes_one(ratio_interval(pair, 1.0 - CONFIDENCE)) else "cannot_tell"


def _excludes_one(interval: tuple[float, float | None] | None) -> bool:
    """Whether an interval of a ratio excludes 1, that is, no change."""
    if interval is None:
        return False
    low, high = interval
    return low > 1.0 or (high is not None and high < 1.0)
