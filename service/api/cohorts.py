"""Cohorts: their members, invitations and assignments, for the advisers who belong to them."""

from fastapi import APIRouter, Request

from service.advising import cohort_schemas
from service.advising.cohorts import Cohorts
from service.advising.problems import TooMany
from service.api.mailed_links import mail_invitation, origin_of
from service.api.problems import problem_responses
from service.dependencies import AdviserDependency, NowDependency, ServiceDependency
from service.people.accounts import EmailTaken
from service.people.invitations import AlreadyInvited
from service.people.links import invitation_link
from service.problems import Busy, InvalidRequest, NotForThisRole, NotFound, WrongState

router = APIRouter(prefix="/api/cohorts", tags=["Advising"])


@router.get("", summary="List cohorts", responses=problem_responses(NotForThisRole))
def list_cohorts(
    service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> list[cohort_schemas.CohortOut]:
    """The adviser's own, by name."""
    with service.database.reading() as session:
        return Cohorts(session, adviser, now).list_all()


@router.post(
    "",
    status_code=201,
    summary="Make a cohort",
    responses=problem_responses(NotForThisRole, TooMany, InvalidRequest, Busy),
)
def create_cohort(
    new: cohort_schemas.NewCohort, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> cohort_schemas.CohortOut:
    """The adviser is its first member."""
    with service.database.writing() as session:
        return Cohorts(session, adviser, now).create(new)


@router.get("/{cohort}", summary="One cohort", responses=problem_responses(NotForThisRole, NotFound))
def get_cohort(
    cohort: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> cohort_schemas.CohortOut:
    """Its members by name, invitations that are open, and assignments."""
    with service.database.reading() as session:
        return Cohorts(session, adviser, now).get(cohort)


@router.patch(
    "/{cohort}",
    summary="Rename a cohort",
    responses=problem_responses(NotForThisRole, NotFound, InvalidRequest, Busy),
)
def rename_cohort(
    cohort: str,
    new: cohort_schemas.NewCohort,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> cohort_schemas.CohortOut:
    """Its members see the new name."""
    with service.database.writing() as session:
        return Cohorts(session, adviser, now).rename(cohort, new)


@router.delete(
    "/{cohort}",
    status_code=204,
    summary="Delete a cohort",
    responses=problem_responses(NotForThisRole, NotFound, Busy),
)
def delete_cohort(
    cohort: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> None:
    """With its assignments. What was recorded and submitted stays with the applicants."""
    with service.database.writing() as session:
        Cohorts(session, adviser, now).delete(cohort)


@router.post(
    "/{cohort}/invitations",
    status_code=201,
    summary="Invite an applicant",
    responses=problem_responses(NotForThisRole, NotFound, EmailTaken, AlreadyInvited, InvalidRequest, Busy),
)
def create_invitation(
    cohort: str,
    new: cohort_schemas.NewInvitation,
    request: Request,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> cohort_schemas.InvitationLink:
    """The link is shown once, to be sent to the person unless it was mailed; it works once."""
    with service.database.writing() as session:
        token = Cohorts(session, adviser, now).invite(cohort, new)
    return cohort_schemas.InvitationLink(
        link=invitation_link(origin_of(request, service), token),
        mailed=mail_invitation(request, service, to=new.email, name=new.name, token=token),
    )


@router.post(
    "/{cohort}/members",
    summary="Add somebody who has an account",
    responses=problem_responses(NotForThisRole, NotFound, InvalidRequest, Busy),
)
def add_member(
    cohort: str,
    new: cohort_schemas.NewMember,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> cohort_schemas.CohortOut:
    """An applicant or another adviser. Advisers still see only what is submitted to them."""
    with service.database.writing() as session:
        return Cohorts(session, adviser, now).add_account(cohort, new.email)


@router.delete(
    "/{cohort}/members/{person}",
    status_code=204,
    summary="Remove a member",
    responses=problem_responses(NotForThisRole, NotFound, WrongState, Busy),
)
def remove_member(
    cohort: str, person: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> None:
    """An adviser who is in no cohort with an applicant any more sees nothing of theirs."""
    with service.database.writing() as session:
        Cohorts(session, adviser, now).remove_member(cohort, person)
