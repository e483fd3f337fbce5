"""How many answers were inside their own aims."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.feedback.standing import standings
from analysis.report import Direction, FigureStanding, Report, Standing
from analysis.sessions.session_report import place_of

_NEARLY_ALL = 0.25
"""Share of answers outside their aims up to which the lengths are close to them."""


@dataclass(frozen=True)
class Lengths:
    """How many answers were inside their own aims, to the second that is shown.

    Attributes:
        answers: number of answers.
        unheard: those without speech.
        inside, short, over: number of the others.
        outside: those of `short` and `over` that measuring error does not explain.
        aim: low and high in seconds where all have the same; None otherwise.
    """

    answers: int
    unheard: int
    inside: int
    short: int
    over: int
    outside: int
    aim: tuple[float | None, float | None] | None


def lengths_of(reports: Sequence[Report]) -> Lengths:
    """The lengths of several answers, each compared with its own aim."""
    lengths = [report.measures["answer_length"] for report in reports if "answer_length" in report.measures]
    known = [length for length in lengths if length.value is not None]
    places = [place_of(length) for length in known]
    aims = {(length.guide.low, length.guide.high) for length in known if length.guide is not None}
    return Lengths(
        answers=len(reports),
        unheard=len(reports) - len(known),
        inside=places.count("inside"),
        short=places.count("short"),
        over=places.count("over"),
        outside=sum(standings({"answer_length": length})[0].standing == "outside" for length in known),
        aim=aims.pop() if len(aims) == 1 else None,
    )


def standing_of_lengths(lengths: Lengths) -> FigureStanding:
    """All inside their aims, nearly all, or not; its direction is that of most of the others.

    Its steps are the share of answers outside, so that it ranks after a rate that is far outside.
    """
    standing: Standing
    outside = lengths.outside + lengths.unheard
    if lengths.answers == lengths.unheard:
        standing = "unknown"
    elif lengths.inside == lengths.answers:
        standing = "inside"
    elif outside <= _NEARLY_ALL * lengths.answers:
        standing = "near"
    else:
        standing = "outside"
    if standing in ("unknown", "inside"):
        return FigureStanding("length", "answer_length", standing)
    direction: Direction = "high" if lengths.over >= lengths.short + lengths.unheard else "low"
    steps = outside / lengths.answers if standing == "outside" else 0.0
    return FigureStanding("length", "answer_length", standing, direction, round(steps, 3))
