"""News for the pages of a person: what has changed after a number of their change counter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi.sse import ServerSentEvent
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.advising.announcements import announcements_after, described
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.db.engine import Database
from service.db.models import Person
from service.interviews.interviews import Interviews


@dataclass(frozen=True)
class NumberedEvent:
    """An event of the stream, with the number of the change that it tells of."""

    number: int
    event: ServerSentEvent


@dataclass(frozen=True)
class News:
    """Changes of a person's data after a number of the change counter.

    Attributes:
        last: value of the counter up to which these are all changes.
        events: in the order of their changes, so that a page can resume right after any of them.
        complete: False if deletions that far back may no longer be recorded.
    """

    last: int
    events: tuple[NumberedEvent, ...]
    complete: bool


def last_changes(database: Database, people: Iterable[str]) -> dict[str, int]:
    """The current value of the change counter of each of these people."""
    with database.reading() as session:
        return _last_changes(session, people)


def news_after(database: Database, person: str, number: int) -> News:
    """What has changed for a person after this number of the change counter."""
    with database.reading() as session:
        return _news_after(session, person, number)


def news_of(database: Database, seen: Mapping[str, int]) -> dict[str, News]:
    """What is new for those of these people whose change counter is no longer the one that was seen."""
    with database.reading() as session:
        counters = _last_changes(session, seen)
        return {
            person: _news_after(session, person, seen[person])
            for person, number in counters.items()
            if number != seen[person]
        }


def _last_changes(session: Session, people: Iterable[str]) -> dict[str, int]:
    rows = session.execute(select(Person.id, Person.changes).where(Person.id.in_(list(people))))
    return {person: changes for person, changes in rows}


def _news_after(session: Session, person: str, number: int) -> News:
    changes = Answers(session, person).changes_after(number)
    interviews = Interviews(session, person)
    events = [
        _event("answer", answer.sequence, describe(answer, verdicts=changes.verdicts))
        for answer in changes.answers
    ]
    events += [
        _event("interview", row.sequence, interviews.describe(row))
        for row in interviews.changed_after(number)
    ]
    events += [
        _event("advising", change.sequence, described(change))
        for change in announcements_after(session, person, number)
    ]
    events += [
        NumberedEvent(
            deletion.sequence,
            ServerSentEvent(event="deleted", id=str(deletion.sequence), data={"id": deletion.answer_id}),
        )
        for deletion in changes.deletions
    ]
    # What was committed after the counter was read may be incomplete here. The next look has all of it.
    known = [event for event in events if event.number <= changes.last]
    return News(changes.last, tuple(sorted(known, key=lambda event: event.number)), changes.complete)


def _event(name: str, number: int, data: BaseModel) -> NumberedEvent:
    # Written as JSON once, however many pages it is sent to.
    return NumberedEvent(number, ServerSentEvent(event=name, id=str(number), raw_data=data.model_dump_json()))
