"""Wakes an idle worker as soon as there is work, wherever the job was queued.

On PostgreSQL the transaction that queues a job notifies, and each worker listens on a connection of its own.
A notification may be missed while a connection is being made anew, so workers also look from time to time. On
SQLite nothing notifies, and a look costs little.
"""

import logging
import threading
import time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.engine import Database
from service.jobs.worker_stop import StopRequest
from service.privacy import describe_error

logger = logging.getLogger("greenroom.worker")

CHANNEL = "greenroom_jobs"
"""PostgreSQL's channel on which a transaction says that it has queued a job."""

_SQLITE_SECONDS, _DEAF_SECONDS, _LISTENING_SECONDS = 0.25, 0.5, 1.0
"""Seconds between two looks of an idle worker: where nothing notifies; while it cannot listen; otherwise."""
_RECONNECT_SECONDS = 1.0


def announce_job(session: Session) -> None:
    """Wakes idle workers once this transaction is committed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_notify(CHANNEL, "")))


class WakeUp:
    """Lets the main thread of a worker wait for work.

    Args:
        database: where jobs are queued.
        stop: ends the wait too.
    """

    def __init__(self, database: Database, stop: StopRequest) -> None:
        self._database = database
        self._stop = stop
        self._listening = False

    def start(self) -> None:
        """Begins to listen, where the database can notify."""
        if not self._database.is_sqlite:
            threading.Thread(target=self._listen, name="wake-up", daemon=True).start()

    def wait(self) -> None:
        """Waits until there may be work, or the worker is to stop."""
        if self._database.is_sqlite:
            self._stop.wait(_SQLITE_SECONDS)
        else:
            self._stop.wait(_LISTENING_SECONDS if self._listening else _DEAF_SECONDS)

    def _listen(self) -> None:
        import psycopg  # only where the service is hosted

        while not self._stop.made:
            try:
                with psycopg.connect(**self._database.connection_arguments, autocommit=True) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._listening = True
                    # What was queued before it listened is found now.
                    self._stop.wake()
                    for _ in connection.notifies():
                        self._stop.wake()
            except (psycopg.Error, OSError) as error:
                logger.warning("listening: %s", describe_error(error))
            self._listening = False
            time.sleep(_RECONNECT_SECONDS)
