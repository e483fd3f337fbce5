"""The people of an office, as an administrator sees them: accounts and invitations, never recordings."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from service.api.invitations import Name
from service.api.mailed_links import mail_invitation, mail_reset
from service.api.problems import problem_responses
from service.db.account_models import Account
from service.dependencies import AdministratorDependency, Service, ServiceDependency
from service.people.accounts import AccountRole, Email, EmailTaken
from service.people.invitations import Invitations
from service.people.office import Office, PersonInOffice
from service.people.resets import Resets
from service.problems import InvalidRequest, NotForThisRole, NotFound, NotSignedIn, WrongState

router = APIRouter(
    prefix="/api/office", tags=["Office"], responses=problem_responses(NotSignedIn, NotForThisRole)
)


class OfficePerson(BaseModel):
    """A person with an account."""

    id: str
    name: str
    email: str
    role: str
    state: str
    second_factor: bool
    created_at: datetime
    last_signed_in_at: datetime | None
    bytes: int = Field(description="Of their recordings, which count towards the quota.")


class OfficePeople(BaseModel):
    """Everybody with an account, by name."""

    items: list[OfficePerson]


class OpenInvitation(BaseModel):
    """An invitation that was not accepted yet."""

    id: str
    name: str
    email: str
    role: str
    created_at: datetime
    expires_at: datetime


class OpenInvitations(BaseModel):
    """The invitations that can still be accepted, the newest first."""

    items: list[OpenInvitation]


class NewInvitation(BaseModel):
    """Whom to invite, and with which role."""

    name: Name
    email: Email
    role: AccountRole


class Link(BaseModel):
    """A link to hand on. It works once, and is shown only now."""

    path: str = Field(description="Path of the page; it follows the address of this service.")
    mailed: bool = Field(description="Whether the link was mailed to the person.")


class StartedReset(BaseModel):
    """A reset that was started. A link that was mailed is for nobody else's eyes."""

    path: str | None = Field(description="Path of the page, to hand on; null if the link was mailed.")
    mailed: bool


@router.get("/people", summary="The people of the office")
def get_people(service: ServiceDependency, administrator: AdministratorDependency) -> OfficePeople:
    """Accounts with their role and state, and how much their recordings take up."""
    with service.database.reading() as session:
        return OfficePeople(items=[_person(each) for each in Office(session).people()])


@router.post(
    "/people/{person}/suspend",
    summary="Suspend an account",
    responses=problem_responses(NotFound, WrongState),
)
def suspend(person: str, service: ServiceDependency, administrator: AdministratorDependency) -> OfficePerson:
    """Signs the person out, and keeps them out. Nothing of theirs is deleted."""
    with service.database.writing() as session:
        Office(session).suspend(person, by=administrator)
    return _found(service, person)


@router.post("/people/{person}/resume", summary="End a suspension", responses=problem_responses(NotFound))
def resume(person: str, service: ServiceDependency, administrator: AdministratorDependency) -> OfficePerson:
    """Lets the person sign in again."""
    with service.database.writing() as session:
        Office(session).resume(person, by=administrator)
    return _found(service, person)


@router.post(
    "/people/{person}/reset", status_code=201, summary="Start a reset", responses=problem_responses(NotFound)
)
def start_reset(
    person: str, request: Request, service: ServiceDependency, administrator: AdministratorDependency
) -> StartedReset:
    """A link by which the person sets a new password. Their second factor stays as it is."""
    with service.database.writing() as session:
        token = Resets(session).start(person, by=administrator)
    mailed = mail_reset(request, service, person=person, token=token)
    return StartedReset(path=None if mailed else f"/reset/{token}", mailed=mailed)


@router.delete(
    "/people/{person}",
    status_code=204,
    summary="Delete an account",
    responses=problem_responses(NotFound, WrongState),
)
def delete_account(person: str, service: ServiceDependency, administrator: AdministratorDependency) -> None:
    """Deletes the account with everything that the person has. This cannot be undone."""
    with service.database.writing() as session:
        Office(session).require_deletable(person, by=administrator)
    service.delete_account_data(person)


@router.get("/invitations", summary="Open invitations")
def get_invitations(service: ServiceDependency, administrator: AdministratorDependency) -> OpenInvitations:
    """Those that can still be accepted. Their links are not stored, so they cannot be shown again."""
    with service.database.reading() as session:
        return OpenInvitations(
            items=[
                OpenInvitation(
                    id=row.id,
                    name=row.name,
                    email=row.email,
                    role=row.role,
                    created_at=row.created_at,
                    expires_at=row.expires_at,
                )
                for row in Office(session).open_invitations()
            ]
        )


@router.post(
    "/invitations",
    status_code=201,
    summary="Invite a person",
    responses=problem_responses(EmailTaken, InvalidRequest),
)
def post_invitation(
    new: NewInvitation,
    request: Request,
    service: ServiceDependency,
    administrator: AdministratorDependency,
) -> Link:
    """A link by which the person makes their account. The office's earlier link for the same address ends."""
    with service.database.writing() as session:
        token = Invitations(session).create(email=new.email, name=new.name, role=new.role, by=administrator)
    mailed = mail_invitation(request, service, to=new.email, name=new.name, token=token)
    return Link(path=f"/invitations/{token}", mailed=mailed)


@router.delete(
    "/invitations/{invitation}",
    status_code=204,
    summary="Withdraw an invitation",
    responses=problem_responses(NotFound),
)
def delete_invitation(
    invitation: str, service: ServiceDependency, administrator: AdministratorDependency
) -> None:
    """Ends the link."""
    with service.database.writing() as session:
        Office(session).withdraw_invitation(invitation, by=administrator)


def _found(service: Service, person: str) -> OfficePerson:
    with service.database.reading() as session:
        for each in Office(session).people():
            if each.account.person_id == person:
                return _person(each)
    raise NotFound("There is no such account.")


def _person(each: PersonInOffice) -> OfficePerson:
    account: Account = each.account
    return OfficePerson(
        id=account.person_id,
        name=account.name,
        email=account.email,
        role=account.role,
        state=account.state,
        second_factor=account.second_factor_since is not None,
        created_at=account.created_at,
        last_signed_in_at=account.last_signed_in_at,
        bytes=each.bytes,
    )
