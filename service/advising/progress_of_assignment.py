"""How far each applicant has come with an assignment: what was submitted, and what was returned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.advising_models import Assignment, Submission, SubmissionAdviser
from service.db.models import Answer


@dataclass(frozen=True)
class Progress:
    """What one applicant has submitted of an assignment.

    Attributes:
        complete: every question was submitted; of a mock interview, at least one answer.
        returned: an adviser has returned every submission.
        submitted_at: when the last part that was missing was submitted; None while it is not complete.
        answers: ids of the answers that are submitted.
    """

    complete: bool = False
    returned: bool = False
    submitted_at: datetime | None = None
    answers: frozenset[str] = field(default_factory=frozenset)

    @property
    def state(self) -> Literal["open", "submitted", "returned"]:
        """As pages show it."""
        if not self.complete:
            return "open"
        return "returned" if self.returned else "submitted"


def progress_of(
    session: Session, assignment: Assignment, person: str | None = None
) -> Mapping[str, Progress]:
    """How far everybody has come, by person; who has submitted nothing is left out.

    A submission that was taken back does not count.

    Args:
        person: only this one.
    """
    returned = (
        select(func.count())
        .where(SubmissionAdviser.submission_id == Submission.id, SubmissionAdviser.returned_at.is_not(None))
        .scalar_subquery()
    )
    query = (
        select(Submission, Answer.assignment_question, returned)
        .join(Answer, Answer.id == Submission.answer_id)
        .where(Submission.assignment_id == assignment.id, Submission.revoked_at.is_(None))
        .order_by(Submission.submitted_at, Submission.id)
    )
    if person is not None:
        query = query.where(Submission.person_id == person)
    submissions: dict[str, list[tuple[Submission, int | None, int]]] = {}
    for submission, number, count in session.execute(query):
        submissions.setdefault(submission.person_id, []).append((submission, number, count))
    wanted = [each["number"] for each in assignment.questions]
    return {who: _progress(rows, wanted) for who, rows in submissions.items()}


def _progress(rows: list[tuple[Submission, int | None, int]], wanted: list[int]) -> Progress:
    first: dict[int | None, datetime] = {}
    returned: set[int | None] = set()
    for submission, number, count in rows:
        first.setdefault(number, submission.submitted_at)
        if count:
            returned.add(number)
    parts: set[int | None] = set(wanted) or set(first)
    complete = parts <= set(first)
    return Progress(
        complete=complete,
        returned=complete and parts <= returned,
        submitted_at=max(first[each] for each in parts) if complete else None,
        answers=frozenset(submission.answer_id for submission, _, _ in rows),
    )
