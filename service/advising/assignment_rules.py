"""What an assignment asks of the answers that are recorded for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from analysis.feedback.hidden_figures import FIGURES
from analysis.report import FigureName
from service.advising.problems import NoAttemptsLeft
from service.answers.changes import next_change
from service.db.advising_models import Assignment, CohortMember
from service.db.models import Answer
from service.problems import InvalidRequest, NotFound
from service.schemas import NewAnswer

_BEGUN = or_(Answer.source != "recording", Answer.intake == "complete", Answer.chunk_count > 0)
"""A recording without any chunk has nothing in it."""

NO_SUCH_ASSIGNMENT = "There is no such assignment. It may have been deleted."


def assignment_of_member(session: Session, person: str, assignment: str) -> Assignment:
    """An assignment of one of a person's cohorts.

    Raises:
        NotFound: there is none.
    """
    row = session.scalar(
        select(Assignment)
        .join(CohortMember, CohortMember.cohort_id == Assignment.cohort_id)
        .where(Assignment.id == assignment, CohortMember.person_id == person)
    )
    if row is None:
        raise NotFound(NO_SUCH_ASSIGNMENT)
    return row


def check_attempt(session: Session, person: str, new: NewAnswer) -> Assignment | None:
    """The assignment that a new answer names, if the person may begin another answer for it.

    Args:
        session: from `Database.writing`; nobody else adds an answer of this person until it ends.

    Raises:
        NotFound: the person's cohorts have no such assignment.
        InvalidRequest: it has no question with this number.
        NoAttemptsLeft: as many answers were recorded as the assignment allows.
    """
    if new.assignment is None:
        if new.assignment_question is not None:
            raise InvalidRequest("Say which assignment this question belongs to.")
        return None
    assignment = assignment_of_member(session, person, new.assignment)
    number = new.assignment_question
    if number is None and assignment.kind == "questions":
        raise InvalidRequest("Say which question of the assignment this answers.")
    if number is not None and number not in {each["number"] for each in assignment.questions}:
        raise InvalidRequest("This assignment has no such question. Load the page again.")
    if assignment.attempts is None:
        return assignment
    if number is not None:
        begun = attempts_of(session, person, assignment.id, number, besides=new.id)
        if begun >= assignment.attempts:
            raise NoAttemptsLeft(
                "You have used all attempts at this question. Submit the one that you like best."
            )
        return assignment
    interviews = interviews_of(session, person, assignment.id, besides=new.id)
    # An interview that was begun goes on to its end.
    goes_on = new.interview is not None and new.interview in interviews
    if not goes_on and len(interviews) >= assignment.attempts:
        raise NoAttemptsLeft("You have done this interview as often as your adviser asks for.")
    return assignment


def attempts_of(
    session: Session, person: str, assignment: str, number: int, *, besides: str | None = None
) -> int:
    """How many answers to a question of an assignment were recorded; one that never began does not count.

    Args:
        besides: id of an answer that is not counted: a request that is sent again makes no second one.
    """
    query = select(func.count()).where(
        Answer.person_id == person,
        Answer.assignment_id == assignment,
        Answer.assignment_question == number,
        _BEGUN,
    )
    if besides is not None:
        query = query.where(Answer.id != besides)
    return session.scalar(query) or 0


def interviews_of(
    session: Session, person: str, assignment: str, *, besides: str | None = None
) -> set[str | None]:
    """The mock interviews of which an answer was recorded for an assignment; None for one apart from any.

    Args:
        besides: id of an answer that does not count.
    """
    query = (
        select(Answer.interview_id)
        .where(
            Answer.person_id == person,
            Answer.assignment_id == assignment,
            Answer.assignment_question.is_(None),
            _BEGUN,
        )
        .distinct()
    )
    if besides is not None:
        query = query.where(Answer.id != besides)
    return set(session.scalars(query))


def begin_for_assignment(answer: Answer, new: NewAnswer, assignment: Assignment | None) -> None:
    """Notes what a new answer is recorded for, with the rules of this moment."""
    if assignment is None or answer.chunk_count:
        return
    answer.assignment_id = assignment.id
    answer.assignment_question = new.assignment_question
    answer.assignment_rules = {
        "figures": list(assignment.figures),
        "reflect_first": assignment.reflect_first,
    }


def release_answers(session: Session, assignment: str) -> None:
    """Lifts the rules of a deleted assignment from the answers that were recorded for it; they stay.

    Args:
        session: from `Database.writing`, in which all people concerned are locked.
    """
    rows: Sequence[Answer] = session.scalars(select(Answer).where(Answer.assignment_id == assignment)).all()
    for row in rows:
        row.assignment_id = row.assignment_question = row.assignment_rules = None
        row.sequence = next_change(session, row.person_id)


def hidden_figures(row: Answer) -> tuple[FigureName, ...]:
    """Those of the four main figures that the assignment of an answer does not show."""
    return hidden_by(row.assignment_rules)


def hidden_by(rules: Mapping[str, Any] | None) -> tuple[FigureName, ...]:
    """Those of the four main figures that rules do not show, as an answer keeps them."""
    return () if rules is None else tuple(figure for figure in FIGURES if figure not in rules["figures"])


def reflection_awaited(row: Answer) -> bool:
    """Whether the report of an answer is shown only once the person has said how it went."""
    return awaits_reflection(row.assignment_rules, row.reflection)


def awaits_reflection(rules: Mapping[str, Any] | None, reflection: Mapping[str, Any] | None) -> bool:
    """The same by what an answer keeps: the rules, and what the person has said so far."""
    given = reflection is not None and any(value is not None for value in reflection.values())
    return bool((rules or {}).get("reflect_first")) and not given


def is_late(due: datetime | None, moment: datetime) -> bool:
    """Whether a moment is past the due time."""
    return due is not None and moment > due
