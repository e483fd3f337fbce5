"""A person's preferences, which apply to all of their answers."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.models import Person
from service.problems import NotFound
from service.schemas import ApplyingTo, Identifier, Specialty, plain_text


class Contact(BaseModel):
    """Whom the person would write to or call when the connection drops, often a coordinator."""

    name: Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(plain_text)] = None
    phone: Annotated[Annotated[str, Field(max_length=40)] | None, BeforeValidator(plain_text)] = None
    # The longest address that mail can be sent to has 254 characters (RFC 5321).
    email: Annotated[Annotated[str, Field(max_length=254)] | None, BeforeValidator(plain_text)] = None


MOST_IMPRESSION_SCALES = 5
"""More would be a form to fill in, and not an impression."""


class ImpressionScale(BaseModel):
    """A scale from 1 to 5 for the impression of a programme.

    Values are stored by `id`, so that a scale keeps them when its name changes.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_-]{1,24}$")]
    name: Annotated[str, Field(min_length=1, max_length=40), BeforeValidator(plain_text)]


def _check_scales(scales: list[ImpressionScale]) -> list[ImpressionScale]:
    ids = {scale.id for scale in scales}
    names = {scale.name.casefold() for scale in scales}
    if len(ids) < len(scales) or len(names) < len(scales):
        raise ValueError("two scales have the same id or the same name")
    return scales


ImpressionScales = Annotated[
    list[ImpressionScale], Field(max_length=MOST_IMPRESSION_SCALES), AfterValidator(_check_scales)
]


def _unless_empty(contact: Contact | None) -> Contact | None:
    return None if contact == Contact() else contact


class Preferences(BaseModel):
    """Settings for all of a person's answers."""

    speaks_differently: bool = Field(
        default=False, description="Verdicts on fluency are left out; the facts stay."
    )
    applying_to: ApplyingTo | None = Field(
        default=None, description="Leaves questions for other applicants out; null for all questions."
    )
    specialty: Specialty | None = Field(
        default=None, description="The one applied to; null leaves the questions of every specialty out."
    )
    first_language: Identifier = Field(
        default=None, description="Stored with each new answer, so that progress can be filtered by it."
    )
    contact: Annotated[Contact | None, AfterValidator(_unless_empty)] = Field(
        default=None, description="Shown when a drop of the connection is practised; null without any."
    )
    impression_scales: ImpressionScales | None = Field(
        default=None,
        description="Scales for impressions of programmes, in order; null for the suggested ones.",
    )


def preferences_of(session: Session, person: str) -> Preferences:
    """The person's current preferences, with defaults for those that were never set.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
    """
    return read_preferences(session.scalar(select(Person.preferences).where(Person.id == person)))


def read_preferences(stored: Mapping[str, object] | None) -> Preferences:
    """Preferences as `Person.preferences` holds them; what is missing there has its default."""
    return Preferences.model_validate(stored or {})


def wants_verdicts(session: Session, person: str) -> bool:
    """Whether a person wants verdicts on fluency.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
    """
    return not preferences_of(session, person).speaks_differently


def change_preferences(session: Session, person: str, changes: Preferences) -> Preferences:
    """Sets the fields that are set in `changes` and leaves the others as they are.

    Args:
        session: from `Database.writing`.
        person: id of the person.
        changes: the request as it was sent.

    Returns:
        All preferences after the change.

    Raises:
        NotFound: no such person.
    """
    # The row is locked because on PostgreSQL a concurrent change could undo this one.
    row = session.scalar(select(Person).where(Person.id == person).with_for_update())
    if row is None:
        raise NotFound("There is no such person.")
    given = changes.model_dump(include=changes.model_fields_set)
    row.preferences = {**(row.preferences or {}), **given}
    return Preferences.model_validate(row.preferences)
