"""A retake compared with the take before: first of all, whether what was to change has changed."""

from dataclasses import dataclass

from analysis.feedback.headline import COUNTED_NOUNS, biggest_thing
from analysis.feedback.keep_and_try import main_change
from analysis.feedback.standing import ranked
from analysis.feedback.verdict import end_signal
from analysis.formatting import capitalised, duration, interval, number, whole_seconds_interval
from analysis.report import FigureName, Measure, Report

_UNITS: dict[FigureName, str] = {
    "length": "",
    "pace": " words a minute",
    "pauses": " a minute",
    "fillers": " a minute",
}

MOST_WORDS = 18
"""Words of a headline."""

TAKES_BEFORE_ANOTHER_QUESTION = 3
"""Takes of one question after which another one is suggested: gains come in takes 1 to 3 (Lambert 2017)."""

_WHY_ANOTHER = (
    "Most of the gain comes in the first three takes (Lambert 2017). "
    "Mixing questions did better than repeating one (90 people, Languages 2023)."
)


@dataclass(frozen=True)
class Retake:
    """What has changed since the take before.

    Attributes:
        figure: what was to change.
        apart: whether the two 95 % intervals are apart.
        change: `Fillers: 21 to 6 a minute`, or `Fillers: about the same (7, then 6 a minute)`.
        headline: the same, followed by what is outside now, if both fit into one headline.
        how_sure: how sure the difference is.
    """

    figure: FigureName
    apart: bool
    change: str
    headline: str
    how_sure: str


@dataclass(frozen=True)
class AnotherQuestion:
    """That another question helps more now, and why."""

    text: str
    why: str


def compare_with_previous(report: Report, previous: Report) -> Retake | None:
    """How a retake differs in what was to change after the take before; None if nothing was to change.

    Takes that were measured in different ways are not compared: the difference may be that of the measuring.

    Args:
        report: of the retake, with its verdict.
        previous: of the take before, with its verdict.
    """
    if _build(report) != _build(previous):
        return None
    wanted = main_change(previous.figures, end_signal(previous))
    if wanted is None:
        return None
    before, now = previous.measures.get(wanted.measure), report.measures.get(wanted.measure)
    if before is None or now is None or before.value is None or now.value is None:
        return None
    apart = intervals_apart(before, now)
    change = _change(wanted.figure, before.value, now.value, apart=apart)
    outside = ranked(report.figures)
    # What is outside is said once: where it is what was to change, its new value stands already.
    rest = "" if not outside or outside[0].figure == wanted.figure else biggest_thing(report, outside[0])
    both = f"{change}. {rest}".strip()
    return Retake(
        figure=wanted.figure,
        apart=apart,
        change=change,
        headline=both if len(both.split()) <= MOST_WORDS else f"{change}.",
        how_sure=_how_sure(wanted.figure, before, now, apart=apart),
    )


def _build(report: Report) -> tuple[str, str]:
    return report.analysis_version, report.model.sha256


def another_question(takes: int) -> AnotherQuestion | None:
    """After three takes of one question, a reason to go to another; None before.

    Args:
        takes: of this question, this one included.
    """
    if takes < TAKES_BEFORE_ANOTHER_QUESTION:
        return None
    return AnotherQuestion(
        f"This was take {takes} of this question. Another question may help more now.", _WHY_ANOTHER
    )


def intervals_apart(before: Measure, now: Measure) -> bool:
    """Whether measuring error alone cannot explain a difference; False where it is not known."""
    ends = (before.low, before.high, now.low, now.high)
    if any(end is None for end in ends):
        return False
    before_low, before_high, now_low, now_high = (end or 0.0 for end in ends)
    return before_high < now_low or now_high < before_low


def _change(figure: FigureName, before: float, now: float, *, apart: bool) -> str:
    name, unit = capitalised(COUNTED_NOUNS[figure]), _UNITS[figure]
    first, second = (_value(figure, value, before, now) for value in (before, now))
    if apart:
        return f"{name}: {first} to {second}{unit}"
    return f"{name}: about the same ({first}, then {second}{unit})"


def _value(figure: FigureName, value: float, *both: float) -> str:
    if figure == "length":
        return duration(value)
    # A decimal only where whole numbers would hide that the two differ.
    decimals = 1 if len({number(each) for each in both}) == 1 and both[0] != both[1] else 0
    return number(value, decimals)


def _how_sure(figure: FigureName, before: Measure, now: Measure, *, apart: bool) -> str:
    if figure == "length":
        ends = [whole_seconds_interval(each.low, each.high) for each in (before, now)]
    else:
        ends = [interval(each.low, each.high, each.unit) for each in (before, now)]
    if not all(ends):
        return "How sure this is could not be measured."
    ranges = f"Measured: {ends[0]} before, {ends[1]} now. "
    if apart:
        return (
            f"{ranges}The two ranges are apart, so measuring error does not explain it. "
            "One take can still differ from the next by chance."
        )
    return f"{ranges}The two ranges overlap, so there may be no change at all."
