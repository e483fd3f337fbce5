"""Answers: make one, list them, change, try again, delete."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service import schemas
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.practice.choice import choose, choose_format
from service.problems import InvalidRequest, NotFound, WrongState

router = APIRouter(prefix="/api/answers", tags=["Answers"])

LARGEST_PAGE = 200


@router.post("", status_code=201, summary="Begin an answer", responses=problem_responses(InvalidRequest))
def create_answer(
    new: schemas.NewAnswer, response: Response, service: ServiceDependency, person: PersonDependency
) -> schemas.Answer:
    """Makes an answer that waits for its chunks. Send them, then finish it.

    With `question_id` the question's text is filled in; the aim is the format's or the question's.
    """
    chosen = choose_format(new, service.settings.data_folder)
    with service.database.writing() as session:
        row = Answers(session, person).create(new, choose(session, person, new, chosen))
    response.headers["location"] = f"/api/answers/{row.id}"
    return describe(row)


@router.get("", summary="List answers", responses=problem_responses(InvalidRequest))
def list_answers(
    service: ServiceDependency,
    person: PersonDependency,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
    session: Annotated[str | None, Query(description="Only the answers of this session.")] = None,
    tag: Annotated[str | None, Query(description="Only answers with this tag, in any case.")] = None,
    unfinished: Annotated[
        bool, Query(description="Only recordings made here that were never finished.")
    ] = False,
) -> schemas.AnswerPage:
    """Newest first. Follow `next` for older ones."""
    with service.database.reading() as database_session:
        page = Answers(database_session, person).page(
            limit=limit, cursor=cursor, session=session, tag=tag, unfinished=unfinished
        )
        return schemas.AnswerPage(
            items=[describe(row) for row in page.answers], next=page.cursor, total=page.total
        )


@router.get("/{answer}", summary="One answer", responses=problem_responses(NotFound))
def get_answer(answer: str, service: ServiceDependency, person: PersonDependency) -> schemas.Answer:
    """What is known of it, and how far the work is."""
    with service.database.reading() as session:
        return describe(Answers(session, person).get(answer))


@router.patch("/{answer}", summary="Change an answer", responses=problem_responses(NotFound, InvalidRequest))
def change_answer(
    answer: str, changes: schemas.AnswerChanges, service: ServiceDependency, person: PersonDependency
) -> schemas.Answer:
    """Changes what is given. Another span is measured anew; the report before stays until then."""
    with service.database.writing() as session:
        row = Answers(session, person).change(answer, changes)
    return describe(row)


@router.delete(
    "/{answer}", status_code=204, summary="Delete an answer", responses=problem_responses(NotFound)
)
def delete_answer(answer: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes the recording and all that was made of it. This also cancels work on it."""
    service.delete_answer(person, answer)


@router.post(
    "/{answer}/retry",
    status_code=202,
    summary="Try the work again",
    responses=problem_responses(NotFound, WrongState),
)
def retry_answer(answer: str, service: ServiceDependency, person: PersonDependency) -> schemas.Answer:
    """Queues an answer whose work failed. What earlier stages made is used again."""
    with service.database.writing() as session:
        row = Answers(session, person).retry(answer)
    if row is None:
        raise WrongState("Only an answer whose analysis stopped can be tried again.")
    return describe(row)
