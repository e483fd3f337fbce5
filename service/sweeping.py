"""Removes what killed processes and outages left behind."""

import logging
import threading
import time
from collections.abc import Sequence

from service.answers.repository import with_files_among, without_files_among
from service.dependencies import Service
from service.privacy import describe_error

logger = logging.getLogger("greenroom.sweeping")

SWEPT_EVERY = 3600.0
"""Seconds between two sweeps of an object store, which no start of a node waits for."""


def sweep(service: Service) -> None:
    """Removes files and rows that killed processes left behind."""

    def known(answers: Sequence[str]) -> set[str]:
        with service.database.reading() as session:
            return with_files_among(session, answers)

    def deleted(answers: Sequence[str]) -> set[str]:
        with service.database.reading() as session:
            return without_files_among(session, answers)

    service.storage.sweep(known, deleted)
    service.remove_traces()


def sweep_regularly(service: Service) -> None:
    """Sweeps now and every hour, in a thread. An object store or a database that is away stops nothing."""

    def run() -> None:
        while True:
            try:
                sweep(service)
            except Exception as error:  # noqa: BLE001 - the next time may work
                logger.warning("could not sweep: %s", describe_error(error))
            time.sleep(SWEPT_EVERY)

    threading.Thread(target=run, name="sweeping", daemon=True).start()
