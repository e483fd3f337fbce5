"""The four main figures of an answer - length, pace, pauses, fillers - and how each compares with its guide.

A figure is `outside` only if its whole 95 % interval is: a value that measuring error alone could have put
there is `near`, and is never shown as a fault.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.formatting import rounded
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.measures.length import LENGTH_GUIDE
from analysis.measures.pace import SPEAKING_RATE_GUIDE
from analysis.measures.pauses import LONG_PAUSE_RATE_GUIDE
from analysis.report import Direction, FigureName, FigureStanding, Measure

SLOWEST_PACE = 85.0
"""Words a minute, the 10th percentile of monologues in English by 40 speakers of 14 first languages (median
110, 90th percentile 155). The guide that is shown begins at 100; a pace between both is inside, so that
nobody is called slow for an accent."""


@dataclass(frozen=True)
class MainFigure:
    """One of the four figures, and how it is judged.

    Attributes:
        name: of the figure.
        measure: of which it is the value.
        low, high: bounds, in the measure's unit; None for no bound. An answer's own aim replaces those of
            length.
        step: how far outside makes one step, for ranking figures that differ in unit.
        why_step: why that much.
        decimals: with which the value is shown, and so compared.
    """

    name: FigureName
    measure: str
    low: float | None
    high: float | None
    step: float
    why_step: str
    decimals: int


MAIN_FIGURES = (
    MainFigure(
        "length",
        "answer_length",
        LENGTH_GUIDE.low,
        LENGTH_GUIDE.high,
        30.0,
        "half of the width of the usual aim, and a part of an answer that a listener notices",
        0,
    ),
    MainFigure(
        "pace",
        "speaking_rate",
        SLOWEST_PACE,
        SPEAKING_RATE_GUIDE.high,
        20.0,
        "about one standard deviation between speakers of English as a second language",
        0,
    ),
    MainFigure(
        "pauses",
        "long_pause_rate",
        None,
        LONG_PAUSE_RATE_GUIDE.high,
        LONG_PAUSE_RATE_GUIDE.high or 1.0,
        "the guide once more: twice as many as nine in ten learners make",
        1,
    ),
    MainFigure(
        "fillers",
        "filler_rate",
        None,
        FILLER_RATE_GUIDE.high,
        5.0,
        "the guide once more: twice as many as did not lower ratings",
        1,
    ),
)
"""In the order in which they are shown."""

FIGURES_BY_NAME: Mapping[FigureName, MainFigure] = {figure.name: figure for figure in MAIN_FIGURES}

BY_EVIDENCE: tuple[FigureName, ...] = ("pace", "pauses", "fillers", "length")
"""Which of two figures that are about as far outside comes first. Rate of speech and length of runs carry
most of how fluent speech is heard, repairs little (Suzuki 2021, 263 effects); the length of an answer is no
part of that."""

_ABOUT_AS_FAR = 0.5
"""Steps. Figures that differ by less are ranked by evidence."""


def standings(
    measures: Mapping[str, Measure], *, fluency_verdicts: bool = True
) -> tuple[FigureStanding, ...]:
    """The standing of the four figures, in the order of `MAIN_FIGURES`.

    Args:
        measures: of a report, by name. The guide of `answer_length` is the answer's own aim.
        fluency_verdicts: False takes the standing of pace, pauses and fillers away.
    """
    return tuple(
        _standing(figure, measures.get(figure.measure))
        if fluency_verdicts or figure.name == "length"
        else FigureStanding(figure.name, figure.measure, None)
        for figure in MAIN_FIGURES
    )


def bounds_of(figure: MainFigure, measure: Measure | None) -> tuple[float | None, float | None]:
    """Between which values a figure is inside, in the measure's unit."""
    if figure.name == "length" and measure is not None and measure.guide is not None:
        return measure.guide.low, measure.guide.high
    return figure.low, figure.high


def _standing(figure: MainFigure, measure: Measure | None) -> FigureStanding:
    if measure is None or measure.value is None:
        return FigureStanding(figure.name, figure.measure, "unknown")
    low, high = bounds_of(figure, measure)
    value = rounded(measure.value, figure.decimals)
    smallest = value if measure.low is None else rounded(measure.low, figure.decimals)
    largest = value if measure.high is None else rounded(measure.high, figure.decimals)
    direction: Direction
    if low is not None and value < rounded(low, figure.decimals):
        direction, beyond, reaches_in = "low", low - measure.value, largest >= low
    elif high is not None and value > rounded(high, figure.decimals):
        direction, beyond, reaches_in = "high", measure.value - high, smallest <= high
    else:
        return FigureStanding(figure.name, figure.measure, "inside")
    return FigureStanding(
        figure.name,
        figure.measure,
        "near" if reaches_in else "outside",
        direction,
        rounded(max(beyond, 0.0) / figure.step, 3),
    )


def ranked(figures: Sequence[FigureStanding]) -> tuple[FigureStanding, ...]:
    """Figures that are outside, the one to change first at the front.

    Ranked by how many steps each is outside; of those less than half a step behind the furthest one, the one
    with most evidence comes first, and so on for the rest.
    """
    left = [figure for figure in figures if figure.standing == "outside"]
    in_order: list[FigureStanding] = []
    while left:
        furthest = max(figure.steps for figure in left)
        # Steps have three decimals, so that half a step is not missed by a rounding error.
        close = [figure for figure in left if rounded(furthest - figure.steps, 3) < _ABOUT_AS_FAR]
        first = min(close, key=lambda figure: BY_EVIDENCE.index(figure.figure))
        in_order.append(first)
        left.remove(first)
    return tuple(in_order)


def near_ones(figures: Sequence[FigureStanding]) -> tuple[FigureStanding, ...]:
    """Figures close to their guide, the furthest first; equal ones in the order of evidence."""
    near = [figure for figure in figures if figure.standing == "near"]
    return tuple(sorted(near, key=lambda figure: (-figure.steps, BY_EVIDENCE.index(figure.figure))))


def figures_inside(figures: Sequence[FigureStanding]) -> tuple[FigureName, ...]:
    """Names of the figures inside their guides, in the order in which they are shown."""
    return tuple(figure.figure for figure in figures if figure.standing == "inside")
