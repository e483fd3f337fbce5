"""Jobs whose worker is gone: they wait again, or are given up after three crashes without any result."""

import time
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.answers.changes import next_change, write_columns
from service.answers.repository import Answers
from service.db.clock import database_moment
from service.db.engine import Database
from service.db.models import Answer
from service.jobs import worker_processes
from service.jobs.enqueue import NO_PROGRESS, QUEUE, WAITING
from service.jobs.queue import Lease, LeaseLostError

MAXIMUM_CRASHES = 3
"""Crashes in a row, without a completed stage in between, after which an answer has failed."""

_NEVER_BEGUN_KEPT = timedelta(days=1)
"""How long the page of an upload may sleep before it sends the first byte."""

_QUICK_SECONDS = 1.0
"""Seconds within which a write begins when no other process keeps the database busy."""

CRASH_TEXTS = {
    "worker_crashed": "Analysing this recording stopped three times without a result. The recording is safe. "
    "Try again, or save it in another format and upload it again.",
    "worker_out_of_memory": "Analysing this recording took more memory than allowed. The recording is safe. "
    "Try a shorter one.",
    "took_too_long": "Analysing this recording made no headway for too long. The recording is safe. "
    "Try again, or save it in another format and upload it again.",
}


@dataclass(frozen=True)
class Lost:
    """What was found to be lost, for the functions of this module that record it.

    Attributes:
        supervisors: workers of this machine hold leases, and their supervisor is gone.
        workers: workers, wherever they run, gave no sign of life for too long.
        leases: leases have expired.
        recordings: recordings have received nothing for too long.
    """

    supervisors: bool
    workers: bool
    leases: bool
    recordings: bool


def look(database: Database, *, unseen_for: float, silent_for: float) -> Lost:
    """Looks for everything in one session: each process of the service does so every second.

    Args:
        unseen_for: seconds without a sign of life of a worker.
        silent_for: seconds without a chunk of a recording.
    """
    with database.reading() as session:
        leases = QUEUE.leases(session)
        return Lost(
            supervisors=bool(_of_dead_supervisors(database, leases)),
            workers=bool(worker_processes.unseen(session, unseen_for)),
            leases=any(lease.left < 0 for lease in leases),
            recordings=session.scalar(select(Answer.id).where(*_silent(silent_for)).limit(1)) is not None,
        )


def release(database: Database, worker: str) -> None:
    """Returns the jobs of a worker that was stopped on purpose to the queue. Not counted as a crash."""
    with database.writing() as session:
        for lease in _leases(session, worker):
            _retry(session, lease, crashes=lease.crashes)
        worker_processes.forget(session, [worker])


def record_crash(
    database: Database, worker: str, code: str = "worker_crashed", *, caused_by: str | None = None
) -> None:
    """Returns the jobs of a dead worker to the queue, or gives them up.

    Args:
        code: why it died: a key of `CRASH_TEXTS`.
        caused_by: the answer whose job ended the worker, if known; no crash is counted for its other jobs.
    """
    with database.writing() as session:
        for lease in _leases(session, worker):
            if caused_by in {None, lease.answer}:
                _count_crash(session, lease, code)
            else:
                _retry(session, lease, crashes=lease.crashes)
        worker_processes.forget(session, [worker])


def record_dead_supervisors(database: Database) -> None:
    """Records a crash of workers of this machine whose supervisor is gone, before their leases end."""
    with database.reading() as session:
        if not _of_dead_supervisors(database, QUEUE.leases(session)):
            return
    with database.writing() as session:
        for lease in _of_dead_supervisors(database, QUEUE.leases(session)):
            _count_crash(session, lease, "worker_crashed")


def record_unseen_workers(database: Database, seconds: float) -> None:
    """Records a crash of workers, wherever they run, that gave no sign of life for so many seconds."""
    with database.reading() as session:
        if not worker_processes.unseen(session, seconds):
            return
    with database.writing() as session:
        # Looked up again: they may have been seen in between.
        names = set(worker_processes.unseen(session, seconds))
        for lease in QUEUE.leases(session):
            if lease.worker in names:
                _count_crash(session, lease, "worker_crashed")
        worker_processes.forget(session, names)


def renew_leases(
    database: Database, workers: Collection[str], *, lease_seconds: float, even_expired: bool
) -> None:
    """Renews the leases of workers that are known to be working.

    Args:
        workers: their names.
        lease_seconds: how long a lease lasts. One that has more than half of it left is not renewed.
        even_expired: whether an expired lease is renewed too.
    """

    def are_due(session: Session) -> list[Lease]:
        return [
            lease
            for lease in QUEUE.leases(session)
            if lease.worker in workers and lease.left < lease_seconds / 2 and (even_expired or lease.left > 0)
        ]

    if not workers:
        return
    with database.reading() as session:
        if not are_due(session):
            return
    with database.writing() as session:
        for lease in are_due(session):
            # Otherwise it ended by itself just now.
            with suppress(LeaseLostError):
                QUEUE.heartbeat(session, lease, lease_seconds=lease_seconds)


