"""Rows of chunks, read and written without loading the answer: one arrives every second of a recording.

The statement for what has arrived is built once, since building it takes longer than running it.
"""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import BindParameter, Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from service.answers.changes import next_change
from service.db.clock import moment_to_write
from service.db.models import Answer, Chunk
from service.problems import NotFound

_chunks, _answers = cast(Table, Chunk.__table__), cast(Table, Answer.__table__)
_ANSWER: BindParameter[str] = bindparam("an_answer")
_NUMBER: BindParameter[int] = bindparam("a_number")
_PERSON: BindParameter[str] = bindparam("a_person")

_ARRIVED = select(
    _answers.c.intake,
    _answers.c.source,
    _answers.c.chunk_count,
    select(_chunks.c.sha256)
    .where(_chunks.c.answer_id == _ANSWER, _chunks.c.number == _NUMBER)
    .scalar_subquery()
    .label("sha256"),
    # The sum of the rows is always correct, while a counter could drift from them.
    select(func.coalesce(func.sum(_chunks.c.size), 0))
    .where(_chunks.c.answer_id == _ANSWER)
    .scalar_subquery()
    .label("size"),
).where(_answers.c.id == _ANSWER, _answers.c.person_id == _PERSON)

_ADD = insert(_chunks)


@dataclass(frozen=True)
class Arrived:
    """What has arrived of a recording.

    Attributes:
        intake, source: of the answer.
        count: of its chunks.
        size: of all of them, bytes.
        sha256: of the chunk that was asked for; None if it has not arrived.
    """

    intake: str
    source: str
    count: int
    size: int
    sha256: str | None


def arrived(session: Session, person: str, answer: str, number: int) -> Arrived:
    """What has arrived of a person's answer, and whether chunk `number` has.

    Raises:
        NotFound: this person has no such answer.
    """
    row = (
        session.connection()
        .execute(_ARRIVED, {"an_answer": answer, "a_number": number, "a_person": person})
        .first()
    )
    if row is None:
        raise NotFound("There is no such answer. It may have been deleted.")
    return Arrived(row.intake, row.source, row.chunk_count, int(row.size), row.sha256)


def add_chunk(session: Session, person: str, chunk: Chunk) -> None:
    """Adds a chunk to its answer, whose counts and place in the stream of events follow.

    Args:
        session: from `Database.writing`.
        person: whose answer it is.
        chunk: not yet stored.
    """
    change = next_change(session, person)
    connection = session.connection()
    connection.execute(_ADD, {column.name: getattr(chunk, column.key) for column in _chunks.columns})
    counted = {
        "bytes": _answers.c.bytes + chunk.size,
        "chunk_count": _answers.c.chunk_count + 1,
        "received_at": moment_to_write(session),
        "sequence": change,
    }
    connection.execute(update(_answers).where(_answers.c.id == chunk.answer_id).values(counted))
