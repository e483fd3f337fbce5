"""Mock interviews: plan one, follow it, take it up again."""

from dataclasses import asdict
from random import SystemRandom
from typing import Annotated

from fastapi import APIRouter, Query

from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.interviews import schemas
from service.interviews.follow_ups import FollowUps
from service.interviews.interviews import Interviews
from service.interviews.plan import FOLLOW_UP_AIM, follow_up_maximum
from service.practice.formats import find_format
from service.problems import Busy, InvalidRequest, NotFound, NotReady

LARGEST_PAGE = 200

router = APIRouter(prefix="/api/interviews", tags=["Interviews"])


@router.post(
    "", status_code=201, summary="Plan an interview", responses=problem_responses(InvalidRequest, Busy)
)
def create_interview(
    new: schemas.NewInterview, service: ServiceDependency, person: PersonDependency
) -> schemas.Interview:
    """Draws the questions and plans every step. No question comes twice in two weeks while there are others.

    Answers join it with `interview` in `POST /api/answers`.
    """
    given = find_format(new.format_id or "", service.settings.data_folder)
    if given is None:
        raise InvalidRequest("There is no such format. Nothing was stored. Choose one from the list.")
    with service.database.writing(person) as session:
        interviews = Interviews(session, person)
        return interviews.describe(interviews.create(new, given, SystemRandom()))


@router.get("", summary="List interviews")
def list_interviews(
    service: ServiceDependency,
    person: PersonDependency,
    limit: Annotated[int | None, Query(ge=1, le=LARGEST_PAGE, description="Null for all.")] = None,
) -> schemas.InterviewList:
    """The interviews with an answer, newest first."""
    with service.database.reading() as session:
        interviews = Interviews(session, person)
        return schemas.InterviewList(items=[interviews.describe(row) for row in interviews.list_all(limit)])


@router.get("/{interview}", summary="One interview", responses=problem_responses(NotFound))
def get_interview(interview: str, service: ServiceDependency, person: PersonDependency) -> schemas.Interview:
    """The plan of an interview, how far it has come, and its answers."""
    with service.database.reading() as session:
        interviews = Interviews(session, person)
        return interviews.describe(interviews.get(interview))


@router.patch(
    "/{interview}",
    summary="Change an interview",
    responses=problem_responses(NotFound, InvalidRequest, Busy),
)
def change_interview(
    interview: str,
    changes: schemas.InterviewChanges,
    service: ServiceDependency,
    person: PersonDependency,
) -> schemas.Interview:
    """Says how far it has come, what happens at this moment, or that it has ended."""
    with service.database.writing(person) as session:
        interviews = Interviews(session, person)
        return interviews.describe(interviews.change(interview, changes))


@router.post(
    "/{interview}/follow-up",
    summary="Choose a follow-up",
    responses=problem_responses(NotFound, NotReady),
)
def choose_follow_up(
    interview: str,
    request: schemas.FollowUpRequest,
    service: ServiceDependency,
    person: PersonDependency,
) -> schemas.FollowUpChoice:
    """What an interviewer would ask after an answer, by rules on its transcript.

    The transcript is there a moment after the recording has ended; until then it is `not_ready`.
    """
    with service.database.reading() as session:
        chosen = FollowUps(session, person).after(interview, request.answer)
        row = Interviews(session, person).get(interview)
    if chosen is None:
        return schemas.FollowUpChoice(follow_up=None)
    maximum = follow_up_maximum(schemas.Choices.model_validate(row.choices))
    return schemas.FollowUpChoice(
        follow_up=schemas.ChosenFollowUp(**asdict(chosen), aim=FOLLOW_UP_AIM, answer=maximum)
    )


@router.delete(
    "/{interview}",
    status_code=204,
    summary="Delete an interview's plan",
    responses=problem_responses(NotFound),
)
def delete_interview(interview: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes the plan. Its answers stay in their session; delete the session to delete them too."""
    with service.database.writing(person) as session:
        Interviews(session, person).delete(interview)
        service.database.delete_backups()
    service.database.wipe_log()
