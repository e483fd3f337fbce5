"""Sessions: answers that belong together."""

from fastapi import APIRouter

from service import schemas
from service.answers.repository import Answers
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import NotFound, problem_responses

router = APIRouter(prefix="/api/sessions", tags=["Sessions"])


@router.get("", summary="List sessions")
def list_sessions(service: ServiceDependency, person: PersonDependency) -> schemas.SessionList:
    """All sessions with the number of their answers, newest first."""
    with service.database.reading() as session:
        found = Answers(session, person).sessions()
    return schemas.SessionList(
        items=[
            schemas.Session(id=row.id, name=row.name, answers=count, created_at=row.created_at)
            for row, count in found
        ]
    )


@router.delete(
    "/{session}", status_code=204, summary="Delete a session", responses=problem_responses(NotFound)
)
def delete_session(session: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes a session and all of its answers."""
    with service.database.writing() as database_session:
        rows = Answers(database_session, person).delete_session(session)
    service.remove_files(rows)
