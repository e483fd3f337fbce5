"""The counter of a person's changes, which orders the event stream.

Every change of what pages see of an answer takes the next number. On PostgreSQL the row lock of the counter
puts one person's changes in the order of their commits, and transactions that take a number before they lock
anything else cannot deadlock.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, cast, func, literal, update
from sqlalchemy.orm import Session

from service.db.models import Answer, Person
from service.problems import NotFound

CHANNEL = "greenroom_changes"
"""PostgreSQL's channel on which changes are announced, as `person:number`, once they are committed."""


def next_change(session: Session, person: str) -> int:
    """Takes the next number of a person's change counter."""
    change = update(Person).where(Person.id == person).values(changes=Person.changes + 1)
    if session.get_bind().dialect.name == "postgresql":
        announced = func.pg_notify(CHANNEL, Person.id + literal(":") + cast(Person.changes, String))
        change = change.returning(Person.changes, announced)
    else:
        change = change.returning(Person.changes)
    number: int | None = session.scalar(change.execution_options(synchronize_session=False))
    if number is None:
        raise NotFound("There is no such person.")
    return number


def write_columns(session: Session, answer: str, sequence: int, values: Mapping[str, Any]) -> None:
    """Writes columns of an answer without reading its row.

    Args:
        sequence: from `next_change`, of this transaction.
    """
    session.execute(
        update(Answer)
        .where(Answer.id == answer)
        .values({**values, "sequence": sequence})
        .execution_options(synchronize_session=False)
    )
