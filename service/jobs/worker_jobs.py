"""Analysis jobs as one worker sees them: claiming one, and saving what came of it.

A job and its answer are written in one transaction, the job first: a lost lease refuses all of it.
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
from service.schemas import WorkStage

SavedStage = Literal["activity", "transcribe", "acoustics", "measure"]


class WorkerJobs:
    """The jobs of one worker.

    Args:
        database: rows.
        worker: name of this worker; the supervisor knows it.
        lease: seconds that a lease holds without a heartbeat.
        queue: holds the jobs.
    """

    def __init__(self, database: Database, worker: str, *, lease: float, queue: JobQueue = QUEUE) -> None:
        self._database = database
        self._worker = worker
        self._lease_seconds = lease
        self._queue = queue
        self._headway: set[tuple[str, int]] = set()

    def made_headway(self, job: AnalysisJob) -> bool:
        """Whether this attempt has saved anything yet: until then it may end as the last one did."""
        return (job.answer, job.lease.attempt) in self._headway

    def next(self, kinds: Collection[JobKind] = JOB_KINDS, *, isolated: bool = True) -> AnalysisJob | None:
        """Claims the job that has waited longest; None where none waits.

        Args:
            kinds: of jobs to consider; at least one.
            isolated: whether this worker has nothing else in hand; see `JobQueue.first_waiting`.
        """
        with self._database.reading() as session:
            # Looked at several times a second: a read disturbs nobody.
            if self._queue.first_waiting(session, kinds, isolated=isolated) is None:
                return None
        with self._database.writing() as session:
            answer = self._queue.first_waiting(session, kinds, isolated=isolated)
            if answer is None:
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
        """What has come in of a recording, from chunk `first` on.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._database.reading() as session:
            if not self._queue.holds(session, job.lease):
                raise LeaseLostError
            columns = select(Answer.intake, Answer.chunk_count).where(Answer.id == job.answer)
            intake, count = session.execute(columns).one()
            if count <= first:
                # Asked several times a second: what has not changed is not looked at.
                return Arrived(intake, ())  # type: ignore[arg-type]
            rows = session.execute(
                select(Chunk.number, Chunk.size)
                .where(Chunk.answer_id == job.answer, Chunk.number >= first)
                .order_by(Chunk.number)
            )
            sizes = [row.size for expected, row in enumerate(rows, first) if row.number == expected]
        return Arrived(intake, tuple(sizes))  # type: ignore[arg-type]

    def whole(self, job: AnalysisJob) -> AnalysisJob:
        """The same attempt, with what is known now that the recording is whole. Its time begins again.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._queue.restart_clock(session, job.lease)
            write_columns(session, job.answer, sequence, {})
            row = session.get_one(Answer, job.answer, populate_existing=True)
            return describe_job(session, job.lease, row)

    def holds(self, job: AnalysisJob) -> bool:
        """Whether this attempt still goes on. A read."""
        with self._database.reading() as session:
            return self._queue.holds(session, job.lease)

    def renew(self, job: AnalysisJob) -> None:
        """Renews the lease. Nothing changes that a page shows.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._database.writing() as session:
            self._queue.heartbeat(session, job.lease, lease_seconds=self._lease_seconds)

    def save(self, job: AnalysisJob, **values: Any) -> None:
        """Writes columns of the answer and renews the lease.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            write_columns(session, job.answer, sequence, values)

    def result(self, job: AnalysisJob, stage: SavedStage) -> str | None:
        """What a stage saved in an earlier attempt, if it is of this version of the analysis."""
        with self._database.reading() as session:
            return session.scalar(
                select(StageResult.result).where(
                    StageResult.answer_id == job.answer,
                    StageResult.stage == stage,
                    StageResult.analysis_version == ANALYSIS_VERSION,
                )
            )

    def save_result(self, job: AnalysisJob, stage: SavedStage, result: str, **values: Any) -> None:
        """Saves what a stage returned, together with columns of the answer.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._note_headway(session, job)
            write_columns(session, job.answer, sequence, values)
            if stage == "transcribe":
                session.execute(delete(WindowResult).where(WindowResult.answer_id == job.answer))
            save_result(session, job.answer, stage, result, job.span_version)

    def save_report(self, job: AnalysisJob, measured: MeasuredAnswer) -> None:
        """Saves the report and what follows from it.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            self._note_headway(session, job)
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
        """Saves the text of one window, in seconds, while the rest still comes in.

        Raises:
            LeaseLostError: this attempt is over.
        """
        start, end = (round(moment * 1000) for moment in window)
        with self._writing(job) as (session, sequence):
            self._note_headway(session, job)
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

    def let_go(self, job: AnalysisJob) -> None:
        """Puts back a job whose recording is not whole.

        A copy made of what was there is of no use once more has come.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            intake = session.scalar(select(Answer.intake).where(Answer.id == job.answer))
            self._queue.retry(session, job.lease, crashes=0)
            values = WAITING if intake == "interrupted" else {**WAITING, **NO_COPY}
            write_columns(session, job.answer, sequence, values)

    def finish(self, job: AnalysisJob) -> None:
        """The work is done; where the span was moved meanwhile, the answer waits to be measured again.

        Raises:
            LeaseLostError: this attempt is over.
        """
        with self._writing(job) as (session, sequence):
            current = session.scalar(select(Answer.span_version).where(Answer.id == job.answer))
            self._queue.finish(session, job.lease)
            values = {**WAITING, "work_state": "ready"}
            if current != job.span_version:
                self._queue.enqueue(session, job.answer, job.lease.kind)
                values = WAITING
            write_columns(session, job.answer, sequence, values)

    def fail(self, job: AnalysisJob, stage: WorkStage, code: str, text: str) -> None:
        """The work cannot go on. What earlier stages made stays.

        Raises:
            LeaseLostError: this attempt is over.
        """
        failure = {"work_state": "failed", "work_stage": stage, "error_code": code, "error_text": text}
        with self._writing(job) as (session, sequence):
            self._queue.dead(session, job.lease)
            write_columns(session, job.answer, sequence, {**NO_PROGRESS, **failure})

    @contextmanager
    def _writing(self, job: AnalysisJob) -> Iterator[tuple[Session, int]]:
        """A transaction that a lost lease refuses, and the number of the change that it makes."""
        with self._database.writing() as session:
            sequence = next_change(session, job.person)
            self._queue.heartbeat(session, job.lease, lease_seconds=self._lease_seconds)
            yield session, sequence

    def _note_headway(self, session: Session, job: AnalysisJob) -> None:
        self._queue.forget_crashes(session, job.lease)
        self._headway.add((job.answer, job.lease.attempt))


NO_COPY: dict[str, Any] = {"media_file": None, "media_type": None, "peaks_ready": False}
"""Columns of an answer that has no playable copy."""
