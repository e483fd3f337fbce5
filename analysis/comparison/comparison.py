"""The comparison of two takes of one question."""

from analysis.comparison.best_stretch import best_stretch
from analysis.comparison.measures import compare_measures
from analysis.comparison.models import BestStretches, ComparedTake, TakeComparison
from analysis.comparison.sentences import OTHER_BUILD, method
from analysis.comparison.spread import DEFAULT_SPREAD, Spread
from analysis.comparison.wording import compare_wording
from analysis.trends.facts import take_facts


def compare(
    first: ComparedTake, second: ComparedTake, *, spread: Spread | None = None, verdicts: bool = True
) -> TakeComparison:
    """Compares two takes.

    Args:
        first, second: the earlier take first.
        spread: spread of the person's takes, from `analysis.comparison.spread.spread_of`; None for the
            default.
        verdicts: False if the person wants no verdicts on fluency: pace, pauses and fillers then have figures
            but no verdicts.
    """
    used = spread or Spread(dict(DEFAULT_SPREAD), 0)
    same_build = take_facts(first.report).build == take_facts(second.report).build
    return TakeComparison(
        first=first.answer,
        second=second.answer,
        notice=None if same_build else OTHER_BUILD,
        measures=compare_measures(
            first.report, second.report, spread=used, same_build=same_build, verdicts=verdicts
        ),
        wording=compare_wording(first, second),
        best_stretches=BestStretches(best_stretch(first.report), best_stretch(second.report)),
        verdicts=verdicts,
        method=method(used),
    )
