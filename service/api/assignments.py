"""Assignments: what advisers ask a cohort to practise, and how an applicant finds them."""

from fastapi import APIRouter

from service.advising import cohort_schemas
from service.advising.assigned import assigned, assigned_to
from service.advising.assignments import Assignments
from service.advising.cohorts import cohort_of
from service.advising.problems import TooMany
from service.api.problems import problem_responses
from service.dependencies import (
    AdviserDependency,
    NowDependency,
    Service,
    ServiceDependency,
    SubmitterDependency,
)
from service.practice.formats import Format, find_format
from service.problems import Busy, InvalidRequest, NotForThisRole, NotFound

router = APIRouter(prefix="/api", tags=["Advising"])

_OF_COHORT = "/cohorts/{cohort}/assignments"


@router.post(
    _OF_COHORT,
    status_code=201,
    summary="Make an assignment",
    responses=problem_responses(NotForThisRole, NotFound, TooMany, InvalidRequest, Busy),
)
def create_assignment(
    cohort: str, new: cohort_schemas.NewAssignment, service: ServiceDependency, adviser: AdviserDependency
) -> cohort_schemas.AssignmentOut:
    """The applicants of the cohort see it at once."""
    chosen = _format(service, new.format_id)
    with service.database.writing() as session:
        cohort_of(session, adviser, cohort)
        return Assignments(session, adviser, cohort).create(new, chosen)


@router.get(
    _OF_COHORT + "/{assignment}",
    summary="An assignment, and who has submitted it",
    responses=problem_responses(NotForThisRole, NotFound),
)
def get_cohort_assignment(
    cohort: str,
    assignment: str,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> cohort_schemas.AssignmentOverview:
    """Applicants by name, without figures; there is no ranking of people."""
    with service.database.reading() as session:
        cohort_of(session, adviser, cohort)
        return Assignments(session, adviser, cohort).get(assignment, now)


@router.patch(
    _OF_COHORT + "/{assignment}",
    summary="Change an assignment",
    responses=problem_responses(NotForThisRole, NotFound, InvalidRequest, Busy),
)
def change_assignment(
    cohort: str,
    assignment: str,
    changes: cohort_schemas.AssignmentChanges,
    service: ServiceDependency,
    adviser: AdviserDependency,
) -> cohort_schemas.AssignmentOut:
    """What was recorded and submitted stays as it is, with the figures that were shown."""
    chosen = _format(service, changes.format_id)
    with service.database.writing() as session:
        cohort_of(session, adviser, cohort)
        return Assignments(session, adviser, cohort).change(assignment, changes, chosen)


@router.delete(
    _OF_COHORT + "/{assignment}",
    status_code=204,
    summary="Delete an assignment",
    responses=problem_responses(NotForThisRole, NotFound, Busy),
)
def delete_assignment(
    cohort: str, assignment: str, service: ServiceDependency, adviser: AdviserDependency
) -> None:
    """What was recorded and submitted for it stays."""
    with service.database.writing() as session:
        cohort_of(session, adviser, cohort)
        Assignments(session, adviser, cohort).delete(assignment)


@router.get("/assignments", summary="One's own assignments", responses=problem_responses(NotForThisRole))
def list_assignments(
    service: ServiceDependency, person: SubmitterDependency, now: NowDependency
) -> list[cohort_schemas.AssignedOut]:
    """What is due first comes first."""
    with service.database.reading() as session:
        return assigned_to(session, person, now)


@router.get(
    "/assignments/{assignment}",
    summary="One of one's own assignments",
    responses=problem_responses(NotForThisRole, NotFound),
)
def get_assignment(
    assignment: str, service: ServiceDependency, person: SubmitterDependency, now: NowDependency
) -> cohort_schemas.AssignedOut:
    """What is asked, what was recorded for it, and what is submitted."""
    with service.database.reading() as session:
        return assigned(session, person, assignment, now)


def _format(service: Service, identifier: str | None) -> Format | None:
    """Read from a file, so before any transaction."""
    return None if identifier is None else find_format(identifier, service.settings.data_folder)
