"""What a person thought of a programme: words, and values on a few scales that they named themselves."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.answers.preferences import ImpressionScale, preferences_of
from service.db.preparation_models import Impression, ScheduledInterview
from service.prepare.scheduled_interviews import ScheduledInterviews
from service.problems import InvalidRequest
from service.schemas import NOTES_LENGTH, plain_text

SUGGESTED_SCALES = (
    ImpressionScale(id="people", name="The people"),
    ImpressionScale(id="teaching", name="Teaching and feedback"),
    ImpressionScale(id="support", name="Support for people like me"),
    ImpressionScale(id="hours", name="Hours and rest"),
    ImpressionScale(id="place", name="The place to live"),
)
"""Used until the person names their own."""

LOWEST, HIGHEST = 1, 5

Value = Annotated[int, Field(ge=LOWEST, le=HIGHEST, strict=True)]


class NewImpression(BaseModel):
    """An impression as a whole."""

    text: Annotated[Annotated[str, Field(max_length=NOTES_LENGTH)] | None, BeforeValidator(plain_text)] = None
    scales: dict[str, Value] = Field(
        default_factory=dict, description="Values from 1 to 5 by the id of the scale; without one: no value."
    )


class ScaleOut(BaseModel):
    """A scale, and the value on it."""

    id: str
    name: str
    value: int | None = Field(description="1 to 5; null where there is none.")


class ImpressionOut(BaseModel):
    """What a person thought of a programme."""

    text: str | None
    scales: list[ScaleOut] = Field(description="The person's scales in their order.")
    updated_at: datetime | None = Field(description="Null where nothing is written.")


class ScaleUnknown(InvalidRequest):
    """A value is for a scale that the person does not have."""

    code, title = "scale_unknown", "There is no such scale"


def scales_of(session: Session, person: str) -> Sequence[ImpressionScale]:
    """The person's scales in their order; the suggested ones until they chose."""
    chosen = preferences_of(session, person).impression_scales
    return SUGGESTED_SCALES if chosen is None else chosen


def impression_of(session: Session, person: str, interview: str) -> ImpressionOut:
    """The impression of one interview; empty where nothing was written.

    Raises:
        NotFound: the person has no such interview.
    """
    ScheduledInterviews(session, person).get(interview)
    return impression_out(session.get(Impression, interview), scales_of(session, person))


def impressions_of(session: Session, person: str) -> Mapping[str, Impression]:
    """All impressions of a person, by the id of the interview."""
    rows = session.scalars(
        select(Impression)
        .join(ScheduledInterview, Impression.scheduled_interview_id == ScheduledInterview.id)
        .where(ScheduledInterview.person_id == person)
    )
    return {row.scheduled_interview_id: row for row in rows}


def impression_out(row: Impression | None, scales: Sequence[ImpressionScale]) -> ImpressionOut:
    """An impression with the person's scales."""
    values = {} if row is None else row.scales
    return ImpressionOut(
        text=None if row is None else row.text,
        scales=[ScaleOut(id=scale.id, name=scale.name, value=values.get(scale.id)) for scale in scales],
        updated_at=None if row is None else row.updated_at,
    )


def write_impression(session: Session, person: str, interview: str, new: NewImpression) -> ImpressionOut:
    """Replaces an impression. Values on scales that the person no longer has are kept, should one come back.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: the person has no such interview.
        ScaleUnknown: a value is for a scale that the person does not have. Nothing is stored then.
    """
    ScheduledInterviews(session, person).get(interview)
    scales = scales_of(session, person)
    present = {scale.id for scale in scales}
    if not present.issuperset(new.scales):
        raise ScaleUnknown("This scale is not there any more. Load the page again.")
    row = session.get(Impression, interview)
    kept = {} if row is None else {name: value for name, value in row.scales.items() if name not in present}
    values = {**kept, **new.scales}
    if new.text is None and not values:
        if row is not None:
            session.delete(row)
        return impression_out(None, scales)
    if row is None:
        row = Impression(scheduled_interview_id=interview)
        session.add(row)
    row.text, row.scales = new.text, values
    session.flush()
    return impression_out(row, scales)
