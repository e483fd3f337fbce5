"""One worker process: claims answers and works on them until its supervisor is gone.

One upload at a time, and beside it the recordings that people are making: they cost little while they go on,
and their reports shall be there at their end. All share one recogniser (`service.jobs.engine_pool`).

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
from service.db.engine import Database
from service.jobs.claim import Claims
from service.jobs.claimed import Claim
from service.jobs.engine_pool import Turns
from service.jobs.queue import JobKind
from service.jobs.stages import AnswerWork
from service.privacy import describe_error
from service.recordings.folder_storage import FolderStorage
from service.settings import Settings

logger = logging.getLogger("greenroom.worker")

_IDLE_SECONDS = 0.25
"""How long an answer may wait before an idle worker sees it."""

MOST_RECORDINGS = 8
"""Recordings followed at once: a window of each takes a second of two processors, every ten seconds or more.
Those beyond are done when they are whole."""


def engine_loader(settings: Settings) -> Callable[[], Engine]:
    """Gives the recogniser that the settings name; loads it when it is first needed and keeps it warm."""
    load: Callable[[str], Engine] = pkgutil.resolve_name(settings.engine)

    @cache
    def engine() -> Engine:
        return load(settings.model)

    return engine


class Hands:
    """What a worker has in hand, each answer in a thread of its own.

    An answer in whose last run a worker died is worked on alone until it makes headway, so that it takes no
    other down with it.

    Args:
        made_headway: whether a run has.
    """

    def __init__(self, made_headway: Callable[[Claim], bool]) -> None:
        self._made_headway = made_headway
        self._threads: dict[threading.Thread, Claim] = {}

    def free(self) -> set[JobKind]:
        """The kinds of answers of which one more can be taken."""
        self._threads = {thread: claim for thread, claim in self._threads.items() if thread.is_alive()}
        held = list(self._threads.values())
        if any(claim.lease.crashes > 0 and not self._made_headway(claim) for claim in held):
            return set()
        recordings = sum(claim.source == "recording" for claim in held)
        kinds: set[JobKind] = set()
        if recordings < MOST_RECORDINGS:
            kinds.add("recording")
        if len(held) == recordings:
            kinds.add("upload")
        return kinds

    @property
    def empty(self) -> bool:
        """Whether nothing is in hand."""
        return not any(thread.is_alive() for thread in self._threads)

    @property
    def alone(self) -> bool:
        """Whether no more than one answer is in hand."""
        return sum(thread.is_alive() for thread in self._threads) <= 1

    def take(self, claim: Claim, work: Callable[[Claim], None]) -> None:
        """Begins to work on an answer."""
        thread = threading.Thread(target=work, args=(claim,), name=f"answer-{claim.answer}", daemon=True)
        self._threads[thread] = claim
        thread.start()


def work(settings: Settings, name: str) -> None:
    """Claims and works for ever."""
    database = Database(settings.database_address)
    storage = FolderStorage(settings.data_folder, floor=settings.free_space_floor)
    claims = Claims(database, name, lease=settings.lease)
    turns = Turns(engine_loader(settings))
    hands = Hands(claims.made_headway)

    def run(claim: Claim) -> None:
        try:
            AnswerWork(claims, storage, settings, turns, is_alone=lambda: hands.alone).run(claim)
        except DBAPIError as error:
            # Busy, full or restarting: what was claimed stays claimed until its lease ends.
            logger.error("%s", describe_error(error))

    while True:
        try:
            kinds = hands.free()
            claim = claims.next(kinds, isolated=hands.empty) if kinds else None
            if claim is not None:
                hands.take(claim, run)
                continue
        except DBAPIError as error:
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
