"""Connections to the database, with reads and writes kept apart.

On SQLite a write begins as a write (BEGIN IMMEDIATE): in WAL a read that turns into a write fails at
once if another process has written in between, whatever the busy timeout. On PostgreSQL a write takes the
rows of the people whose data it changes before anything else, so that two of them never wait for each other.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    PoolProxiedConnection,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from analysis.errors import AnalysisError
from service.db import backups
from service.db.failures import is_unreachable
from service.db.models import LOCAL_PERSON, Person
from service.db.write_queue import WriteQueue

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

REQUEST_PATIENCE = 10.0
"""Seconds that a write waits for those of other threads, and once more for those of other processes. Writes
here take a few milliseconds, and a page waits for 30 s for its request."""

WORK_PATIENCE = 300.0
"""The same for a worker, whose work would be lost: nobody waits for its writes."""

MOST_CONNECTIONS = 5
"""Connections to a PostgreSQL server that a process keeps. It has 100 for all processes together, and a query
takes some milliseconds."""

_EXTRA_CONNECTIONS = 2
"""Connections beyond those, opened while all are in use and closed afterwards."""

_POSTGRESQL_OPTIONS = {
    # Seconds. A server that is being restarted refuses at once; a machine that is gone answers nothing.
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "greenroom",
}

_LONGEST_IDLE_TRANSACTION = 60.0
"""Seconds after which PostgreSQL ends a transaction whose process stands still: others wait for its locks."""

_RECONNECT_SECONDS = 0.5
"""Pause between two attempts to reach a server that is away."""

_MIGRATION_LOCK = 0x677265656E726D
"""Key of the advisory lock that lets one process migrate a PostgreSQL database at a time: 'greenrm'."""

# FOR NO KEY UPDATE: rows that refer to the person can still be added meanwhile.
_LOCK_PEOPLE = (
    select(Person.id)
    .where(Person.id.in_(bindparam("people", expanding=True)))
    .order_by(Person.id)
    .with_for_update(key_share=True)
)

_BEGIN = "greenroom_begin"
_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseTooNewError(AnalysisError):
    """A newer version of Greenroom has migrated the database, so this version would misread it."""

    code = "database_too_new"


class Database:
    """One database for one process.

    Args:
        address: SQLAlchemy URL. For SQLite the file is created, readable by its owner only.
        patience: seconds that a write waits for other threads, and once more for other processes.
        connections: most connections to a PostgreSQL server that are kept open.
        outage: seconds that a session waits for a server that cannot be reached. A request is refused at
            once, so that it does not keep a thread.
    """

    def __init__(
        self,
        address: str,
        *,
        patience: float = REQUEST_PATIENCE,
        connections: int = MOST_CONNECTIONS,
        outage: float = 0.0,
    ) -> None:
        self._patience = patience
        self._outage = outage
        self._queue = WriteQueue()
        self._head: str | None = None
        self._known: set[str] = set()
        url = _with_driver(make_url(address))
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._file = Path(url.database) if self.is_sqlite and url.database else None
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # The write-ahead log and its index take their permissions from this file.
            self._file.touch(mode=0o600, exist_ok=True)
        # Parameters are titles and transcripts: they must never reach a log with an error.
        if self.is_sqlite:
            self._engine = create_engine(url, hide_parameters=True, pool_size=10, max_overflow=40)
            event.listen(self._engine, "connect", self._prepare_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        else:
            self._engine = create_engine(
                url,
                hide_parameters=True,
                pool_size=connections,
                max_overflow=_EXTRA_CONNECTIONS,
                pool_timeout=patience,
                # A server that was restarted has closed every connection: no request notices.
                pool_pre_ping=True,
                connect_args={**_POSTGRESQL_OPTIONS, "options": _server_options(patience)},
            )
        # Every query of PostgreSQL's usual isolation sees what is committed by then, in a transaction or not.
        # Without one, two messages to the server and back are saved.
        self._reading_engine: Engine = (
            self._engine if self.is_sqlite else self._engine.execution_options(isolation_level="AUTOCOMMIT")
        )
        self._writing_engine: Engine = self._engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that writes nothing. On SQLite all of its queries see the same; else see `snapshot`."""
        with Session(self._reading_engine, expire_on_commit=False) as session:
            self._connect(session)
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session whose queries all see the database as it is at the first one, however long they take."""
        engine = self._engine
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine, expire_on_commit=False) as session:
            self._connect(session)
            if not self.is_sqlite:
                session.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            yield session

    @contextmanager
    def writing(self, *people: str) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back on an exception. Keep it short.

        Args:
            people: ids of everybody whose data is changed, the events that they are sent included. On
                PostgreSQL their rows are locked first, in one order, so that what is read afterwards stays
                true until the commit and two writers cannot wait for each other.

        Raises:
            DatabaseBusyError: other threads did not let this one in.
            sqlalchemy.exc.OperationalError: other processes did not (see `service.db.failures.is_busy`).
        """
        with (
            self._queue.turn(self._patience) if self.is_sqlite else nullcontext(),
            # Left without a commit, it is rolled back.
            Session(self._writing_engine, expire_on_commit=False) as session,
        ):
            self._connect(session)
            if people and not self.is_sqlite:
                session.connection().execute(_LOCK_PEOPLE, {"people": list(people)})
            yield session
            session.commit()

    @property
    def connection_arguments(self) -> dict[str, Any]:
        """What the driver needs for a further connection to the same PostgreSQL database."""
        _, arguments = self._engine.dialect.create_connect_args(self._engine.url)
        return {**arguments, **_POSTGRESQL_OPTIONS}

    def own_connection(self) -> PoolProxiedConnection:
        """A connection of the driver outside the pool, for what a connection remembers. Close it."""
        connection = self._engine.raw_connection()
        connection.detach()
        return connection

    def migrate(self) -> None:
        """Migrates the tables to this version and makes sure that the local person exists.

        An SQLite database that needs a migration is copied first (`service.db.backups`).

        Raises:
            DatabaseTooNewError: a newer version of Greenroom wrote it. Nothing was changed.
            service.db.backups.BackupError: it could not be copied. Nothing was changed.
        """
        from alembic import command  # slow to load, and workers never migrate
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        with self._writing_engine.begin() as connection:
            if not self.is_sqlite:
                # Processes that start together wait here for the first one, however long it takes.
                connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            self._prepare_upgrade(connection, ScriptDirectory.from_config(config))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.scalar(select(Person.id).where(Person.id == LOCAL_PERSON)) is None:
                connection.execute(insert(Person).values(id=LOCAL_PERSON))
        if self._file is not None:
            backups.delete_copies(self._file, older_than_days=backups.DAYS_KEPT)

    def is_migrated(self) -> bool:
        """Whether the database answers and has at least the tables of this version.

        A version that is not known here is a newer one: during an upgrade, nodes of both versions serve.
        """
        from alembic.migration import MigrationContext
        from alembic.script import ScriptDirectory

        if self._head is None:
            self._head = ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""
            self._known = {each.revision for each in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}
        with self._engine.connect() as connection:
            applied = set(MigrationContext.configure(connection).get_current_heads())
        return bool(applied) and (self._head in applied or not applied <= self._known)

    def wipe_log(self, *, patience: float = 5.0) -> bool:
        """Empties SQLite's write-ahead log, which may still contain deleted rows.

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

    def delete_backups(self) -> None:
        """Deletes the copies made before migrations: they hold what the person is deleting.

        Call it before the deletion is committed, so that no copy outlives the rows if the process is killed.
        """
        if self._file is not None:
            backups.delete_copies(self._file)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def _connect(self, session: Session) -> None:
        """Connects a session, and tries again for as long as its server may be away."""
        deadline = time.monotonic() + self._outage
        while True:
            try:
                session.connection()
                return
            except DBAPIError as error:
                if not is_unreachable(error) or time.monotonic() > deadline:
                    raise
                session.rollback()
                time.sleep(_RECONNECT_SECONDS)

    def _prepare_sqlite(self, connection: Any, _: object) -> None:
        # SQLAlchemy emits BEGIN itself (see _begin_sqlite); the driver must not do so a second time.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {round(self._patience * 1000)}",
            "journal_mode = WAL",
            # A chunk is acknowledged only once its row would survive a power cut.
            "synchronous = FULL",
            "foreign_keys = ON",
            # What is deleted is overwritten with zeros.
            "secure_delete = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def _prepare_upgrade(self, connection: Connection, script: "ScriptDirectory") -> None:
        """Refuses a database of a newer version and copies one that is about to change.

        The connection's transaction has begun as a write, so no other process changes the database meanwhile.
        """
        from alembic.migration import MigrationContext

        applied = set(MigrationContext.configure(connection).get_current_heads())
        if not applied <= {known.revision for known in script.walk_revisions()}:
            raise DatabaseTooNewError(
                "These recordings were last opened by a newer version of Greenroom. Nothing was changed. "
                "Open them with that version or a later one."
            )
        head = script.get_current_head()
        if self._file is not None and head is not None and applied and applied != {head}:
            backups.copy_before(self._file, head)


def _with_driver(url: URL) -> URL:
    """The URL with the driver that is installed here, where it names none."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgresql", "postgres"} else url


def _server_options(patience: float) -> str:
    milliseconds = {
        "lock_timeout": patience,
        "idle_in_transaction_session_timeout": _LONGEST_IDLE_TRANSACTION,
    }
    return " ".join(f"-c {name}={round(seconds * 1000)}" for name, seconds in milliseconds.items())


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
