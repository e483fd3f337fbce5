"""Signing in and out."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, BeforeValidator, Field

from service.api.client_address import client_address
from service.api.me import Me, me_of
from service.api.problems import problem_responses
from service.api.sign_in_cookie import delete_sign_in_cookie, set_sign_in_cookie, sign_in_token
from service.dependencies import Service, ServiceDependency
from service.people.accounts import EMAIL_LENGTH
from service.people.passwords import LONGEST_PASSWORD
from service.people.second_factor import SecondFactors
from service.people.sign_in import (
    AccountSuspended,
    SecondFactorNeeded,
    SecondFactorWrong,
    SignIn,
    SignInFailed,
    Visitor,
)
from service.people.sign_in_sessions import Limits, end_session, find_session, forget_ended_sessions
from service.people.throttle import TooManyAttempts
from service.problems import NotForThisRole
from service.schemas import plain_text

router = APIRouter(prefix="/api", tags=["Accounts"])

CODE_LENGTH = 40
"""Characters: a recovery code with spaces."""

Code = Annotated[Annotated[str, Field(max_length=CODE_LENGTH)] | None, BeforeValidator(plain_text)]
Password = Annotated[str, Field(max_length=4 * LONGEST_PASSWORD)]


class Credentials(BaseModel):
    """What a person signs in with."""

    email: Annotated[str, Field(max_length=EMAIL_LENGTH)]
    password: Password
    code: Code = Field(
        default=None, description="Of the authenticator app, or a recovery code; asked for if it is needed."
    )


class InstitutionOut(BaseModel):
    """The institution's sign-in."""

    name: str


class Ways(BaseModel):
    """Ways to sign in."""

    password: bool
    oidc: InstitutionOut | None


@router.post(
    "/sign-in",
    summary="Sign in",
    responses=problem_responses(
        SignInFailed,
        SecondFactorNeeded,
        SecondFactorWrong,
        AccountSuspended,
        NotForThisRole,
        TooManyAttempts,
    ),
)
def sign_in(credentials: Credentials, request: Request, response: Response, service: ServiceDependency) -> Me:
    """Signs in and sets the cookie of a new session. The session that this browser had before ends."""
    require_accounts(service)
    token = signing_in(service).with_password(
        email=credentials.email,
        password=credentials.password,
        code=credentials.code,
        visitor=visitor_of(request, service),
    )
    return enter(service, response, token)


@router.get("/sign-in/ways", summary="How people sign in", responses=problem_responses(NotForThisRole))
def get_ways(service: ServiceDependency) -> Ways:
    """What the sign-in page offers."""
    require_accounts(service)
    settings = service.settings
    return Ways(password=True, oidc=InstitutionOut(name=settings.oidc_name) if settings.oidc_issuer else None)


@router.post("/sign-out", status_code=204, summary="Sign out")
def sign_out(request: Request, response: Response, service: ServiceDependency) -> None:
    """Ends the session of this browser. Without one, nothing happens."""
    token = sign_in_token(request, service.settings)
    if token is not None:
        with service.database.writing() as session:
            end_session(session, token)
            forget_ended_sessions(session, limits_of(service))
    delete_sign_in_cookie(response, service.settings)


def require_accounts(service: Service) -> None:
    """Refuses on a service without accounts.

    Raises:
        NotForThisRole: nobody signs in to this service.
    """
    if not service.settings.accounts:
        raise NotForThisRole("Nobody signs in to this service, so there are no accounts.")


def limits_of(service: Service) -> Limits:
    """When sessions end by themselves."""
    return Limits(service.settings.sign_in_idle, service.settings.sign_in_lifetime)


def second_factors_of(service: Service) -> SecondFactors:
    """Makes and checks second factors with the key of this service."""
    return SecondFactors(service.settings.secret_key.get_secret_value())


def signing_in(service: Service) -> SignIn:
    """Signs people in to this service."""
    return SignIn(service.database, second_factors_of(service))


def visitor_of(request: Request, service: Service) -> Visitor:
    """The browser that a request comes from."""
    return Visitor(
        address=client_address(request, service.settings),
        browser=request.headers.get("user-agent"),
        token=sign_in_token(request, service.settings),
    )


def enter(service: Service, response: Response, token: str) -> Me:
    """Sets the cookie of a session that was just started, and says who is signed in by it."""
    set_sign_in_cookie(response, service.settings, token)
    signed_in = find_session(service.database, token, limits_of(service))
    if signed_in is None:
        raise SignInFailed
    return me_of(service, signed_in.caller)
