"""What a person who takes the part of the interviewer can ask for."""

from fastapi import APIRouter

from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.interviews import schemas
from service.interviews.commands import InterviewEnded, NewCommand, command
from service.interviews.interviews import Interviews
from service.practice.follow_ups import REASON_NAMES, follow_ups
from service.problems import Busy, InvalidRequest, NotFound, WrongState

router = APIRouter(prefix="/api", tags=["Interviews"])


@router.post(
    "/interviews/{interview}/commands",
    status_code=201,
    summary="Say what is wanted next",
    responses=problem_responses(NotFound, InvalidRequest, InterviewEnded, WrongState, Busy),
)
def create_command(
    interview: str, new: NewCommand, service: ServiceDependency, person: PersonDependency
) -> schemas.Interview:
    """The page of the applicant learns of it over `/api/events`. The last command counts."""
    with service.database.writing(person) as session:
        row = command(session, person, interview, new)
        return Interviews(session, person).describe(row)


@router.get("/follow-ups", summary="List follow-ups")
def list_follow_ups() -> schemas.FollowUpList:
    """What can be asked back after an answer, by the reason for which it is asked."""
    return schemas.FollowUpList(
        groups=[
            schemas.FollowUpGroup(
                reason=reason,
                name=name,
                items=[
                    schemas.FollowUp(id=each.id, reason=reason, text=each.text)
                    for each in follow_ups()
                    if each.reason == reason
                ],
            )
            for reason, name in REASON_NAMES.items()
        ]
    )
