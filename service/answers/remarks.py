"""What a person who listened noted down about an answer, each remark at its time in the recording.

In an interview that a person leads, remarks are made while the answer is being recorded. Where a remark says
no time, it is that of the recording at this moment, as the page of the applicant told it last.
"""

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from analysis.view.remarks import NotedRemark, RemarksView, remarks_view
from service import schemas
from service.answers.repository import Answers
from service.db.models import Answer, Interview, Remark
from service.problems import InvalidRequest, NotFound, WrongState

LONGEST_REMARK = 300
"""Characters."""
MOST_REMARKS = 200
"""Of one answer: one every two seconds for more than six minutes."""

_LATENESS = 2.0
"""Seconds by which a remark may lie behind the end of its recording: it was sent as the recording stopped."""


def _one_line(value: object) -> object:
    cleaned = schemas.plain_text(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


RemarkText = Annotated[str, Field(min_length=1, max_length=LONGEST_REMARK), BeforeValidator(_one_line)]


class NewRemark(BaseModel):
    """A remark to keep."""

    id: Annotated[str, Field(pattern="^[0-9a-f]{24}$")] | None = Field(
        default=None, description="Chosen at random by the page, so that a remark that is sent twice is one."
    )
    text: RemarkText
    at: schemas.Seconds | None = Field(
        default=None,
        description="Seconds of the recording; null: now, in an interview whose current answer it is.",
    )


class RemarkOut(BaseModel):
    """A remark on an answer."""

    id: str
    at: float = Field(description="Seconds of the recording.")
    text: str
    created_at: datetime


class RemarkList(BaseModel):
    """The remarks on an answer, in order of their times, and how they are shown."""

    items: list[RemarkOut]
    view: RemarksView


def remarks_of(session: Session, person: str, answer: str) -> RemarkList:
    """The remarks on an answer.

    Raises:
        NotFound: this person has no such answer.
    """
    row = Answers(session, person).get(answer)
    remarks = _rows(session, answer)
    items = [_described(remark, row) for remark in remarks]
    return RemarkList(items=items, view=shown_remarks(session, row))


def shown_remarks(session: Session, row: Answer) -> RemarksView:
    """The remarks on an answer as its report shows them."""
    noted = [NotedRemark(remark.id, remark.at, remark.text) for remark in _rows(session, row.id)]
    return remarks_view(noted, row.duration)


def add_remark(session: Session, person: str, answer: str, new: NewRemark) -> RemarkOut:
    """Keeps a remark. One that is there already, by its id, is returned as it is.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: this person has no such answer.
        InvalidRequest: it lies outside the recording, has the id of another one, or is one too many.
        WrongState: no time is given, and the answer is not the current one of an interview.
    """
    answers = Answers(session, person)
    row = answers.get(answer)
    # First: it locks out other requests for this person, so that what is read below stays true.
    answers.touch(row)
    known = session.get(Remark, new.id) if new.id else None
    if known is not None:
        if known.answer_id != answer:
            raise InvalidRequest("A remark with this id is there already. Choose another id.")
        return _described(known, row)
    if _count(session, answer) >= MOST_REMARKS:
        raise InvalidRequest(f"This answer has {MOST_REMARKS} remarks already. Remove one first.")
    if new.at is not None and row.duration is not None and new.at > row.duration + _LATENESS:
        raise InvalidRequest("This time lies after the end of the recording.")
    at = _moment(session, row) if new.at is None else new.at
    if row.duration is not None:
        at = min(at, row.duration)
    remark = Remark(answer_id=answer, at=round(at, 2), text=new.text)
    if new.id:
        remark.id = new.id
    session.add(remark)
    session.flush()
    return _described(remark, row)


def remove_remark(session: Session, person: str, answer: str, remark: str) -> None:
    """Removes a remark.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: this person has no such answer, or the answer no such remark.
    """
    answers = Answers(session, person)
    row = answers.get(answer)
    answers.touch(row)
    removed = session.execute(
        delete(Remark).where(Remark.id == remark, Remark.answer_id == answer).returning(Remark.id)
    )
    if removed.first() is None:
        raise NotFound("There is no such remark. It may have been removed.")


def position_now(live: dict[str, Any], now: float) -> float:
    """How far a recording has come, in its seconds.

    Args:
        live: of an interview: `state`, `seconds` of the recording, and `at`, when that was told.
        now: seconds since 1970, as `at` is.
    """
    told = float(live.get("seconds") or 0.0)
    if live.get("state") != "recording":
        return told
    return told + max(0.0, now - float(live.get("at") or now))


def _moment(session: Session, row: Answer) -> float:
    """Where the recording of an answer is now.

    Raises:
        WrongState: nothing tells where it is.
    """
    interview = None if row.interview_id is None else session.get(Interview, row.interview_id)
    live = None if interview is None else interview.live
    if live is None or live.get("answer") != row.id:
        raise WrongState("This answer is not being recorded now. Say at which time the remark is to stand.")
    return position_now(live, time.time())


def _rows(session: Session, answer: str) -> Sequence[Remark]:
    query = select(Remark).where(Remark.answer_id == answer)
    return session.scalars(query.order_by(Remark.at, Remark.created_at, Remark.id)).all()


def _count(session: Session, answer: str) -> int:
    return session.scalar(select(func.count()).where(Remark.answer_id == answer)) or 0


def _described(remark: Remark, row: Answer) -> RemarkOut:
    at = remark.at if row.duration is None else min(remark.at, row.duration)
    return RemarkOut(id=remark.id, at=at, text=remark.text, created_at=remark.created_at)
