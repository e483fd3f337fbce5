"""A person's own account: name, time zone, password, second factor, and where they are signed in."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from service.api.client_address import client_address
from service.api.invitations import Name
from service.api.problems import problem_responses
from service.api.sign_in import Code, Password, limits_of, second_factors_of, signing_in
from service.db.account_models import Account
from service.db.clock import database_now
from service.dependencies import AccountHolderDependency, Service, ServiceDependency, SignInDependency
from service.people import log
from service.people.accounts import Accounts
from service.people.browsers import browser_in_words
from service.people.notices import NoticeKind, add_notice, notices_of
from service.people.passwords import SHORTEST_PASSWORD, UnsuitablePassword, check_password, hash_password
from service.people.second_factor import address_of, picture_of, turn_off
from service.people.sign_in import PasswordWrong, SecondFactorNeeded, SecondFactorWrong
from service.people.sign_in_sessions import end_session_of, end_sessions, sessions_of
from service.people.throttle import TooManyAttempts
from service.prepare.fields import ZoneName
from service.problems import InvalidRequest, NotForThisRole, NotFound, NotSignedIn, WrongState

router = APIRouter(
    prefix="/api/account", tags=["Accounts"], responses=problem_responses(NotSignedIn, NotForThisRole)
)


class AccountOut(BaseModel):
    """A person's account, as they see it."""

    email: str
    name: str
    role: Literal["applicant", "adviser", "administrator"]
    time_zone: str | None
    has_password: bool = Field(description="False for people who sign in through their institution.")
    shortest_password: int = Field(description="Characters that a password needs.")
    second_factor: bool
    recovery_codes_left: int
    notices: list[str] = Field(description="What happened since the last visit, the newest first.")


class AccountChanges(BaseModel):
    """Changes to an account. Only the given fields change."""

    name: Name | None = None
    time_zone: ZoneName | None = None


class NewPassword(BaseModel):
    """A change of the password."""

    current: Password
    new: Password


class PasswordAgain(BaseModel):
    """What proposing a second factor asks for: an unlocked browser must not lock its owner out."""

    password: Password


class ProposedSecondFactor(BaseModel):
    """A second factor that counts once a code of it was entered."""

    secret: str = Field(description="To type into an authenticator app.")
    address: str = Field(description="The same for apps that open addresses.")
    qr: str = Field(description="The address as a QR code, in SVG.")


class EnteredCode(BaseModel):
    """A code of the authenticator app."""

    code: Code


class RecoveryCodes(BaseModel):
    """Codes that each work once in place of one of the authenticator app. They are not shown again."""

    recovery_codes: list[str]


class Confirmation(BaseModel):
    """What turning the second factor off asks for."""

    password: Password
    code: Code = None


class SignInSessionOut(BaseModel):
    """A browser in which the person is signed in."""

    id: str
    browser: str = Field(description="In words.")
    signed_in_at: datetime
    last_used_at: datetime
    current: bool = Field(description="Whether it is the one that asks.")


class SignInSessions(BaseModel):
    """Where a person is signed in, the one used last first."""

    items: list[SignInSessionOut]


@router.get("", summary="Your account")
def get_account(service: ServiceDependency, person: AccountHolderDependency) -> AccountOut:
    """The account of the person who is signed in, with the notices that they have not closed."""
    return _account(service, person)


@router.patch("", summary="Change name or time zone", responses=problem_responses(InvalidRequest))
def patch_account(
    changes: AccountChanges, service: ServiceDependency, person: AccountHolderDependency
) -> AccountOut:
    """Changes the given fields."""
    with service.database.writing() as session:
        account = Accounts(session).locked(person)
        if changes.name is not None:
            account.name = changes.name
        if changes.time_zone is not None:
            account.time_zone = changes.time_zone
    return _account(service, person)


@router.delete("/notices", status_code=204, summary="Close the notices")
def close_notices(service: ServiceDependency, person: AccountHolderDependency) -> None:
    """Closes all notices: the person has read them."""
    with service.database.writing() as session:
        Accounts(session).locked(person).notices = []


@router.put(
    "/password",
    status_code=204,
    summary="Change the password",
    responses=problem_responses(PasswordWrong, TooManyAttempts, UnsuitablePassword),
)
def put_password(
    change: NewPassword,
    request: Request,
    service: ServiceDependency,
    signed_in: SignInDependency,
    person: AccountHolderDependency,
) -> None:
    """Changes the password and signs out everywhere else."""
    address = client_address(request, service.settings)
    signing_in(service).confirm_password(person, change.current, address=address)
    with service.database.reading() as session:
        account = Accounts(session).get(person)
    check_password(change.new, email=account.email, name=account.name)
    hashed = hash_password(change.new)
    with service.database.writing() as session:
        account = Accounts(session).locked(person)
        account.password_hash = hashed
        add_notice(account, NoticeKind.PASSWORD_CHANGED, database_now(session))
        end_sessions(session, person, but=None if signed_in is None else signed_in.session)
        log.record(session, actor=person, action="password_changed", subject=person)


