"""The progress report: a headline, and the takes and change of each measure of the family."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.feedback.neutral_wording import NOT_FLUENCY
from analysis.measures.registry import DEFINITIONS
from analysis.trends.amounts import amounts_of
from analysis.trends.change import compare_halves
from analysis.trends.models import FAMILY, FEWEST_TAKES, Build, ProgressReport, Take, Trend
from analysis.trends.take_series import breaks_of, points_of
from analysis.trends.wording import change_sentence, headline, more_takes, number_of_takes

METHOD = (
    "The first half of your takes is compared with the second half. All events are counted, over all "
    "minutes of speech. How much your takes differ from each other decides how sure a change is. A change "
    "is called clear if its interval excludes 'no change'. That interval is wide enough for four measures "
    "and for looking many times. 'Probably' uses a plain 95 % interval, which is wrong more often. Takes "
    "are compared at 6, 8, 10, 12, 16, 20, 24 and 30 takes and then from time to time. The result stays "
    "until the next comparison. In simulated practice without any change, fewer than 5 of 100 people saw a "
    "clear change, however long they practised. Two things are not allowed for. Many takes in one sitting "
    "tend to be similar. And if you try many filters, one of them will show a change by chance."
)


def progress_report(takes: Sequence[Take], *, verdicts: bool = True) -> ProgressReport:
    """The report on a person's takes.

    Args:
        takes: oldest first, filtered by the caller. Those of the newest take's build are compared.
        verdicts: False leaves out verdicts and guides on fluency, for people who stammer or speak
            differently: `Change.verdict` is then `not_given`, and the figures stay.
    """
    if not takes:
        trends = tuple(_trend(takes, name, None, given=True) for name in FAMILY)
        return ProgressReport("No takes yet.", 0, 0.0, 0, (), trends, METHOD)
    build = takes[-1].facts.build
    trends = tuple(_trend(takes, name, build, given=verdicts or name in NOT_FLUENCY) for name in FAMILY)
    outdated = sum(take.facts.build != build for take in takes)
    return ProgressReport(
        headline=_headline(trends, len(takes) - outdated),
        takes=len(takes),
        minutes=sum(take.facts.recorded for take in takes) / 60.0,
        outdated=outdated,
        breaks=breaks_of(takes),
        trends=trends,
        method=METHOD,
    )


def _trend(takes: Sequence[Take], name: str, build: Build | None, *, given: bool) -> Trend:
    amounts = amounts_of([take.facts for take in takes if take.facts.build == build], name)
    change = compare_halves(amounts)
    if not given and change.before is not None:
        change = replace(change, verdict="not_given")
    unmeasurable = bool(takes) and not len(amounts)
    return Trend(
        name=name,
        label=DEFINITIONS[name].label,
        unit=DEFINITIONS[name].unit,
        guide=DEFINITIONS[name].guide if given else None,
        sentence="Not measurable in these takes." if unmeasurable else change_sentence(change, name),
        change=change,
        points=points_of(takes, name, build) if build else (),
    )


def _headline(trends: Sequence[Trend], takes: int) -> str:
    if takes < FEWEST_TAKES:
        return f"{more_takes(FEWEST_TAKES - takes).capitalize()} until your usual range shows."
    if all(trend.change.before is None for trend in trends):
        needed = min(trend.change.takes_needed for trend in trends)
        return f"{more_takes(needed).capitalize()} until they are compared."
    given = {trend.name: trend.change for trend in trends if trend.change.verdict != "not_given"}
    if len(given) == len(trends) or any(
        change.verdict in ("clear_change", "probably") for change in given.values()
    ):
        return headline(given, takes)
    return f"{number_of_takes(takes).capitalize()} side by side."
