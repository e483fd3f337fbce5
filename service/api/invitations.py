"""Invitations: the links by which people make their account."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, BeforeValidator, Field

from service.api.me import Me
from service.api.problems import problem_responses
from service.api.sign_in import Password, enter, require_accounts, visitor_of
from service.dependencies import ServiceDependency
from service.people.accounts import NAME_LENGTH, EmailTaken
from service.people.invitations import Invitations
from service.people.passwords import SHORTEST_PASSWORD, UnsuitablePassword, check_password, hash_password
from service.people.sign_in_sessions import start_session
from service.prepare.fields import ZoneName
from service.problems import InvalidRequest, NotForThisRole, NotFound
from service.schemas import plain_text

router = APIRouter(prefix="/api/invitations", tags=["Accounts"])

Token = Annotated[str, Path(max_length=100)]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), BeforeValidator(plain_text)]


class InvitationOut(BaseModel):
    """An invitation, for the person who opens its link."""

    email: str
    name: str
    role: Literal["applicant", "adviser", "administrator"]
    expires_at: datetime
    shortest_password: int = Field(description="Characters that a password needs.")


class NewPerson(BaseModel):
    """What a person decides when they make their account."""

    name: Name
    password: Password
    time_zone: ZoneName | None = None


@router.get("/{token}", summary="An invitation", responses=problem_responses(NotForThisRole, NotFound))
def get_invitation(token: Token, service: ServiceDependency) -> InvitationOut:
    """What the link is for. Looking at it does not use it up."""
    require_accounts(service)
    with service.database.reading() as session:
        invitation = Invitations(session).get(token)
    return InvitationOut.model_validate(
        {
            "email": invitation.email,
            "name": invitation.name,
            "role": invitation.role,
            "expires_at": invitation.expires_at,
            "shortest_password": SHORTEST_PASSWORD,
        }
    )


@router.post(
    "/{token}",
    status_code=201,
    summary="Make the account of an invitation",
    responses=problem_responses(NotForThisRole, NotFound, EmailTaken, InvalidRequest, UnsuitablePassword),
)
def accept_invitation(
    token: Token, new: NewPerson, request: Request, response: Response, service: ServiceDependency
) -> Me:
    """Makes the account and signs in. The link works once."""
    require_accounts(service)
    with service.database.reading() as session:
        email = Invitations(session).get(token).email
    check_password(new.password, email=email, name=new.name)
    # Outside of any transaction: it takes a while.
    hashed = hash_password(new.password)
    visitor = visitor_of(request, service)
    with service.database.writing() as session:
        invitations = Invitations(session)
        account = invitations.accept(
            invitations.get(token), name=new.name, password_hash=hashed, time_zone=new.time_zone
        )
        entered = start_session(session, account.person_id, browser=visitor.browser, ending=visitor.token)
    return enter(service, response, entered)
