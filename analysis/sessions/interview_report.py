"""The report of a mock interview: what stands out over all of it, and each answer below its question.

Answers to questions and to follow-ups count. A second telling, an apology after a dropped connection and the
person's own questions at the end are shown, but are in no figure: they are of another kind, and short.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.comparison.retelling import retelling
from analysis.comparison.sentences import apology_sentence
from analysis.feedback.headline import biggest_thing
from analysis.feedback.standing import ranked, standings
from analysis.measures.pooling import PooledMeasure, pooled_measures
from analysis.report import FigureStanding, Measure, ObservationKind, Report
from analysis.sessions.interview_verdict import interview_verdict
from analysis.sessions.latency import Latency, response_latency
from analysis.sessions.lengths import Lengths, lengths_of, standing_of_lengths
from analysis.sessions.over_time import AnswerInTime, OverTime, over_time
from analysis.sessions.session_report import (
    Place,
    SessionEntry,
    SessionObservation,
    WithoutReport,
    common_observation,
    place_of,
)

InterviewPart = Literal["question", "follow_up", "repeat", "apology", "closing"]
AskedReason = Literal["no_example", "own_part", "no_outcome", "short", "reflective", "person"]

COUNTED_PARTS: frozenset[InterviewPart] = frozenset({"question", "follow_up"})
"""Parts that are in the figures over the interview."""

FULL_INTERVIEW = 5
"""Answers to main questions from which an interview counts as a full one."""

MEASURES = ("answer_length", "speaking_rate", "long_pause_rate", "filler_rate", "response_latency")
"""Measures of each answer: the four main figures, and how soon it began."""


@dataclass(frozen=True)
class InterviewEntry:
    """One answer of an interview.

    Attributes:
        answer: the caller's id of the answer.
        title: what was asked.
        part: what it is in the interview.
        at: seconds from the start of the interview to the start of its recording.
        report: None while there is none; with the verdict that is shown.
        state: the caller's state of the analysis of an answer without a report; empty with a report.
        follow_up_of: the answer that it belongs to; None for one that stands by itself.
        asked: why a follow-up was asked; None for everything else.
        remarks: number of remarks of a person who listened.
    """

    answer: str
    title: str
    part: InterviewPart
    at: float
    report: Report | None
    state: str = ""
    follow_up_of: str | None = None
    asked: AskedReason | None = None
    remarks: int = 0


@dataclass(frozen=True)
class InterviewAnswer:
    """One answer of an interview, with those that belong to it.

    Attributes:
        answer, title, part, at, asked, remarks: as in its entry.
        number: of the question in the interview, from 1; None for everything that is no main question.
        has_report: without one there are no figures and measures yet.
        headline: of its report; empty without one.
        place: its length compared with its own aim; None without a report.
        figures: standing of its four main figures; that of a second telling's length has none, because it
            need not be as long as the first.
        measures: those of `MEASURES`.
        sentences: what is said of an apology, and of a second telling beside the first; none of others.
        belonging: follow-ups and a second telling, in order.
    """

    answer: str
    title: str
    part: InterviewPart
    at: float
    asked: AskedReason | None
    remarks: int
    number: int | None
    has_report: bool
    headline: str
    place: Place | None
    figures: tuple[FigureStanding, ...]
    measures: dict[str, Measure]
    sentences: tuple[str, ...] = ()
    belonging: tuple["InterviewAnswer", ...] = ()


@dataclass(frozen=True)
class Again:
    """The one answer to do again, and why in a sentence."""

    answer: str
    title: str
    why: str


@dataclass(frozen=True)
class InterviewReport:
    """The report of one interview.

    Attributes:
        verdict: what to read first, one to three sentences.
        figures: standing of the four main figures over all answers that count; that of the length is of
            `lengths`.
        lengths: how many answers were inside their aims.
        measures: pooled measures by their names in `analysis.measures.registry`.
        answers: in order; those that belong to another one are inside it.
        over_time: pace and fillers over the time of the interview.
        latency: how soon answers to questions and follow-ups began.
        observations: at most one to keep and one to try, about different figures.
        again: None where no answer stands out.
        counted: number of answers in the figures.
        speaking_time: seconds of speech in them.
        full: whether it counts as a full mock interview, once it has ended.
        without_report: answers that are not in the figures yet.
    """

    verdict: str
    figures: tuple[FigureStanding, ...]
    lengths: Lengths
    measures: dict[str, PooledMeasure]
    answers: tuple[InterviewAnswer, ...]
    over_time: tuple[OverTime, ...]
    latency: Latency
    observations: tuple[SessionObservation, ...]
    again: Again | None
    counted: int
    speaking_time: float
    full: bool
    without_report: tuple[WithoutReport, ...]


def interview_report(entries: Sequence[InterviewEntry], *, fluency_verdicts: bool = True) -> InterviewReport:
    """Combines the reports of an interview's answers.

    Args:
        entries: in the order in which the answers were given.
        fluency_verdicts: False judges the length alone.
    """
    counted = [
        (entry, entry.report) for entry in entries if entry.report is not None and entry.part in COUNTED_PARTS
    ]
    reports = [report for _, report in counted]
    pooled = pooled_measures(reports)
    lengths = lengths_of(reports)
    rates = {name: each.measure for name, each in pooled.items()}
    figures = (standing_of_lengths(lengths), *standings(rates, fluency_verdicts=fluency_verdicts)[1:])
    times = over_time(
        [AnswerInTime(entry.answer, entry.at, report) for entry, report in counted],
        fluency_verdicts=fluency_verdicts,
    )
    spans = [report.spoken_span for report in reports if report.spoken_span is not None]
    return InterviewReport(
        verdict=interview_verdict(lengths, pooled, times, fluency_verdicts=fluency_verdicts),
        figures=figures,
        lengths=lengths,
        measures=pooled,
        answers=_answers(entries, fluency_verdicts=fluency_verdicts),
        over_time=times,
        latency=response_latency([(entry.answer, report) for entry, report in counted]),
        observations=_observations(counted, figures),
        again=_again(counted),
        counted=len(counted),
        speaking_time=round(sum(span.end - span.start for span in spans), 2),
        full=sum(entry.part == "question" for entry, _ in counted) >= FULL_INTERVIEW,
        without_report=tuple(
            WithoutReport(entry.answer, entry.title, entry.state) for entry in entries if entry.report is None
        ),
    )


def without_interview_verdicts(report: InterviewReport) -> InterviewReport:
    """Removes the guides of fluency measures; the answers' reports must be without verdicts."""
    return replace(
        report,
        measures={
            name: replace(pooled, measure=replace(pooled.measure, guide=None))
            for name, pooled in report.measures.items()
        },
    )


