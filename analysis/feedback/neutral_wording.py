"""A report without verdicts on fluency, for people who stammer or speak differently.

Guides and advice on pace, pauses and fillers come from studies of other speakers. The facts stay: every
figure, its interval, and every moment.
"""

from collections.abc import Mapping
from dataclasses import replace

from analysis.feedback.verdict import with_verdict
from analysis.report import Measure, Report

NOT_FLUENCY = frozenset({"answer_length", "response_latency", "signal_to_noise", "clipping"})
"""Measures whose guide says nothing about how fluently somebody speaks."""


def without_verdicts(report: Report) -> Report:
    """The report without guides for measures of fluency, and with a verdict on the length alone."""
    judged = with_verdict(report, fluency_verdicts=False)
    return replace(judged, measures=_without_guides(judged.measures))


def _without_guides(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    return {
        name: measure if name in NOT_FLUENCY else replace(measure, guide=None)
        for name, measure in measures.items()
    }
