"""Starts worker processes, monitors them, and restarts them.

A hostile or broken recording can only end a worker, never the service.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

import psutil
from sqlalchemy.exc import DBAPIError

from service.db.engine import Database
from service.jobs import recovery, worker_processes, worker_stop
from service.jobs.headway import Headway, look_at
from service.privacy import describe_error
from service.settings import Settings

logger = logging.getLogger("greenroom.supervisor")

_WATCH_SECONDS = 0.1
_QUEUE_SECONDS = 1.0
_ELSEWHERE_SECONDS = 5.0
"""Seconds between two looks at the queue where all workers run elsewhere: whoever starts them looks, too."""
_NEVER_BEGUN_SECONDS = 60.0
_STOP_SECONDS = worker_stop.LONGEST + 1.0
_EARLY_SECONDS = 5.0
"""A worker that ends sooner after its start counts as having failed to start."""
_LONGEST_DELAY = 10.0
"""Most seconds to wait before restarting a worker that keeps failing to start."""
_TIME_LIMIT_FACTOR = 4.0
"""Seconds without progress for a second of recording, on top of the fixed limit: slow machines need about
one for the longest step."""


@dataclass
class _Worker:
    """A running worker process.

    Attributes:
        headway: of the process as a whole.
        attempts: the headway of each attempt that it is working on, by answer and number.
        cause_of_death: a key of `recovery.CRASH_TEXTS`.
        killed_for: the answer whose job was the reason to kill it; None if it was not one job's.
    """

    name: str
    process: subprocess.Popen[bytes]
    started: float
    headway: Headway = field(default_factory=Headway)
    attempts: dict[tuple[str, int], Headway] = field(default_factory=dict)
    cause_of_death: str = "worker_crashed"
    killed_for: str | None = None


class Supervisor:
    """Keeps as many workers running as the settings say, in a thread.

    Args:
        settings: passed on to the workers.
        database: already migrated.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._name = worker_processes.supervisor_name()
        self._numbers = count(1)
        self._workers: list[_Worker] = []
        self._early_ends = 0
        self._start_after = 0.0
        self._look_after = 0.0
        self._never_begun_after = 0.0
        self._looked = time.monotonic()
        # The database may have been out of every worker's reach: they first get time to be seen again.
        self._times_count_after = 0.0 if database.is_sqlite else self._looked + settings.lease / 2
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Recovers the jobs of a killed service, and starts the workers.

        Raises:
            analysis.errors.RecogniserError: this machine has not the device that the settings name.
        """
        if self._settings.workers > 0 and (self._settings.device != "cpu" or self._settings.compute_type):
            # Here, rather than in every answer later. Loads what only workers need otherwise.
            from analysis.transcription.device import chosen_device

            chosen_device(self._settings.device, self._settings.compute_type)
        recovery.record_dead_supervisors(self._database)
        self._fill_up()
        self._thread.start()

    def stop(self) -> None:
        """Stops the workers; their jobs continue at the next start."""
        self.ask_to_stop()
        if self._thread.is_alive():
            self._thread.join()
        for worker in self._workers:
            _ask_to_stop(worker)
        until = time.monotonic() + _STOP_SECONDS
        for worker in self._workers:
            _wait_for_end(worker, until)
            try:
                recovery.release(self._database, worker.name)
            except DBAPIError as error:
                # The database is away: its leases end by themselves, and it still stops in order.
                logger.error("%s", describe_error(error))
        self._workers.clear()

    def ask_to_stop(self) -> None:
        """Ends `join`."""
        self._stop.set()

    def join(self) -> None:
        """Waits until somebody calls `stop` or `ask_to_stop`."""
        self._stop.wait()

    def _watch(self) -> None:
        elsewhere = min(_ELSEWHERE_SECONDS, self._settings.lease / 4)
        pause = _WATCH_SECONDS if self._settings.workers else elsewhere
        while not self._stop.wait(pause):
            try:
                self._look_at_workers()
                if time.monotonic() >= self._look_after:
                    self._look_after = time.monotonic() + _QUEUE_SECONDS
                    self._look_at_queue()
            except Exception as error:  # noqa: BLE001 - the next check tries again
                logger.error("%s", describe_error(error))

    def _look_at_workers(self) -> None:
        for worker in list(self._workers):
            if worker.process.poll() is None:
                if _resident_bytes(worker.process.pid) > self._settings.worker_memory:
                    self._kill(worker, "worker_out_of_memory")
                continue
            self._remove(worker)
        self._fill_up()

    def _look_at_queue(self) -> None:
        settings = self._settings
        self._renew_leases()
        lost = recovery.look(self._database, unseen_for=settings.lease, silent_for=settings.interrupted_after)
        if lost.supervisors:
            recovery.record_dead_supervisors(self._database)
        if time.monotonic() > self._times_count_after:
            if lost.workers:
                recovery.record_unseen_workers(self._database, settings.lease)
            if lost.leases:
                recovery.record_expired_leases(self._database)
        if lost.recordings:
            recovery.mark_interrupted(self._database, settings.interrupted_after)
        if time.monotonic() >= self._never_begun_after:
            self._never_begun_after = time.monotonic() + _NEVER_BEGUN_SECONDS
            recovery.remove_never_begun(self._database)
        for worker in self._workers:
            self._look_at_attempts(worker)

    def _renew_leases(self) -> None:
        """Renews the leases of workers that use the processor but had no time to do it themselves."""
        now = time.monotonic()
        # Then this thread had no time either, and an expired lease says nothing about its worker.
        looked_late = now - self._looked > self._settings.lease / 3
        if looked_late:
            # Nor, perhaps, had other supervisors, or the database was out of reach of all.
            self._times_count_after = now + self._settings.lease / 2
        for worker in self._workers:
            look_at(worker.headway, worker.process.pid)
        working = [worker.name for worker in self._workers if worker.headway.working]
        recovery.renew_leases(
            self._database, working, lease_seconds=self._settings.lease, even_expired=looked_late
        )
        self._looked = now

    def _look_at_attempts(self, worker: _Worker) -> None:
        """Kills a worker that goes on with an answer without any headway."""
        running = recovery.running_attempts(self._database, worker.name)
        worker.attempts = {key: worker.attempts.get(key, Headway()) for key in running}
        for (answer, number), (mark, length) in running.items():
            headway = worker.attempts[answer, number]
            look_at(headway, worker.process.pid, mark)
            if headway.is_over(self._settings.time_limit + _TIME_LIMIT_FACTOR * length):
                self._kill(worker, "took_too_long", answer)
                return

    def _fill_up(self) -> None:
        while len(self._workers) < self._settings.workers and time.monotonic() >= self._start_after:
            name = f"{self._name}/{next(self._numbers)}"
            process = subprocess.Popen(
                [sys.executable, "-m", "service.jobs.worker", name],
                stdin=subprocess.PIPE,
                env={**os.environ, **self._settings.as_environment()},
            )
            self._workers.append(_Worker(name, process, time.monotonic()))

    def _kill(self, worker: _Worker, cause: str, answer: str | None = None) -> None:
        worker.cause_of_death, worker.killed_for = cause, answer
        worker.process.kill()
        worker.process.wait()

    def _remove(self, worker: _Worker) -> None:
        """Returns a dead worker's jobs to the queue at once rather than when its leases end."""
        if worker.process.returncode == 0:
            # Somebody else told it to stop.
            recovery.release(self._database, worker.name)
        else:
            recovery.record_crash(
                self._database, worker.name, worker.cause_of_death, caused_by=worker.killed_for
            )
        self._workers.remove(worker)
        if worker.process.stdin is not None:
            worker.process.stdin.close()
        early = time.monotonic() - worker.started < _EARLY_SECONDS
        self._early_ends = self._early_ends + 1 if early else 0
        delay = min(_WATCH_SECONDS * 2**self._early_ends, _LONGEST_DELAY) if early else 0.0
        self._start_after = time.monotonic() + delay
        logger.warning("a worker ended (%s); starting another one", worker.process.returncode)


def _ask_to_stop(worker: _Worker) -> None:
    """A worker ends with its standard input: at once if that is empty, and in order after this word."""
    if worker.process.stdin is None:
        return
    with suppress(OSError):
        worker.process.stdin.write(worker_stop.WORD)
        worker.process.stdin.flush()
    with suppress(OSError):
        worker.process.stdin.close()


def _wait_for_end(worker: _Worker, until: float) -> None:
    try:
        worker.process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        worker.process.kill()
        worker.process.wait()


def _resident_bytes(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
