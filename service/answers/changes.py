"""The counter of a person's changes, which orders the event stream.

Every change of what pages see of an answer takes the next number. On PostgreSQL the row lock of the counter
puts one person's changes in the order of their commits, and transactions that take a number before they lock
anything else cannot deadlock.
"""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import String, Table, bindparam, func, literal, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from service.db.models import Answer, Person
from service.problems import NotFound

CHANNEL = "greenroom_changes"
"""PostgreSQL's channel on which changes are announced, as `person:number`, once they are committed."""


_people = cast(Table, Person.__table__)
_CHANGE = (
    update(_people)
    .where(_people.c.id == bindparam("a_person"))
    .values(changes=_people.c.changes + 1)
    .returning(_people.c.changes)
)
_PAYLOAD = _people.c.id + literal(":") + sql_cast(_people.c.changes, String)
_ANNOUNCED_CHANGE = _CHANGE.returning(func.pg_notify(CHANNEL, _PAYLOAD))


def next_change(session: Session, person: str) -> int:
    """Takes the next number of a person's change counter."""
    announced = session.get_bind().dialect.name == "postgresql"
    statement = _ANNOUNCED_CHANGE if announced else _CHANGE
    number: int | None = session.connection().scalar(statement, {"a_person": person})
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
