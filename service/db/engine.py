"""Connections to the database, with reads and writes kept apart.

On SQLite a write begins as a write (BEGIN IMMEDIATE): in WAL a read that turns into a write fails at
once when another process wrote in between, whatever the busy timeout. PostgreSQL needs none of this.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from service.db.models import LOCAL_PERSON, Person

BUSY_TIMEOUT_MS = 10_000
"""Milliseconds that a write waits for another one. Writes here take a few."""

_BEGIN = "greenroom_begin"
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One database for one process.

    Args:
        address: SQLAlchemy URL. For SQLite the file is made, readable by its owner only.
    """

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        if self.is_sqlite and url.database:
            path = Path(url.database)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # The write-ahead log and its index take their permissions from this file.
            path.touch(mode=0o600, exist_ok=True)
        # Parameters are titles and transcripts: they must never reach a log with an error.
        self._engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=40)
        if self.is_sqlite:
            event.listen(self._engine, "connect", _prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        self._writing_engine: Engine = self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database and writes nothing."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, or undone by an exception. Keep it short."""
        with Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield session

    def migrate(self) -> None:
        """Brings the tables to this version and sees to it that the local person is there."""
        from alembic import command  # slow to load, and workers never migrate
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        with self._writing_engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with self.writing() as session:
            if session.scalar(select(Person.id).where(Person.id == LOCAL_PERSON)) is None:
                session.execute(insert(Person).values(id=LOCAL_PERSON))

    def wipe_log(self, *, patience: float = 5.0) -> bool:
        """Empties SQLite's write-ahead log, where deleted rows would still lie.

        Args:
            patience: seconds to wait for readers that still need the log.

        Returns:
            Whether the log is empty now.
        """
        if not self.is_sqlite:
            return True
        deadline = time.monotonic() + patience
        while True:
            connection = self._engine.raw_connection()
            try:
                cursor = connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                (busy, _, _) = cursor.fetchall()[0]
                cursor.close()
            finally:
                connection.close()
            if not busy:
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()


def _prepare_sqlite(connection: Any, _: object) -> None:
    # SQLAlchemy says BEGIN itself (see _begin_sqlite); the driver must not do so a second time.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        # A chunk is acknowledged only when its row would outlive a power cut.
        "synchronous = FULL",
        "foreign_keys = ON",
        # What is deleted is overwritten with zeros.
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
