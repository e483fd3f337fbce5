"""One worker process: claims jobs and works on them until its supervisor is gone.

One upload at a time, and alongside it the recordings in progress: they cost little while they are being made,
and their reports should be ready when they end. All share one recogniser (`service.jobs.engine_pool`).

Run by the supervisor as `python -m service.jobs.worker NAME`, with the settings in its environment
and a pipe as its standard input (`service.jobs.worker_stop`): when it ends without a word, the supervisor has
died.
"""

import logging
import os
import pkgutil
import sys
import threading
import time
from collections.abc import Callable
from functools import cache

from sqlalchemy.exc import DBAPIError

from analysis.audio.confined_decoder import best_decoders
from analysis.transcription.protocol import Engine
from service.db.engine import WORK_PATIENCE, Database
from service.hosting import logs
from service.jobs import recovery, worker_processes
from service.jobs.analysis_job import AnalysisJob
from service.jobs.engine_pool import EnginePool
from service.jobs.queue import JobKind
from service.jobs.stages import AnswerWork
from service.jobs.wake_up import WakeUp
from service.jobs.worker_jobs import WorkerJobs
from service.jobs.worker_stop import LONGEST, StopRequest
from service.privacy import describe_error
from service.recordings.opening import open_storage
from service.recordings.playable_media import TASK_MODULE
from service.settings import Settings

logger = logging.getLogger("greenroom.worker")

_END_SECONDS = 0.02
"""Delay until it is noticed that the last job has ended."""

MOST_RECORDINGS = 8
"""Live recordings analysed at once: a window of each takes a second of two processors, every ten seconds or
more. Any others are analysed once they are complete."""

GROWTH_BYTES = 1 << 30
"""By which a playable copy may be larger than any recording: a day of sound that is encoded again."""


def engine_loader(settings: Settings) -> Callable[[], Engine]:
    """Returns the recogniser named in the settings from a function that loads it on its first call only."""
    load: Callable[..., Engine] = pkgutil.resolve_name(settings.engine)
    chosen = {"device": settings.device, "compute_type": settings.compute_type}
    # Other recognisers need not know of devices.
    options = {name: value for name, value in chosen.items() if value != Settings.model_fields[name].default}

    @cache
    def engine() -> Engine:
        return load(settings.model, **options)

    return engine


class Slots:
    """The jobs in progress in one worker, each in a thread of its own.

    A job whose last attempt crashed is isolated: until it has saved something, no other job runs alongside it
    that another crash would end too.

    Args:
        has_saved: whether an attempt has saved something.
    """

    def __init__(self, has_saved: Callable[[AnalysisJob], bool]) -> None:
        self._has_saved = has_saved
        self._threads: dict[threading.Thread, AnalysisJob] = {}

    def free(self) -> set[JobKind]:
        """The kinds of jobs of which one more can be started."""
        self._threads = {thread: job for thread, job in self._threads.items() if thread.is_alive()}
        held = list(self._threads.values())
        if any(job.lease.crashes > 0 and not self._has_saved(job) for job in held):
            return set()
        recordings = sum(job.source == "recording" for job in held)
        kinds: set[JobKind] = set()
        if recordings < MOST_RECORDINGS:
            kinds.add("recording")
        if len(held) == recordings:
            kinds.add("upload")
        return kinds

    @property
    def empty(self) -> bool:
        """Whether no job is in progress."""
        return not any(thread.is_alive() for thread in self._threads)

    @property
    def alone(self) -> bool:
        """Whether at most one job is in progress."""
        return sum(thread.is_alive() for thread in self._threads) <= 1

    def start(self, job: AnalysisJob, work: Callable[[AnalysisJob], None]) -> None:
        """Starts work on a job."""
        thread = threading.Thread(target=work, args=(job,), name=f"answer-{job.answer}", daemon=True)
        self._threads[thread] = job
        thread.start()


def work(settings: Settings, name: str, stop: StopRequest) -> None:
    """Claims jobs and works on them until it is to stop; then returns those that it has not finished."""
    database = Database(
        settings.database_address,
        patience=WORK_PATIENCE,
        connections=settings.database_connections,
        outage=WORK_PATIENCE,
    )
    storage = open_storage(settings)
    jobs = WorkerJobs(database, name, lease=settings.lease, stop=stop)
    engine_pool = EnginePool(engine_loader(settings))
    slots = Slots(jobs.has_saved)
    decoders = best_decoders([TASK_MODULE], written_bytes=settings.maximum_bytes + GROWTH_BYTES)

    def run(job: AnalysisJob) -> None:
        try:
            AnswerWork(
                jobs, storage, settings, engine_pool, is_alone=lambda: slots.alone, decoders=decoders
            ).run(job)
        except DBAPIError as error:
            # Busy, full or restarting: what was claimed stays claimed until its lease ends.
            logger.error("%s", describe_error(error))
        finally:
            # The next job may begin.
            stop.wake()

    wake_up = WakeUp(database, stop)
    wake_up.start()
    sign = _SignOfLife(database, name, settings.lease)
    while not stop.made:
        try:
            sign.give()
            kinds = slots.free()
            job = jobs.next(kinds, isolated=slots.empty) if kinds else None
            if job is not None:
                slots.start(job, run)
                continue
        except DBAPIError as error:
            logger.error("%s", describe_error(error))
        wake_up.wait()
    until = time.monotonic() + LONGEST
    while not slots.empty and time.monotonic() < until:
        time.sleep(_END_SECONDS)
    recovery.release(database, name)


class _SignOfLife:
    """Where workers run on several machines, tells the others that this one is alive."""

    def __init__(self, database: Database, name: str, lease: float) -> None:
        self._database = database
        self._name = name
        self._every = lease / 4
        self._due = 0.0

    def give(self) -> None:
        """Gives the sign, if it is time."""
        if self._database.is_sqlite or time.monotonic() < self._due:
            return
        with self._database.writing() as session:
            worker_processes.note_seen(session, self._name)
        self._due = time.monotonic() + self._every


def main() -> None:
    """Entry point of the process."""
    settings = Settings()
    logs.set_up(settings)
    os.umask(0o077)
    stop = StopRequest()
    stop.listen()
    try:
        work(settings, sys.argv[1], stop)
    except Exception as error:  # noqa: BLE001 - last resort; the supervisor starts another worker
        logger.error("stopped: %s", describe_error(error))
        sys.exit(1)
    # Without waiting for a thread that is still at its window: what it holds has been returned.
    os._exit(0)


if __name__ == "__main__":
    main()
