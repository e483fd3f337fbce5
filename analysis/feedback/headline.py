"""The headline: what is good, then the one thing to change, in at most 18 words."""

from collections.abc import Sequence

from analysis.feedback.standing import (
    FIGURES_BY_NAME,
    bounds_of,
    figures_inside,
    near_ones,
    ranked,
    standings,
)
from analysis.formatting import aim, capitalised, duration, listed, number, whole
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import FigureName, FigureStanding, Measure, Report

NOUNS: dict[FigureName, str] = {
    "length": "length",
    "pace": "pace",
    "pauses": "pauses",
    "fillers": "fillers",
}
"""The four figures within a sentence."""

COUNTED_NOUNS: dict[FigureName, str] = {**NOUNS, "pauses": "long pauses"}
"""The same beside their values, where it must be said which pauses are counted."""

_PRAISE: dict[FigureName, str] = {
    "length": "Good length.",
    "pace": "Good pace.",
    "pauses": "Good pauses.",
    "fillers": "Few fillers.",
}
_MOST_PRAISED = 2
"""Figures named as good where none is outside: more of them make a list, not a sentence."""


def silent_headline(*, marked: bool) -> str:
    """The headline where nobody speaks.

    Args:
        marked: only a part that the person marked was analysed.
    """
    if marked:
        return "No speech was heard in the part that you marked. Move its start or its end."
    return "No speech was heard. Check the microphone, then record again."


def headline(report: Report, figures: Sequence[FigureStanding]) -> str:
    """The headline of a report with speech.

    Args:
        report: its measures and pauses.
        figures: their standing.
    """
    outside = ranked(figures)
    if outside:
        good = good_beside(figures, outside[0])
        praise = f"{_PRAISE[good[0]]} " if good else ""
        return praise + biggest_thing(report, outside[0])
    good = figures_inside(figures)
    near = near_ones(figures)
    if near:
        return _with_near(good[:_MOST_PRAISED], [figure.figure for figure in near])
    unknown = [figure.figure for figure in figures if figure.standing == "unknown"]
    if unknown and good:
        return f"{_good(good[:_MOST_PRAISED])} {_subject(unknown)} could not be measured."
    if unknown:
        return f"{_subject(unknown)} could not be measured. Record again in a quiet room."
    if len(good) == 1:
        return _PRAISE[good[0]]
    return f"{_subject(good)} are all inside the guides."


def good_beside(figures: Sequence[FigureStanding], change: FigureStanding | None) -> tuple[FigureName, ...]:
    """Figures that can be praised beside the one to change, in the order in which they are shown.

    Few long pauses are not praised where the advice is to slow down with a pause after each point.
    """
    slow_down = change is not None and (change.figure, change.direction) == ("pace", "high")
    return tuple(
        name
        for name in figures_inside(figures)
        if (change is None or name != change.figure) and not (slow_down and name == "pauses")
    )


def _good(names: Sequence[FigureName]) -> str:
    if len(names) == 1:
        return _PRAISE[names[0]]
    return f"Good {listed([NOUNS[name] for name in names])}."


def _with_near(good: Sequence[FigureName], near: Sequence[FigureName]) -> str:
    in_order = [name for name in FIGURES_BY_NAME if name in near]
    # A pace and a length are one thing, pauses and fillers several.
    verb = "is" if in_order in (["length"], ["pace"]) else "are"
    goal = "aim" if in_order == ["length"] else "guide"
    close = f"{_subject(in_order)} {verb} close to the {goal}."
    return f"{_good(good)} {close}" if good else close


def _subject(names: Sequence[FigureName]) -> str:
    return capitalised(listed([NOUNS[name] for name in names]))


def biggest_thing(report: Report, figure: FigureStanding) -> str:
    """What is outside its guide, and the guide: `About 21 fillers a minute: aim for 5 or fewer.`"""
    measure = report.measures[figure.measure]
    definition = FIGURES_BY_NAME[figure.figure]
    _, high = bounds_of(definition, measure)
    if figure.figure == "length":
        guide = measure.guide
        goal = aim(guide.low, guide.high) if guide else aim(definition.low, definition.high)
        return f"{duration(measure.value or 0.0)} long: aim for {goal}."
    value = about(measure, high)
    if figure.figure == "pace" and figure.direction == "low":
        long = slowed_by_long_pauses(report)
        cause = "long pauses take up the time" if long else "the words come slowly"
        return f"About {value} words a minute: {cause}."
    what = {"pace": "words", "pauses": "long pauses", "fillers": "fillers"}[figure.figure]
    return f"About {value} {what} a minute: aim for {number(high or 0.0)} or fewer."


def about(measure: Measure, bound: float | None = None) -> str:
    """A rate as a whole number; with a decimal where a whole one would not be beyond its bound."""
    value = measure.value or 0.0
    return number(value, 1) if bound is not None and whole(value) == whole(bound) else number(value)


def slowed_by_long_pauses(report: Report) -> bool:
    """Whether long pauses make the pace slow, and not the speed of the words.

    They do where they are more than their guide, or where the pace would be inside if each of them lasted
    just under 1 s.
    """
    if any(f.figure == "pauses" and f.standing in ("near", "outside") for f in standings(report.measures)):
        return True
    rate = report.measures.get("speaking_rate")
    length = report.measures.get("answer_length")
    slowest = FIGURES_BY_NAME["pace"].low
    if rate is None or length is None or not rate.value or not length.value or slowest is None:
        return False
    beyond = [pause.end - pause.start - LONG_PAUSE for pause in report.pauses]
    remaining = length.value - sum(seconds for seconds in beyond if seconds > 0)
    return remaining > 0 and rate.value * length.value / remaining >= slowest
