"""What to do next: the next interview, today's question and the next step of a plan."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analysis.view.readiness import ReadinessView
from service.db.engine import Database
from service.db.preparation_models import ScheduledInterview
from service.prepare import schemas
from service.prepare.plan import AFTER, describe_plan, open_steps, present_phase
from service.prepare.scheduled_interviews import ScheduledInterviews, describe, ends_at
from service.progress.history import TakeHistory, read_history
from service.progress.readiness import readiness_of
from service.progress.takes import with_tag

FRESH = timedelta(days=3)
"""How long after an interview its own steps come before those of the next one: impressions fade, and guides
ask for thank-yous within a few days."""


def preparation_of(
    database: Database, person: str, now: datetime, zone: tzinfo | None = None
) -> schemas.Preparation:
    """What to do next.

    Args:
        now: with a time zone.
        zone: in which days begin; None for the own zone of the next interview, or UTC without one.
    """
    history = read_history(database, person)
    with database.reading() as session:
        interviews = ScheduledInterviews(session, person)
        row = interviews.next(now)
        days = zone or ZoneInfo(row.own_time_zone if row else "UTC")
        rows = with_tag(history.rows, None)
        view = readiness_of(session, person, rows, now, days, verdicts=history.verdicts)
        return schemas.Preparation(
            next=None if row is None else describe(row, now),
            question=_question(view),
            step=_step(session, person, interviews, history, now),
        )


def _question(view: ReadinessView) -> schemas.TodaysQuestion | None:
    today = view.today
    if today is None:
        return None
    kind = next((kind for kind in view.kinds if kind.name == today.kind), None)
    if today.answered:
        why = "You answered it today."
    elif kind is None:
        why = today.kind
    else:
        why = f"{kind.name}: {kind.state_text.lower()}"
        why += f", {kind.detail}" if kind.detail else ""
    return schemas.TodaysQuestion(id=today.question.id, text=today.question.text, why_words=why)


def _step(
    session: Session, person: str, interviews: ScheduledInterviews, history: TakeHistory, now: datetime
) -> schemas.NextStep | None:
    known = [row for row in interviews.list_all() if not row.cancelled]
    past = [row for row in known if ends_at(row) <= now and present_phase(row, now) == AFTER]
    fresh = [row for row in past if now - ends_at(row) <= FRESH]
    to_come = [row for row in known if ends_at(row) > now]
    older = [row for row in reversed(past) if row not in fresh]
    for row in (*reversed(fresh), *to_come[:1], *older):
        step = _first_open(session, person, row, history, now)
        if step is not None:
            return schemas.NextStep(
                interview=row.id, programme=row.programme, id=step.id, what=step.what, place=step.place
            )
    return None


def _first_open(
    session: Session, person: str, row: ScheduledInterview, history: TakeHistory, now: datetime
) -> schemas.PlanStep | None:
    plan = describe_plan(session, person, row, history, now)
    return next(iter(open_steps(plan, row, now)), None)
