"""The summary of one week of practice, compared with the weeks before it. There are no streaks, and there is
no blame for empty weeks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from analysis.formatting import duration
from analysis.measures.registry import DEFINITIONS
from analysis.trends.amounts import amounts_of
from analysis.trends.models import FAMILY, Build, Take
from analysis.trends.wording import number

WEEKS_BEFORE = 4
"""Number of weeks that a week is compared with."""


@dataclass(frozen=True)
class PooledFigure:
    """A figure over several takes, without an interval because it is not tested.

    Attributes:
        value: the pooled figure, see `analysis.trends.rates`.
        takes: number of takes.
    """

    value: float
    takes: int


@dataclass(frozen=True)
class WeekFigure:
    """One measure in one week.

    Attributes:
        value, unit, takes: the figure of this week.
        before: the figure of the weeks before; None if they have no takes.
    """

    value: float
    unit: str
    takes: int
    before: PooledFigure | None


@dataclass(frozen=True)
class KindCount:
    """Takes of one kind of question; `name` is None for takes whose question has no kind."""

    name: str | None
    takes: int


@dataclass(frozen=True)
class WeekSummary:
    """The summary of a week.

    Attributes:
        week: as in ISO 8601, `2026-W47`.
        first_day, last_day: Monday and Sunday.
        takes: number of takes with a report.
        minutes: minutes of speech.
        days: number of days with takes.
        kinds: kinds of questions, those with the most takes first.
        measures: by the names of `FAMILY`; measures that were not measurable in any take are left out.
        sentence: the sentence to read first.
    """

    week: str
    first_day: date
    last_day: date
    takes: int
    minutes: float
    days: int
    kinds: tuple[KindCount, ...]
    measures: dict[str, WeekFigure]
    sentence: str


def week_summary(
    takes: Sequence[Take], before: Sequence[Take], *, first_day: date, zone: tzinfo
) -> WeekSummary:
    """The summary of one week.

    Args:
        takes: takes of the week, oldest first.
        before: takes of the `WEEKS_BEFORE` weeks before it, oldest first. All figures use only takes of the
            same build as the week's newest take.
        first_day: the Monday.
        zone: time zone in which days begin and end.
    """
    year, week, _ = first_day.isocalendar()
    minutes = sum(take.facts.recorded for take in takes) / 60.0
    days = len({take.at.astimezone(zone).date() for take in takes})
    kinds = Counter(take.kind for take in takes)
    return WeekSummary(
        week=f"{year}-W{week:02d}",
        first_day=first_day,
        last_day=first_day + timedelta(days=6),
        takes=len(takes),
        minutes=minutes,
        days=days,
        kinds=tuple(KindCount(name, count) for name, count in kinds.most_common()),
        measures=_measures(takes, before),
        sentence=_sentence(len(takes), minutes, days),
    )


def _measures(takes: Sequence[Take], before: Sequence[Take]) -> dict[str, WeekFigure]:
    if not takes:
        return {}
    build = takes[-1].facts.build
    measures = {}
    for name in FAMILY:
        now, then = _pooled(takes, build, name), _pooled(before, build, name)
        if now is not None:
            measures[name] = WeekFigure(now.value, DEFINITIONS[name].unit, now.takes, then)
    return measures


def _pooled(takes: Sequence[Take], build: Build, measure: str) -> PooledFigure | None:
    amounts = amounts_of([take.facts for take in takes if take.facts.build == build], measure)
    if not len(amounts):
        return None
    return PooledFigure(float(amounts.events.sum() / amounts.exposure.sum()), len(amounts))


def _sentence(takes: int, minutes: float, days: int) -> str:
    if not takes:
        return "No takes in this week."
    many = "One take" if takes == 1 else f"{number(takes).capitalize()} takes"
    on = "one day" if days == 1 else f"{number(days)} days"
    return f"{many} on {on}, {duration(60 * minutes)} of speech."
