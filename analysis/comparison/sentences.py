"""Sentences on the measures of two takes. They never call anything better or worse."""

from typing import Literal

from analysis.comparison.spread import DEFAULT_SPREAD, Spread
from analysis.formatting import whole
from analysis.report import Measure
from analysis.trends.models import Verdict
from analysis.trends.wording import DIRECTIONS, figure

_NAMES = {
    "answer_length": "Length",
    "speaking_rate": "Pace",
    "long_pause_rate": "Long pauses",
    "filler_rate": "Fillers",
}
_CHANGES = {"clear_change": "a clear change", "probably": "probably a change"}

_UNKNOWN = {
    "build": "not compared, because the two takes were measured in different ways",
    "missing": "cannot tell, because one take has no figure",
    "less_sure": "cannot tell, because a figure is less sure",
}


def change_sentence(name: str, first: Measure, second: Measure, verdict: Verdict) -> str:
    """A sentence on a measure of the family, if both takes have a figure.

    >>> rate = Measure(8.2, "per min", 6.0, 10.0, "measured")
    >>> change_sentence("filler_rate", rate, Measure(3.1, "per min", 2.0, 5.0, "measured"), "probably")
    'Fewer fillers: 8.2 to 3.1 a minute, probably a change.'
    """
    match verdict:
        case "clear_change" | "probably":
            return (
                f"{_direction(name, first, second)}: {_pair(name, first, second, 'to')}, {_CHANGES[verdict]}."
            )
        case "not_given":
            return f"{_NAMES[name]}: {_pair(name, first, second, 'and')}."
    return f"{_NAMES[name]}: cannot tell yet from two takes."


def unknown_sentence(name: str, why: Literal["build", "missing", "less_sure"]) -> str:
    """A sentence on why there is no verdict."""
    return f"{_NAMES[name]}: {_UNKNOWN[why]}."


def _direction(name: str, first: Measure, second: Measure) -> str:
    more = (second.value or 0.0) > (first.value or 0.0)
    if name == "answer_length":
        return "Longer" if more else "Shorter"
    return DIRECTIONS[name].more if more else DIRECTIONS[name].less


def _pair(name: str, first: Measure, second: Measure, between: str) -> str:
    one, other = (figure(measure.value or 0.0, name) for measure in (first, second))
    return f"{one} {between} {other}{DIRECTIONS[name].unit}"


OTHER_BUILD = (
    "These two takes were measured by different versions of the analysis, so their figures are not compared. "
    "Only the wording is. Analyse both again to compare the figures too."
)


def method(spread: Spread) -> str:
    """Explains how a change is distinguished from chance."""
    if spread.takes:
        yours = f"How much your takes differ was learned from {spread.takes} other takes."
    else:
        length, pace, events = (
            whole(100 * DEFAULT_SPREAD[name] ** 0.5)
            for name in ("answer_length", "speaking_rate", "filler_rate")
        )
        yours = (
            "How much your takes differ is not known yet, so cautious values are used. "
            f"They are about {length} % for length, {pace} % for pace and {events} % for pauses and fillers."
        )
    return (
        f"Two takes of one answer differ even when nothing has changed. {yours} "
        "By chance alone, at most 1 of 20 pairs of takes shows a clear change in any measure. "
        "For one measure alone, at most 1 of 20 pairs shows a probable change. "
        "If you look at many pairs, some will differ by chance."
    )
