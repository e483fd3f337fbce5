"""Repeats the analysis of answers measured by another build, so that all takes can be compared.

The answers are queued like any others and keep their old report until the new one is ready. The requests are
stored in the database, so none is lost when the service stops in between.
"""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service.answers.builds import is_of_this_build
from service.db.engine import Database
from service.db.models import Answer, Job
from service.jobs.enqueue import enqueue_analysis
from service.progress.schemas import Reanalysis

BATCH = 50
"""Answers queued per write transaction."""


def reanalysis(session: Session, person: str) -> Reanalysis:
    """The number of answers that can be analysed again, and of those already queued for it.

    Args:
        session: from `Database.reading`.
        person: id of the person.
    """
    # A failed answer waits for the person to retry it, not for a worker.
    queued = (Job.reanalysis_requested, Answer.work_state != "failed")
    waiting = select(func.count()).select_from(Job).join(Answer).where(Answer.person_id == person, *queued)
    return Reanalysis(outdated=len(_outdated(session, person)), waiting=session.scalar(waiting) or 0)


def analyse_again(database: Database, person: str) -> None:
    """Queues every answer whose report was made by another build."""
    with database.reading() as session:
        outdated = _outdated(session, person)
    for first in range(0, len(outdated), BATCH):
        with database.writing(person) as session:
            batch = Answer.id.in_(outdated[first : first + BATCH])
            # The state is checked again, because a worker may have claimed one in the meantime.
            for row in session.scalars(select(Answer).where(batch, *_can_repeat(person))).all():
                enqueue_analysis(session, row, reanalysis_requested=True)


def _outdated(session: Session, person: str) -> list[str]:
    rows = session.execute(
        select(Answer.id, Answer.facts).where(*_can_repeat(person)).order_by(Answer.created_at, Answer.id)
    )
    return [answer for answer, facts in rows if not is_of_this_build(facts)]


def _can_repeat(person: str) -> tuple[ColumnElement[bool], ...]:
    """Selects complete, analysed and idle answers with a recording. Failed answers have their own retry."""
    return (
        Answer.person_id == person,
        Answer.intake == "complete",
        Answer.work_state == "ready",
        Answer.report_ready.is_(True),
        Answer.chunk_count > 0,
        Answer.recording_deleted_at.is_(None),
    )
