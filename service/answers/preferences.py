"""What a person has set for all of their answers. What was never set has its default."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.models import Person
from service.problems import NotFound
from service.schemas import Preferences


def preferences_of(session: Session, person: str) -> Preferences:
    """As they are now.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: whose.
    """
    kept = session.scalar(select(Person.preferences).where(Person.id == person))
    return Preferences.model_validate(kept or {})


def change_preferences(session: Session, person: str, changes: Preferences) -> Preferences:
    """Sets what `changes` was given and leaves the rest as it was.

    Args:
        session: from `Database.writing`.
        person: whose.
        changes: as it was sent.

    Returns:
        All of them, as they are then.

    Raises:
        NotFound: no such person.
    """
    # Locked: on PostgreSQL a second change at the same moment would undo this one.
    row = session.scalar(select(Person).where(Person.id == person).with_for_update())
    if row is None:
        raise NotFound("There is no such person.")
    given = changes.model_dump(include=changes.model_fields_set)
    row.preferences = {**(row.preferences or {}), **given}
    return Preferences.model_validate(row.preferences)
