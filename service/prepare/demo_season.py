"""Demo data: a season of three interviews, for demonstrations and tests, added by `greenroom seed-season`.

It cannot be mistaken for real interviews: every name begins with 'Made-up', and every row is marked as demo
data. One interview is six days past, with impressions, a thank-you and a place in the rank list. One is in
nine days, in the evening of the person's own clock, confirmed once, with a programme sheet that is begun. One
is in five weeks, and only its day is known.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.engine import Database
from service.db.models import new_identifier
from service.db.preparation_models import Impression, Message, ScheduledInterview
from service.prepare import schemas
from service.prepare.confirmations import new_confirmation
from service.prepare.impressions import scales_of
from service.prepare.questions_to_ask import bank_to_ask
from service.prepare.scheduled_interviews import ScheduledInterviews, ends_at
from service.problems import WrongState

MARK = "Made-up"
OWN_ZONE = "Asia/Kolkata"
INVITED_BEFORE = timedelta(days=50)
"""So early that every plan is whole."""

_PAST, _SOON, _LATER = timedelta(days=-6), timedelta(days=9), timedelta(days=35)


def add_demo_season(database: Database, person: str, now: datetime, *, own_zone: str = OWN_ZONE) -> list[str]:
    """Adds the three interviews and returns their ids, earliest first.

    Args:
        now: with a time zone; the interviews lie around it.
        own_zone: IANA name of the zone in which the person is.

    Raises:
        WrongState: there are demo interviews already.
    """
    with database.writing(person) as session:
        if _demo_interviews(session, person):
            raise WrongState("There are made-up interviews here already. Remove them first, with --remove.")
        today = now.astimezone(ZoneInfo(own_zone))
        past = _add(session, person, today, own_zone, _PAST, _past())
        _fill_past(session, person, past)
        soon = _add(session, person, today, own_zone, _SOON, _soon())
        soon.specifics = _specifics(("curriculum", "A clinic of one's own from the first year"),
                                    ("support", "A mentor for graduates from abroad"))  # fmt: skip
        soon.questions_to_ask = _questions(4)
        soon.confirmations = [_confirmation(soon, "own_check", now - timedelta(days=8))]
        later = _add(session, person, today, own_zone, _LATER, _later())
        session.flush()
        return [past.id, soon.id, later.id]


def remove_demo_season(database: Database, person: str) -> int:
    """Deletes the demo interviews with all that belongs to them, and returns their number."""
    with database.writing(person) as session:
        rows = _demo_interviews(session, person)
        for row in rows:
            ScheduledInterviews(session, person).delete(row.id)
        if rows:
            database.delete_backups()
    database.wipe_log()
    return len(rows)


def _demo_interviews(session: Session, person: str) -> Sequence[ScheduledInterview]:
    return session.scalars(
        select(ScheduledInterview).where(ScheduledInterview.person_id == person, ScheduledInterview.demo)
    ).all()


def _past() -> dict[str, Any]:
    return {
        "programme": f"{MARK} Valley Hospital, Family Medicine",
        "specialty": "Family medicine",
        "time": time(8, 30),
        "minutes": 240,
        "time_zone": "America/Chicago",
        "platform": "Zoom",
        "link": "https://meet.example/made-up-valley",
        "interviewers": _interviewers("Programme director", "Chief resident"),
        "coordinator": _coordinator("valley"),
    }


def _soon() -> dict[str, Any]:
    return {
        "programme": f"{MARK} Lakeside Hospital, Internal Medicine",
        "specialty": "Internal medicine",
        "time": time(10, 30),
        "minutes": 180,
        "time_zone": "America/New_York",
        "platform": "Thalamus",
        "link": "https://meet.example/made-up-lakeside",
        "interviewers": _interviewers("Programme director", "Faculty"),
        "coordinator": _coordinator("lakeside"),
    }


def _later() -> dict[str, Any]:
    return {
        "programme": f"{MARK} Desert Hospital, Internal Medicine",
        "specialty": "Internal medicine",
        "time_zone": "America/Phoenix",
        "format": "in_person",
        "place": "Main entrance, ground floor",
    }


def _add(
    session: Session,
    person: str,
    today: datetime,
    own_zone: str,
    offset: timedelta,
    fields: Mapping[str, Any],
) -> ScheduledInterview:
    new = schemas.NewScheduledInterview.model_validate(
        {
            "applying_to": "residency",
            "date": (today + offset).date(),
            "own_time_zone": own_zone,
            "notes": "Made up for demonstrations. It is nobody's interview.",
            **fields,
        }
    )
    row = ScheduledInterviews(session, person).create(new)
    row.demo, row.created_at = True, today - INVITED_BEFORE
    return row


def _fill_past(session: Session, person: str, row: ScheduledInterview) -> None:
    over = ends_at(row)
    row.specifics = _specifics(
        ("curriculum", "Two months in a village clinic"),
        ("research", "A quality project for every resident"),
        ("place", "A town with mountains near it"),
    )
    row.questions_to_ask = _questions(10)
    row.confirmations = [
        _confirmation(row, "own_check", over - timedelta(days=20)),
        _confirmation(row, "coordinator_email", over - timedelta(days=2)),
    ]
    row.rank = 1
    values = (5, 4, 3, 4, 5)
    scales = dict(zip((scale.id for scale in scales_of(session, person)), values, strict=False))
    text = "Residents know each other well. Much teaching at the bedside. The call schedule is hard."
    session.add(Impression(scheduled_interview_id=row.id, text=text, scales=scales))
    asked = row.interviewers[0]
    session.add(
        Message(
            scheduled_interview_id=row.id,
            kind="thank_you",
            recipient=asked["id"],
            recipient_name=asked["name"],
            specifics=["the village clinic"],
            text="Thank you for the talk about the village clinic. I learned how your residents work there.",
            sent_at=over + timedelta(hours=20),
        )
    )


def _interviewers(*roles: str) -> list[dict[str, str]]:
    return [{"name": f"{MARK} interviewer {number}", "role": role} for number, role in enumerate(roles, 1)]


def _coordinator(place: str) -> dict[str, str]:
    return {"name": f"{MARK} coordinator", "email": f"coordinator@{place}.example", "phone": "+1 555 0100"}


def _specifics(*told: tuple[str, str]) -> list[dict[str, str]]:
    return [{"id": new_identifier(), "kind": kind, "text": text} for kind, text in told]


def _questions(count: int) -> list[str]:
    return [question.id for question in bank_to_ask().questions][:count]


def _confirmation(row: ScheduledInterview, way: str, at: datetime) -> dict[str, Any]:
    return new_confirmation(row, way, at.astimezone(UTC).date().isoformat())
