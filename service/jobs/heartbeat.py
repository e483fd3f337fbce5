"""Keeps the lease of one attempt: writes progress, renews the lease, and notices when the attempt is over."""

import logging
import os
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DBAPIError

from analysis.progress import Progress
from service.jobs.analysis_job import AnalysisJob
from service.jobs.queue import LeaseLostError
from service.jobs.worker_jobs import WorkerJobs
from service.privacy import describe_error
from service.schemas import WorkStage

logger = logging.getLogger(__name__)

_BEAT_SECONDS = 0.5
"""So progress is written at most twice a second, however often a stage reports it."""

_GRACE_SECONDS = 3.0
"""Seconds that a stage may continue after the lease is lost before the process exits."""

ABANDONED = 3
"""Exit status of a worker that abandoned a job this way."""


class Heartbeat:
    """Runs in a thread alongside a stage; the stages only report their progress to it.

    Args:
        jobs: where progress is written.
        job: the job.
        lease: seconds that a lease lasts without a heartbeat.
        may_end: whether the process may exit to abandon the job: only if it has no other job.
    """

    def __init__(
        self, jobs: WorkerJobs, job: AnalysisJob, *, lease: float, may_end: Callable[[], bool] = lambda: True
    ) -> None:
        self._jobs = jobs
        self._job = job
        self._may_end = may_end
        self._renew_after = lease / 3
        self._latest: tuple[WorkStage, float | None, float | None] | None = None
        self._written: tuple[WorkStage, float | None, float | None] | None = None
        self._lost = False
        self._has_waited = False
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def begin(self, stage: WorkStage) -> None:
        """A stage begins. Written at once, so that it is known where a worker died."""
        self._report(stage, None, None)
        self._jobs.save(self._job, work_stage=stage, progress_done=None, progress_total=None)

    def listen(self, progress: Progress) -> None:
        """A stage's own progress."""
        self._report(progress.stage, progress.done, progress.total)

    def wait(self) -> None:
        """The job waits for the recogniser, which others use: that is no standstill of its own.

        Raises:
            LeaseLostError: the attempt is over.
        """
        self.check()
        self._has_waited = True

    def check(self) -> None:
        """Raises `LeaseLostError` once the attempt is over, or the worker is to stop."""
        if self._lost or self._jobs.stopping:
            raise LeaseLostError

    def _report(self, stage: WorkStage, done: float | None, total: float | None) -> None:
        self.check()
        self._latest = (stage, done, total)

    def _beat(self) -> None:
        renewed = time.monotonic()
        while not self._stop.wait(_BEAT_SECONDS):
            latest = self._latest
            try:
                if latest is not None and latest != self._written:
                    stage, done, total = latest
                    self._jobs.save(self._job, work_stage=stage, progress_done=done, progress_total=total)
                    self._written = latest
                    renewed = time.monotonic()
                elif time.monotonic() - renewed > self._renew_after:
                    self._renew()
                    renewed = time.monotonic()
                elif not self._jobs.holds(self._job):
                    raise LeaseLostError
            except LeaseLostError:
                self._lost = True
                self._leave_in_time()
                return
            except DBAPIError as error:
                # Busy or full: the next beat tries again, and the lease outlives several of them.
                logger.warning("heartbeat: %s", describe_error(error))

    def _renew(self) -> None:
        waited, self._has_waited = self._has_waited, False
        if waited:
            self._jobs.note_waiting(self._job)
        else:
            self._jobs.renew(self._job)

    def _leave_in_time(self) -> None:
        if not self._stop.wait(_GRACE_SECONDS) and self._may_end():
            os._exit(ABANDONED)
