"""A report without some of the four main figures, for an assignment that does not show them.

Advisers choose this so that applicants attend to one thing. What is left out is left out everywhere: the
figure, the measures that it follows from, the moments, and what is said about it. It is said that something
is left out, so that nobody takes it for zero.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from analysis.feedback.headline import NOUNS
from analysis.formatting import capitalised, listed
from analysis.measures import fillers, pace, pauses
from analysis.report import FigureName, Report

FIGURES: tuple[FigureName, ...] = ("length", "pace", "pauses", "fillers")
"""In the order in which they are shown."""

_MEASURES: Mapping[FigureName, frozenset[str]] = {
    "length": frozenset({"answer_length", "longest_unbroken_stretch"}),
    "pace": frozenset(measure.name for measure in pace.MEASURES) - {"words_per_sentence"},
    "pauses": frozenset(measure.name for measure in pauses.MEASURES),
    "fillers": frozenset(measure.name for measure in fillers.MEASURES),
}
"""The measures that would tell the figure."""


def hidden_sentence(hidden: Collection[FigureName]) -> str:
    """`Pauses and fillers are not shown for this assignment.`; empty where nothing is hidden."""
    names = [NOUNS[figure] for figure in FIGURES if figure in hidden]
    if not names:
        return ""
    verb = "is" if names in (["length"], ["pace"]) else "are"
    return f"{capitalised(listed(names))} {verb} not shown for this assignment."


def measures_of(figures: Collection[FigureName]) -> frozenset[str]:
    """The names of the measures that tell these figures."""
    return frozenset(name for figure in figures for name in _MEASURES[figure])


def without_figures(report: Report, hidden: Collection[FigureName]) -> Report:
    """The report without these figures.

    Args:
        report: with its verdict, which leaves them out already (`analysis.feedback.verdict`).
        hidden: the figures to leave out.
    """
    if not hidden:
        return report
    gone = measures_of(hidden)
    return replace(
        report,
        measures={name: measure for name, measure in report.measures.items() if name not in gone},
        fillers=() if "fillers" in hidden else report.fillers,
        pauses=() if "pauses" in hidden else report.pauses,
        pace=() if "pace" in hidden else report.pace,
        hidden=tuple(figure for figure in FIGURES if figure in hidden),
    )
