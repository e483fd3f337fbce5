"""Who works on which answer.

A worker claims an answer with one conditional UPDATE and gets a new run number. Everything it saves
names that run; once the answer is deleted or somebody else has taken it over, saving is refused.
So there is never a second report, however late a worker comes back.
"""

import time
from collections.abc import Collection, Sequence
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION
from service.answers.measuring import MeasuredAnswer
from service.answers.repository import next_change
from service.answers.saved_reports import save_reports, save_result
from service.db.engine import Database
from service.db.models import Answer, Chunk, StageResult, WindowResult
from service.jobs.claimed import Arrived, Claim, RunLostError, describe_claim
from service.jobs.waiting import KINDS, Kind, is_waiting, oldest_waiting
from service.schemas import WorkStage

SavedStage = Literal["activity", "transcribe", "acoustics", "measure"]


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
        self._headway: set[tuple[str, int]] = set()

    def made_headway(self, claim: Claim) -> bool:
        """Whether this run has saved anything yet: until then it may end as the last one did."""
        return (claim.answer, claim.run) in self._headway

    def next(self, kinds: Collection[Kind] = KINDS, *, suspects: bool = True) -> Claim | None:
        """Claims the answer that has waited longest; None where nothing waits.

        Args:
            kinds: of answers to consider; at least one.
            suspects: answers too in whose last run the worker died.
        """
        oldest = oldest_waiting(kinds, suspects=suspects)
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
                .where(Answer.id == identifier, is_waiting(kinds, suspects=suspects))
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
            return describe_claim(session, row)

    def arrived(self, claim: Claim, first: int) -> Arrived:
        """What has come in of a recording, from chunk `first` on.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.reading() as session:
            row = session.execute(select(Answer.intake, Answer.chunk_count).where(self._mine(claim))).first()
            if row is None:
                raise RunLostError
            intake, count = row
            if count <= first:
                # Asked several times a second: what has not changed is not looked at.
                return Arrived(intake, ())  # type: ignore[arg-type]
            rows = session.execute(
                select(Chunk.number, Chunk.size)
                .where(Chunk.answer_id == claim.answer, Chunk.number >= first)
                .order_by(Chunk.number)
            )
            sizes = [row.size for expected, row in enumerate(rows, first) if row.number == expected]
        return Arrived(intake, tuple(sizes))  # type: ignore[arg-type]

    def whole(self, claim: Claim) -> Claim:
        """The same run, with what is known now that the recording is whole. Its time begins again.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            self._update(session, claim, {"claimed_at": time.time()})
            return describe_claim(session, session.get_one(Answer, claim.answer, populate_existing=True))

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

    def result(self, claim: Claim, stage: SavedStage) -> str | None:
        """What a stage saved in an earlier run, if it is of this version of the analysis."""
        with self._database.reading() as session:
            return session.scalar(
                select(StageResult.result).where(
                    StageResult.answer_id == claim.answer,
                    StageResult.stage == stage,
                    StageResult.analysis_version == ANALYSIS_VERSION,
                )
            )

    def save_result(self, claim: Claim, stage: SavedStage, result: str, **values: Any) -> None:
        """Saves what a stage returned, together with columns of the answer.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            self._update(session, claim, {**values, **self._note_headway(claim)})
            if stage == "transcribe":
                session.execute(delete(WindowResult).where(WindowResult.answer_id == claim.answer))
            save_result(session, claim.answer, stage, result, claim.span_version)

    def save_report(self, claim: Claim, measured: MeasuredAnswer) -> None:
        """Saves the report and what follows from it.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            self._update(session, claim, {**measured.columns(), **self._note_headway(claim)})
            save_reports(session, claim.answer, measured)

    def window_results(self, claim: Claim, version: str) -> Sequence[str]:
        """What earlier runs saved of single windows, in order."""
        with self._database.reading() as session:
            return session.scalars(
                select(WindowResult.result)
                .where(WindowResult.answer_id == claim.answer, WindowResult.analysis_version == version)
                .order_by(WindowResult.start_ms)
            ).all()

    def save_window_result(
        self, claim: Claim, window: tuple[float, float], version: str, result: str
    ) -> None:
        """Saves the text of one window, in seconds, while the rest still comes in.

        Raises:
            RunLostError: this run is over.
        """
        start, end = (round(moment * 1000) for moment in window)
        with self._database.writing() as session:
            self._update(session, claim, self._note_headway(claim))
            session.merge(
                WindowResult(
                    answer_id=claim.answer,
                    start_ms=start,
                    end_ms=end,
                    analysis_version=version,
                    result=result,
                )
            )

    def let_go(self, claim: Claim) -> None:
        """Puts back an answer whose recording is not whole.

        A copy made of what was there is of no use once more has come.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            intake = session.scalar(select(Answer.intake).where(Answer.id == claim.answer))
            values = {"work_state": "waiting", "work_stage": None, "crashes": 0, **UNCLAIMED}
            if intake != "interrupted":
                values |= NO_COPY
            self._update(session, claim, values)

    def finish(self, claim: Claim) -> None:
        """The work is done; where the span was moved meanwhile, it waits to be measured again.

        Raises:
            RunLostError: this run is over.
        """
        with self._database.writing() as session:
            current = session.scalar(select(Answer.span_version).where(Answer.id == claim.answer))
            state = "ready" if current == claim.span_version else "waiting"
            done = {"work_state": state, "work_stage": None, "anew": False, **UNCLAIMED}
            self._update(session, claim, done)

    def fail(self, claim: Claim, stage: WorkStage, code: str, text: str) -> None:
        """The work cannot go on. What earlier stages made stays.

        Raises:
            RunLostError: this run is over.
        """
        failure = {"work_state": "failed", "work_stage": stage, "error_code": code, "error_text": text}
        with self._database.writing() as session:
            self._update(session, claim, {**failure, **UNCLAIMED})

    def _note_headway(self, claim: Claim) -> dict[str, Any]:
        """What to write where something came through: only crashes without any headway count together."""
        self._headway.add((claim.answer, claim.run))
        return {"crashes": 0}

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

NO_COPY: dict[str, Any] = {"media_file": None, "media_type": None, "peaks_ready": False}
"""Columns of an answer that has no playable copy."""
