"""Queues the analysis of an answer, together with the change that asks for it."""

from typing import Any

from sqlalchemy.orm import Session

from service.answers.changes import next_change
from service.db.models import Answer
from service.jobs.database_queue import DatabaseQueue
from service.jobs.queue import JobKind, JobQueue
from service.problems import RecordingDeleted

QUEUE: JobQueue = DatabaseQueue()
"""The queue of this service: what is enqueued here is what its workers claim."""

NO_PROGRESS: dict[str, Any] = {"progress_done": None, "progress_total": None}
"""Columns of an answer that no worker is working on."""

WAITING: dict[str, Any] = {
    "work_state": "waiting",
    "work_stage": None,
    "error_code": None,
    "error_text": None,
    **NO_PROGRESS,
}
"""Columns of an answer whose job is waiting."""


def enqueue_analysis(session: Session, row: Answer, *, reanalysis_requested: bool = False) -> bool:
    """Queues an answer in the caller's transaction, and notifies open pages.

    Args:
        session: from `Database.writing`.
        row: loaded in it.
        reanalysis_requested: every stage is to be run again with this build.

    Raises:
        RecordingDeleted: there is nothing left to analyse.

    Returns:
        False where a worker holds it: the worker checks `span_version` again when it has finished.
    """
    if row.recording_deleted_at is not None:
        raise RecordingDeleted
    with session.no_autoflush:
        # Before any other lock: see `service.answers.changes`.
        row.sequence = next_change(session, row.person_id)
    if not QUEUE.enqueue(session, row.id, kind_of(row), reanalysis_requested=reanalysis_requested):
        return False
    for name, value in WAITING.items():
        setattr(row, name, value)
    return True


def kind_of(row: Answer) -> JobKind:
    """The kind of job that an answer's analysis is."""
    return "recording" if row.source == "recording" else "upload"
