"""Changes between applicants and advisers, for the event streams of both.

A transaction that tells somebody of a change locks the people concerned first, in one order: otherwise two
transactions could wait for each other for ever.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, Field
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.answers.changes import next_change
from service.db import models
from service.db.advising_models import AdvisingChange
from service.db.models import Person
from service.problems import NotFound

Kind = Literal["submission", "comment", "returned", "assignment", "revoked"]

_KEPT = timedelta(days=1)
"""As long as deletions of answers, for pages that were away."""


class AdvisingEvent(BaseModel):
    """Something that a page may have to fetch again."""

    kind: Kind
    id: str = Field(description="Of the submission, or of the assignment.")
    answer: str | None = Field(description="The answer that it is about; null for an assignment.")


def lock_people(session: Session, people: Iterable[str | None]) -> None:
    """Lets nobody else change anything of these people until this transaction ends.

    Rows that were found before may be gone afterwards: find them again.

    Args:
        session: from `Database.writing`. SQLite has one writer at a time anyway.
        people: ids; null ones are skipped.
    """
    wanted = sorted({person for person in people if person is not None})
    rows = select(Person.id).where(Person.id.in_(wanted)).order_by(Person.id)
    session.execute(rows.with_for_update(key_share=True))
    # What was read before may have changed while others held the lock.
    session.expire_all()


def announce(
    session: Session, people: Iterable[str | None], kind: Kind, subject: str, answer: str | None = None
) -> None:
    """Adds an event to the streams of these people.

    Args:
        session: from `Database.writing`.
        people: ids; null ones are skipped.
        subject: id of the submission, or of the assignment.
        answer: id of the answer that it is about.
    """
    for person in sorted({person for person in people if person is not None}):
        _forget(session, person)
        try:
            sequence = next_change(session, person)
        except NotFound:
            # Their account was deleted a moment ago, so there is nobody to tell.
            continue
        session.add(
            AdvisingChange(person_id=person, sequence=sequence, kind=kind, subject=subject, answer_id=answer)
        )


def announcements_after(session: Session, person: str, sequence: int) -> Sequence[AdvisingChange]:
    """The events of a person after a number of the change counter, in that order."""
    return session.scalars(
        select(AdvisingChange)
        .where(AdvisingChange.person_id == person, AdvisingChange.sequence > sequence)
        .order_by(AdvisingChange.sequence)
    ).all()


def described(change: AdvisingChange) -> AdvisingEvent:
    """An event as it is sent."""
    return AdvisingEvent.model_validate(
        {"kind": change.kind, "id": change.subject, "answer": change.answer_id}
    )


def _forget(session: Session, person: str, now: datetime | None = None) -> None:
    """Removes old events. A page that was away for longer is told that it has missed something."""
    old = (AdvisingChange.person_id == person, AdvisingChange.changed_at < (now or models.now()) - _KEPT)
    last = session.scalar(select(func.max(AdvisingChange.sequence)).where(*old))
    if last is None:
        return
    session.execute(delete(AdvisingChange).where(*old))
    session.execute(
        update(Person)
        .where(Person.id == person, Person.deletions_forgotten < last)
        .values(deletions_forgotten=last)
        .execution_options(synchronize_session=False)
    )