def _answers(entries: Sequence[InterviewEntry], *, fluency_verdicts: bool) -> tuple[InterviewAnswer, ...]:
    """The answers that stand by themselves, each with those that belong to it.

    What belongs to an answer that was deleted stands by itself.
    """
    by_id = {entry.answer: entry for entry in entries}
    owner = {entry.answer: _owner(entry, by_id) for entry in entries}
    numbers = {
        entry.answer: number
        for number, entry in enumerate((each for each in entries if each.part == "question"), start=1)
    }

    def shown(entry: InterviewEntry) -> InterviewAnswer:
        first = by_id.get(entry.follow_up_of or "")
        sentences = _said_of(entry, first, fluency_verdicts=fluency_verdicts)
        return replace(_answer(entry, numbers.get(entry.answer)), sentences=sentences)

    return tuple(
        replace(
            shown(entry),
            belonging=tuple(shown(other) for other in entries if owner[other.answer] == entry.answer),
        )
        for entry in entries
        if owner[entry.answer] is None
    )


def _owner(entry: InterviewEntry, by_id: dict[str, InterviewEntry]) -> str | None:
    """The answer below which an entry is shown: the question at the end of a chain of follow-ups."""
    seen, of = {entry.answer}, entry.follow_up_of
    while of in by_id and of not in seen:
        seen.add(of)
        further = by_id[of].follow_up_of
        if further not in by_id:
            return of
        of = further
    return None


def _answer(entry: InterviewEntry, number: int | None) -> InterviewAnswer:
    report = entry.report
    return InterviewAnswer(
        answer=entry.answer,
        title=entry.title,
        part=entry.part,
        at=round(entry.at, 1),
        asked=entry.asked,
        remarks=entry.remarks,
        number=number,
        has_report=report is not None,
        headline="" if report is None else report.headline,
        place=None if report is None else place_of(report.measures["answer_length"]),
        figures=() if report is None else _figures(report, entry.part),
        measures={}
        if report is None
        else {name: report.measures[name] for name in MEASURES if name in report.measures},
    )


def _figures(report: Report, part: InterviewPart) -> tuple[FigureStanding, ...]:
    if part != "repeat":
        return report.figures
    return tuple(
        FigureStanding(each.figure, each.measure, None) if each.figure == "length" else each
        for each in report.figures
    )


def _said_of(
    entry: InterviewEntry, first: InterviewEntry | None, *, fluency_verdicts: bool
) -> tuple[str, ...]:
    """What is said of an apology, and of a second telling beside the first."""
    if entry.report is None or entry.part not in ("repeat", "apology"):
        return ()
    if entry.part == "apology":
        return (apology_sentence(entry.report),)
    if first is None or first.report is None or first.report.spoken_span is None:
        return ()
    return retelling(first.report, entry.report, verdicts=fluency_verdicts).sentences


def _observations(
    counted: Sequence[tuple[InterviewEntry, Report]], figures: Sequence[FigureStanding]
) -> tuple[SessionObservation, ...]:
    """What to try is about the figure furthest outside over the interview, what to keep about another one."""
    reports = [(SessionEntry(entry.answer, entry.title, report), report) for entry, report in counted]
    wanted = ranked(figures)
    found: dict[ObservationKind, SessionObservation] = {}
    tried = common_observation("try", reports, first=wanted)
    if tried is not None:
        found["try"] = tried
    kept = common_observation("keep", reports, without=None if tried is None else tried.about)
    if kept is not None:
        found["keep"] = kept
    return tuple(found[kind] for kind in ("keep", "try") if kind in found)


def _again(counted: Sequence[tuple[InterviewEntry, Report]]) -> Again | None:
    """The main answer in which a figure is furthest outside; one in which nobody spoke comes first."""
    furthest: tuple[float, Again] | None = None
    for entry, report in counted:
        if entry.part != "question":
            continue
        if report.spoken_span is None:
            return Again(entry.answer, entry.title, "No speech was heard in it.")
        outside = ranked(report.figures)
        if outside and (furthest is None or outside[0].steps > furthest[0]):
            why = biggest_thing(report, outside[0])
            furthest = outside[0].steps, Again(entry.answer, entry.title, why)
    return None if furthest is None else furthest[1]
