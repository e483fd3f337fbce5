"""Resets: the links by which people set a new password. An administrator starts one, and sees no password."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from service.api.client_address import client_address
from service.api.invitations import Token
from service.api.problems import problem_responses
from service.api.sign_in import Code, Password, require_accounts, signing_in
from service.api.sign_in_cookie import delete_sign_in_cookie
from service.dependencies import ServiceDependency
from service.people.passwords import SHORTEST_PASSWORD, UnsuitablePassword, check_password, hash_password
from service.people.resets import Resets
from service.people.sign_in import SecondFactorNeeded, SecondFactorWrong
from service.people.throttle import TooManyAttempts
from service.problems import NotForThisRole, NotFound

router = APIRouter(prefix="/api/resets", tags=["Accounts"])


class ResetOut(BaseModel):
    """A reset, for the person who opens its link."""

    email: str
    second_factor: bool = Field(description="Whether a code is needed too.")
    shortest_password: int = Field(description="Characters that a password needs.")


class NewPasswordByLink(BaseModel):
    """The new password, with a code where the account has a second factor."""

    password: Password
    code: Code = None


@router.get("/{token}", summary="A reset", responses=problem_responses(NotForThisRole, NotFound))
def get_reset(token: Token, service: ServiceDependency) -> ResetOut:
    """What the link is for. Looking at it does not use it up."""
    require_accounts(service)
    with service.database.reading() as session:
        account = Resets(session).account_of(token)
    return ResetOut(
        email=account.email,
        second_factor=account.second_factor_since is not None,
        shortest_password=SHORTEST_PASSWORD,
    )


@router.post(
    "/{token}",
    status_code=204,
    summary="Set a new password",
    responses=problem_responses(
        NotForThisRole, NotFound, UnsuitablePassword, SecondFactorNeeded, SecondFactorWrong, TooManyAttempts
    ),
)
def post_reset(
    token: Token, new: NewPasswordByLink, request: Request, response: Response, service: ServiceDependency
) -> None:
    """Sets the password and signs out everywhere. The second factor stays, and is asked for."""
    require_accounts(service)
    with service.database.reading() as session:
        account = Resets(session).account_of(token)
    check_password(new.password, email=account.email, name=account.name)
    address = client_address(request, service.settings)
    signing_in(service).confirm_code(account.person_id, new.code, address=address)
    hashed = hash_password(new.password)
    with service.database.writing() as session:
        Resets(session).use(token, hashed)
    delete_sign_in_cookie(response, service.settings)
