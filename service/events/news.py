"""News for the pages of a person: what has changed after a number of their change counter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi.sse import ServerSentEvent
from pydantic import BaseModel
from sqlalchemy import Exists, bindparam, exists, select
from sqlalchemy.orm import Session

from service.advising.announcements import announcements_after, described
from service.answers.preferences import read_preferences
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.db.advising_models import AdvisingChange
from service.db.engine import Database
from service.db.models import Answer, Deletion, Interview, Person
from service.interviews.interviews import Interviews


def _any_after(table: type[Answer | Deletion | Interview | AdvisingChange]) -> Exists:
    return exists().where(table.person_id == Person.id, table.sequence > bindparam("number"))


_LOOK = select(
    Person.changes,
    Person.deletions_forgotten,
    Person.preferences,
    _any_after(Answer),
    _any_after(Deletion),
    _any_after(Interview),
    _any_after(AdvisingChange),
).where(Person.id == bindparam("person"))
"""One query tells which of the others are needed: most changes are of one kind."""

_FEW = 5
"""People whose news are looked for one by one; the counters of more are compared first, in one query."""


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
        changed: Iterable[str] = seen
        if len(seen) > _FEW:
            counters = _last_changes(session, seen)
            changed = [person for person, number in counters.items() if number != seen[person]]
        news = {person: _news_after(session, person, seen[person]) for person in changed}
    return {person: each for person, each in news.items() if each.last != seen[person]}


def _last_changes(session: Session, people: Iterable[str]) -> dict[str, int]:
    rows = session.execute(select(Person.id, Person.changes).where(Person.id.in_(list(people))))
    return {person: changes for person, changes in rows}


def _news_after(session: Session, person: str, number: int) -> News:
    look = session.execute(_LOOK, {"person": person, "number": number}).one_or_none()
    if look is None:
        return News(0, (), complete=False)
    last, forgotten, preferences, answers, deletions, interviews, announcements = look
    events: list[NumberedEvent] = []
    if answers:
        verdicts = not read_preferences(preferences).speaks_differently
        events += [
            _event("answer", row.sequence, describe(row, verdicts=verdicts))
            for row in Answers(session, person).changed_after(number)
        ]
    if interviews:
        asked = Interviews(session, person)
        events += [
            _event("interview", row.sequence, asked.describe(row)) for row in asked.changed_after(number)
        ]
    if announcements:
        events += [
            _event("advising", change.sequence, described(change))
            for change in announcements_after(session, person, number)
        ]
    if deletions:
        events += [
            NumberedEvent(
                row.sequence,
                ServerSentEvent(event="deleted", id=str(row.sequence), data={"id": row.answer_id}),
            )
            for row in Answers(session, person).deleted_after(number)
        ]
    # What was committed after the counter was read may be incomplete here. The next look has all of it.
    known = [event for event in events if event.number <= last]
    complete = forgotten <= number <= last
    return News(last, tuple(sorted(known, key=lambda event: event.number)), complete)


def _event(name: str, number: int, data: BaseModel) -> NumberedEvent:
    # Written as JSON once, however many pages it is sent to.
    return NumberedEvent(number, ServerSentEvent(event=name, id=str(number), raw_data=data.model_dump_json()))