def record_expired_leases(database: Database) -> None:
    """Records a crash for jobs whose lease has expired without a heartbeat."""
    with database.reading() as session:
        if not _expired(session):
            return
    asked = time.monotonic()
    with database.writing() as session:
        expired = _expired(session)
        if time.monotonic() - asked > _QUICK_SECONDS:
            # As long as nobody could write, no worker could renew its lease. The next look tells.
            return
        for lease in expired:
            _count_crash(session, lease, "worker_crashed")


def mark_interrupted(database: Database, after: float) -> None:
    """Marks recordings that received nothing for `after` seconds. A later chunk resumes them."""
    silent = _silent(after)
    with database.reading() as session:
        people = session.scalars(select(Answer.person_id).where(*silent).distinct()).all()
    if not people:
        return
    with database.writing(*people) as session:
        for row in session.scalars(select(Answer).where(*silent, Answer.person_id.in_(people))).all():
            row.intake = "interrupted"
            row.sequence = next_change(session, row.person_id)


def remove_never_begun(database: Database) -> None:
    """Deletes uploads of which nothing arrived for a day. Recordings stay: their page may still hold them."""
    never = [
        Answer.source == "upload",
        Answer.intake == "interrupted",
        Answer.chunk_count == 0,
        Answer.received_at < database_moment(_NEVER_BEGUN_KEPT.total_seconds()),
    ]
    with database.reading() as session:
        people = session.scalars(select(Answer.person_id).where(*never).distinct()).all()
    if not people:
        return
    with database.writing(*people) as session:
        for row in session.scalars(select(Answer).where(*never, Answer.person_id.in_(people))).all():
            Answers(session, row.person_id).delete([row])


def running_attempts(database: Database, worker: str) -> dict[tuple[str, int], tuple[Hashable, float]]:
    """What a worker is working on, by answer and number of the attempt.

    A live recording takes as long as the person speaks, so it is left out.

    Returns:
        For each, how far it has come, which changes with any progress, and its length in seconds.
    """
    with database.reading() as session:
        leases = {lease.answer: lease for lease in _leases(session, worker)}
        whole = session.execute(
            select(Answer.id, Answer.sequence, Answer.duration).where(
                Answer.id.in_(leases), Answer.intake != "receiving"
            )
        )
        return {
            (answer, leases[answer].attempt): ((change, leases[answer].claimed_at), duration or 0.0)
            for answer, change, duration in whole
        }


def _leases(session: Session, worker: str) -> list[Lease]:
    return [lease for lease in QUEUE.leases(session) if lease.worker == worker]


def _of_dead_supervisors(database: Database, leases: Sequence[Lease]) -> list[Lease]:
    one_machine = database.is_sqlite
    return [
        lease
        for lease in leases
        if worker_processes.is_running(lease.worker, one_machine=one_machine) is False
    ]


def _silent(after: float) -> tuple[ColumnElement[bool], ...]:
    return Answer.intake == "receiving", Answer.received_at < database_moment(after)


def _expired(session: Session) -> list[Lease]:
    return [lease for lease in QUEUE.leases(session) if lease.left < 0]


def _count_crash(session: Session, lease: Lease, code: str) -> None:
    crashes = lease.crashes + 1
    if crashes < MAXIMUM_CRASHES and code != "took_too_long":
        _retry(session, lease, crashes=crashes)
        return
    # The stage stays as it is: it tells where the work ended.
    failure = {"work_state": "failed", "error_code": code, "error_text": CRASH_TEXTS[code], **NO_PROGRESS}
    _end_attempt(session, lease, failure, lambda: QUEUE.dead(session, lease))


def _retry(session: Session, lease: Lease, *, crashes: int) -> None:
    _end_attempt(session, lease, WAITING, lambda: QUEUE.retry(session, lease, crashes=crashes))


def _end_attempt(session: Session, lease: Lease, values: Mapping[str, Any], end: Callable[[], None]) -> None:
    """Ends an attempt on behalf of its worker; does nothing if it has ended by itself in the meantime."""
    person = session.scalar(select(Answer.person_id).where(Answer.id == lease.answer))
    if person is None:
        return
    sequence = next_change(session, person)
    try:
        end()
    except LeaseLostError:
        return
    write_columns(session, lease.answer, sequence, values)
