"""Work of an office that nobody asks for: deleting old recordings, and sign-in sessions that have ended.

Every web node does it now and then. Two at once do no harm, because each row is taken by one of them.
"""

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from service.db.engine import Database
from service.people.retention import delete_old_recordings
from service.people.sign_in_sessions import Limits, forget_ended_sessions
from service.privacy import describe_error
from service.recordings.storage import Storage, StorageUnavailableError

logger = logging.getLogger("greenroom.upkeep")

EVERY_SECONDS = 600.0
"""A retention period is counted in days, so ten minutes late is on time."""


class Upkeep:
    """Does the work in a thread until it is told to stop.

    Args:
        database, storage: of the service.
        limits: when sign-in sessions end by themselves.
        every: seconds between two rounds.
    """

    def __init__(
        self, database: Database, storage: Storage, limits: Limits, *, every: float = EVERY_SECONDS
    ) -> None:
        self._database = database
        self._storage = storage
        self._limits = limits
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        """Begins with the first round."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the recording that is being deleted."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                self._round()
            except (SQLAlchemyError, StorageUnavailableError, OSError) as error:
                # The next round goes on.
                logger.warning("%s", describe_error(error))
            if self._stop.wait(self._every):
                return

    def _round(self) -> None:
        with self._database.writing() as session:
            forget_ended_sessions(session, self._limits)
        while delete_old_recordings(self._database, self._storage) and not self._stop.is_set():
            pass
