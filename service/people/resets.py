"""Resets: a link by which a person sets a new password, once.

An administrator can only start a reset, and a reset leaves the second factor as it is: whoever has the link
still needs a code. The person is told of it at their next visit, and it is in the log.
"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.db.account_models import Account, ResetLink
from service.db.clock import database_now
from service.people import log
from service.people.accounts import Accounts
from service.people.notices import NoticeKind, add_notice
from service.people.sign_in_sessions import end_sessions
from service.people.tokens import new_token, token_hash
from service.problems import NotFound

VALID_FOR = timedelta(days=1)
"""A link that sets a password is worth as much as one, so it is short-lived; a mail may wait overnight."""


class Resets:
    """The reset links within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def start(self, person: str, *, by: str | None) -> str:
        """Makes a link and returns its token. Earlier links of this person end.

        Args:
            person: id of the person.
            by: id of the administrator; None for the command line.

        Raises:
            NotFound: there is no such account.
        """
        account = Accounts(self._session).locked(person)
        self._session.execute(delete(ResetLink).where(ResetLink.person_id == person))
        token = new_token()
        now = database_now(self._session)
        self._session.add(
            ResetLink(
                token_hash=token_hash(token),
                person_id=person,
                started_by=by,
                created_at=now,
                expires_at=now + VALID_FOR,
            )
        )
        add_notice(account, NoticeKind.RESET_STARTED, now)
        log.record(self._session, actor=by, action="reset_started", subject=person)
        return token

    def account_of(self, token: str) -> Account:
        """The account that a link is for, which nobody else changes until this transaction ends.

        Raises:
            NotFound: there is no such link, it was used, or it is too old.
        """
        link = self._session.scalar(select(ResetLink).where(ResetLink.token_hash == token_hash(token)))
        if link is None or link.expires_at < database_now(self._session):
            raise NotFound("This link was used before, or it is too old. Ask your office for a new one.")
        return Accounts(self._session).locked(link.person_id)

    def use(self, token: str, password_hash: str) -> None:
        """Sets the new password and ends all sessions of the person.

        Raises:
            NotFound: there is no such link, it was used, or it is too old.
        """
        account = self.account_of(token)
        used = delete(ResetLink).where(ResetLink.token_hash == token_hash(token)).returning(ResetLink.id)
        if self._session.execute(used).first() is None:
            raise NotFound("This link was used before. Sign in with the password that you chose.")
        now = database_now(self._session)
        account.password_hash = password_hash
        end_sessions(self._session, account.person_id)
        add_notice(account, NoticeKind.PASSWORD_RESET, now)
        log.record(self._session, actor=account.person_id, action="password_reset", subject=account.person_id)
