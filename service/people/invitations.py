"""Invitations: the only way to an account. Each is a link that works once.

An address can have several open invitations: one of the office, and those of advisers to their cohorts.
Accepting one makes the account, joins the cohorts of all that offer the same role, and ends the other links.
What the office offers counts: while it invites somebody as an adviser or an administrator, an adviser's link
does not work. It must not give the office's role either, because the adviser has seen the link and could use
it.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from service.advising.members import add_member
from service.db.account_models import Account, Invitation
from service.db.clock import database_now
from service.people import log
from service.people.accounts import NAME_LENGTH, AccountRole, Accounts, EmailTaken, folded_email
from service.people.tokens import new_token, token_hash
from service.problems import NotFound, Problem

VALID_FOR = timedelta(days=14)
"""Long enough for somebody who is away for a week."""


class AlreadyInvited(Problem):
    """The office has invited this address with another role than an applicant's."""

    status, code, title = 409, "already_invited", "Your office has invited this person"

    def __init__(self) -> None:
        super().__init__(
            "Your office has invited this person, but not as an applicant. That invitation stays. Once they "
            "have an account, you can add them here."
        )


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
        """Invites a person and returns the token of the link.

        An earlier invitation of theirs ends if it came from the same side: the office, or the same adviser
        for the same cohort.

        Args:
            email: address of the person.
            name: their name, which they can change.
            role: what they will be able to do.
            by: id of the account that invites; None for the command line.
            cohort: id of the cohort that they will join; None if it is the office that invites.

        Raises:
            EmailTaken: there is an account with this address.
            AlreadyInvited: an adviser invites whom the office has invited with another role.
        """
        email = folded_email(email)
        if Accounts(self._session).with_email(email) is not None:
            raise EmailTaken("There is an account with this address.")
        if cohort is not None and self._office_role(email) not in {None, role}:
            raise AlreadyInvited
        earlier = delete(Invitation).where(
            Invitation.email == email,
            Invitation.accepted_at.is_(None),
            Invitation.cohort_id.is_(None) if cohort is None else Invitation.cohort_id == cohort,
        )
        self._session.execute(earlier if cohort is None else earlier.where(Invitation.invited_by == by))
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
        email = self._session.scalar(
            select(Invitation.email).where(Invitation.token_hash == token_hash(token))
        )
        found = [] if email is None else self._locked(email)
        invitation = next((each for each in found if each.token_hash == token_hash(token)), None)
        if invitation is None:
            raise NotFound("This link was used before, or it is too old. Ask for a new invitation.")
        if self._office_role(invitation.email) not in {None, invitation.role}:
            raise NotFound("Your office has sent you another invitation. Please use the link in that one.")
        return invitation

    def open_for(self, email: str) -> Invitation | None:
        """The invitation that counts for an address, the office's before others; None without any."""
        found = self._locked(folded_email(email))
        return min(found, key=lambda each: each.cohort_id is not None, default=None)

    def accept(
        self,
        invitation: Invitation,
        *,
        name: str | None,
        password_hash: str | None,
        time_zone: str | None,
    ) -> Account:
        """Creates the account that an invitation is for, in all cohorts that the address is invited to.

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
        self._join(account, self._locked(invitation.email))
        log.record(self._session, actor=account.person_id, action="joined", subject=invitation.id)
        return account

    def _join(self, account: Account, invitations: Sequence[Invitation]) -> None:
        now = database_now(self._session)
        for invitation in invitations:
            invitation.accepted_at = now
            # Whoever is invited as an applicant is not to decide over the cohort as an adviser.
            if invitation.cohort_id is not None and invitation.role == account.role:
                add_member(self._session, invitation.cohort_id, account.person_id)

    def _office_role(self, email: str) -> str | None:
        """The role that the office offers to an address at present."""
        invitation = self._session.scalar(self._open(email).where(Invitation.cohort_id.is_(None)))
        return None if invitation is None else invitation.role

    def _locked(self, email: str) -> Sequence[Invitation]:
        """The open invitations of an address, the newest first, which nobody else uses at the same time."""
        rows = self._session.scalars(
            self._open(email).with_for_update().execution_options(populate_existing=True)
        )
        return sorted(rows, key=lambda each: each.created_at, reverse=True)

    def _open(self, email: str) -> Select[Invitation]:
        # In the order of their ids, so that two transactions that lock them do not wait for each other.
        return (
            select(Invitation)
            .where(
                Invitation.email == email,
                Invitation.accepted_at.is_(None),
                Invitation.expires_at >= database_now(self._session),
            )
            .order_by(Invitation.id)
        )


def _role(stored: str) -> AccountRole:
    match stored:
        case "adviser" | "administrator":
            return stored
        case _:
            return "applicant"
