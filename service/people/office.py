"""What an office decides, and what an administrator sees and does of the people: never their recordings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.db.account_models import Account, Invitation, LogEntry, OfficeSettings
from service.db.clock import database_now
from service.db.models import Answer
from service.people import log
from service.people.accounts import Accounts
from service.people.sign_in_sessions import end_sessions
from service.problems import NotFound, WrongState

_ONLY_ROW = 1


@dataclass(frozen=True)
class PersonInOffice:
    """A person as an administrator sees them.

    Attributes:
        account: of the person.
        bytes: of all their recordings, which count towards the quota.
    """

    account: Account
    bytes: int


class Office:
    """The office within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def settings(self) -> OfficeSettings:
        """What the office has decided; no limits where it has decided nothing."""
        return self._session.get(OfficeSettings, _ONLY_ROW) or OfficeSettings(id=_ONLY_ROW)

    def change_settings(self, changes: dict[str, object], *, by: str) -> OfficeSettings:
        """Changes columns of the settings.

        Args:
            changes: columns of `OfficeSettings` and their new values.
            by: id of the administrator.
        """
        row = self._session.get(OfficeSettings, _ONLY_ROW)
        if row is None:
            row = OfficeSettings(id=_ONLY_ROW)
            self._session.add(row)
        for name, value in changes.items():
            setattr(row, name, value)
        limits = {name: value for name, value in changes.items() if name != "name"}
        log.record(self._session, actor=by, action="office_changed", details=limits)
        self._session.flush()
        return row

    def people(self) -> Sequence[PersonInOffice]:
        """Everybody with an account, by name."""
        used = (
            select(Answer.person_id, func.sum(Answer.bytes).label("bytes"))
            .where(Answer.recording_deleted_at.is_(None))
            .group_by(Answer.person_id)
            .subquery()
        )
        rows = self._session.execute(
            select(Account, used.c.bytes)
            .outerjoin(used, used.c.person_id == Account.person_id)
            .order_by(Account.name, Account.person_id)
        )
        return [PersonInOffice(account, int(size or 0)) for account, size in rows]

    def suspend(self, person: str, *, by: str) -> Account:
        """Suspends an account: its person is signed out and cannot sign in. Nothing is deleted.

        Raises:
            NotFound: there is no such account.
            WrongState: it is the administrator's own, or the last active one of an administrator.
        """
        account = Accounts(self._session).locked(person)
        self._require_another(account, by)
        account.state = "suspended"
        end_sessions(self._session, person)
        log.record(self._session, actor=by, action="suspended", subject=person)
        return account

    def resume(self, person: str, *, by: str) -> Account:
        """Lets a suspended person sign in again.

        Raises:
            NotFound: there is no such account.
        """
        account = Accounts(self._session).locked(person)
        account.state = "active"
        log.record(self._session, actor=by, action="resumed", subject=person)
        return account

    def require_deletable(self, person: str, *, by: str) -> None:
        """Notes that an account is about to be deleted.

        Raises:
            NotFound: there is no such account.
            WrongState: it is the administrator's own, or the last active one of an administrator.
        """
        account = Accounts(self._session).locked(person)
        self._require_another(account, by)
        log.record(self._session, actor=by, action="account_deleted", details={"role": account.role})

    def open_invitations(self) -> Sequence[Invitation]:
        """The invitations that can still be accepted, the newest first."""
        now = database_now(self._session)
        return self._session.scalars(
            select(Invitation)
            .where(Invitation.accepted_at.is_(None), Invitation.expires_at > now)
            .order_by(Invitation.created_at.desc(), Invitation.id)
        ).all()

    def withdraw_invitation(self, invitation: str, *, by: str) -> None:
        """Ends the link of an invitation that nobody has accepted.

        Raises:
            NotFound: there is no such invitation.
        """
        row = self._session.get(Invitation, invitation)
        if row is None or row.accepted_at is not None:
            raise NotFound("There is no such invitation. It may have been accepted.")
        self._session.delete(row)
        log.record(self._session, actor=by, action="invitation_withdrawn")

    def log_entries(self, *, limit: int) -> Sequence[tuple[LogEntry, str | None]]:
        """The latest entries of the log, the newest first, each with the present name of who did it."""
        rows = self._session.execute(
            select(LogEntry, Account.name)
            .outerjoin(Account, Account.person_id == LogEntry.actor)
            .order_by(LogEntry.number.desc())
            .limit(limit)
        )
        return [(entry, name) for entry, name in rows]

    def _require_another(self, account: Account, by: str) -> None:
        """An office without anybody who can administer it could not be helped from its pages."""
        if account.person_id == by:
            raise WrongState("This is your own account. Ask another administrator.")
        if account.role != "administrator":
            return
        others = self._session.scalar(
            select(func.count())
            .select_from(Account)
            .where(
                Account.role == "administrator",
                Account.state == "active",
                Account.person_id != account.person_id,
            )
        )
        if not others:
            raise WrongState("This is the only administrator. Invite another one first.")
