"""Accounts: who can sign in, and with which role."""

import unicodedata
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.db.account_models import Account, Invitation, SignInAttempt
from service.db.clock import database_now
from service.db.models import Person, new_identifier
from service.people import log
from service.people.passwords import check_password, hash_password
from service.people.throttle import source_of_email
from service.problems import NotFound, Problem

AccountRole = Literal["applicant", "adviser", "administrator"]
NAME_LENGTH = 200
EMAIL_LENGTH = 254
"""Characters that an address can have (RFC 5321)."""


class EmailTaken(Problem):
    """There is an account with this e-mail address."""

    status, code, title = 409, "email_taken", "There is an account with this e-mail address"


def _address(value: str) -> str:
    name, _, domain = value.strip().rpartition("@")
    if not name or not domain or any(not each.isprintable() or each.isspace() for each in value.strip()):
        raise ValueError("this is no e-mail address")
    return folded_email(value)


def folded_email(email: str) -> str:
    """An address as it is stored and compared: in lower case."""
    return unicodedata.normalize("NFC", email.strip().lower())


Email = Annotated[str, Field(min_length=3, max_length=EMAIL_LENGTH), AfterValidator(_address)]


class Accounts:
    """The accounts within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(
        self,
        *,
        email: str,
        name: str,
        role: AccountRole,
        password: str | None = None,
        time_zone: str | None = None,
    ) -> Account:
        """Creates an account, with the person that it belongs to.

        Raises:
            EmailTaken: there is one with this address.
            service.people.passwords.UnsuitablePassword: the password is too short or too easy to guess.
        """
        email = folded_email(email)
        if password is not None:
            check_password(password, email=email, name=name)
        if self.with_email(email) is not None:
            raise EmailTaken("There is an account with this address. Sign in, or use another address.")
        person = Person(id=new_identifier())
        self._session.add(person)
        self._session.flush()
        account = Account(
            person_id=person.id,
            email=email,
            name=name,
            role=role,
            time_zone=time_zone,
            password_hash=None if password is None else hash_password(password),
            created_at=database_now(self._session),
        )
        self._session.add(account)
        self._session.flush()
        return account

    def get(self, person: str) -> Account:
        """The account of a person.

        Raises:
            NotFound: there is none.
        """
        account = self._session.get(Account, person)
        if account is None:
            raise NotFound("There is no such account.")
        return account

    def locked(self, person: str) -> Account:
        """The account of a person, which nobody else changes until this transaction ends."""
        account = self._session.scalar(select(Account).where(Account.person_id == person).with_for_update())
        if account is None:
            raise NotFound("There is no such account.")
        return account

    def with_email(self, email: str) -> Account | None:
        """The account with an address, or None."""
        return self._session.scalar(select(Account).where(Account.email == folded_email(email)))

    def with_role(self, role: AccountRole) -> Sequence[Account]:
        """All accounts of a role, by name."""
        return self._session.scalars(
            select(Account).where(Account.role == role).order_by(Account.name, Account.person_id)
        ).all()

    def delete(self, person: str) -> None:
        """Deletes a person with their account and sign-in sessions, and what names them elsewhere.

        Their answers are deleted before, by `Answers.delete_account_data`, so that their files go too.
        """
        account = self.get(person)
        source = source_of_email(account.email)
        self._session.execute(delete(Invitation).where(Invitation.email == account.email))
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.source == source))
        self._session.execute(delete(Person).where(Person.id == person))
        self._session.expire_all()
        log.forget_person(self._session, person)
