"""Retention: an office may have recordings deleted after a number of days. Reports and figures stay.

What is deleted: the uploaded or recorded file, the copy for playing, and the waveform. The transcript is part
of the report and stays with it.
"""

from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service.answers.changes import next_change
from service.db.clock import database_now
from service.db.engine import Database
from service.db.models import LOCAL_PERSON, Answer, Chunk
from service.people.office import Office
from service.recordings.storage import Storage

_AT_ONCE = 100
"""Recordings of one pass. The next pass goes on, so that a new rule does not hold up everything else."""


def delete_old_recordings(database: Database, storage: Storage) -> int:
    """Deletes recordings that are older than the office keeps them. May run on several machines at once.

    Recordings that are still being made or analysed are left for a later pass.

    Returns:
        The number of recordings deleted.
    """
    with database.reading() as session:
        due = _due(session)
    for answer, person in due:
        # The row first: from then on nobody is told that there is a recording.
        with database.writing(person) as session:
            if not _mark_deleted(session, answer, person):
                continue
        storage.delete(answer)
    return len(due)


def _due(session: Session) -> list[tuple[str, str]]:
    days = Office(session).settings().retention_days
    if days is None:
        return []
    before = database_now(session) - timedelta(days=days)
    rows = session.execute(
        select(Answer.id, Answer.person_id)
        .where(
            Answer.created_at < before,
            Answer.person_id != LOCAL_PERSON,
            Answer.recording_deleted_at.is_(None),
            Answer.intake != "receiving",
            Answer.work_state.in_(("ready", "failed")),
        )
        .order_by(Answer.created_at)
        .limit(_AT_ONCE)
    )
    return [(answer, person) for answer, person in rows]


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
