"""The focus of a week, and the summary of a week."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from analysis.measures.registry import DEFINITIONS
from analysis.trends.focus import ADVICE, focus_change, focus_sentence
from analysis.trends.models import FAMILY, Take
from analysis.trends.weeks import KindCount, week_summary
from tests.analysis.trends.made_takes import OLDER, facts, halving, take, takes_of

MONDAY = date(2026, 11, 16)


def test_every_measure_of_the_family_has_advice_with_a_source() -> None:
    assert set(ADVICE) == set(FAMILY) <= set(DEFINITIONS)
    for advice in ADVICE.values():
        assert 2 <= len(advice.sentences) <= 3
        assert all(sentence.endswith(".") and len(sentence) < 110 for sentence in advice.sentences)
        assert advice.source
    assert "Laske 2024" in ADVICE["filler_rate"].source


def groups(since: int) -> tuple[list[Take], list[Take]]:
    made = takes_of(halving(15))
    return made[:15], made[15 : 15 + since]


def test_the_sentence_of_a_focus_counts_the_takes_since() -> None:
    change = focus_change(*groups(12), "filler_rate")
    assert change.verdict == "clear_change"
    assert focus_sentence(change, "filler_rate") == (
        "Fewer fillers: 8.0 to 3.9 a minute over the twelve takes since, a clear change."
    )
    change = focus_change(*groups(9), "long_pause_rate")
    assert focus_sentence(change, "long_pause_rate") == (
        "Cannot tell yet: 12.7 to 12.6 a minute over the eight takes since. "
        "Compared again after three more takes."
    )


def test_a_new_focus_says_how_many_takes_it_needs() -> None:
    change = focus_change(*groups(0), "filler_rate")
    assert focus_sentence(change, "filler_rate") == "Cannot tell yet: five more takes."
    change = focus_change(*groups(4), "filler_rate")
    assert focus_sentence(change, "filler_rate") == "Cannot tell yet: one more take."


def test_a_focus_with_too_little_before_it_says_so() -> None:
    before, since = groups(12)
    change = focus_change(before[:3], since, "filler_rate")
    assert focus_sentence(change, "filler_rate") == (
        "There are fewer than five takes from before, so there is nothing to compare with."
    )
    assert focus_change([], [], "filler_rate").verdict == "too_few"


def test_a_focus_compares_takes_of_one_build() -> None:
    before, since = groups(12)
    older = takes_of([facts(fillers=60, build=OLDER)] * 20)
    change = focus_change([*older, *before], since, "filler_rate")
    assert change.before is not None and change.before.value == pytest.approx(8.0)
    assert focus_change(older, since, "filler_rate").verdict == "too_few"


def of_week(number: int, *, kind: str | None, day: int, hour: int = 19, fillers: int | None = 12) -> Take:
    at = datetime(2026, 11, 16, hour, 0, tzinfo=UTC) + timedelta(days=day)
    return take(number, facts(fillers=fillers), kind=kind, at=at)


def test_a_week_is_pooled_and_compared_with_the_weeks_before() -> None:
    takes = [
        of_week(1, kind="Motivation", day=0),
        of_week(2, kind="Ethics", day=0, fillers=3),
        of_week(3, kind="Motivation", day=2, fillers=None),
    ]
    before = takes_of([facts(fillers=24)] * 4)
    week = week_summary(takes, before, first_day=MONDAY, zone=UTC)
    assert (week.week, week.first_day, week.last_day) == ("2026-W47", MONDAY, date(2026, 11, 22))
    assert (week.takes, week.minutes, week.days) == (3, 4.5, 2)
    assert week.kinds == (KindCount("Motivation", 2), KindCount("Ethics", 1))
    fillers = week.measures["filler_rate"]
    assert (fillers.value, fillers.unit, fillers.takes) == (pytest.approx(5.0), "per min", 2)
    assert fillers.before is not None
    assert (fillers.before.value, fillers.before.takes) == (pytest.approx(16.0), 4)
    assert week.sentence == "Three takes on two days, 4 min 30 s of speech."


def test_days_are_in_the_persons_time_zone() -> None:
    late = [of_week(1, kind=None, day=0, hour=23), of_week(2, kind=None, day=1, hour=1)]
    east = timezone(timedelta(hours=2))
    assert week_summary(late, [], first_day=MONDAY, zone=UTC).days == 2
    assert week_summary(late, [], first_day=MONDAY, zone=east).days == 1


def test_an_empty_week_has_a_sentence_without_blame() -> None:
    week = week_summary([], takes_of([facts()] * 4), first_day=MONDAY, zone=UTC)
    assert (week.takes, week.minutes, week.days, week.kinds, week.measures) == (0, 0.0, 0, (), {})
    assert week.sentence == "No takes in this week."


def test_weeks_of_another_build_are_not_compared() -> None:
    week = week_summary(
        [of_week(1, kind=None, day=0)], takes_of([facts(build=OLDER)] * 9), first_day=MONDAY, zone=UTC
    )
    assert week.measures["filler_rate"].before is None
    assert week.sentence == "One take on one day, 1 min 30 s of speech."
