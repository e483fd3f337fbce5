"""What a person prepared for their interviews, as it stands in the export of their account data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from service.db.models import Base
from service.db.preparation_models import (
    CompletedPlanStep,
    Impression,
    Message,
    OwnQuestionToAsk,
    ScheduledInterview,
    SetupCheck,
    SetupStill,
)

_OF_AN_INTERVIEW: dict[str, type[CompletedPlanStep | Impression | Message]] = {
    "plan": CompletedPlanStep,
    "impressions": Impression,
    "messages": Message,
}
_OF_A_PERSON: dict[str, type[ScheduledInterview | OwnQuestionToAsk | SetupCheck]] = {
    "scheduled_interviews": ScheduledInterview,
    "own_questions_to_ask": OwnQuestionToAsk,
    "setup_checks": SetupCheck,
}
_LEFT_OUT = {"person_id", "content"}


@dataclass(frozen=True)
class PreparationExport:
    """Everything in the tables of `service.db.preparation_models` that belongs to a person.

    Attributes:
        tables: rows by table, as JSON.
        stills: names and ids of the still pictures, oldest first.
    """

    tables: dict[str, list[dict[str, object]]]
    stills: Sequence[tuple[str, str]]


def collect_preparation(session: Session, person: str) -> PreparationExport:
    """Reads all rows but the content of the still pictures.

    Args:
        session: from `Database.reading`.
        person: id of the person.
    """
    tables: dict[str, list[dict[str, object]]] = {}
    for name, model in _OF_A_PERSON.items():
        rows = session.scalars(select(model).where(model.person_id == person)).all()
        tables[name] = [_as_json(row) for row in rows]
    for name, belonging in _OF_AN_INTERVIEW.items():
        query = select(belonging).join(
            ScheduledInterview, belonging.scheduled_interview_id == ScheduledInterview.id
        )
        rows = session.scalars(query.where(ScheduledInterview.person_id == person)).all()
        tables[name] = [_as_json(row) for row in rows]
    stills = session.execute(
        select(SetupStill.id, SetupStill.taken_at, SetupStill.media_type, SetupStill.note)
        .where(SetupStill.person_id == person)
        .order_by(SetupStill.taken_at)
    ).all()
    named = [(_still_name(still.id, still.taken_at, still.media_type), still.id) for still in stills]
    tables["setup_stills"] = [
        {"file": name, "taken_at": still.taken_at.isoformat(), "note": still.note}
        for (name, _), still in zip(named, stills, strict=True)
    ]
    return PreparationExport(tables, named)


def still_content(session: Session, still: str) -> bytes | None:
    """The bytes of a still picture; None if it was deleted meanwhile."""
    return session.scalar(select(SetupStill.content).where(SetupStill.id == still))


def _still_name(still: str, taken_at: datetime, media_type: str) -> str:
    suffix = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}.get(media_type, "bin")
    return f"set-up/{taken_at:%Y-%m-%d}_{still[:8]}.{suffix}"


def _as_json(row: Base) -> dict[str, object]:
    columns = inspect(type(row)).columns.keys()
    return {name: _plain(getattr(row, name)) for name in columns if name not in _LEFT_OUT}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime, time)) else value
