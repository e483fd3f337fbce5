"""One worker process: claims answers and works on them, one at a time, until its supervisor is gone.

Run by the supervisor as `python -m service.jobs.worker NAME`, with the settings in its environment
and a pipe as its standard input that nobody ever writes to: when it ends, the supervisor has died.
"""

import logging
import os
import pkgutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import cache

from sqlalchemy.exc import DBAPIError

from analysis.transcription.protocol import Engine
from service.database.engine import Database
from service.jobs.claim import Claims
from service.jobs.stages import AnswerWork
from service.privacy import describe_error
from service.settings import Settings
from service.storage.folder import FolderStorage

logger = logging.getLogger("greenroom.worker")

_IDLE_SECONDS = 0.25
"""How long an answer may wait before an idle worker sees it."""


def engine_loader(settings: Settings) -> Callable[[], Engine]:
    """Gives the recogniser that the settings name; loads it when it is first needed and keeps it warm."""
    load: Callable[[str], Engine] = pkgutil.resolve_name(settings.engine)

    @cache
    def engine() -> Engine:
        return load(settings.model)

    return engine


def work(settings: Settings, name: str) -> None:
    """Claims and works for ever."""
    database = Database(settings.database_address)
    storage = FolderStorage(settings.data_folder, floor=settings.free_space_floor)
    claims = Claims(database, name, lease=settings.lease)
    answers = AnswerWork(claims, storage, settings, engine_loader(settings))
    while True:
        try:
            claim = claims.next()
            if claim is not None:
                answers.run(claim)
                continue
        except DBAPIError as error:
            # Busy, full or restarting: what was claimed stays claimed until its lease ends.
            logger.error("%s", describe_error(error))
        time.sleep(_IDLE_SECONDS)


def _end_with_supervisor() -> None:
    sys.stdin.buffer.read()
    # At once: another worker may take this answer up any moment, and nothing here needs tidying.
    os._exit(0)


def main() -> None:
    """Entry point of the process."""
    logging.basicConfig(format="%(name)s: %(message)s", level=logging.WARNING)
    os.umask(0o077)
    # Ctrl-C in a terminal reaches every process of the group; the supervisor decides for its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_supervisor, name="supervisor-watch", daemon=True).start()
    try:
        work(Settings(), sys.argv[1])
    except Exception as error:  # noqa: BLE001 - the last stop; the supervisor starts another worker
        logger.error("stopped: %s", describe_error(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