@router.post(
    "/second-factor",
    summary="Propose a second factor",
    responses=problem_responses(PasswordWrong, TooManyAttempts, WrongState),
)
def post_second_factor(
    again: PasswordAgain, request: Request, service: ServiceDependency, person: AccountHolderDependency
) -> ProposedSecondFactor:
    """Makes a new secret, for the password. It counts once a code of it was entered."""
    with service.database.reading() as session:
        _require_no_second_factor(Accounts(session).get(person))
    address = client_address(request, service.settings)
    signing_in(service).confirm_password(person, again.password, address=address)
    with service.database.writing() as session:
        account = Accounts(session).locked(person)
        _require_no_second_factor(account)
        secret = second_factors_of(service).propose(account)
        link = address_of(secret, account.email)
    return ProposedSecondFactor(secret=secret, address=link, qr=picture_of(link))


@router.put(
    "/second-factor",
    summary="Turn the second factor on",
    responses=problem_responses(SecondFactorWrong, WrongState),
)
def put_second_factor(
    entered: EnteredCode, service: ServiceDependency, person: AccountHolderDependency
) -> RecoveryCodes:
    """Turns the proposed second factor on with a code of it, and returns new recovery codes."""
    with service.database.writing() as session:
        account = Accounts(session).locked(person)
        if account.second_factor_since is not None or account.second_factor is None:
            raise WrongState("There is no second step to turn on. Start again.")
        now = database_now(session)
        codes = second_factors_of(service).confirm(account, entered.code or "", now)
        if codes is None:
            raise SecondFactorWrong
        add_notice(account, NoticeKind.SECOND_FACTOR_ON, now)
        log.record(session, actor=person, action="second_factor_on", subject=person)
    return RecoveryCodes(recovery_codes=codes)


@router.delete(
    "/second-factor",
    status_code=204,
    summary="Turn the second factor off",
    responses=problem_responses(PasswordWrong, SecondFactorNeeded, SecondFactorWrong, TooManyAttempts),
)
def delete_second_factor(
    confirmation: Confirmation,
    request: Request,
    service: ServiceDependency,
    person: AccountHolderDependency,
) -> None:
    """Turns the second factor off. It takes the password and a code."""
    address = client_address(request, service.settings)
    signing_in(service).confirm_password(person, confirmation.password, address=address)
    signing_in(service).confirm_code(person, confirmation.code, address=address)
    with service.database.writing() as session:
        account = Accounts(session).locked(person)
        turn_off(account)
        add_notice(account, NoticeKind.SECOND_FACTOR_OFF, database_now(session))
        log.record(session, actor=person, action="second_factor_off", subject=person)


@router.get("/sign-in-sessions", summary="Where you are signed in")
def get_sign_in_sessions(
    service: ServiceDependency, signed_in: SignInDependency, person: AccountHolderDependency
) -> SignInSessions:
    """The browsers in which the person is signed in."""
    with service.database.reading() as session:
        rows = sessions_of(session, person, limits_of(service))
    return SignInSessions(
        items=[
            SignInSessionOut(
                id=row.id,
                browser=browser_in_words(row.browser),
                signed_in_at=row.created_at,
                last_used_at=row.last_used_at,
                current=signed_in is not None and signed_in.session == row.id,
            )
            for row in rows
        ]
    )


@router.delete(
    "/sign-in-sessions/{identifier}",
    status_code=204,
    summary="Sign out elsewhere",
    responses=problem_responses(NotFound),
)
def delete_sign_in_session(
    identifier: Annotated[str, Field(max_length=64)],
    service: ServiceDependency,
    person: AccountHolderDependency,
) -> None:
    """Signs the person out in one browser."""
    with service.database.writing() as session:
        end_session_of(session, person, identifier)


def _require_no_second_factor(account: Account) -> None:
    if account.second_factor_since is not None:
        raise WrongState("A second step is on already. Turn it off first.")
    if account.password_hash is None:
        raise WrongState("You sign in through your institution, which asks for a second step itself.")


def _account(service: Service, person: str) -> AccountOut:
    with service.database.reading() as session:
        account = Accounts(session).get(person)
        return AccountOut.model_validate(
            {
                "email": account.email,
                "name": account.name,
                "role": account.role,
                "time_zone": account.time_zone,
                "has_password": account.password_hash is not None,
                "shortest_password": SHORTEST_PASSWORD,
                "second_factor": account.second_factor_since is not None,
                "recovery_codes_left": len(account.recovery_codes),
                "notices": notices_of(account),
            }
        )
