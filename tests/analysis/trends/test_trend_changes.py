"""Properties of pooling, comparisons and intervals that hold for any takes."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.trends.amounts import Amounts, amounts_of, measurable
from analysis.trends.change import LATEST_BEFORE, compare_groups, compare_halves
from analysis.trends.difference import FEW_EVENTS, Difference, difference, ratio_interval
from analysis.trends.looks import HALVES
from analysis.trends.models import FAMILY, FEWEST_TAKES, Change
from analysis.trends.rates import estimate, pooled
from tests.analysis.trends.made_takes import facts, halving

many_takes = st.lists(
    st.tuples(st.integers(min_value=0, max_value=60), st.integers(min_value=20, max_value=300)),
    min_size=2,
    max_size=40,
)
groups = st.lists(
    st.tuples(st.integers(min_value=0, max_value=60), st.floats(min_value=0.2, max_value=5.0)),
    min_size=2,
    max_size=20,
)
levels = st.floats(min_value=1e-6, max_value=0.2)


def amounts(events: list[float], minutes: list[float], *, overdispersed: bool = True) -> Amounts:
    exposure = np.array(minutes, dtype=np.float64)
    return Amounts(np.array(events, dtype=np.float64), exposure, exposure, overdispersed)


def of(pairs: list[tuple[int, float]]) -> Amounts:
    return amounts([float(events) for events, _ in pairs], [minutes for _, minutes in pairs])


def test_a_pooled_rate_is_all_events_over_all_minutes() -> None:
    # 1 in half a minute and 12 in two: 13 in 2.5 minutes, where the mean of the rates would be 4.
    both = [facts(30.0, fillers=1, pauses=2, words=50), facts(120.0, fillers=12, pauses=30, words=300)]
    assert estimate(amounts_of(both, "filler_rate")).value == pytest.approx(5.2)
    assert estimate(amounts_of(both, "long_pause_rate")).value == pytest.approx(12.8)
    assert estimate(amounts_of(both, "speaking_rate")).value == pytest.approx(140.0)
    length = estimate(amounts_of(both, "answer_length"))
    assert (length.value, length.minutes, length.takes) == (75.0, 2.5, 2)


def test_takes_without_a_measure_are_left_out_with_their_minutes() -> None:
    english, other = facts(60.0, fillers=3), facts(600.0, fillers=None)
    used = amounts_of([english, other, english], "filler_rate")
    assert (len(used), used.exposure.sum(), used.events.sum()) == (2, 2.0, 6.0)
    assert len(amounts_of([english, other, english], "long_pause_rate")) == 3
    assert not measurable(other, "filler_rate")


def test_counts_that_were_not_stored_are_calculated_from_the_rate() -> None:
    kept = facts(90.0, fillers=12)
    values = {name: value for name, value in kept.values.items() if "count" not in name}
    without = amounts_of([type(kept)(kept.build, "en", 90.0, values, {})], "filler_rate")
    assert without.events[0] == pytest.approx(12.0)


@given(many_takes)
def test_pooling_is_additive(pairs: list[tuple[int, int]]) -> None:
    """Pooling two groups and adding their events and minutes gives the same as pooling all takes."""
    everything = of([(events, seconds / 60.0) for events, seconds in pairs])
    whole = estimate(everything)
    part = len(pairs) // 2
    events = everything[:part].events.sum() + everything[part:].events.sum()
    minutes = everything[:part].exposure.sum() + everything[part:].exposure.sum()
    assert whole.value == pytest.approx(events / minutes)
    assert 0.0 <= whole.low <= whole.value <= whole.high


@given(many_takes, st.randoms(use_true_random=False))
def test_order_within_a_group_does_not_matter(pairs: list[tuple[int, int]], random: st.DataObject) -> None:
    turned = list(pairs)
    random.shuffle(turned)  # type: ignore[attr-defined]
    one, other = (
        estimate(of([(events, seconds / 60.0) for events, seconds in each])) for each in (pairs, turned)
    )
    assert one.value == pytest.approx(other.value)
    assert one.high == pytest.approx(other.high)


@given(groups, groups, st.floats(min_value=0.5, max_value=100.0), levels)
def test_units_do_not_matter(
    first: list[tuple[int, float]], second: list[tuple[int, float]], scale: float, level: float
) -> None:
    """Minutes or seconds, words or syllables: the same ratio and the same interval. (For overdispersed events
    the unit is one event, so those are scaled in time alone.)"""
    assume(sum(events for events, _ in first) > 0 and sum(events for events, _ in second) > 0)
    one = _pair(of(first), of(second))
    longer = _pair(*(amounts(list(a.events), list(a.exposure * scale)) for a in (of(first), of(second))))
    _alike(ratio_interval(one, level), ratio_interval(longer, level))
    many = 1.01 * FEW_EVENTS / min(1.0, scale)
    assume(all(sum(events for events, _ in each) >= many * len(each) for each in (first, second)))
    plain = _pair(of(first), of(second), overdispersed=False)
    larger = _pair(
        *(amounts(list(a.events * scale), list(a.exposure)) for a in (of(first), of(second))),
        overdispersed=False,
    )
    _alike(ratio_interval(plain, level), ratio_interval(larger, level))


def _pair(before: Amounts, after: Amounts, *, overdispersed: bool = True) -> Difference:
    return difference(
        pooled(before.events, before.exposure),
        pooled(after.events, after.exposure),
        overdispersed=overdispersed,
    )


def _alike(one: tuple[float, float | None] | None, other: tuple[float, float | None] | None) -> None:
    assert (one is None) == (other is None)
    if one is None or other is None:
        return
    assert other[0] == pytest.approx(one[0], rel=1e-6, abs=1e-9)
    # an upper end that leaves for infinity may do so a rounding earlier
    if one[1] is not None and other[1] is not None and max(one[1], other[1]) < 1e6:
        assert other[1] == pytest.approx(one[1], rel=1e-3)


@given(groups, groups, levels, st.booleans())
def test_interval_and_test_never_contradict(
    first: list[tuple[int, float]], second: list[tuple[int, float]], level: float, overdispersed: bool
) -> None:
    pair = _pair(of(first), of(second), overdispersed=overdispersed)
    interval = ratio_interval(pair, level)
    shown = bool(pair.shown(level))
    if interval is None:
        assert not shown
        return
    low, high = interval
    assert low >= 0.0 and (high is None or high >= low)
    if pair.before > 0.0:
        ratio = float((pair.after / pair.before) ** 2)
        assert low <= ratio * (1 + 1e-9) and (high is None or ratio <= high * (1 + 1e-9))
    nearly = any(end is not None and abs(end - 1.0) < 1e-6 for end in interval)
    if not nearly:
        assert shown == (low > 1.0 or (high is not None and high < 1.0))


@given(groups, groups, levels)
def test_a_stricter_level_never_gives_a_narrower_interval(
    first: list[tuple[int, float]], second: list[tuple[int, float]], level: float
) -> None:
    pair = _pair(of(first), of(second))
    wide, narrow = ratio_interval(pair, level / 4.0), ratio_interval(pair, level)
    assert wide is not None and narrow is not None
    assert wide[0] <= narrow[0] + 1e-12
    assert wide[1] is None or (narrow[1] is not None and narrow[1] <= wide[1] * (1 + 1e-9))


@given(groups, groups)
def test_reversing_the_order_gives_the_same_evidence(
    first: list[tuple[int, float]], second: list[tuple[int, float]]
) -> None:
    for level in (0.05, 0.001):
        assert _pair(of(first), of(second)).shown(level) == _pair(of(second), of(first)).shown(level)


@given(many_takes, st.sampled_from(FAMILY))
def test_a_verdict_agrees_with_the_intervals(pairs: list[tuple[int, int]], measure: str) -> None:
    made = [
        facts(float(seconds), words=100 + events, pauses=events, fillers=events) for events, seconds in pairs
    ]
    change = compare_halves(amounts_of(made, measure))
    takes = len(made)
    if takes < FEWEST_TAKES:
        assert (change.verdict, change.takes_needed) == ("too_few", FEWEST_TAKES - takes)
        assert change.looked_at == 0 and change.before is None and change.low is None
        return
    assert change.takes_needed == HALVES.until_next(takes)
    excludes = change.low is not None and (change.low > 1 or (change.high is not None and change.high < 1))
    assert (change.verdict == "clear_change") == excludes
    if change.before is not None and change.after is not None:
        assert change.before.takes == change.after.takes == change.looked_at // 2
        assert change.looked_at <= takes
        half = change.looked_at // 2
        used = amounts_of(made, measure)
        plain = _pair(used[:half], used[half : 2 * half], overdispersed=used.overdispersed).shown(0.05)
        assert (change.verdict == "probably") == (bool(plain) and not excludes)


def test_a_halving_is_clear_at_30_takes_and_stands_until_the_next_look() -> None:
    made = halving(15) + [facts(fillers=30)] * 5
    at_30, at_35 = (compare_halves(amounts_of(made[:takes], "filler_rate")) for takes in (30, 35))
    assert at_30.verdict == "clear_change"
    assert at_30.ratio == pytest.approx(0.5)
    assert at_30.before is not None and at_30.after is not None
    assert (at_30.before.value, at_30.after.value) == (8.0, 4.0)
    assert (at_30.takes_needed, at_35.takes_needed) == (6, 1)
    assert _without(at_30) == _without(at_35)
    assert compare_halves(amounts_of(made[:30], "long_pause_rate")).verdict == "cannot_tell"


def _without(change: Change) -> tuple[object, ...]:
    return (
        change.verdict,
        change.before,
        change.after,
        change.ratio,
        change.low,
        change.high,
        change.looked_at,
    )


def test_no_filler_anywhere_is_no_change() -> None:
    change = compare_halves(amounts_of([facts(fillers=0)] * 30, "filler_rate"))
    assert (change.verdict, change.ratio) == ("cannot_tell", None)
    assert change.before is not None
    assert (change.before.value, change.before.low) == (0.0, 0.0)
    # Without any event, the interval extends to 3.7 events in 22.5 minutes.
    assert change.before.high == pytest.approx(3.689 / 22.5)


def test_fillers_that_vanish_or_appear_are_detected() -> None:
    some = halving(15)[:15]
    none = [facts(fillers=0)] * 15
    ended, begun = (
        compare_halves(amounts_of(made, "filler_rate")) for made in ([*some, *none], [*none, *some])
    )
    assert ended.verdict == begun.verdict == "clear_change"
    assert (ended.ratio, ended.low) == (0.0, 0.0) and ended.high is not None and ended.high < 0.5
    assert begun.ratio is None and begun.high is None and begun.low is not None and begun.low > 2.0


def test_takes_without_scatter_show_no_change() -> None:
    made = [facts(90.0)] * 15 + [facts(91.0)] * 15
    for measure in ("answer_length", "speaking_rate"):  # of which one is exact and the other rounded
        assert compare_halves(amounts_of(made, measure)).verdict == "cannot_tell"
    change = compare_halves(amounts_of(made, "answer_length"))
    assert (change.verdict, change.low, change.high) == ("cannot_tell", None, None)
    assert change.ratio == pytest.approx(91 / 90)


@pytest.mark.parametrize("takes", range(6))
def test_few_takes_say_how_many_more(takes: int) -> None:
    change = compare_halves(amounts_of([facts()] * takes, "filler_rate"))
    assert change.verdict == ("too_few" if takes < 5 else "cannot_tell")
    assert change.takes_needed == (5 - takes if takes < 5 else 1)


def test_a_focus_is_compared_with_the_latest_takes_before_it() -> None:
    long_ago = [facts(fillers=60)] * 30
    lately = halving(20)[:20]
    since = [facts(fillers=12 + i % 3) for i in range(9)]
    change = compare_groups(amounts_of(long_ago + lately, "filler_rate"), amounts_of(since, "filler_rate"))
    assert change.before is not None and change.after is not None
    assert (change.before.takes, change.after.takes) == (LATEST_BEFORE, 8)
    assert change.before.value == pytest.approx(8.0)
    assert (change.looked_at, change.takes_needed) == (8, 3)


def test_a_focus_without_enough_takes_before_is_not_compared() -> None:
    change = compare_groups(
        amounts_of([facts()] * 4, "filler_rate"), amounts_of([facts()] * 40, "filler_rate")
    )
    assert (change.verdict, change.takes_needed, change.before) == ("too_few", 0, None)
    change = compare_groups(
        amounts_of([facts()] * 9, "filler_rate"), amounts_of([facts()] * 3, "filler_rate")
    )
    assert (change.verdict, change.takes_needed) == ("too_few", 2)


def test_a_long_take_among_short_ones_makes_the_rate_less_sure() -> None:
    """It outweighs the others, so that the rate is based on effectively few takes."""
    even = pooled(np.full(10, 10.0), np.full(10, 2.0))
    uneven = pooled(np.array([73.0] + [3.0] * 9), np.array([11.0] + [1.0] * 9))
    assert even.freedom == pytest.approx(9.0)
    assert uneven.freedom < 3.0
