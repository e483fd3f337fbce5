"""Submissions: what a person gives to advisers to review, and takes back."""

from fastapi import APIRouter

from service.advising import schemas
from service.advising.members import advisers_of
from service.advising.problems import AlreadySubmitted, NotForAssignment, NotYourAdviser
from service.advising.submissions import revoke, submissions_of, submit
from service.api.problems import problem_responses
from service.dependencies import NowDependency, ServiceDependency, SubmitterDependency
from service.problems import Busy, InvalidRequest, NotForThisRole, NotFound, WrongState

router = APIRouter(prefix="/api", tags=["Advising"])


@router.get("/advisers", summary="Advisers who can be named", responses=problem_responses(NotForThisRole))
def list_advisers(service: ServiceDependency, person: SubmitterDependency) -> list[schemas.Adviser]:
    """The advisers of the person's own cohorts, by name."""
    with service.database.reading() as session:
        return [
            schemas.Adviser(person=each.person_id, name=each.name) for each in advisers_of(session, person)
        ]


@router.post(
    "/answers/{answer}/submissions",
    status_code=201,
    summary="Submit an answer",
    responses=problem_responses(
        NotForThisRole,
        NotFound,
        WrongState,
        AlreadySubmitted,
        NotYourAdviser,
        NotForAssignment,
        InvalidRequest,
        Busy,
    ),
)
def create_submission(
    answer: str,
    new: schemas.NewSubmission,
    service: ServiceDependency,
    person: SubmitterDependency,
    now: NowDependency,
) -> schemas.SubmissionOut:
    """The named advisers see the answer from now on, until it is taken back or the last day is over."""
    with service.database.writing() as session:
        return submit(session, person, answer, new, now)


@router.get(
    "/answers/{answer}/submissions",
    summary="Submissions of an answer",
    responses=problem_responses(NotForThisRole, NotFound),
)
def list_submissions_of_answer(
    answer: str, service: ServiceDependency, person: SubmitterDependency, now: NowDependency
) -> list[schemas.SubmissionOut]:
    """Who has seen this answer or can see it, the latest submission first."""
    with service.database.reading() as session:
        return submissions_of(session, person, now, answer=answer)


@router.get("/submissions", summary="All submissions", responses=problem_responses(NotForThisRole))
def list_submissions(
    service: ServiceDependency, person: SubmitterDependency, now: NowDependency
) -> list[schemas.SubmissionOut]:
    """All that the person has submitted, the latest first."""
    with service.database.reading() as session:
        return submissions_of(session, person, now)


@router.delete(
    "/submissions/{submission}",
    status_code=204,
    summary="Take a submission back",
    responses=problem_responses(NotForThisRole, NotFound, Busy),
)
def revoke_submission(
    submission: str, service: ServiceDependency, person: SubmitterDependency, now: NowDependency
) -> None:
    """Its advisers see nothing of it any more, within a second. Comments that were given stay."""
    with service.database.writing() as session:
        revoke(session, person, submission, now)
