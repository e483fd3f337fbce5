"""What was done to accounts and by an office. An entry holds ids, never a name or an address."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from service.db.account_models import LogEntry
from service.db.clock import database_now

WORDS = {
    "invited": "Somebody was invited",
    "invitation_withdrawn": "An invitation was taken back",
    "institution_linked": "Somebody signed in through the institution for the first time",
    "joined": "Somebody accepted an invitation",
    "suspended": "An account was suspended",
    "resumed": "A suspension ended",
    "account_deleted": "An account was deleted",
    "reset_started": "A link for a new password was made",
    "password_reset": "A new password was set with a link",
    "password_changed": "A password was changed",
    "second_factor_on": "A second step for signing in was turned on",
    "second_factor_off": "A second step for signing in was turned off",
    "second_factor_removed": "A second step for signing in was removed on the machine",
    "office_changed": "The office's settings were changed",
}
"""The actions in words, for administrators."""


def record(
    session: Session,
    *,
    actor: str | None,
    action: str,
    subject: str | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds an entry, in the transaction of what it tells of.

    Args:
        session: of `Database.writing`.
        actor: id of the account that did it; None for the command line.
        action: what was done, for example `reset_started`.
        subject: id of the account, invitation or cohort that it was done to.
        details: more of it. No names, addresses or anything else that a person wrote.
    """
    session.add(
        LogEntry(
            at=database_now(session),
            actor=actor,
            action=action,
            subject=subject,
            details=None if details is None else dict(details),
        )
    )


def forget_person(session: Session, person: str) -> None:
    """Removes a deleted person from the log: action and time stay."""
    session.execute(
        update(LogEntry).where(or_(LogEntry.actor == person, LogEntry.subject == person)).values(details=None)
    )
    session.execute(update(LogEntry).where(LogEntry.actor == person).values(actor=None))
    session.execute(update(LogEntry).where(LogEntry.subject == person).values(subject=None))
