"""Who works on which answer.

A worker claims an answer with one conditional UPDATE and gets a new run number. Everything it saves
names that run; once the answer is deleted or somebody else has taken it over, saving is refused.
So there is never a second report, however late a worker comes back.
"""

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION
from service.answers.repository import next_change
from service.database.engine import Database
from service.database.models import Answer, Chunk, StageResult
from service.schemas import WorkStage


class RunLostError(Exception):
    """This run is over: the answer was deleted or taken over. Drop the work."""


@dataclass(frozen=True)
class Claim:
    """One run of the work on one answer.

    Attributes:
        answer, person: ids.
        run: number of this run.
        sizes: bytes of each chunk, in order.
        source: `upload`, `recording` or `sample`.
        span: as marked by the person, seconds.
        span_version: which marking that is.
        media_ready, peaks_ready: made by an earlier run.
    """

    answer: str
    person: str
    run: int
    sizes: tuple[int, ...]
    source: str
    span: tuple[float, float] | None
    span_version: int
    media_ready: bool
    peaks_ready: bool


class Claims:
    """The queue as one worker sees it.

    Args:
        database: rows.
        worker: name of this worker; the supervisor knows it.
        lease: seconds that a claim holds without renewal.
    """

    def __init__(self, database: Database, worker: str, *, lease: float) -> None:
        self._database = database
        self._worker = worker
        self._lease = lease

    def next(self) -> Claim | None:
        """Claims the answer that has waited longest; None where nothing waits."""
        oldest = select(Answer.id).where(_waiting()).order_by(Answer.received_at, Answer.id).limit(1)
        with self._database.reading() as session:
            # Looked at several times a second: a read disturbs nobody.
            if session.scalar(oldest) is None:
                return None
        with self._database.writing() as session:
            identifier = session.scalar(oldest)
            if identifier is None:
                return None
            now = time.time()
            person = session.scalar(select(Answer.person_id).where(Answer.id == identifier))
            row = session.scalar(
                update(Answer)
                # Asked again: on PostgreSQL another worker may have been faster.
                .where(Answer.id == identifier, _waiting())
                .values(
                    work_state="working",
                    work_stage="decode",
                    progress_done=None,
                    progress_total=None,
                    error_code=None,
                    error_text=None,
                    run=Answer.run + 1,
                    worker=self._worker,
                    claimed_at=now,
                    lease_until=now + self._lease,
                    sequence=next_change(session, str(person)),
                )
                .returning(Answer)
                .execution_options(synchronize_session=False)
            )
            if row is None:
                return None
            sizes = session.scalars(
                select(Chunk.size).where(Chunk.answer_id == row.id).order_by(Chunk.number)
            )
            return Claim(
                answer=row.id,
                person=row.person_id,
                run=row.run,
                sizes=tuple(sizes),
                source=row.source,
                span=None
                if row.span_start is None or row.span_end is None
                else (row.span_start, row.span_end),
                span_version=row.span_version,
                media_ready=row.media_file is not None,
                peaks_ready=row.peaks_ready,
            )

    def holds(self, claim: Claim) -> bool:
        """Whether this run is still the one. A read."""
        with self._database.reading() as session:
            return session.scalar(select(Answer.id).where(self._mine(claim))) is not None

    def save(self, claim: Claim, **values: Any) -> None:
        """Writes columns of the answer and renews the lease.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            self._update(session, claim, values)

    def result(self, claim: Claim, stage: WorkStage) -> str | None:
        """What a stage saved in an earlier run, if it is of this version of the analysis."""
        with self._database.reading() as session:
            return session.scalar(
                select(StageResult.result).where(
                    StageResult.answer_id == claim.answer,
                    StageResult.stage == stage,
                    StageResult.analysis_version == ANALYSIS_VERSION,
                )
            )

    def save_result(self, claim: Claim, stage: WorkStage, result: str, **values: Any) -> None:
        """Saves what a stage returned, together with columns of the answer.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            # A stage that came through is no crash: only crashes without any headway count together.
            self._update(session, claim, {**values, "crashes": 0})
            session.merge(
                StageResult(
                    answer_id=claim.answer,
                    stage=stage,
                    analysis_version=ANALYSIS_VERSION,
                    span_version=claim.span_version,
                    result=result,
                )
            )

    def finish(self, claim: Claim) -> None:
        """The work is done; where the span was moved meanwhile, it waits to be measured again.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            current = session.scalar(select(Answer.span_version).where(Answer.id == claim.answer))
            state = "ready" if current == claim.span_version else "waiting"
            self._update(session, claim, {"work_state": state, "work_stage": None, **UNCLAIMED})

    def fail(self, claim: Claim, stage: WorkStage, code: str, text: str) -> None:
        """The work cannot go on. What earlier stages made stays.

        Raises:
            RunLostError: this run is over.
        """
        failure = {"work_state": "failed", "work_stage": stage, "error_code": code, "error_text": text}
        with self._database.writing() as session:
            self._update(session, claim, {**failure, **UNCLAIMED})

    def _mine(self, claim: Claim) -> ColumnElement[bool]:
        return and_(
            Answer.id == claim.answer,
            Answer.run == claim.run,
            Answer.worker == self._worker,
            Answer.work_state == "working",
        )

    def _update(self, session: Session, claim: Claim, values: dict[str, Any]) -> None:
        saved = session.scalar(
            update(Answer)
            .where(self._mine(claim))
            .values(
                {
                    "lease_until": time.time() + self._lease,
                    "sequence": next_change(session, claim.person),
                    **values,
                }
            )
            .returning(Answer.id)
            .execution_options(synchronize_session=False)
        )
        if saved is None:
            raise RunLostError


UNCLAIMED: dict[str, Any] = {
    "worker": None,
    "claimed_at": None,
    "lease_until": None,
    "progress_done": None,
    "progress_total": None,
}
"""Columns of an answer that nobody works on."""


def _waiting() -> ColumnElement[bool]:
    return and_(Answer.intake == "complete", Answer.work_state == "waiting")
