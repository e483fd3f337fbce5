"""Analysing again what another build measured, so that it can be compared. The usual workers do it.

An answer is marked and waits like any other; its old report stays until the new one is there. Marks are rows,
so nothing is forgotten when the service stops in between.
"""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service.answers.builds import is_of_this_build
from service.db.engine import Database
from service.db.models import Answer, Job
from service.jobs.enqueue import enqueue_analysis
from service.progress.schemas import Reanalysis

BATCH = 50
"""Answers marked with one write."""


def reanalysis(session: Session, person: str) -> Reanalysis:
    """How many could be analysed again, and how many wait for it.

    Args:
        session: from `Database.reading`.
        person: whose.
    """
    # What stopped waits for the person, who can try it again, and not for a worker.
    goes_on = (Job.reanalysis_requested, Answer.work_state != "failed")
    waiting = select(func.count()).select_from(Job).join(Answer).where(Answer.person_id == person, *goes_on)
    return Reanalysis(outdated=len(_outdated(session, person)), waiting=session.scalar(waiting) or 0)


def analyse_again(database: Database, person: str) -> None:
    """Marks every answer whose report is of another build, and queues it."""
    with database.reading() as session:
        outdated = _outdated(session, person)
    for first in range(0, len(outdated), BATCH):
        with database.writing() as session:
            batch = Answer.id.in_(outdated[first : first + BATCH])
            # Asked again: a worker may have claimed one meanwhile.
            for row in session.scalars(select(Answer).where(batch, *_could_be(person))).all():
                enqueue_analysis(session, row, reanalysis_requested=True)


def _outdated(session: Session, person: str) -> list[str]:
    rows = session.execute(
        select(Answer.id, Answer.facts).where(*_could_be(person)).order_by(Answer.created_at, Answer.id)
    )
    return [answer for answer, facts in rows if not is_of_this_build(facts)]


def _could_be(person: str) -> tuple[ColumnElement[bool], ...]:
    """Whole and analysed, with a recording, and nobody works on it: what failed is tried again by itself."""
    return (
        Answer.person_id == person,
        Answer.intake == "complete",
        Answer.work_state == "ready",
        Answer.report_ready.is_(True),
        Answer.chunk_count > 0,
    )
