"""Comments on moments of an answer, with their replies, as the applicant and as the adviser see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from analysis.feedback.headline import COUNTED_NOUNS
from analysis.formatting import capitalised, clock
from analysis.report import FigureName
from service.advising import rubric_schemas, schemas
from service.advising.access import may_see_answer
from service.advising.announcements import announce, lock_people
from service.advising.members import FORMER_ADVISER, names_of, time_zone_of
from service.advising.problems import TooMany
from service.advising.wording import moment_in
from service.answers.repository import Answers
from service.db.advising_models import Comment, CommentReply, RubricResult
from service.db.models import Answer
from service.problems import NotFound

MOST_REPLIES = 50
"""To one comment."""

NO_SUCH_COMMENT = "There is no such comment. It may have been deleted."

given_to_applicant = or_(
    Comment.given_at.is_not(None), and_(Comment.submission_id.is_(None), Comment.imported_from.is_not(None))
)
"""Whether the applicant sees a comment, as a condition of a query."""


def comments_of(session: Session, person: str, answer: str) -> list[schemas.CommentOut]:
    """The comments that a person was given on an answer of theirs, in order of time.

    Raises:
        NotFound: this person has no such answer.
    """
    Answers(session, person).get(answer)
    query = select(Comment).where(Comment.answer_id == answer, given_to_applicant)
    return described(session, session.scalars(_in_order(query)).all(), person)


def own_comments(session: Session, adviser: str, answer: str) -> list[schemas.CommentOut]:
    """The comments that an adviser made on an answer, in order of time."""
    query = select(Comment).where(Comment.answer_id == answer, Comment.author_id == adviser)
    return described(session, session.scalars(_in_order(query)).all(), adviser)


def rubrics_of(session: Session, person: str, answer: str) -> list[rubric_schemas.GivenRubric]:
    """The rubrics that a person was given on an answer of theirs, the first one first.

    Raises:
        NotFound: this person has no such answer.
    """
    Answers(session, person).get(answer)
    rows = session.scalars(
        select(RubricResult)
        .where(RubricResult.answer_id == answer, RubricResult.given_at.is_not(None))
        .order_by(RubricResult.given_at, RubricResult.id)
    ).all()
    names = names_of(session, {row.author_id for row in rows})
    return [
        rubric_schemas.GivenRubric(
            author=_author(row.author_id, None, names),
            criteria=[
                rubric_schemas.JudgedCriterion(
                    name=each["name"], score=score, words=each["levels"][score - 1]
                )
                for each in row.rubric["criteria"]
                if (score := row.scores.get(each["id"])) is not None
            ],
            note=row.note,
        )
        for row in rows
    ]


def add_reply(session: Session, person: str, comment: str, text: str, now: datetime) -> schemas.Reply:
    """Replies to a comment: the person whose answer it is on, or the adviser who made it.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: the person sees no such comment.
        TooMany: there are as many replies as there may be.
    """
    row, answer = _locked(session, person, comment, now)
    replies = session.scalars(select(CommentReply).where(CommentReply.comment_id == comment)).all()
    if len(replies) >= MOST_REPLIES:
        raise TooMany(f"This comment has {MOST_REPLIES} replies. Talk about it in person.")
    reply = CommentReply(comment_id=comment, author_id=person, text=text, created_at=now)
    session.add(reply)
    session.flush()
    _tell(session, row, answer, now)
    return _reply(reply, person, names_of(session, [person]), time_zone_of(session, person))


def mark_done(session: Session, person: str, comment: str, now: datetime, *, done: bool) -> None:
    """Marks a comment as done, or not, by the person whose answer it is on.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: there is no such comment on an answer of this person.
    """
    row, answer = _locked(session, person, comment, now)
    if answer.person_id != person:
        raise NotFound(NO_SUCH_COMMENT)
    row.done_at = (row.done_at or now) if done else None
    _tell(session, row, answer, now)


def _locked(session: Session, person: str, comment: str, now: datetime) -> tuple[Comment, Answer]:
    row, answer = comment_for(session, person, comment, now)
    lock_people(session, [answer.person_id, row.author_id])
    return comment_for(session, person, comment, now)


def comment_for(session: Session, person: str, comment: str, now: datetime) -> tuple[Comment, Answer]:
    """A comment that a person sees: one they were given, or made themselves on what they may still see.

    Raises:
        NotFound: there is no such comment for this person.
    """
    found = session.execute(
        select(Comment, Answer)
        .join(Answer, Answer.id == Comment.answer_id)
        .where(
            Comment.id == comment,
            or_(and_(Answer.person_id == person, given_to_applicant), Comment.author_id == person),
        )
    ).first()
    if found is None:
        raise NotFound(NO_SUCH_COMMENT)
    row, answer = found
    if answer.person_id != person and not may_see_answer(session, person, answer.id, now):
        raise NotFound(NO_SUCH_COMMENT)
    return row, answer


def described(session: Session, comments: Sequence[Comment], reader: str) -> list[schemas.CommentOut]:
    """Comments as one of the two who see them reads them."""
    replies = session.scalars(
        select(CommentReply)
        .where(CommentReply.comment_id.in_([comment.id for comment in comments]))
        .order_by(CommentReply.created_at, CommentReply.id)
    ).all()
    names = names_of(session, {*(each.author_id for each in comments), *(each.author_id for each in replies)})
    zone = time_zone_of(session, reader)
    return [
        schemas.CommentOut(
            id=comment.id,
            author=_author(comment.author_id, comment.author_name, names),
            at=comment.at,
            end=comment.end,
            at_words=clock(comment.at),
            text=comment.text,
            voice=comment.voice_type is not None,
            figure=_figure(comment),
            figure_words=figure_words(_figure(comment)),
            replies=[_reply(each, reader, names, zone) for each in replies if each.comment_id == comment.id],
            done=comment.done_at is not None,
            own=comment.author_id == reader,
            given=comment.given_at is not None or comment.imported_from is not None,
            imported=comment.imported_from is not None,
        )
        for comment in comments
    ]


def _figure(comment: Comment) -> FigureName | None:
    figure: FigureName | None = comment.figure  # type: ignore[assignment]
    return figure


def figure_words(figure: FigureName | None) -> str:
    """`Long pauses`; empty without a figure."""
    return "" if figure is None else capitalised(COUNTED_NOUNS[figure])


def _in_order(query: Select[Comment]) -> Select[Comment]:
    return query.order_by(Comment.at, Comment.created_at, Comment.id)


def _reply(reply: CommentReply, reader: str, names: Mapping[str, str], zone: str) -> schemas.Reply:
    own = reply.author_id == reader
    return schemas.Reply(
        id=reply.id,
        author="You" if own else _author(reply.author_id, None, names),
        own=own,
        text=reply.text,
        when_words=moment_in(reply.created_at, zone),
    )


def _author(person: str | None, imported_name: str | None, names: Mapping[str, str]) -> str:
    if imported_name is not None:
        return imported_name
    return FORMER_ADVISER if person is None else names.get(person, FORMER_ADVISER)


def _tell(session: Session, comment: Comment, answer: Answer, now: datetime) -> None:
    author = comment.author_id
    if author is not None and not may_see_answer(session, author, answer.id, now):
        author = None
    subject = comment.submission_id or comment.id
    announce(session, [answer.person_id, author], "comment", subject, answer.id)
