"""Answers: create, list, change, retry and delete."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel, Field

from service import schemas
from service.advising.assignment_rules import begin_for_assignment, check_attempt
from service.advising.problems import NoAttemptsLeft
from service.answers.listing import list_page
from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.practice.bullets import BulletIsSentence, BulletTooLong, check_bullets
from service.practice.choice import choose, choose_format
from service.prepare.specifics import begin_for, practise_for
from service.problems import Busy, InvalidRequest, NotFound, WrongState

router = APIRouter(prefix="/api/answers", tags=["Answers"])

LARGEST_PAGE = 200


class AnswerPage(BaseModel):
    """Answers, newest first."""

    items: list[schemas.Answer]
    next: str | None = Field(description="Cursor of the next page; null on the last.")
    total: int


@router.post(
    "",
    status_code=201,
    summary="Begin an answer",
    responses=problem_responses(
        InvalidRequest, NotFound, NoAttemptsLeft, BulletTooLong, BulletIsSentence, Busy
    ),
)
def create_answer(
    new: schemas.NewAnswer,
    response: Response,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> schemas.Answer:
    """Creates an answer that waits for its chunks. Send them, then finish it.

    `question_id` fills in the question's text. The aim is that of the format or of the question.
    """
    check_bullets(new.bullets or [])
    chosen = choose_format(new, service.settings.data_folder)
    with service.database.writing(person) as session:
        assignment = check_attempt(session, person, new)
        row = Answers(session, person).create(new, choose(session, person, new, chosen))
        begin_for(session, person, row, new, now)
        begin_for_assignment(row, new, assignment)
        verdicts = wants_verdicts(session, person)
    response.headers["location"] = f"/api/answers/{row.id}"
    return describe(row, verdicts=verdicts)


@router.get(
    "", summary="List answers", response_model=AnswerPage, responses=problem_responses(InvalidRequest)
)
def list_answers(
    service: ServiceDependency,
    person: PersonDependency,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    session: Annotated[str | None, Query(description="Only the answers of this session.")] = None,
    tag: Annotated[str | None, Query(description="Only answers with this tag, ignoring case.")] = None,
    unfinished: Annotated[
        bool, Query(description="Only recordings made in the browser that were never finished.")
    ] = False,
    if_none_match: Annotated[str | None, Header(description="`ETag` of a page that is here already.")] = None,
) -> Response:
    """Lists answers, newest first. Follow `next` for older ones. A page that has not changed is a 304."""
    with service.database.reading() as database_session:
        answers = Answers(database_session, person).listed(session=session, tag=tag, unfinished=unfinished)
    page = list_page(service.database, person, answers, limit=limit, cursor=cursor, known=if_none_match)
    headers = {"etag": page.etag}
    if page.body is None:
        return Response(status_code=304, headers=headers)
    return Response(page.body, media_type="application/json", headers=headers)


@router.get("/{answer}", summary="One answer", responses=problem_responses(NotFound))
def get_answer(answer: str, service: ServiceDependency, person: PersonDependency) -> schemas.Answer:
    """One answer, with the state of its analysis."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
        return describe(row, verdicts=wants_verdicts(session, person))


@router.patch("/{answer}", summary="Change an answer", responses=problem_responses(NotFound, InvalidRequest))
def change_answer(
    answer: str, changes: schemas.AnswerChanges, service: ServiceDependency, person: PersonDependency
) -> schemas.Answer:
    """Changes the given fields. A new span is measured again; the old report stays until then."""
    with service.database.writing(person) as session:
        row = Answers(session, person).change(answer, changes)
        if "scheduled_interview" in changes.model_fields_set:
            practise_for(session, person, row, changes.scheduled_interview)
        verdicts = wants_verdicts(session, person)
    return describe(row, verdicts=verdicts)


@router.delete(
    "/{answer}", status_code=204, summary="Delete an answer", responses=problem_responses(NotFound)
)
def delete_answer(answer: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes the recording with its transcript and report, and cancels its analysis."""
    service.delete_answer(person, answer)


@router.post(
    "/{answer}/retry",
    status_code=202,
    summary="Retry the analysis",
    responses=problem_responses(NotFound, WrongState),
)
def retry_answer(answer: str, service: ServiceDependency, person: PersonDependency) -> schemas.Answer:
    """Queues an answer whose analysis failed. Results of completed stages are reused."""
    with service.database.writing(person) as session:
        row = Answers(session, person).retry(answer)
        verdicts = wants_verdicts(session, person)
    if row is None:
        raise WrongState("Only an answer whose analysis stopped can be tried again.")
    return describe(row, verdicts=verdicts)
