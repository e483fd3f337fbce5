"""A report without verdicts on fluency, for people who stammer or speak differently.

Guides and advice on pace, pauses and fillers come from studies of other speakers. The facts stay: every
figure, its interval, and every moment.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from analysis.feedback.verdict import with_verdict
from analysis.report import FigureName, Measure, Report

NOT_FLUENCY = frozenset({"answer_length", "response_latency", "signal_to_noise", "clipping"})
"""Measures whose guide says nothing about how fluently somebody speaks."""


def without_verdicts(report: Report, *, hidden: Collection[FigureName] = ()) -> Report:
    """The report without guides for measures of fluency, and with a verdict on the length alone.

    Args:
        report: as it is stored.
        hidden: figures that are not shown, and of which nothing is said.
    """
    judged = with_verdict(report, fluency_verdicts=False, hidden=hidden)
    return replace(judged, measures=_without_guides(judged.measures))


def _without_guides(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    return {
        name: measure if name in NOT_FLUENCY else replace(measure, guide=None)
        for name, measure in measures.items()
    }
