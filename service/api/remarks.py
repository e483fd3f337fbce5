"""Remarks on an answer: list, add and remove."""

from fastapi import APIRouter

from service.answers.remarks import NewRemark, RemarkList, RemarkOut, add_remark, remarks_of, remove_remark
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import Busy, InvalidRequest, NotFound, WrongState

router = APIRouter(prefix="/api/answers/{answer}/remarks", tags=["Answers"])


@router.get("", summary="List remarks", responses=problem_responses(NotFound))
def list_remarks(answer: str, service: ServiceDependency, person: PersonDependency) -> RemarkList:
    """What a person who listened noted down, in order of time, and how a report shows it."""
    with service.database.reading() as session:
        return remarks_of(session, person, answer)


@router.post(
    "",
    status_code=201,
    summary="Add a remark",
    responses=problem_responses(NotFound, InvalidRequest, WrongState, Busy),
)
def create_remark(
    answer: str, new: NewRemark, service: ServiceDependency, person: PersonDependency
) -> RemarkOut:
    """Without `at` it is kept at the present time of the recording, in an interview that is going on."""
    with service.database.writing(person) as session:
        return add_remark(session, person, answer, new)


@router.delete(
    "/{remark}", status_code=204, summary="Remove a remark", responses=problem_responses(NotFound, Busy)
)
def delete_remark(answer: str, remark: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Removes one remark."""
    with service.database.writing(person) as session:
        remove_remark(session, person, answer, remark)
