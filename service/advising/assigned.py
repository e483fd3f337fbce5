"""Assignments as an applicant sees them: what is asked, what was recorded, and what is submitted."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.feedback.hidden_figures import FIGURES, hidden_sentence
from analysis.formatting import number_of
from service.advising import cohort_schemas, schemas
from service.advising.assignment_rules import assignment_of_member, attempts_of, interviews_of, is_late
from service.advising.members import advisers_of, time_zone_of
from service.advising.progress_of_assignment import Progress, progress_of
from service.advising.wording import due_in, late_words
from service.db.account_models import Account
from service.db.advising_models import Assignment, Cohort, CohortMember
from service.db.models import Answer


def assigned_to(session: Session, person: str, now: datetime) -> list[cohort_schemas.AssignedOut]:
    """The assignments of a person's cohorts: what is due first comes first, what has no due time last.

    Args:
        now: in UTC.
    """
    rows = session.scalars(
        select(Assignment)
        .join(CohortMember, CohortMember.cohort_id == Assignment.cohort_id)
        .where(CohortMember.person_id == person)
    ).all()
    in_order = sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.created_at, row.id))
    return [_described(session, person, row, now) for row in in_order]


def assigned(session: Session, person: str, assignment: str, now: datetime) -> cohort_schemas.AssignedOut:
    """One of them.

    Raises:
        NotFound: the person's cohorts have no such assignment.
    """
    return _described(session, person, assignment_of_member(session, person, assignment), now)


def _described(session: Session, person: str, row: Assignment, now: datetime) -> cohort_schemas.AssignedOut:
    zone = time_zone_of(session, person)
    progress = progress_of(session, row, person).get(person, Progress())
    answers = session.scalars(
        select(Answer)
        .where(Answer.person_id == person, Answer.assignment_id == row.id)
        .order_by(Answer.created_at, Answer.id)
    ).all()
    questions = [_question(session, person, row, each, answers, progress) for each in row.questions]
    late = not progress.complete and is_late(row.due_at, now)
    numbers = {each.number for each in questions}
    return cohort_schemas.AssignedOut.model_validate(
        {
            "id": row.id,
            "title": row.title,
            "instructions": row.instructions,
            "cohort": session.scalar(select(Cohort.name).where(Cohort.id == row.cohort_id)),
            "kind": row.kind,
            "questions": questions,
            "answers": [
                _attempt(each, progress) for each in answers if each.assignment_question not in numbers
            ],
            "format_id": row.format_id,
            "due_words": None if row.due_at is None else due_in(row.due_at, zone),
            "due_zone_words": None
            if row.due_at is None or row.due_zone is None or row.due_zone == zone
            else due_in(row.due_at, row.due_zone),
            "late": late,
            "late_words": late_words(row.due_at, now, submitted=progress.complete),
            "attempts": row.attempts,
            "attempts_left": _attempts_left(session, person, row, questions),
            "attempts_words": _attempts_words(row),
            "figures": row.figures,
            "hidden_words": hidden_sentence([each for each in FIGURES if each not in row.figures]),
            "reflect_first": row.reflect_first,
            "state": progress.state,
            "advisers": [
                schemas.Adviser(person=each.person_id, name=each.name)
                for each in advisers_of(session, person)
                if _advises(session, each, row)
            ],
        }
    )


def _attempts_left(
    session: Session, person: str, row: Assignment, questions: Sequence[cohort_schemas.AssignedQuestion]
) -> int | None:
    if row.attempts is None:
        return None
    if row.kind == "interview":
        return max(0, row.attempts - len(interviews_of(session, person, row.id)))
    return max((each.attempts_left for each in questions if each.attempts_left is not None), default=None)


def _attempts_words(row: Assignment) -> str:
    if row.attempts is None:
        return ""
    what = "do the interview" if row.kind == "interview" else "record each question"
    times = "once" if row.attempts == 1 else number_of(row.attempts, "time")
    return f"You can {what} {times}."


def _question(
    session: Session,
    person: str,
    row: Assignment,
    question: dict[str, object],
    answers: Sequence[Answer],
    progress: Progress,
) -> cohort_schemas.AssignedQuestion:
    number = int(str(question["number"]))
    own = [each for each in answers if each.assignment_question == number]
    used = attempts_of(session, person, row.id, number)
    return cohort_schemas.AssignedQuestion.model_validate(
        {
            **question,
            "answers": [_attempt(each, progress) for each in own],
            "submitted": any(each.id in progress.answers for each in own),
            "attempts_left": None if row.attempts is None else max(0, row.attempts - used),
        }
    )


def _attempt(row: Answer, progress: Progress) -> cohort_schemas.OwnAttempt:
    return cohort_schemas.OwnAttempt(
        id=row.id,
        take=row.take,
        title=row.title,
        state=row.work_state if row.intake == "complete" else row.intake,
        submitted=row.id in progress.answers,
    )


def _advises(session: Session, adviser: Account, row: Assignment) -> bool:
    return session.get(CohortMember, (row.cohort_id, adviser.person_id)) is not None
