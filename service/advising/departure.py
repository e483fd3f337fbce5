"""What happens between applicants and advisers when an answer or a person's data is deleted.

An answer takes with it what was said about it. What an adviser gave stays with the applicant, without the
adviser's name and voice; what they had not returned yet goes with them.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from service.advising.announcements import announce
from service.db.advising_models import (
    Comment,
    CommentReply,
    RubricResult,
    Submission,
    SubmissionAdviser,
)

SPOKEN_AND_GONE = "This comment was spoken. The sound was deleted with the adviser's account."
"""In place of a comment that had no text."""


def people_concerned(session: Session, person: str) -> Sequence[str]:
    """Who may be told when something of a person's is deleted, so that they are locked with the person."""
    rows = session.execute(
        select(Submission.person_id, SubmissionAdviser.adviser_id)
        .join(SubmissionAdviser, SubmissionAdviser.submission_id == Submission.id)
        .where(or_(Submission.person_id == person, SubmissionAdviser.adviser_id == person))
        .distinct()
    )
    return sorted({each for row in rows for each in row} - {person})


def end_submissions(session: Session, answers: Collection[str]) -> None:
    """Tells advisers that answers which are about to be deleted are theirs to see no more.

    Args:
        session: from `Database.writing`.
        answers: ids.
    """
    rows = session.execute(
        select(Submission.id, Submission.answer_id, SubmissionAdviser.adviser_id)
        .join(SubmissionAdviser, SubmissionAdviser.submission_id == Submission.id)
        .where(Submission.answer_id.in_(answers), Submission.revoked_at.is_(None))
    )
    for row in rows.all():
        announce(session, [row.adviser_id], "revoked", row.id, row.answer_id)


def remove_advising_data(session: Session, person: str) -> None:
    """Deletes what a person has as an adviser, but for the tables of `DELETED_WITH_A_PERSON`.

    Args:
        session: from `Database.writing`; the person's answers are deleted already.
    """
    named = session.execute(
        select(Submission)
        .join(SubmissionAdviser, SubmissionAdviser.submission_id == Submission.id)
        .where(SubmissionAdviser.adviser_id == person)
    ).scalars()
    for submission in named.all():
        announce(session, [submission.person_id], "revoked", submission.id, submission.answer_id)
    session.execute(delete(SubmissionAdviser).where(SubmissionAdviser.adviser_id == person))
    mine = Comment.author_id == person
    session.execute(delete(Comment).where(mine, Comment.given_at.is_(None)))
    session.execute(update(Comment).where(mine, Comment.text.is_(None)).values(text=SPOKEN_AND_GONE))
    session.execute(update(Comment).where(mine).values(author_id=None, voice=None, voice_type=None))
    session.execute(
        delete(RubricResult).where(RubricResult.author_id == person, RubricResult.given_at.is_(None))
    )
    for table in (CommentReply, RubricResult):
        session.execute(update(table).where(table.author_id == person).values(author_id=None))
