"""Rubrics: the template that comes with Greenroom, and an adviser's own."""

from fastapi import APIRouter

from service.advising import rubric_schemas
from service.advising.problems import NotJudgedHere, TooMany
from service.advising.rubrics import Rubrics
from service.api.problems import problem_responses
from service.dependencies import AdviserDependency, ServiceDependency
from service.problems import Busy, InvalidRequest, NotForThisRole, NotFound, WrongState

router = APIRouter(prefix="/api/rubrics", tags=["Advising"])


@router.get("", summary="List rubrics", responses=problem_responses(NotForThisRole))
def list_rubrics(service: ServiceDependency, adviser: AdviserDependency) -> list[rubric_schemas.RubricOut]:
    """Own rubrics, the one that was changed last first; then the template."""
    with service.database.reading() as session:
        return Rubrics(session, adviser).list_all()


@router.post(
    "",
    status_code=201,
    summary="Make a rubric",
    responses=problem_responses(NotForThisRole, TooMany, NotJudgedHere, InvalidRequest, Busy),
)
def create_rubric(
    new: rubric_schemas.NewRubric, service: ServiceDependency, adviser: AdviserDependency
) -> rubric_schemas.RubricOut:
    """Criteria judge what is said: none of emotion, confidence, an accent or looks."""
    with service.database.writing() as session:
        return Rubrics(session, adviser).add(new)


@router.patch(
    "/{rubric}",
    summary="Change a rubric",
    responses=problem_responses(NotForThisRole, NotFound, WrongState, NotJudgedHere, InvalidRequest, Busy),
)
def change_rubric(
    rubric: str, changes: rubric_schemas.RubricChanges, service: ServiceDependency, adviser: AdviserDependency
) -> rubric_schemas.RubricOut:
    """What was judged by it keeps the words that it had then."""
    with service.database.writing() as session:
        return Rubrics(session, adviser).change(rubric, changes)


@router.delete(
    "/{rubric}",
    status_code=204,
    summary="Delete a rubric",
    responses=problem_responses(NotForThisRole, NotFound, WrongState, Busy),
)
def delete_rubric(rubric: str, service: ServiceDependency, adviser: AdviserDependency) -> None:
    """What was judged by it stays."""
    with service.database.writing() as session:
        Rubrics(session, adviser).delete(rubric)
