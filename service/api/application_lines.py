"""The lines of a person's application, each a question to practise."""

from fastapi import APIRouter

from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.prepare.application_lines import (
    AddedLines,
    ApplicationLine,
    ApplicationLineList,
    ApplicationLines,
    LineChanges,
    NewLines,
)
from service.problems import InvalidRequest, NotFound

router = APIRouter(prefix="/api/application-lines", tags=["Preparing"])


@router.get("", summary="List the lines of the application")
def list_application_lines(service: ServiceDependency, person: PersonDependency) -> ApplicationLineList:
    """Lists all lines with the number of takes. Each is also an own question of `/api/questions`."""
    with service.database.reading() as session:
        return ApplicationLines(session, person).list_all()


@router.post(
    "", status_code=201, summary="Add lines of the application", responses=problem_responses(InvalidRequest)
)
def create_application_lines(
    new: NewLines, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> AddedLines:
    """Adds the lines of a text. A line that ends with a colon begins a section; known lines are left out."""
    with service.database.writing(person) as session:
        return ApplicationLines(session, person).add(new, now)


@router.patch(
    "/{line}",
    summary="Change a line of the application",
    responses=problem_responses(NotFound, InvalidRequest),
)
def change_application_line(
    line: str, changes: LineChanges, service: ServiceDependency, person: PersonDependency
) -> ApplicationLine:
    """Changes the given fields, and the question with them."""
    with service.database.writing(person) as session:
        return ApplicationLines(session, person).change(line, changes)


@router.delete(
    "/{line}",
    status_code=204,
    summary="Delete a line of the application",
    responses=problem_responses(NotFound),
)
def delete_application_line(line: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes a line with its question. Answers to it stay and keep its text."""
    with service.database.writing(person) as session:
        answers = Answers(session, person)
        for answer in ApplicationLines(session, person).delete(line):
            answers.touch(answer)
        service.database.delete_backups()
    service.database.wipe_log()
