"""The plan for a scheduled interview, and what to do next."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.prepare import schemas
from service.prepare.plan import mark_step, plan_of, unmark_step
from service.prepare.preparation import preparation_of
from service.prepare.time_zones import UnknownTimeZone, zone_of
from service.problems import NotFound, WrongState

router = APIRouter(prefix="/api", tags=["Preparing"])


@router.get(
    "/scheduled-interviews/{interview}/plan",
    summary="The plan for an interview",
    responses=problem_responses(NotFound),
)
def get_plan(
    interview: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> schemas.Plan:
    """The steps by phase, each with why, its source and the page that does it, and how far it is.

    Greenroom sees many steps by itself, from takes and mock interviews to sent thank-yous. An invitation at
    short notice makes a shorter plan: `left_out` names what did not fit.
    """
    return plan_of(service.database, person, interview, now)


@router.put(
    "/scheduled-interviews/{interview}/plan/{step}",
    summary="Mark a step as done",
    responses=problem_responses(NotFound, WrongState),
)
def put_step(
    interview: str, step: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> schemas.Plan:
    """Marks a step as done by hand and returns the plan."""
    with service.database.writing(person) as session:
        mark_step(session, person, interview, step, now)
    return plan_of(service.database, person, interview, now)


@router.delete(
    "/scheduled-interviews/{interview}/plan/{step}",
    summary="Remove the mark of a step",
    responses=problem_responses(NotFound),
)
def delete_step(
    interview: str, step: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> schemas.Plan:
    """Removes the person's own mark and returns the plan. What Greenroom sees stays."""
    with service.database.writing(person) as session:
        unmark_step(session, person, interview, step)
    return plan_of(service.database, person, interview, now)


@router.get("/preparation", summary="What to do next", responses=problem_responses(UnknownTimeZone))
def get_preparation(
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
    zone: Annotated[
        str | None,
        Query(description="In which days begin; null: that of the next interview."),
    ] = None,
) -> schemas.Preparation:
    """The next interview, today's question of the readiness map, and the next step of a plan.

    For three days after an interview its own steps come first: impressions fade.
    """
    days = None if zone is None else zone_of(zone, field="zone")
    return preparation_of(service.database, person, now, days)
