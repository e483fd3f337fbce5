"""A figure that somebody commented on, in that take and in a later one."""

from analysis.feedback.retake import intervals_apart
from analysis.formatting import capitalised
from analysis.report import FigureName, Report
from analysis.trends.facts import take_facts
from analysis.view.figures import FigureView, figure_views

_OTHER_BUILD = "The two takes were measured in different ways, so they are not compared."


def figure_then(report: Report, figure: FigureName) -> str:
    """`Fillers: 21 fillers a minute`; empty where the figure is not shown.

    Args:
        report: of the take that was commented on, with its verdict.
    """
    found = _figure(report, figure)
    return "" if found is None else f"{found.label}: {_value(found)}"


def figure_now(report: Report, earlier: Report, figure: FigureName) -> str:
    """`6 fillers a minute now`, and whether that may be no change; empty where the figure is not shown.

    Args:
        report: of the later take, with its verdict.
        earlier: of the take that was commented on, with its verdict.
    """
    found, before = _figure(report, figure), _figure(earlier, figure)
    if found is None or before is None:
        return ""
    now = capitalised(f"{_value(found)} now.")
    if not found.value or not before.value:
        return now
    if take_facts(report).build != take_facts(earlier).build:
        return f"{now} {_OTHER_BUILD}"
    if intervals_apart(earlier.measures[before.measure], report.measures[found.measure]):
        return now
    return f"{now} The two ranges overlap, so there may be no change at all."


def _figure(report: Report, figure: FigureName) -> FigureView | None:
    return next((each for each in figure_views(report) if each.figure == figure), None)


def _value(figure: FigureView) -> str:
    return f"{figure.value} {figure.unit}".rstrip() if figure.value else "not measured"
