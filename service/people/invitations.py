"""Invitations: the only way to an account. Each is a link that works once."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.advising.members import add_member
from service.db.account_models import Account, Invitation
from service.db.clock import database_now
from service.people import log
from service.people.accounts import NAME_LENGTH, AccountRole, Accounts, EmailTaken, folded_email
from service.people.tokens import new_token, token_hash
from service.problems import NotFound

VALID_FOR = timedelta(days=14)
"""Long enough for somebody who is away for a week."""


class Invitations:
    """The invitations within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def create(
        self, *, email: str, name: str, role: AccountRole, by: str | None, cohort: str | None = None
    ) -> str:
        """Invites a person and returns the token of the link. An earlier invitation of theirs ends.

        Args:
            email: address of the person.
            name: their name, which they can change.
            role: what they will be able to do.
            by: id of the account that invites; None for the command line.
            cohort: id of the cohort that they will join.

        Raises:
            EmailTaken: there is an account with this address.
        """
        email = folded_email(email)
        if Accounts(self._session).with_email(email) is not None:
            raise EmailTaken("There is an account with this address.")
        self._session.execute(
            delete(Invitation).where(Invitation.email == email, Invitation.accepted_at.is_(None))
        )
        token = new_token()
        now = database_now(self._session)
        invitation = Invitation(
            token_hash=token_hash(token),
            email=email,
            name=name,
            role=role,
            cohort_id=cohort,
            invited_by=by,
            created_at=now,
            expires_at=now + VALID_FOR,
        )
        self._session.add(invitation)
        self._session.flush()
        log.record(self._session, actor=by, action="invited", subject=invitation.id, details={"role": role})
        return token

    def get(self, token: str) -> Invitation:
        """The invitation of a link.

        Raises:
            NotFound: there is none, it was used, or it is too old.
        """
        invitation = self._session.scalar(
            select(Invitation).where(Invitation.token_hash == token_hash(token)).with_for_update()
        )
        if invitation is None or not self._is_open(invitation):
            raise NotFound("This link was used before, or it is too old. Ask for a new invitation.")
        return invitation

    def open_for(self, email: str) -> Invitation | None:
        """The invitation of an address that was not used yet, or None."""
        invitation = self._session.scalar(
            select(Invitation)
            .where(Invitation.email == folded_email(email), Invitation.accepted_at.is_(None))
            .with_for_update()
        )
        return invitation if invitation is not None and self._is_open(invitation) else None

    def accept(
        self,
        invitation: Invitation,
        *,
        name: str | None,
        password_hash: str | None,
        time_zone: str | None,
    ) -> Account:
        """Creates the account that an invitation is for.

        Args:
            invitation: of `get` or `open_for`, in the same session.
            name: what the person is called; None for the name in the invitation.
            password_hash: None for an account whose person signs in through the institution.
            time_zone: IANA name of the person's time zone.

        Raises:
            EmailTaken: there is an account with this address by now.
        """
        account = Accounts(self._session).create(
            email=invitation.email,
            name=(name or invitation.name)[:NAME_LENGTH],
            role=_role(invitation.role),
            time_zone=time_zone,
        )
        account.password_hash = password_hash
        invitation.accepted_at = database_now(self._session)
        if invitation.cohort_id is not None:
            add_member(self._session, invitation.cohort_id, account.person_id)
        log.record(self._session, actor=account.person_id, action="joined", subject=invitation.id)
        return account

    def _is_open(self, invitation: Invitation) -> bool:
        return invitation.accepted_at is None and invitation.expires_at >= database_now(self._session)


def _role(stored: str) -> AccountRole:
    match stored:
        case "adviser" | "administrator":
            return stored
        case _:
            return "applicant"
