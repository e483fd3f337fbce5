"""Analysis jobs as one worker sees them: claiming a job, and saving its results.

A job and its answer are written in one transaction, the job first: without its lease nothing is written.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION
from service.answers.changes import next_change, write_columns
from service.answers.measuring import MeasuredAnswer
from service.answers.saved_reports import save_reports, save_result
from service.db.engine import Database
from service.db.models import Answer, Chunk, StageResult, WindowResult
from service.jobs.analysis_job import AnalysisJob, Arrived, describe_job
from service.jobs.enqueue import NO_PROGRESS, QUEUE, WAITING
from service.jobs.queue import JOB_KINDS, JobKind, JobQueue, LeaseLostError
from service.jobs.worker_stop import StopRequest
from service.recordings.storage import StoredChunk
from service.schemas import WorkStage

SavedStage = Literal["activity", "transcribe", "acoustics", "measure"]


class WorkerJobs:
    """The jobs of one worker.

    Args:
        database: holds the rows.
        worker: name of this worker; the supervisor knows it.
        lease: seconds that a lease lasts without a heartbeat.
        queue: holds the jobs.
        stop: made once the worker is to stop: it claims nothing more, and its attempts end as soon as they
            have saved what they have.
    """

    def __init__(
        self,
        database: Database,
        worker: str,
        *,
        lease: float,
        queue: JobQueue = QUEUE,
        stop: StopRequest | None = None,
    ) -> None:
        self._database = database
        self._worker = worker
        self._lease_seconds = lease
        self._queue = queue
        self._stop = stop or StopRequest()
        self._saved: set[tuple[str, int]] = set()
        self._transcribed: set[tuple[str, int]] = set()

    @property
    def stopping(self) -> bool:
        """Whether the worker is to stop."""
        return self._stop.made

    def has_saved(self, job: AnalysisJob) -> bool:
        """Whether this attempt has saved anything yet: until then it may crash as the last one did."""
        return (job.answer, job.lease.attempt) in self._saved

    def next(self, kinds: Collection[JobKind] = JOB_KINDS, *, isolated: bool = True) -> AnalysisJob | None:
        """Claims the next job; None when none is waiting.

        Args:
            kinds: of jobs to consider; at least one.
            isolated: whether this worker has no other job; see `JobQueue.first_waiting`.
        """
        with self._database.reading() as session:
            # Checked several times a second, and a read blocks no other process.
            if self._queue.first_waiting(session, kinds, isolated=isolated) is None:
                return None
        with self._database.writing() as session:
            answer = self._queue.first_waiting(session, kinds, isolated=isolated, to_claim=True)
            if answer is None or self.stopping:
                return None
            person = session.scalar(select(Answer.person_id).where(Answer.id == answer))
            sequence = next_change(session, str(person))
            lease = self._queue.claim(session, answer, self._worker, lease_seconds=self._lease_seconds)
            if lease is None:
                return None
            begun = {**WAITING, "work_state": "working", "work_stage": "decode"}
            write_columns(session, answer, sequence, begun)
            return describe_job(session, lease, session.get_one(Answer, answer))

    def arrived(self, job: AnalysisJob, first: int) -> Arrived:
        """What has been received of a recording, from chunk `first` on.

        Raises:
            LeaseLostError: this attempt is over, or the worker is to stop.
        """
        if self.stopping:
            raise LeaseLostError
        with self._database.reading() as session:
            if not self._queue.holds(session, job.lease):
                raise LeaseLostError
            columns = select(Answer.intake, Answer.chunk_count).where(Answer.id == job.answer)
            intake, count = session.execute(columns).one()
            if count <= first:
                # Checked several times a second, so chunks are read only when there are new ones.
                return Arrived(intake, ())  # type: ignore[arg-type]
            rows = session.execute(
                select(Chunk.number, Chunk.size, Chunk.object_key)
                .where(Chunk.answer_id == job.answer, Chunk.number >= first)
                .order_by(Chunk.number)
            )
            chunks = [
                StoredChunk(row.size, row.object_key)
                for expected, row in enumerate(rows, first)
                if row.number == expected
            ]
        return Arrived(intake, tuple(chunks))  # type: ignore[arg-type]

    def whole(self, job: AnalysisJob) -> AnalysisJob:
        """The same attempt, updated now that the recording is complete. Its measured time restarts.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._queue.restart_clock(session, job.lease)
            write_columns(session, job.answer, sequence, {})
            row = session.get_one(Answer, job.answer, populate_existing=True)
            return describe_job(session, job.lease, row)

    def holds(self, job: AnalysisJob) -> bool:
        """Whether this attempt still holds its lease. A read."""
        with self._database.reading() as session:
            return self._queue.holds(session, job.lease)

    def renew(self, job: AnalysisJob) -> None:
        """Renews the lease. Changes nothing that a page shows.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._database.writing() as session:
            self._queue.heartbeat(session, job.lease, lease_seconds=self._lease_seconds)

    def note_waiting(self, job: AnalysisJob) -> None:
        """Renews the lease, and restarts the measured time: other jobs are using what this one needs.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._database.writing() as session:
            self._queue.restart_clock(session, job.lease)
            self._queue.heartbeat(session, job.lease, lease_seconds=self._lease_seconds)

    def save(self, job: AnalysisJob, **values: Any) -> None:
        """Writes columns of the answer and renews the lease.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            write_columns(session, job.answer, sequence, values)

    def result(self, job: AnalysisJob, stage: SavedStage) -> str | None:
        """What a stage saved in an earlier attempt with this version of the analysis and of the same sound;
        None if nothing."""
        with self._database.reading() as session:
            return session.scalar(
                select(StageResult.result).where(
                    StageResult.answer_id == job.answer,
                    StageResult.stage == stage,
                    StageResult.analysis_version == ANALYSIS_VERSION,
                    StageResult.span_version >= job.sound_version,
                )
            )

    def save_result(self, job: AnalysisJob, stage: SavedStage, result: str, **values: Any) -> None:
        """Saves what a stage returned, together with columns of the answer.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._note_saved(session, job)
            write_columns(session, job.answer, sequence, values)
            if stage == "transcribe":
                self._transcribed.add((job.answer, job.lease.attempt))
                session.execute(delete(WindowResult).where(WindowResult.answer_id == job.answer))
            save_result(session, job.answer, stage, result, job.span_version)

    def save_report(self, job: AnalysisJob, measured: MeasuredAnswer) -> None:
        """Saves the report and what follows from it.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._note_saved(session, job)
            write_columns(session, job.answer, sequence, measured.columns())
            save_reports(session, job.answer, measured)

    def window_results(self, job: AnalysisJob, version: str) -> Sequence[str]:
        """What earlier attempts saved of single windows, in order."""
        with self._database.reading() as session:
            return session.scalars(
                select(WindowResult.result)
                .where(WindowResult.answer_id == job.answer, WindowResult.analysis_version == version)
                .order_by(WindowResult.start_ms)
            ).all()

    def save_window_result(
        self, job: AnalysisJob, window: tuple[float, float], version: str, result: str
    ) -> None:
        """Saves the text of one window while the rest is still being recorded.

        Args:
            job: the attempt.
            window: its start and end, seconds.
            version: of the analysis and the recogniser.
            result: `analysis.transcription.protocol.WindowText` as JSON.

        Raises:
            LeaseLostError: this attempt is over.
        """
        start, end = (round(moment * 1000) for moment in window)
        with self._writing(job) as (session, sequence):
            self._note_saved(session, job)
            write_columns(session, job.answer, sequence, {})
            session.merge(
                WindowResult(
                    answer_id=job.answer,
                    start_ms=start,
                    end_ms=end,
                    analysis_version=version,
                    result=result,
                )
            )

    def release(self, job: AnalysisJob) -> None:
        """Returns a job whose recording is incomplete to the queue.

        A playable copy made from part of it is discarded unless it is still interrupted.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            intake = session.scalar(select(Answer.intake).where(Answer.id == job.answer))
            self._queue.retry(session, job.lease, crashes=0)
            values = WAITING if intake == "interrupted" else {**WAITING, **NO_COPY}
            write_columns(session, job.answer, sequence, values)

    def put_back(self, job: AnalysisJob) -> None:
        """Lets a job wait for another attempt, with everything that this one has saved.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._queue.retry(session, job.lease, crashes=0)
            write_columns(session, job.answer, sequence, WAITING)

    def exists(self, job: AnalysisJob) -> bool:
        """Whether the answer is still there."""
        with self._database.reading() as session:
            return session.scalar(select(Answer.id).where(Answer.id == job.answer)) is not None

    def finish(self, job: AnalysisJob) -> None:
        """Marks the job as done; if the span was moved in the meantime, the job waits to be run again.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            if (job.answer, job.lease.attempt) in self._transcribed:
                # One that only measures again says nothing of how long a whole analysis takes.
                self._queue.note_duration(session, job.lease)
            current = session.scalar(select(Answer.span_version).where(Answer.id == job.answer))
            self._queue.finish(session, job.lease)
            values = {**WAITING, "work_state": "ready"}
            if current != job.span_version:
                self._queue.enqueue(session, job.answer, job.lease.kind)
                values = WAITING
            write_columns(session, job.answer, sequence, values)

    def fail(self, job: AnalysisJob, stage: WorkStage, code: str, text: str) -> None:
        """Gives the job up. The results of earlier stages stay.

        Raises:
            LeaseLostError: this attempt is over.
        """
        failure = {"work_state": "failed", "work_stage": stage, "error_code": code, "error_text": text}
        with self._writing(job) as (session, sequence):
            self._queue.dead(session, job.lease)
            write_columns(session, job.answer, sequence, {**NO_PROGRESS, **failure})

    @contextmanager
    def _writing(self, job: AnalysisJob) -> Iterator[tuple[Session, int]]:
        """A transaction that fails once the lease is lost, and the number of the change that it makes."""
        with self._database.writing() as session:
            sequence = next_change(session, job.person)
            self._queue.heartbeat(session, job.lease, lease_seconds=self._lease_seconds)
            yield session, sequence

    def _note_saved(self, session: Session, job: AnalysisJob) -> None:
        self._queue.forget_crashes(session, job.lease)
        self._saved.add((job.answer, job.lease.attempt))


NO_COPY: dict[str, Any] = {"media_file": None, "media_type": None, "peaks_ready": False}
"""Columns of an answer that has no playable copy."""
