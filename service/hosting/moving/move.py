"""Moves everything that a set-up keeps to another, such as from SQLite and a folder to PostgreSQL and S3.

The target has to be empty, and is empty afterwards if anything goes wrong: its rows are committed last, when
all of them and all files were read back and compared. The source is only read. It may be in use: its rows are
read as they are at one moment. What is added later is not part of the move.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from analysis.errors import AnalysisError
from service.db.engine import Database
from service.db.models import Answer, Chunk
from service.hosting.moving import files as stored
from service.hosting.moving import rows
from service.hosting.moving.files import AnswerFiles, ChangedWhileCopiedError
from service.recordings.data_folder import make_data_folder
from service.settings import Settings


class MoveError(AnalysisError):
    """Nothing was moved. Codes: `not_migrated`, `not_empty`, `same_place`, `moved_differently`."""

    code = "not_empty"


@dataclass(frozen=True)
class Moved:
    """What was moved.

    Attributes:
        tables: their number.
        rows: of all tables.
        files: of all answers.
        bytes: of these files.
        incomplete: ids of answers that the source itself does not have all files of.
    """

    tables: int
    rows: int
    files: int
    bytes: int
    incomplete: tuple[str, ...]


def move(source: Settings, target: Settings) -> Moved:
    """Copies rows and files, and compares them.

    Args:
        source: settings of the set-up that has them.
        target: settings of the set-up that gets them. Its database is migrated; both may share a storage.

    Raises:
        MoveError: nothing was moved.
    """
    if source.database_address == target.database_address:
        raise MoveError("Both settings name the same database. Nothing was moved.", code="same_place")
    for settings in (source, target):
        make_data_folder(settings.data_folder)
    shares_files = _place_of_files(source) == _place_of_files(target)
    here, there = Database(source.database_address), Database(target.database_address)
    try:
        if not here.is_migrated():
            text = "Run `greenroom migrate` with the settings of the source first. Nothing was moved."
            raise MoveError(text, code="not_migrated")
        there.migrate()
        with there.writing() as session:
            _let_it_take_its_time(there, session)
            if not rows.is_empty(session):
                raise MoveError("The target's database is not empty. Nothing was moved.")
            with here.snapshot() as reading:
                copied = rows.copy_rows(reading, session)
            if rows.sums_of(session) != copied:
                text = "The target holds other rows than were written. Nothing was moved."
                raise MoveError(text, code="moved_differently")
            files = stored.Copied() if shares_files else _move_files(here, session, source, target)
    finally:
        here.close()
        there.close()
    return Moved(
        tables=sum(table.rows > 0 for table in copied.values()),
        rows=sum(table.rows for table in copied.values()),
        files=files.files,
        bytes=files.bytes,
        incomplete=files.incomplete,
    )


def _move_files(here: Database, session: Session, source: Settings, target: Settings) -> stored.Copied:
    """Copies the files of all answers that the target has rows of.

    Args:
        here: the source, where answers may be deleted meanwhile.
        session: of the target; its rows are made to fit where files changed meanwhile.
    """
    known = set(session.scalars(select(Answer.id)))
    store, to = stored.open_files(source), stored.open_files(target)
    if not stored.answers_with_files(to) <= known:
        # Those of an interrupted move are replaced; others belong to somebody.
        raise MoveError("The target's storage has recordings already. Nothing was moved.")
    keep_keys = bool(target.storage_url)
    try:
        copied = stored.copy_files(store, to, _files_of(session, known), keep_keys=keep_keys)
        if copied.incomplete:
            again = _follow_changes(here, session, copied.incomplete)
            second = stored.copy_files(store, to, _files_of(session, again), keep_keys=keep_keys)
            copied = replace(copied, incomplete=second.incomplete)
    except ChangedWhileCopiedError as error:
        text = "The target's storage holds other bytes than were written. Nothing was moved."
        raise MoveError(text, code="moved_differently") from error
    if not keep_keys:
        session.execute(update(Chunk).values(object_key=None))
    return copied


def _files_of(session: Session, answers: Iterable[str]) -> list[AnswerFiles]:
    wanted = set(answers)
    chunks: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for answer, number, key in session.execute(
        select(Chunk.answer_id, Chunk.number, Chunk.object_key).where(Chunk.size > 0)
    ):
        chunks[answer].append((number, key))
    return [
        AnswerFiles(answer, tuple(chunks[answer]), (media,) if media else ())
        for answer, media in session.execute(select(Answer.id, Answer.media_file).order_by(Answer.id))
        if answer in wanted
    ]


def _follow_changes(here: Database, session: Session, answers: Iterable[str]) -> list[str]:
    """Makes the target's rows fit what happened to these answers after their rows were read.

    Returns:
        Those that still exist.
    """
    remaining = []
    with here.reading() as reading:
        for answer in answers:
            columns = (Answer.media_file, Answer.media_type, Answer.media_version)
            row = reading.execute(select(*columns).where(Answer.id == answer)).first()
            if row is None:
                # The person deleted it: no copy of it may stay.
                session.execute(delete(Answer).where(Answer.id == answer))
                continue
            session.execute(update(Answer).where(Answer.id == answer).values(row._asdict()))
            remaining.append(answer)
    return remaining


def _place_of_files(settings: Settings) -> tuple[str, str]:
    return (settings.storage_endpoint, settings.storage_url or str(settings.data_folder))


def _let_it_take_its_time(database: Database, session: Session) -> None:
    """PostgreSQL would end a transaction that stands still while files are copied."""
    if not database.is_sqlite:
        for limit in ("idle_in_transaction_session_timeout", "statement_timeout", "lock_timeout"):
            session.execute(text(f"SET LOCAL {limit} = 0"))
