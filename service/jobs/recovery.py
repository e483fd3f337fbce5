"""Jobs whose worker is gone: they wait again, or are given up after three crashes without any result."""

import os
import platform
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import psutil
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.answers.changes import next_change, write_columns
from service.db import models
from service.db.engine import Database
from service.db.models import Answer
from service.jobs.enqueue import NO_PROGRESS, QUEUE, WAITING
from service.jobs.queue import Lease, LeaseLostError

MAXIMUM_CRASHES = 3
"""Crashes in a row, without a stage done in between, that end the work on an answer."""

CRASH_TEXTS = {
    "worker_crashed": "Analysing this recording stopped three times without a result. The recording is safe. "
    "Try again, or save it in another format and hand it in again.",
    "worker_out_of_memory": "Analysing this recording took more memory than allowed. The recording is safe. "
    "Try a shorter one.",
    "took_too_long": "Analysing this recording took longer than allowed. The recording is safe. "
    "Try a shorter one, or try again when the machine is less busy.",
}


def supervisor_name() -> str:
    """Names this process on this machine, so that another one can tell whether it still lives."""
    process = psutil.Process()
    return f"{platform.node()}/{process.pid}/{process.create_time():.2f}"


def release(database: Database, worker: str) -> None:
    """Puts back what a worker had claimed that was stopped on purpose. No crash."""
    with database.writing() as session:
        for lease in _leases(session, worker):
            _put_back(session, lease, crashes=lease.crashes)


def record_crash(
    database: Database, worker: str, code: str = "worker_crashed", *, caused_by: str | None = None
) -> None:
    """Puts back what a dead worker had claimed, or gives it up.

    Args:
        code: why it died: a key of `CRASH_TEXTS`.
        caused_by: the answer whose work ended it, where that is known; for the others no crash is counted.
    """
    with database.writing() as session:
        for lease in _leases(session, worker):
            if caused_by in {None, lease.answer}:
                _count_crash(session, lease, code)
            else:
                _put_back(session, lease, crashes=lease.crashes)


def record_dead_supervisors(database: Database) -> None:
    """At start: what was claimed by workers of this machine whose supervisor is gone."""
    here = f"{platform.node()}/"
    with database.writing() as session:
        for lease in QUEUE.leases(session):
            if lease.worker.startswith(here) and not _lives(lease.worker):
                _count_crash(session, lease, "worker_crashed")


def record_expired_leases(database: Database) -> None:
    """Jobs of workers that gave no sign of life for the length of a lease."""
    with database.reading() as session:
        if not _expired(session):
            return
    with database.writing() as session:
        for lease in _expired(session):
            _count_crash(session, lease, "worker_crashed")


def mark_interrupted(database: Database, after: float) -> None:
    """Recordings to which nothing was added for `after` seconds. A chunk that comes later revives them."""
    silent = [Answer.intake == "receiving", Answer.received_at < models.now() - timedelta(seconds=after)]
    with database.reading() as session:
        if not session.scalars(select(Answer.id).where(*silent)).all():
            return
    with database.writing() as session:
        for row in session.scalars(select(Answer).where(*silent)).all():
            row.intake = "interrupted"
            row.sequence = next_change(session, row.person_id)


def running_times(database: Database, worker: str) -> dict[str, tuple[float, float]]:
    """For each answer that a worker works on: seconds spent on it, and its length.

    A recording that still goes on takes as long as the person speaks: it is left out.
    """
    with database.reading() as session:
        leases = {lease.answer: lease for lease in _leases(session, worker)}
        whole = session.execute(
            select(Answer.id, Answer.duration).where(Answer.id.in_(leases), Answer.intake != "receiving")
        )
        return {
            answer: (time.time() - leases[answer].claimed_at, duration or 0.0) for answer, duration in whole
        }


def _leases(session: Session, worker: str) -> list[Lease]:
    return [lease for lease in QUEUE.leases(session) if lease.worker == worker]


def _expired(session: Session) -> list[Lease]:
    now = time.time()
    return [lease for lease in QUEUE.leases(session) if lease.until < now]


def _count_crash(session: Session, lease: Lease, code: str) -> None:
    crashes = lease.crashes + 1
    if crashes < MAXIMUM_CRASHES and code != "took_too_long":
        _put_back(session, lease, crashes=crashes)
        return
    # The stage stays as it is: it says where the work ended.
    failure = {"work_state": "failed", "error_code": code, "error_text": CRASH_TEXTS[code], **NO_PROGRESS}
    _end_attempt(session, lease, failure, lambda: QUEUE.dead(session, lease))


def _put_back(session: Session, lease: Lease, *, crashes: int) -> None:
    _end_attempt(session, lease, WAITING, lambda: QUEUE.retry(session, lease, crashes=crashes))


def _end_attempt(session: Session, lease: Lease, values: Mapping[str, Any], end: Callable[[], None]) -> None:
    """Ends an attempt in the worker's place; does nothing where it has ended by itself meanwhile."""
    person = session.scalar(select(Answer.person_id).where(Answer.id == lease.answer))
    if person is None:
        return
    sequence = next_change(session, person)
    try:
        end()
    except LeaseLostError:
        return
    write_columns(session, lease.answer, sequence, values)


def _lives(worker: str) -> bool:
    """Whether the supervisor in a worker's name, `machine/pid/created/number`, is running."""
    _, _, rest = worker.partition("/")
    pid, _, rest = rest.partition("/")
    created = rest.partition("/")[0]
    try:
        process = psutil.Process(int(pid))
        return int(pid) == os.getpid() or f"{process.create_time():.2f}" == created
    except (psutil.Error, ValueError):
        return False
