"""The queue as a table of the service's own database: nothing else to install or to run.

A claim is one conditional UPDATE, so two workers never get the same attempt, on SQLite as on PostgreSQL.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from service.db.clock import database_moment, database_seconds
from service.db.models import Answer, Job, Person
from service.jobs.queue import RECORDING_PATIENCE, JobKind, Lease, LeaseLostError
from service.jobs.wake_up import announce_job


class DatabaseQueue:
    """A `JobQueue` in the table `jobs`."""

    def enqueue(
        self, session: Session, answer: str, kind: JobKind, *, reanalysis_requested: bool = False
    ) -> bool:
        """See `JobQueue.enqueue`."""
        # Locked on PostgreSQL until the commit: a worker that is just finishing then sees what changed.
        job = session.scalar(
            select(Job)
            .where(Job.answer_id == answer)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if job is None:
            session.add(
                Job(answer_id=answer, kind=kind, state="waiting", reanalysis_requested=reanalysis_requested)
            )
            announce_job(session)
            return True
        if job.state == "leased":
            return False
        announce_job(session)
        job.state, job.crashes = "waiting", 0
        job.reanalysis_requested = job.reanalysis_requested or reanalysis_requested
        return True

    def first_waiting(
        self, session: Session, kinds: Collection[JobKind], *, isolated: bool, to_claim: bool = False
    ) -> str | None:
        """See `JobQueue.first_waiting`.

        A complete recording comes before one still being received; within these, people take turns: first
        whoever has the fewest jobs in progress, then whose last turn is longest ago. Then by age.
        """
        whole_first = case((Answer.intake == "complete", 0), (Answer.intake == "receiving", 1), else_=2)
        conditions = []
        if "upload" in kinds:
            conditions.append(and_(Job.kind == "upload", Answer.intake == "complete"))
        if "recording" in kinds:
            conditions.append(and_(Job.kind == "recording", or_(*_recordings_to_work_on())))
        waiting = [Job.state == "waiting", or_(*conditions)]
        if not isolated:
            waiting.append(Job.crashes == 0)
        held, its_job = aliased(Answer), aliased(Job)
        in_progress = (
            select(held.person_id, func.count().label("jobs"))
            .join(its_job, its_job.answer_id == held.id)
            .where(its_job.state == "leased")
            .group_by(held.person_id)
            .subquery()
        )
        turn = (func.coalesce(in_progress.c.jobs, 0), func.coalesce(Person.turn_at, 0.0))
        first = (
            select(Job.answer_id)
            .join(Answer, Answer.id == Job.answer_id)
            .join(Person, Person.id == Answer.person_id)
            .outerjoin(in_progress, in_progress.c.person_id == Person.id)
            .where(*waiting)
            .order_by(whole_first, *turn, Answer.received_at, Answer.id)
            .limit(1)
        )
        if to_claim:
            # Nothing is waited for, so the order of these two locks cannot lead to a deadlock.
            first = first.with_for_update(key_share=True, skip_locked=True, of=(Person, Job))
        return session.scalar(first)

    def claim(self, session: Session, answer: str, worker: str, *, lease_seconds: float) -> Lease | None:
        """See `JobQueue.claim`."""
        values = {
            "state": "leased",
            "attempt": Job.attempt + 1,
            "worker": worker,
            "claimed_at": database_seconds(),
            "lease_until": database_seconds() + lease_seconds,
        }
        job = session.scalar(
            update(Job)
            .where(Job.answer_id == answer, Job.state == "waiting")
            .values(values)
            .returning(Job)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        if job is None:
            return None
        whose = select(Answer.person_id).where(Answer.id == answer).scalar_subquery()
        session.execute(
            update(Person)
            .where(Person.id == whose)
            .values(turn_at=database_seconds())
            .execution_options(synchronize_session=False)
        )
        return _lease(job, lease_seconds)

    def heartbeat(self, session: Session, lease: Lease, *, lease_seconds: float) -> None:
        """See `JobQueue.heartbeat`."""
        _update(session, lease, {"lease_until": database_seconds() + lease_seconds})

    def restart_clock(self, session: Session, lease: Lease) -> None:
        """See `JobQueue.restart_clock`."""
        _update(session, lease, {"claimed_at": database_seconds()})

    def note_duration(self, session: Session, lease: Lease) -> None:
        """See `JobQueue.note_duration`."""
        now = database_seconds()
        _update(session, lease, {"work_seconds": now - Job.claimed_at, "finished_at": now})

    def forget_crashes(self, session: Session, lease: Lease) -> None:
        """See `JobQueue.forget_crashes`."""
        _update(session, lease, {"crashes": 0})

    def holds(self, session: Session, lease: Lease) -> bool:
        """See `JobQueue.holds`."""
        return session.scalar(select(Job.answer_id).where(_held_by(lease))) is not None

    def leases(self, session: Session) -> Sequence[Lease]:
        """See `JobQueue.leases`."""
        held = select(Job, (Job.lease_until - database_seconds()).label("left")).where(Job.state == "leased")
        return [_lease(job, left) for job, left in session.execute(held)]

    def finish(self, session: Session, lease: Lease) -> None:
        """See `JobQueue.finish`."""
        _update(session, lease, {"state": "done", "reanalysis_requested": False, **_UNCLAIMED})

    def retry(self, session: Session, lease: Lease, *, crashes: int) -> None:
        """See `JobQueue.retry`."""
        _update(session, lease, {"state": "waiting", "crashes": crashes, **_UNCLAIMED})

    def dead(self, session: Session, lease: Lease) -> None:
        """See `JobQueue.dead`."""
        _update(session, lease, {"state": "dead", **_UNCLAIMED})


_UNCLAIMED: dict[str, Any] = {"worker": None, "claimed_at": None, "lease_until": None}


def _recordings_to_work_on() -> tuple[ColumnElement[bool], ...]:
    begun = Answer.chunk_count > 0
    lately = Answer.received_at > database_moment(RECORDING_PATIENCE)
    return (
        Answer.intake == "complete",
        and_(Answer.intake == "receiving", begun, lately),
        # Abandoned by the page that recorded it: it should at least be playable.
        and_(Answer.intake == "interrupted", begun, Answer.media_file.is_(None)),
    )


def _held_by(lease: Lease) -> ColumnElement[bool]:
    return and_(
        Job.answer_id == lease.answer,
        Job.attempt == lease.attempt,
        Job.worker == lease.worker,
        Job.state == "leased",
    )


def _update(session: Session, lease: Lease, values: dict[str, Any]) -> None:
    held = session.scalar(
        update(Job)
        .where(_held_by(lease))
        .values(values)
        .returning(Job.answer_id)
        .execution_options(synchronize_session=False)
    )
    if held is None:
        raise LeaseLostError


def _lease(job: Job, left: float | None) -> Lease:
    return Lease(
        answer=job.answer_id,
        kind="recording" if job.kind == "recording" else "upload",
        worker=job.worker or "",
        attempt=job.attempt,
        claimed_at=job.claimed_at or 0.0,
        until=job.lease_until or 0.0,
        crashes=job.crashes,
        reanalysis_requested=job.reanalysis_requested,
        left=left or 0.0,
    )
