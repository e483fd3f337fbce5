"""The report of a mock interview as it is shown: on its page and on paper."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analysis.formatting import aim, capitalised, clock, duration, listed, number, number_of, rounded
from analysis.report import FigureName, FigureStanding, Measure
from analysis.sessions.interview_report import (
    COUNTED_PARTS,
    AskedReason,
    InterviewAnswer,
    InterviewPart,
    InterviewReport,
)
from analysis.sessions.lengths import Lengths
from analysis.view.figures import FigureView, figure_view
from analysis.view.interview_chart import ChartView, chart_view, guide_of
from analysis.view.measures import reason_text
from analysis.view.session import PooledRow, pooled_rows

_NAMES: dict[InterviewPart, str] = {
    "question": "Question",
    "follow_up": "Follow-up",
    "repeat": "Second telling",
    "apology": "After the connection dropped",
    "closing": "Your questions for them",
}

_MENTIONED: dict[InterviewPart, str] = {
    "follow_up": "the follow-up",
    "repeat": "the second telling",
    "apology": "the short apology",
    "closing": "your questions for them",
}
"""Names within a sentence. Only questions have a number of their own."""

_ASKED: dict[AskedReason, str] = {
    "no_example": "Asked because no example was told yet.",
    "own_part": "Asked because your own part was not told yet.",
    "no_outcome": "Asked because how it ended was not told yet.",
    "short": "Asked because the answer was short.",
    "reflective": "Asked to look back. The answer was well told.",
    "person": "Asked by the person who interviewed you.",
}

_NOT_COUNTED: dict[InterviewPart, str] = {
    "repeat": "the second telling",
    "apology": "the apology",
    "closing": "your own questions",
}
"""Within a sentence."""

_RATE_UNITS: dict[FigureName, str] = {
    "pace": "words a minute",
    "pauses": "long pauses a minute",
    "fillers": "fillers a minute",
}

_TENTHS_BELOW = 10.0
"""Seconds under which tenths are shown."""

_WELL_TOLD = "No answer stands out as one to do again."


@dataclass(frozen=True)
class InterviewObservation:
    """One thing to keep or to try.

    Attributes:
        kind: `keep` or `try`.
        title: `Keep`, `Try`.
        text: one sentence, about the answer that is named.
        answer: where to listen.
        name: of that answer, within a sentence: `question 2`, `the follow-up to question 2`.
        more: in how many other answers it is the same; often empty.
    """

    kind: str
    title: str
    text: str
    answer: str
    name: str
    more: str


@dataclass(frozen=True)
class AgainView:
    """The one answer to do again.

    Attributes:
        answer: None where no answer stands out.
        name: `question 4`, likewise within a sentence; empty likewise.
        title: what was asked; empty likewise.
        text: why; or that none stands out.
    """

    answer: str | None
    name: str
    title: str
    text: str


@dataclass(frozen=True)
class AnswerView:
    """One answer.

    Attributes:
        answer: the caller's id.
        name: `Question 2`, `Follow-up`, `Second telling`.
        title: what was asked.
        asked: why a follow-up was asked; empty for everything else.
        note: what else there is to say: how a second telling compares with the first, how long an apology
            was; empty where there is nothing.
        when: `3:12 in`: when in the interview its recording began.
        figures: the four main figures; none without a report.
        began: how soon it began after the question; empty where that is not measured.
        remarks: how many there are; empty without any.
        belonging: follow-ups and a second telling, in order.
    """

    answer: str
    name: str
    title: str
    asked: str
    note: str
    when: str
    figures: tuple[FigureView, ...]
    began: str
    remarks: str
    belonging: tuple["AnswerView", ...] = ()


@dataclass(frozen=True)
class InterviewView:
    """What is shown of an interview.

    Attributes:
        figures: the four over the interview.
        counted: which answers are in them; one or two sentences.
        observations: one to keep and one to try, or fewer.
        again: the one answer to do again.
        answers: in the order of the report.
        charts: pace and fillers over the interview's time; none where neither is measurable.
        latency: how soon answers began, one or two sentences.
        guides: what is usual, and who says so, a sentence or two each; none where no verdicts are wanted.
        together: measures over all answers, in order.
        together_note: how they are pooled.
    """

    figures: tuple[FigureView, ...]
    counted: str
    observations: tuple[InterviewObservation, ...]
    again: AgainView
    answers: tuple[AnswerView, ...]
    charts: tuple[ChartView, ...]
    latency: tuple[str, ...]
    guides: tuple[str, ...]
    together: tuple[PooledRow, ...]
    together_note: str


@dataclass(frozen=True)
class ViewedInterview(InterviewReport):
    """The report of an interview with its view."""

    view: InterviewView


def interview_view(report: InterviewReport) -> InterviewView:
    """The view of an interview's report."""
    everything = [each for answer in report.answers for each in (answer, *answer.belonging)]
    names = {each.answer: name_of(each) for each in everything}
    mentions = {each.answer: _mention(each) for each in report.answers} | {
        each.answer: _mention(each, of=answer) for answer in report.answers for each in answer.belonging
    }
    together, note = pooled_rows(report.measures)
    figures = _figures(report)
    return InterviewView(
        figures=figures,
        counted=_counted(report, everything),
        observations=tuple(
            InterviewObservation(
                kind=each.kind,
                title=capitalised(each.kind),
                text=each.text,
                answer=each.answer,
                name=mentions.get(each.answer, ""),
                more=_more(each.answers - 1),
            )
            for each in report.observations
        ),
        again=_again(report, mentions),
        answers=tuple(_answer(each) for each in report.answers),
        charts=_charts(report, names),
        latency=_latency(report, names),
        guides=tuple(
            f"{each.label}: {each.guide} {_RATE_UNITS[each.figure]}. {each.guide_source}."
            for each in figures
            if each.guide and each.guide_source
        ),
        together=together,
        together_note=note,
    )


