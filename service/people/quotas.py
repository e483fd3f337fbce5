"""Quotas: how much a person may record, where the office has set a limit.

They are checked before a recording begins, never while it is being made: what somebody has said is not lost
to a limit. The last recording may therefore go beyond it, by at most one recording's own limit.
"""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.account_models import OfficeSettings
from service.db.clock import database_now
from service.db.models import LOCAL_PERSON, Answer
from service.people.office import Office
from service.problems import Problem

_DAY = timedelta(days=1)


class QuotaReached(Problem):
    """The person has recorded as much as the office allows."""

    status, code, title = 403, "quota_reached", "Your office's limit is reached"


def require_quota(session: Session, person: str) -> None:
    """Checks that a person may begin another recording.

    Raises:
        QuotaReached: they may not, for now.
    """
    if person == LOCAL_PERSON:
        return
    office = Office(session).settings()
    _require_space(session, person, office)
    _require_minutes(session, person, office)


def _require_space(session: Session, person: str, office: OfficeSettings) -> None:
    if office.quota_bytes is None:
        return
    used = session.scalar(
        select(func.sum(Answer.bytes)).where(
            Answer.person_id == person, Answer.recording_deleted_at.is_(None)
        )
    )
    if (used or 0) >= office.quota_bytes:
        raise QuotaReached(
            f"Your recordings take up {(used or 0) / 1_000_000:,.0f} MB. Your office allows "
            f"{office.quota_bytes / 1_000_000:,.0f} MB. Delete some that you do not need, then try again."
        )


def _require_minutes(session: Session, person: str, office: OfficeSettings) -> None:
    if office.quota_minutes_a_day is None:
        return
    since = database_now(session) - _DAY
    seconds = session.scalar(
        select(func.sum(Answer.duration)).where(
            Answer.person_id == person, Answer.created_at > since, Answer.source != "sample"
        )
    )
    if (seconds or 0.0) >= office.quota_minutes_a_day * 60:
        raise QuotaReached(
            f"You recorded {(seconds or 0.0) / 60:.0f} minutes in the last 24 hours. Your office allows "
            f"{office.quota_minutes_a_day}. What you recorded is safe. Go on tomorrow."
        )
