"""What a person has between applicants and advisers, as it stands in the export of their account data.

An applicant's part holds what they submitted, with the comments and rubrics that they were given. An
adviser's part holds what they wrote, and nothing about whose answers it was written.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from service.advising.comments import given_to_applicant
from service.advising.members import FORMER_ADVISER, names_of
from service.db.advising_models import (
    CannedComment,
    Cohort,
    CohortMember,
    Comment,
    CommentReply,
    Rubric,
    RubricResult,
    Submission,
    SubmissionAdviser,
)
from service.db.models import Answer


def collect_advising(session: Session, person: str) -> dict[str, object]:
    """Everything but the sound of spoken comments.

    Args:
        session: from `Database.reading`.
        person: id of the person.
    """
    cohorts = session.scalars(
        select(Cohort.name)
        .join(CohortMember, CohortMember.cohort_id == Cohort.id)
        .where(CohortMember.person_id == person)
        .order_by(Cohort.name)
    ).all()
    return {
        "cohorts": list(cohorts),
        "submissions": _submissions(session, person),
        "comments_received": _comments_received(session, person),
        "rubrics_received": _rubrics_received(session, person),
        "comments_made": _comments_made(session, person),
        "rubric_results_made": _rubrics_made(session, person),
        "replies_made": [
            {"text": row.text, "created_at": _time(row.created_at)}
            for row in session.scalars(
                select(CommentReply)
                .where(CommentReply.author_id == person)
                .order_by(CommentReply.created_at, CommentReply.id)
            )
        ],
        "canned_comments": [
            {"text": row.text, "figure": row.figure}
            for row in session.scalars(
                select(CannedComment)
                .where(CannedComment.person_id == person)
                .order_by(CannedComment.created_at, CannedComment.id)
            )
        ],
        "rubrics": [
            {"name": row.name, "criteria": row.criteria}
            for row in session.scalars(
                select(Rubric).where(Rubric.person_id == person).order_by(Rubric.created_at, Rubric.id)
            )
        ],
    }


def spoken_comments(session: Session, person: str) -> list[str]:
    """The ids of the spoken comments that a person was given or made, in order."""
    query = (
        select(Comment.id)
        .join(Answer, Answer.id == Comment.answer_id)
        .where(
            Comment.voice_type.is_not(None),
            ((Answer.person_id == person) & given_to_applicant) | (Comment.author_id == person),
        )
    )
    return list(session.scalars(query.order_by(Comment.created_at, Comment.id)))


def spoken_comment(session: Session, comment: str) -> tuple[str, bytes] | None:
    """File name and content of a spoken comment; None if it was deleted meanwhile."""
    row = session.scalar(select(Comment).where(Comment.id == comment).options(undefer(Comment.voice)))
    if row is None or row.voice is None or row.voice_type is None:
        return None
    return voice_name(row.id, row.voice_type), row.voice


def voice_name(comment: str, media_type: str) -> str:
    """Where the sound of a spoken comment is in the archive."""
    return f"spoken-comments/{comment}.{media_type.partition('/')[2]}"


def _submissions(session: Session, person: str) -> list[dict[str, object]]:
    rows = session.scalars(
        select(Submission)
        .where(Submission.person_id == person)
        .order_by(Submission.submitted_at, Submission.id)
    ).all()
    named = session.execute(
        select(SubmissionAdviser).where(SubmissionAdviser.submission_id.in_([row.id for row in rows]))
    ).scalars()
    advisers: dict[str, list[SubmissionAdviser]] = {}
    for each in named:
        advisers.setdefault(each.submission_id, []).append(each)
    names = names_of(session, {each.adviser_id for every in advisers.values() for each in every})
    return [
        {
            "answer": row.answer_id,
            "assignment": row.assignment_title,
            "message": row.message,
            "submitted_at": _time(row.submitted_at),
            "until": None if row.until_date is None else row.until_date.isoformat(),
            "revoked_at": _time(row.revoked_at),
            "advisers": [
                {
                    "name": names.get(each.adviser_id, FORMER_ADVISER),
                    "returned_at": _time(each.returned_at),
                }
                for each in advisers.get(row.id, [])
            ],
        }
        for row in rows
    ]


def _comments_received(session: Session, person: str) -> list[dict[str, object]]:
    rows = session.scalars(
        select(Comment)
        .join(Answer, Answer.id == Comment.answer_id)
        .where(Answer.person_id == person, given_to_applicant)
        .order_by(Comment.answer_id, Comment.at, Comment.created_at, Comment.id)
    ).all()
    replies = session.scalars(
        select(CommentReply)
        .where(CommentReply.comment_id.in_([row.id for row in rows]))
        .order_by(CommentReply.created_at, CommentReply.id)
    ).all()
    names = names_of(session, {*(each.author_id for each in rows), *(each.author_id for each in replies)})

    def author(identifier: str | None) -> str:
        return FORMER_ADVISER if identifier is None else names.get(identifier, FORMER_ADVISER)

    return [
        {
            **_comment(row),
            "answer": row.answer_id,
            "author": row.author_name or author(row.author_id),
            "done_at": _time(row.done_at),
            "replies": [
                {
                    "author": author(each.author_id),
                    "text": each.text,
                    "created_at": _time(each.created_at),
                }
                for each in replies
                if each.comment_id == row.id
            ],
        }
        for row in rows
    ]


def _comments_made(session: Session, person: str) -> list[dict[str, object]]:
    rows = session.scalars(
        select(Comment)
        .join(Answer, Answer.id == Comment.answer_id)
        .where(Comment.author_id == person, Answer.person_id != person)
        .order_by(Comment.created_at, Comment.id)
    )
    return [_comment(row) for row in rows]


def _comment(row: Comment) -> dict[str, object]:
    spoken = None if row.voice_type is None else voice_name(row.id, row.voice_type)
    return {
        "at": row.at,
        "end": row.end,
        "text": row.text,
        "figure": row.figure,
        "spoken": spoken,
        "created_at": _time(row.created_at),
    }


def _rubrics_received(session: Session, person: str) -> list[dict[str, object]]:
    rows = session.scalars(
        select(RubricResult)
        .join(Answer, Answer.id == RubricResult.answer_id)
        .where(Answer.person_id == person, RubricResult.given_at.is_not(None))
        .order_by(RubricResult.given_at, RubricResult.id)
    ).all()
    names = names_of(session, {row.author_id for row in rows})
    return [
        {
            **_result(row),
            "answer": row.answer_id,
            "author": FORMER_ADVISER if row.author_id is None else names.get(row.author_id, FORMER_ADVISER),
        }
        for row in rows
    ]


def _rubrics_made(session: Session, person: str) -> list[dict[str, object]]:
    rows = session.scalars(
        select(RubricResult)
        .where(RubricResult.author_id == person)
        .order_by(RubricResult.updated_at, RubricResult.id)
    )
    return [_result(row) for row in rows]


def _result(row: RubricResult) -> dict[str, object]:
    return {
        "rubric": row.rubric,
        "scores": row.scores,
        "note": row.note,
        "given_at": _time(row.given_at),
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