def name_of(answer: InterviewAnswer) -> str:
    """What an answer is called: `Question 2`, `Follow-up`."""
    name = _NAMES[answer.part]
    return name if answer.number is None else f"{name} {answer.number}"


def _mention(answer: InterviewAnswer, *, of: InterviewAnswer | None = None) -> str:
    """What an answer is called within a sentence: `question 2`, `the follow-up to question 2`."""
    name = _MENTIONED.get(answer.part, name_of(answer).lower())
    if of is None:
        return name
    return f"{name} {'of' if answer.part == 'repeat' else 'to'} {_mention(of)}"


def _more(others: int) -> str:
    return f"The same in {number_of(others, 'other answer')}." if others > 0 else ""


def _figures(report: InterviewReport) -> tuple[FigureView, ...]:
    measures: Mapping[str, Measure] = {name: each.measure for name, each in report.measures.items()}
    length, *others = report.figures
    return (_length(length, report.lengths), *(figure_view(standing, measures) for standing in others))


def _length(standing: FigureStanding, lengths: Lengths) -> FigureView:
    """How many answers were inside their aim, in place of a length."""
    view = figure_view(replace(standing, standing=standing.standing or "unknown"), {})
    if lengths.unheard == lengths.answers:
        return view
    goal = "their aim" if lengths.aim is None else aim(*lengths.aim)
    value = f"{lengths.inside} of {lengths.answers}"
    unit = f"{'answer' if lengths.answers == 1 else 'answers'} inside {goal}"
    outside = [
        f"{count} {word}" for count, word in ((lengths.over, "over"), (lengths.short, "under")) if count
    ]
    parts = [f"{', '.join(outside)} the aim"] if outside else []
    parts += [f"{lengths.unheard} without speech"] if lengths.unheard else []
    text = ", ".join(parts) or f"{'all ' if lengths.answers > 1 else ''}inside the aim"
    return replace(
        view,
        value=value,
        unit=unit,
        standing_text=text,
        guide="",
        how_sure=(),
        reason="",
        summary=f"{view.label}: {value} {unit}",
    )


def _counted(report: InterviewReport, everything: list[InterviewAnswer]) -> str:
    follow_ups = sum(each.part == "follow_up" and each.has_report for each in everything)
    questions = report.counted - follow_ups
    parts = [number_of(questions, "answer")] if questions else []
    parts += [f"{number_of(follow_ups, 'follow-up')}"] if follow_ups else []
    if not parts:
        return ""
    left_out = [
        words
        for part, words in _NOT_COUNTED.items()
        if part not in COUNTED_PARTS and any(each.part == part for each in everything)
    ]
    said = f"Over {listed(parts)}, {duration(report.speaking_time)} of speech."
    if not left_out:
        return said
    verb = "is" if len(left_out) == 1 and left_out != [_NOT_COUNTED["closing"]] else "are"
    return f"{said} {capitalised(listed(left_out))} {verb} not counted."


def _again(report: InterviewReport, mentions: Mapping[str, str]) -> AgainView:
    if report.again is None:
        return AgainView(None, "", "", _WELL_TOLD if report.counted else "")
    again = report.again
    return AgainView(again.answer, mentions.get(again.answer, ""), again.title, again.why)


def _answer(answer: InterviewAnswer) -> AnswerView:
    return AnswerView(
        answer=answer.answer,
        name=name_of(answer),
        title=answer.title,
        asked="" if answer.asked is None else _ASKED[answer.asked],
        note=" ".join(answer.sentences),
        when=f"{clock(answer.at)} in",
        figures=tuple(figure_view(standing, answer.measures) for standing in answer.figures),
        began=_began(answer),
        remarks=number_of(answer.remarks, "remark") if answer.remarks else "",
        belonging=tuple(_answer(each) for each in answer.belonging),
    )


def _began(answer: InterviewAnswer) -> str:
    latency = answer.measures.get("response_latency")
    if latency is None or latency.value is None:
        return ""
    return f"Began after {_seconds(latency.value)}"


def _seconds(value: float) -> str:
    """A latency to a tenth of a second: its error is no smaller."""
    return f"{number(value, 1)} s" if rounded(value, 1) < _TENTHS_BELOW else duration(value)


def _charts(report: InterviewReport, names: Mapping[str, str]) -> tuple[ChartView, ...]:
    points = [point for series in report.over_time for point in series.points]
    if not points:
        return ()
    length = max(point.at for point in points) * 1.05
    return tuple(
        chart_view(
            series,
            names=dict(names),
            length=length,
            guide=None if series.course == "not_given" else guide_of(series),
        )
        for series in report.over_time
    )


def _latency(report: InterviewReport, names: Mapping[str, str]) -> tuple[str, ...]:
    found = report.latency
    if found.longest is None:
        reasons = [
            each.measures["response_latency"].reason
            for each in report.answers
            if "response_latency" in each.measures
        ]
        why = reason_text(reasons[0], "not_measurable") if reasons else ""
        return (f"How soon you began was not measured{f': {why}' if why else ''}.",) if report.counted else ()
    longest = f"{_seconds(found.longest)}, at {names.get(found.longest_answer, 'one answer').lower()}"
    if found.median is None:
        return (f"The longest wait before your first word was {longest}.",)
    return (
        f"You usually began {_seconds(found.median)} after the question.",
        f"The longest wait was {longest}.",
    )
