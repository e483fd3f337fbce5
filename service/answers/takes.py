"""The takes of one question, and the comparison of two of them.

Takes are grouped by the bank's question or, for other questions, by identical wording. The samples are
grouped separately, because other people recorded them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from analysis.comparison.best_stretch import best_stretch
from analysis.comparison.comparison import compare
from analysis.comparison.models import ComparedTake
from analysis.comparison.spread import Spread, spread_of
from analysis.feedback.headline import NOUNS
from analysis.feedback.standing import MAIN_FIGURES
from analysis.formatting import capitalised
from analysis.report import Measure, Report
from analysis.trends.facts import take_facts
from analysis.view.takes import TakeView, ViewedComparison, comparison_view, take_view
from service import schemas
from service.answers.defaults import PARTS_WITHOUT_TAKES
from service.answers.preferences import wants_verdicts
from service.answers.presentation import available
from service.answers.repository import Answers
from service.answers.saved_reports import listed_report, report_of
from service.db.models import Answer, StageResult
from service.problems import InvalidRequest, NotReady
from service.progress.history import TakeHistory

LISTED_MEASURES = tuple(figure.measure for figure in MAIN_FIGURES)
"""Measures shown for each take in the list: those of the four main figures."""


class Take(BaseModel):
    """One take of a question."""

    answer: str
    take: int | None
    title: str
    created_at: datetime
    headline: str | None
    duration: float | None = Field(description="Seconds of the recording.")
    available: list[schemas.Part]
    media_type: str | None = Field(description="Of the playable copy; `video/…` has a picture.")
    timing: schemas.Timing | None
    state: str = Field(
        description="Of the analysis; `outdated` if the report is too old for this version to read."
    )
    measures: dict[str, Measure] = Field(description="Empty without a report.")
    best_stretch: schemas.SpanOut | None = Field(
        description="The longest without a sure filler or a silence of 1 s, if it lasts 10 s."
    )
    view: TakeView


class TakeList(BaseModel):
    """All takes of one question, oldest first."""

    question: str | None
    takes: list[Take]
    measures: list[str] = Field(description="Names of the measures, in the order in which they are shown.")
    labels: list[str] = Field(description="The same measures for people.")


def takes_of(session: Session, person: str, answer: str) -> TakeList:
    """All takes of the question that this answer is a take of.

    Raises:
        NotFound: this person has no such answer.
    """
    row = Answers(session, person).get(answer)
    rows = session.execute(
        select(Answer, StageResult.result)
        .outerjoin(StageResult, and_(StageResult.answer_id == Answer.id, StageResult.stage == "measure"))
        .where(Answer.person_id == person, _same_question(row))
        .order_by(Answer.created_at, Answer.id)
    )
    verdicts = wants_verdicts(session, person)
    return TakeList(
        question=row.question,
        takes=[_described(each, stored, verdicts=verdicts) for each, stored in rows],
        measures=list(LISTED_MEASURES),
        labels=[capitalised(NOUNS[figure.name]) for figure in MAIN_FIGURES],
    )


def comparison_of(
    session: Session, person: str, answer: str, other: str, history: TakeHistory
) -> ViewedComparison:
    """Compares two takes of one question, the earlier one first.

    Args:
        session: from `Database.reading`.
        person: id of the person.
        answer, other: ids, in any order.
        history: the person's takes.

    Raises:
        NotFound: this person has no such answer.
        InvalidRequest: they are not two takes of one question.
        NotReady: one of them has no report yet.
    """
    answers = Answers(session, person)
    pair = sorted((answers.get(answer), answers.get(other)), key=lambda row: (row.created_at, row.id))
    _check(session, pair)
    first, second = (
        ComparedTake(row.id, _name(row, unnumbered), report_of(session, person, row.id))
        for row, unnumbered in zip(pair, ("the earlier take", "the later take"), strict=True)
    )
    compared = compare(first, second, spread=_spread(pair, second.report, history), verdicts=history.verdicts)
    return ViewedComparison(**vars(compared), view=comparison_view(compared, first.name, second.name))


@dataclass(frozen=True)
class EarlierTakes:
    """What came before a take of a question.

    Attributes:
        previous: the report of the take before, as the person sees it; None without one.
        takes: how many takes there are up to this one, itself included.
    """

    previous: Report | None
    takes: int


def earlier_takes(session: Session, person: str, answer: str) -> EarlierTakes:
    """The takes of a question up to one of them.

    Raises:
        NotFound: this person has no such answer.
    """
    row = Answers(session, person).get(answer)
    rows = answers_before(session, row)
    # The number that is shown with the take; without one, what is there is counted.
    takes = row.take or len(rows) + 1
    for earlier in rows:
        try:
            return EarlierTakes(report_of(session, person, earlier.id), takes)
        except NotReady:
            # It has no report, or one that this version cannot read: the take before it counts.
            continue
    return EarlierTakes(None, takes)


def answers_before(session: Session, row: Answer) -> Sequence[Answer]:
    """The takes of the same question before one of them, the latest first."""
    before = or_(
        Answer.created_at < row.created_at,
        and_(Answer.created_at == row.created_at, Answer.id < row.id),
    )
    return session.scalars(
        select(Answer)
        .where(Answer.person_id == row.person_id, _same_question(row), before)
        .order_by(Answer.created_at.desc(), Answer.id.desc())
    ).all()


def _same_question(row: Answer) -> ColumnElement[bool]:
    if row.question is None or row.part in PARTS_WITHOUT_TAKES:
        return Answer.id == row.id
    if row.question_id is None:
        same = and_(Answer.question_id.is_(None), Answer.question == row.question)
    else:
        same = Answer.question_id == row.question_id
    given = (Answer.source == "sample") if row.source == "sample" else (Answer.source != "sample")
    # A recording without any chunk does not count as a take.
    begun = or_(Answer.source != "recording", Answer.intake == "complete", Answer.chunk_count > 0)
    own_words = or_(Answer.part.is_(None), Answer.part.not_in(PARTS_WITHOUT_TAKES))
    return and_(same, own_words, given, or_(begun, Answer.id == row.id))


def _described(row: Answer, stored: str | None, *, verdicts: bool) -> Take:
    state = row.work_state if row.intake == "complete" else row.intake
    report: Report | None = None
    try:
        report = listed_report(row, stored, verdicts=verdicts)
    except ValidationError:
        state = "outdated"
    stretch = None if report is None else best_stretch(report)
    return Take(
        answer=row.id,
        take=row.take,
        title=row.title,
        created_at=row.created_at,
        headline=None if report is None else report.headline,
        duration=row.duration,
        available=available(row),
        media_type=row.media_type,
        timing=None if row.timing is None else schemas.Timing.model_validate(row.timing),
        state=state,
        measures={}
        if report is None
        else {
            name: replace(report.measures[name], guide=None)
            for name in LISTED_MEASURES
            if name in report.measures
        },
        best_stretch=None if stretch is None else schemas.SpanOut(start=stretch.start, end=stretch.end),
        view=take_view(report),
    )


def _check(session: Session, pair: Sequence[Answer]) -> None:
    first, second = pair
    if first.id == second.id:
        raise InvalidRequest("A take cannot be compared with itself. Choose another take of the question.")
    same = select(Answer.id).where(Answer.id == second.id, _same_question(first))
    if session.scalar(same) is None:
        raise InvalidRequest("Only takes of the same question can be compared.")


def _name(row: Answer, unnumbered: str) -> str:
    return unnumbered if row.take is None else f"take {row.take}"


def _spread(pair: Sequence[Answer], report: Report, history: TakeHistory) -> Spread:
    """How much takes differ by chance, estimated from the person's own takes; samples are never involved."""
    compared = {row.id for row in pair}
    own = [
        row.facts
        for row in history.rows
        if row.facts is not None and not row.sample and row.answer not in compared
    ]
    if any(row.source == "sample" for row in pair):
        own = []
    return spread_of(own, take_facts(report).build)
