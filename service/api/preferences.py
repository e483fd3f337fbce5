"""A person's preferences, which apply to all of their answers."""

from fastapi import APIRouter

from service.answers.preferences import Preferences, change_preferences, preferences_of
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest

router = APIRouter(prefix="/api/preferences", tags=["Preferences"])


@router.get("", summary="Preferences")
def get_preferences(service: ServiceDependency, person: PersonDependency) -> Preferences:
    """The current preferences, with defaults for those that were never set."""
    with service.database.reading() as session:
        return preferences_of(session, person)


@router.patch("", summary="Change preferences", responses=problem_responses(InvalidRequest))
def patch_preferences(
    changes: Preferences, service: ServiceDependency, person: PersonDependency
) -> Preferences:
    """Changes the given fields. Existing answers keep their first language."""
    with service.database.writing(person) as session:
        return change_preferences(session, person, changes)
