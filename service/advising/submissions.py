"""What a person submitted: an answer, the advisers who may see it, and for how long."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.advising import schemas
from service.advising.access import seen_by_somebody, still_submitted
from service.advising.announcements import announce, lock_people
from service.advising.assignment_rules import assignment_of_member
from service.advising.members import FORMER_ADVISER, advisers_of, names_of, time_zone_of
from service.advising.problems import AlreadySubmitted, NotForAssignment, NotYourAdviser
from service.advising.wording import moment_in, until_words
from service.answers.repository import Answers
from service.db.advising_models import Assignment, Comment, Submission, SubmissionAdviser
from service.db.models import Answer
from service.problems import InvalidRequest, NotFound, WrongState

FARTHEST_END = timedelta(days=2 * 365)
"""Longer than a season of applications."""


def submit(
    session: Session, person: str, answer: str, new: schemas.NewSubmission, now: datetime
) -> schemas.SubmissionOut:
    """Submits an answer to advisers.

    Args:
        session: from `Database.writing`.
        now: in UTC.

    Raises:
        NotFound: this person has no such answer, or their cohorts no such assignment.
        NotYourAdviser: somebody is named who is no adviser of theirs.
        WrongState: the recording is not complete.
        AlreadySubmitted: an adviser has the answer already.
        NotForAssignment: the answer was given for something else.
        InvalidRequest: the last day is over.
    """
    chosen = sorted(set(new.advisers))
    lock_people(session, [person, *chosen])
    row = Answers(session, person).get(answer)
    if set(chosen) - {adviser.person_id for adviser in advisers_of(session, person)}:
        raise NotYourAdviser("Choose advisers from the list. Nothing was submitted.")
    if row.intake != "complete":
        raise WrongState("This recording is not complete yet. Submit it once it is.")
    assignment = _assignment(session, person, row, new.assignment)
    zone = time_zone_of(session, person)
    today = now.astimezone(ZoneInfo(zone)).date()
    if new.until is not None and not today <= new.until <= today + FARTHEST_END:
        raise InvalidRequest("Choose a last day from today on, within two years.")
    if _named_already(session, answer, chosen, now):
        raise AlreadySubmitted("An adviser whom you chose has this answer already.")
    submission = Submission(
        answer_id=answer,
        person_id=person,
        assignment_id=None if assignment is None else assignment.id,
        assignment_title=None if assignment is None else assignment.title,
        message=new.message,
        submitted_at=now,
        time_zone=zone,
        until_date=new.until,
        until=None if new.until is None else _end_of(new.until, zone),
    )
    session.add(submission)
    session.flush()
    session.add_all(SubmissionAdviser(submission_id=submission.id, adviser_id=each) for each in chosen)
    announce(session, [person, *chosen], "submission", submission.id, answer)
    session.flush()
    return described(session, [submission], now)[0]


def submissions_of(
    session: Session, person: str, now: datetime, *, answer: str | None = None
) -> list[schemas.SubmissionOut]:
    """What a person submitted, the latest first.

    Args:
        answer: only submissions of this answer.

    Raises:
        NotFound: this person has no such answer.
    """
    query = select(Submission).where(Submission.person_id == person)
    if answer is not None:
        Answers(session, person).get(answer)
        query = query.where(Submission.answer_id == answer)
    newest_first = query.order_by(Submission.submitted_at.desc(), Submission.id)
    return described(session, session.scalars(newest_first).all(), now)


def revoke(session: Session, person: str, submission: str, now: datetime) -> None:
    """Takes a submission back: its advisers see nothing of it any more. Comments that were given stay.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: this person has no such submission.
    """
    _own(session, person, submission)
    named = _named(session, submission)
    lock_people(session, [person, *named])
    row = _own(session, person, submission)
    if row.revoked_at is None:
        row.revoked_at = now
        announce(session, [person, *named], "revoked", submission, row.answer_id)


def advisers_with(session: Session, answers: Sequence[str]) -> Sequence[tuple[str, str, str]]:
    """Who may see these answers: submission, answer and adviser."""
    rows = session.execute(
        select(Submission.id, Submission.answer_id, SubmissionAdviser.adviser_id)
        .join(SubmissionAdviser, SubmissionAdviser.submission_id == Submission.id)
        .where(Submission.answer_id.in_(answers), Submission.revoked_at.is_(None))
    )
    return [(row.id, row.answer_id, row.adviser_id) for row in rows]


def described(
    session: Session, submissions: Sequence[Submission], now: datetime
) -> list[schemas.SubmissionOut]:
    """Submissions as the person who made them sees them."""
    ids = [each.id for each in submissions]
    named = session.scalars(select(SubmissionAdviser).where(SubmissionAdviser.submission_id.in_(ids))).all()
    names = names_of(session, {each.adviser_id for each in named})
    answers = {
        row.id: row
        for row in session.scalars(
            select(Answer).where(Answer.id.in_({each.answer_id for each in submissions}))
        )
    }
    reached = _reached(session, ids, now)
    comments = _comments(session, ids)
    return [
        schemas.SubmissionOut(
            id=each.id,
            answer=_answer(answers[each.answer_id]),
            advisers=sorted(
                (
                    schemas.NamedAdviser(
                        person=naming.adviser_id,
                        name=names.get(naming.adviser_id, FORMER_ADVISER),
                        returned=naming.returned_at is not None,
                    )
                    for naming in named
                    if naming.submission_id == each.id
                ),
                key=lambda adviser: (adviser.name, adviser.person),
            ),
            message=each.message,
            assignment=each.assignment_title,
            submitted_words=moment_in(each.submitted_at, each.time_zone),
            until_words=until_words(each.until_date),
            state=_state(each, [naming for naming in named if naming.submission_id == each.id], reached),
            comments=comments.get(each.id, 0),
        )
        for each in submissions
    ]


def _answer(row: Answer) -> schemas.SubmittedAnswer:
    return schemas.SubmittedAnswer(id=row.id, title=row.title, question=row.question, take=row.take)


def _state(
    submission: Submission, named: Sequence[SubmissionAdviser], reached: set[str]
) -> schemas.SubmissionState:
    if submission.revoked_at is not None:
        return "revoked"
    if any(each.returned_at is not None for each in named):
        return "returned"
    return "waiting" if submission.id in reached else "ended"


def _reached(session: Session, submissions: Sequence[str], now: datetime) -> set[str]:
    """Those that at least one adviser can still see."""
    return set(session.scalars(seen_by_somebody(now).where(Submission.id.in_(submissions))))


def _comments(session: Session, submissions: Sequence[str]) -> Mapping[str | None, int]:
    rows = session.execute(
        select(Comment.submission_id, func.count())
        .where(Comment.submission_id.in_(submissions), Comment.given_at.is_not(None))
        .group_by(Comment.submission_id)
    )
    return {identifier: count for identifier, count in rows}


def _own(session: Session, person: str, submission: str) -> Submission:
    row = session.scalar(
        select(Submission).where(Submission.id == submission, Submission.person_id == person)
    )
    if row is None:
        raise NotFound("There is no such submission. It may have gone with its answer.")
    return row


def _named(session: Session, submission: str) -> Sequence[str]:
    return session.scalars(
        select(SubmissionAdviser.adviser_id).where(SubmissionAdviser.submission_id == submission)
    ).all()


def _named_already(session: Session, answer: str, advisers: Sequence[str], now: datetime) -> bool:
    query = (
        select(SubmissionAdviser.adviser_id)
        .join(Submission, Submission.id == SubmissionAdviser.submission_id)
        .where(
            Submission.answer_id == answer,
            SubmissionAdviser.adviser_id.in_(advisers),
            still_submitted(now),
        )
    )
    return session.scalar(query.limit(1)) is not None


def _assignment(session: Session, person: str, row: Answer, wanted: str | None) -> Assignment | None:
    """The assignment that an answer is submitted for.

    Raises:
        NotFound: the person's cohorts have no such assignment.
        NotForAssignment: the answer was given for something else.
    """
    if wanted is None:
        return None if row.assignment_id is None else session.get(Assignment, row.assignment_id)
    assignment = assignment_of_member(session, person, wanted)
    if row.assignment_id != wanted:
        raise NotForAssignment("This answer was not recorded for this assignment. Record one there.")
    return assignment


def _end_of(day: date, zone: str) -> datetime:
    """The end of a day in a time zone, in UTC."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return following.astimezone(UTC)
