"""Retention: an office may have recordings deleted after a number of days. Reports and figures stay.

What is deleted: the uploaded or recorded file, the copy for playing, and the waveform. The transcript is part
of the report and stays with it. A recording that was never finished has no report, so nothing of it stays.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.answers.changes import next_change
from service.answers.repository import Answers
from service.db.clock import database_now
from service.db.engine import Database
from service.db.models import LOCAL_PERSON, Answer, Chunk
from service.people.office import Office
from service.recordings.storage import Storage
from service.search.texts import forget_deleted_words

_AT_ONCE = 100
"""Recordings of one pass. The next pass goes on, so that a new rule does not hold up everything else."""


def delete_old_recordings(database: Database, storage: Storage) -> int:
    """Deletes recordings that are older than the office keeps them. May run on several machines at once.

    Recordings that are still being made or analysed are left for a later pass, and those that were never
    finished until nothing has arrived of them for as long.

    Returns:
        The number of recordings deleted.
    """
    with database.reading() as session:
        due, unfinished = _due(session), _unfinished(session)
    for answer, person in due:
        # The row first: from then on nobody is told that there is a recording.
        with database.writing(person) as session:
            if not _mark_deleted(session, answer, person):
                continue
        storage.delete(answer)
    for answer, person in unfinished:
        with database.writing(person) as session:
            answers = Answers(session, person)
            # It may go on since.
            gone = [row for row in answers.find(answer) if row.intake == "interrupted"]
            answers.delete(gone)
        if gone:
            storage.delete(answer)
    if unfinished:
        forget_deleted_words(database)
        database.wipe_log()
    return len(due) + len(unfinished)


def _due(session: Session) -> list[tuple[str, str]]:
    return _kept_too_long(
        session,
        Answer.created_at,
        Answer.recording_deleted_at.is_(None),
        Answer.intake != "receiving",
        Answer.work_state.in_(("ready", "failed")),
    )


def _unfinished(session: Session) -> list[tuple[str, str]]:
    # Of one without a chunk the page may still hold all.
    return _kept_too_long(session, Answer.received_at, Answer.intake == "interrupted", Answer.chunk_count > 0)


def _kept_too_long(
    session: Session, since: InstrumentedAttribute[datetime], *conditions: ColumnElement[bool]
) -> list[tuple[str, str]]:
    """The first answers, with their people, that the office keeps no longer, counted from a moment."""
    before = _kept_since(session)
    if before is None:
        return []
    rows = session.execute(
        select(Answer.id, Answer.person_id)
        .where(since < before, Answer.person_id != LOCAL_PERSON, *conditions)
        .order_by(since)
        .limit(_AT_ONCE)
    )
    return [(answer, person) for answer, person in rows]


def _kept_since(session: Session) -> datetime | None:
    days = Office(session).settings().retention_days
    return None if days is None else database_now(session) - timedelta(days=days)


def _mark_deleted(session: Session, answer: str, person: str) -> bool:
    sequence = next_change(session, person)
    marked = session.execute(
        update(Answer)
        .where(
            Answer.id == answer,
            Answer.recording_deleted_at.is_(None),
            Answer.work_state.in_(("ready", "failed")),
        )
        .values(
            recording_deleted_at=database_now(session),
            media_file=None,
            media_type=None,
            peaks_ready=False,
            sequence=sequence,
        )
        .returning(Answer.id)
        .execution_options(synchronize_session=False)
    )
    if marked.first() is None:
        return False
    session.execute(delete(Chunk).where(Chunk.answer_id == answer))
    return True
