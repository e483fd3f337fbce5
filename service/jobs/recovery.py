"""Answers whose worker is gone: back into the queue, or given up after three crashes without headway."""

import os
import platform
import time
from collections.abc import Sequence
from datetime import timedelta

import psutil
from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from service.answers.repository import next_change
from service.db import models
from service.db.engine import Database
from service.db.models import Answer
from service.jobs.claim import UNCLAIMED

MAXIMUM_CRASHES = 3
"""Crashes in a row, without a stage done in between, that end the work on an answer."""

CRASH_TEXTS = {
    "worker_crashed": "Analysing this recording stopped three times without a result. The recording is safe. "
    "Try again, or save it in another format and hand it in anew.",
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
        for row in _claimed(session, Answer.worker == worker):
            _put_back(session, row)


def record_crash(
    database: Database, worker: str, code: str = "worker_crashed", *, culprit: str | None = None
) -> None:
    """Puts back what a dead worker had claimed, or gives it up.

    Args:
        code: why it died: a key of `CRASH_TEXTS`.
        culprit: the answer that is to blame, where that is known; the others are put back as they were.
    """
    with database.writing() as session:
        for row in _claimed(session, Answer.worker == worker):
            if culprit in {None, row.id}:
                _count_crash(session, row, code)
            else:
                _put_back(session, row)


def record_dead_supervisors(database: Database) -> None:
    """At start: what was claimed by workers of this machine whose supervisor is gone."""
    here = platform.node()
    with database.writing() as session:
        for row in _claimed(session, Answer.worker.startswith(f"{here}/", autoescape=True)):
            if not _lives(row.worker or ""):
                _count_crash(session, row, "worker_crashed")


def record_expired_leases(database: Database) -> None:
    """Answers of workers that gave no sign of life for the length of a lease."""
    expired = Answer.lease_until < time.time()
    with database.reading() as session:
        if not _claimed(session, expired):
            return
    with database.writing() as session:
        for row in _claimed(session, expired):
            _count_crash(session, row, "worker_crashed")


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
    whole = and_(Answer.worker == worker, Answer.intake != "receiving")
    with database.reading() as session:
        return {
            row.id: (time.time() - (row.claimed_at or time.time()), row.duration or 0.0)
            for row in _claimed(session, whole)
        }


def _claimed(session: Session, condition: ColumnElement[bool]) -> Sequence[Answer]:
    return session.scalars(select(Answer).where(Answer.work_state == "working", condition)).all()


def _put_back(session: Session, row: Answer) -> None:
    _set(session, row, {"work_state": "waiting", "work_stage": None, **UNCLAIMED})


def _count_crash(session: Session, row: Answer, code: str) -> None:
    crashes = row.crashes + 1
    if crashes < MAXIMUM_CRASHES and code != "took_too_long":
        _set(session, row, {"work_state": "waiting", "crashes": crashes, **UNCLAIMED})
        return
    failure = {"work_state": "failed", "error_code": code, "error_text": CRASH_TEXTS[code]}
    _set(session, row, {**failure, "crashes": crashes, **UNCLAIMED})


def _set(session: Session, row: Answer, values: dict[str, object]) -> None:
    session.execute(
        update(Answer)
        .where(Answer.id == row.id, Answer.run == row.run)
        .values({**values, "sequence": next_change(session, row.person_id)})
        .execution_options(synchronize_session=False)
    )


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
