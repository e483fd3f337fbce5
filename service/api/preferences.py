"""What a person has set for all of their answers."""

from fastapi import APIRouter

from service.answers.preferences import change_preferences, preferences_of
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest
from service.schemas import Preferences

router = APIRouter(prefix="/api/preferences", tags=["Preferences"])


@router.get("", summary="Preferences")
def get_preferences(service: ServiceDependency, person: PersonDependency) -> Preferences:
    """As they are now; what was never set has its default."""
    with service.database.reading() as session:
        return preferences_of(session, person)


@router.patch("", summary="Change preferences", responses=problem_responses(InvalidRequest))
def patch_preferences(
    changes: Preferences, service: ServiceDependency, person: PersonDependency
) -> Preferences:
    """Changes what is given. Answers that are there already keep the first language that they have."""
    with service.database.writing() as session:
        return change_preferences(session, person, changes)
