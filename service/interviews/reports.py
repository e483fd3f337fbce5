"""The answers of an interview with their reports, as `analysis.sessions.interview_report` takes them."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from analysis.sessions.interview_report import (
    FULL_INTERVIEW,
    InterviewEntry,
    InterviewPart,
    interview_report,
    without_interview_verdicts,
)
from analysis.view.interview import ViewedInterview, interview_view
from service.answers.preferences import wants_verdicts
from service.answers.saved_reports import listed_report
from service.db.models import Answer, Interview, Remark, StageResult
from service.problems import NotFound


@dataclass(frozen=True)
class InterviewWithReport:
    """The row of an interview, and the report on its answers; its rows are empty while none has a report."""

    row: Interview
    report: ViewedInterview


def report_on(session: Session, person: str, identifier: str) -> InterviewWithReport:
    """The report on one interview.

    Args:
        session: from `Database.reading`.
        person: id of the person.
        identifier: of the interview.

    Raises:
        NotFound: this person has no such interview.
    """
    mine = and_(Interview.id == identifier, Interview.person_id == person)
    row = session.scalar(select(Interview).where(mine))
    if row is None:
        raise NotFound("There is no such interview. It may have been deleted.")
    verdicts = wants_verdicts(session, person)
    entries = [
        _entry(row, answer, stored, remarks, verdicts=verdicts)
        for answer, stored, remarks in _answers(session, person, identifier)
    ]
    report = interview_report(entries, fluency_verdicts=verdicts)
    if not verdicts:
        report = without_interview_verdicts(report)
    return InterviewWithReport(row, ViewedInterview(**vars(report), view=interview_view(report)))


def count_full(session: Session, person: str) -> int:
    """The number of full mock interviews that have ended, with enough main answers that have a report."""
    answered = (
        select(Answer.interview_id)
        .where(Answer.person_id == person, Answer.part == "question", Answer.report_ready)
        .group_by(Answer.interview_id)
        .having(func.count() >= FULL_INTERVIEW)
    )
    ended = select(func.count(Interview.id)).where(
        Interview.person_id == person, Interview.ended_at.is_not(None), Interview.id.in_(answered)
    )
    return session.scalar(ended) or 0


def _answers(session: Session, person: str, interview: str) -> Sequence[tuple[Answer, str | None, int]]:
    """The answers of an interview in order, each with its report as JSON and its number of remarks."""
    remarks = (
        select(func.count(Remark.id)).where(Remark.answer_id == Answer.id).correlate(Answer).scalar_subquery()
    )
    rows = session.execute(
        select(Answer, StageResult.result, remarks)
        .outerjoin(StageResult, and_(StageResult.answer_id == Answer.id, StageResult.stage == "measure"))
        .where(Answer.person_id == person, Answer.interview_id == interview)
        .order_by(Answer.created_at, Answer.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def _entry(
    interview: Interview, answer: Answer, stored: str | None, remarks: int, *, verdicts: bool
) -> InterviewEntry:
    state = answer.work_state if answer.intake == "complete" else answer.intake
    report = None
    try:
        report = listed_report(answer, stored, verdicts=verdicts)
    except ValidationError:
        # Written by an older version of this program, with other fields.
        state = "outdated"
    asked = answer.asked or {}
    part: InterviewPart = answer.part or "question"  # type: ignore[assignment]
    return InterviewEntry(
        answer=answer.id,
        title=asked.get("text") or answer.question or answer.title,
        part=part,
        at=(answer.created_at - interview.created_at).total_seconds(),
        report=report,
        state="" if report else state,
        follow_up_of=answer.follow_up_of,
        asked=asked.get("reason") if part == "follow_up" else None,
        remarks=remarks,
    )
