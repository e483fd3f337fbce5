"""Pace and fillers over the time of an interview: whether they changed from its first third to its last.

A change is only stated if it is more than measuring error and more than the answers differ from one another
anyway. The first is so where the intervals of both thirds are apart; they are added end to end, so that
errors of one direction do not make a change. The second is tested with a line through the figures of all
answers: square roots of the rates, whose scatter hardly depends on their size (Bartlett 1936), weighted by
minutes of speech. Its slope is compared with the scatter of the answers around it, for fillers at least that
of pure chance. Answers are the unit of chance: fillers come in clusters, so each is no evidence of its own.

Where nothing changes, a clear change of each figure is found in at most 3 of 100 interviews of 5 to 16
answers, and a probable one in at most 3 more. A steady rise of the fillers from 4 to 9 a minute is found in
30 to 60 of 100 interviews of 10 to 12 answers. (Simulated: 20,000 interviews each, answers of 40 to 150 s, 1
to 8 fillers a minute that vary between answers with k = 4 to 16, a pace that varies by 12 %. A line found
more of the rises than Welch's test of both thirds.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtr, stdtrit

from analysis.feedback.retake import intervals_apart
from analysis.feedback.standing import FIGURES_BY_NAME
from analysis.measures.pooling import pooled_measures
from analysis.report import FigureName, Measure, Report, State
from analysis.trends.amounts import Amounts, Floats, amounts_of
from analysis.trends.facts import take_facts
from analysis.trends.rates import CONFIDENCE

Course = Literal["rose", "fell", "held", "cannot_tell", "too_few", "not_comparable", "not_given"]
"""`held`: any change of the pace is less than speakers differ by. `not_comparable`: answers were measured by
different builds. `not_given`: no verdicts on fluency are wanted."""

FIGURES: tuple[FigureName, ...] = ("pace", "fillers")

FEWEST_ANSWERS = 5
"""Measured answers below which no change is looked for: two in each third would be all there are."""

_FEWEST_IN_A_THIRD = 2
_PROBABLE = 1.0 - CONFIDENCE
_CLEAR = _PROBABLE / len(FIGURES)
"""Two figures are tested, so each at half of the level (Bonferroni); as in `analysis.trends.change`, a change
is `probable` where it is shown at the plain level only."""

_OF_CHANCE = 0.25
"""Variance of the square root of a rate of events of pure chance (Poisson), times its exposure."""


@dataclass(frozen=True)
class AnswerInTime:
    """One answer of an interview, and when it was given.

    Attributes:
        answer: the caller's id.
        at: seconds from the start of the interview to the start of its recording.
        report: of it.
    """

    answer: str
    at: float
    report: Report


@dataclass(frozen=True)
class SeriesPoint:
    """A figure of one answer.

    Attributes:
        answer: the caller's id.
        at: seconds from the start of the interview to the middle of what was said.
        value, low, high, state: as in its report.
    """

    answer: str
    at: float
    value: float
    low: float | None
    high: float | None
    state: State


@dataclass(frozen=True)
class OverTime:
    """One figure over the time of an interview.

    Attributes:
        figure: `pace` or `fillers`.
        measure: name of the measure that it is.
        points: of the answers in which it is measurable, in order of time.
        course: whether it changed from the first third of these answers to the last.
        clear: whether a change is clear; one that is not is probable.
        first, last: the figure over each third, with measuring error; None where nothing was compared.
        answers: number of answers in each third; 0 where nothing was compared.
    """

    figure: FigureName
    measure: str
    points: tuple[SeriesPoint, ...]
    course: Course
    clear: bool = False
    first: Measure | None = None
    last: Measure | None = None
    answers: int = 0


def over_time(answers: Sequence[AnswerInTime], *, fluency_verdicts: bool = True) -> tuple[OverTime, ...]:
    """Pace and fillers over the time of an interview.

    Args:
        answers: that count, in order of time.
        fluency_verdicts: False states no change.
    """
    return tuple(_series(figure, answers, fluency_verdicts=fluency_verdicts) for figure in FIGURES)


def _series(figure: FigureName, answers: Sequence[AnswerInTime], *, fluency_verdicts: bool) -> OverTime:
    measure = FIGURES_BY_NAME[figure].measure
    measured = [each for each in answers if _value(each.report, measure) is not None]
    points = tuple(_point(each, measure) for each in measured)
    if not fluency_verdicts:
        return OverTime(figure, measure, points, "not_given")
    if len(measured) < FEWEST_ANSWERS:
        return OverTime(figure, measure, points, "too_few")
    reports = [each.report for each in measured]
    facts = [take_facts(report) for report in reports]
    if len({each.build for each in facts}) > 1:
        return OverTime(figure, measure, points, "not_comparable")
    third = max(_FEWEST_IN_A_THIRD, round(len(measured) / 3))
    first, last = (pooled_measures(part)[measure].measure for part in (reports[:third], reports[-third:]))
    amounts = amounts_of(facts, measure)
    if first.value is None or last.value is None or len(amounts) != len(measured):
        return OverTime(figure, measure, points, "cannot_tell")
    line = _line_through(amounts, np.array([point.at for point in points]))
    course: Course = "cannot_tell"
    chance = line.chance
    if intervals_apart(first, last) and chance < _PROBABLE:
        course = "rose" if last.value > first.value else "fell"
    elif figure == "pace" and line.stays_within(FIGURES_BY_NAME["pace"].step):
        course = "held"
    return OverTime(figure, measure, points, course, chance < _CLEAR, first, last, third)


@dataclass(frozen=True)
class _Line:
    """A line through the square roots of a rate.

    Attributes:
        start: its height at the first answer.
        change: from the first answer to the last.
        error: standard error of the change.
        freedom: degrees of freedom of that error.
    """

    start: float
    change: float
    error: float
    freedom: int

    @property
    def chance(self) -> float:
        """Probability of such a slope or a steeper one by chance; 1 for answers without any scatter, which do
        not show how much answers vary by chance."""
        if self.error <= 0.0:
            return 1.0
        return float(2.0 * stdtr(self.freedom, -abs(self.change) / self.error))

    def stays_within(self, step: float) -> bool:
        """Whether every change in its 95 % interval is smaller than `step`, in the unit of the rate."""
        reach = self.error * float(stdtrit(self.freedom, (1.0 + CONFIDENCE) / 2.0))
        ends = (self.start + self.change - reach, self.start + self.change + reach)
        return all(abs(max(0.0, end) ** 2 - self.start**2) < step for end in ends)


def _line_through(amounts: Amounts, at: Floats) -> _Line:
    """Weighted least squares; a root's variance is inversely proportional to its exposure."""
    weights, roots = amounts.exposure, np.sqrt(amounts.events / amounts.exposure)
    time = (at - at[0]) / max(float(at[-1] - at[0]), 1.0)
    middle, height = np.average(time, weights=weights), np.average(roots, weights=weights)
    spread = float((weights * (time - middle) ** 2).sum())
    if spread <= 0.0:
        return _Line(float(height), 0.0, 0.0, len(amounts) - 2)
    slope = float((weights * (time - middle) * (roots - height)).sum()) / spread
    left = roots - height - slope * (time - middle)
    variance = float((weights * left**2).sum()) / (len(amounts) - 2)
    if amounts.overdispersed:
        variance = max(variance, _OF_CHANCE)
    return _Line(float(height - slope * middle), slope, (variance / spread) ** 0.5, len(amounts) - 2)


def _value(report: Report, measure: str) -> float | None:
    found = report.measures.get(measure)
    return None if found is None else found.value


def _point(each: AnswerInTime, name: str) -> SeriesPoint:
    measure, span = each.report.measures[name], each.report.spoken_span
    middle = 0.0 if span is None else (span.start + span.end) / 2
    return SeriesPoint(
        each.answer,
        round(max(0.0, each.at) + middle, 1),
        measure.value or 0.0,
        measure.low,
        measure.high,
        measure.state,
    )
