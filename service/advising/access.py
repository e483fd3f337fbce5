"""The one place that decides whether an adviser may see an answer.

They may while there is a submission of it that names them, was not revoked and has not ended, while both
accounts are active and both people are in one cohort. Every route below `/api/reviews/` asks here, and one
that sends a recording asks again all the time.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from service.advising.members import in_one_cohort
from service.db.account_models import Account
from service.db.advising_models import Submission, SubmissionAdviser
from service.db.models import Answer
from service.problems import NotFound

_Columns = TypeVarTuple("_Columns")

NO_SUCH_REVIEW = "There is nothing to review here. It may have been taken back."


@dataclass(frozen=True)
class Review:
    """A submission as one of its advisers sees it.

    Attributes:
        submission, answer: rows.
        naming: the row that names the adviser.
        applicant: account of the person who submitted it.
    """

    submission: Submission
    answer: Answer
    naming: SubmissionAdviser
    applicant: Account

    @property
    def returned(self) -> bool:
        """Whether the adviser has returned it, and not opened it again."""
        return self.naming.returned_at is not None


def open_to(adviser: str, now: datetime) -> Select[Submission, Answer, SubmissionAdviser, Account]:
    """The query of all that an adviser may see at a moment."""
    query = select(Submission, Answer, SubmissionAdviser, Account).join(
        Answer, Answer.id == Submission.answer_id
    )
    return _while_allowed(query, now).where(SubmissionAdviser.adviser_id == adviser)


def seen_by_somebody(now: datetime) -> Select[str]:
    """The query of the ids of all submissions that some adviser may see at a moment."""
    return _while_allowed(select(Submission.id), now).distinct()


def _while_allowed(query: Select[*_Columns], now: datetime) -> Select[*_Columns]:
    adviser = aliased(Account)
    return (
        query.join(SubmissionAdviser, SubmissionAdviser.submission_id == Submission.id)
        .join(Account, Account.person_id == Submission.person_id)
        .join(adviser, adviser.person_id == SubmissionAdviser.adviser_id)
        .where(
            still_submitted(now),
            SubmissionAdviser.ended_at.is_(None),
            Account.state == "active",
            adviser.state == "active",
            adviser.role == "adviser",
            in_one_cohort(Submission.person_id, SubmissionAdviser.adviser_id),
        )
    )


def still_submitted(now: datetime) -> ColumnElement[bool]:
    """Whether a submission was neither revoked nor has ended, as a condition of a query."""
    return and_(Submission.revoked_at.is_(None), or_(Submission.until.is_(None), Submission.until > now))


def review_of(session: Session, adviser: str, submission: str, now: datetime) -> Review:
    """One submission that an adviser may see.

    Raises:
        NotFound: there is none, or the adviser may not see it, or not any more.
    """
    row = session.execute(open_to(adviser, now).where(Submission.id == submission)).first()
    if row is None:
        raise NotFound(NO_SUCH_REVIEW)
    return as_review(row)


def may_see(session: Session, adviser: str, submission: str, now: datetime) -> bool:
    """Whether an adviser may see a submission at this moment."""
    query = open_to(adviser, now).where(Submission.id == submission)
    return session.execute(query.with_only_columns(Submission.id)).first() is not None


def may_see_answer(session: Session, adviser: str, answer: str, now: datetime) -> bool:
    """Whether an adviser may see an answer at this moment, by any submission of it."""
    query = open_to(adviser, now).where(Submission.answer_id == answer)
    return session.execute(query.with_only_columns(Submission.id)).first() is not None


def as_review(row: Row[Submission, Answer, SubmissionAdviser, Account]) -> Review:
    """A row of `open_to`."""
    submission, answer, naming, applicant = row
    return Review(submission, answer, naming, applicant)
