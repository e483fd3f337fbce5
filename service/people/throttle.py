"""The limit on attempts to sign in, counted in the database, so that all machines of a service share it.

An attempt is counted before the password is looked at, so that many at once do not slip through.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.db.account_models import SignInAttempt
from service.db.clock import database_now
from service.problems import Problem

WINDOW = timedelta(minutes=15)
"""How long an attempt counts."""

ATTEMPTS_WITH_AN_EMAIL = 10
"""Attempts in a window for one account. At this rate a year allows 350,000 guesses, against passwords of 12
characters. SP 800-63B asks for at most 100 in a row."""

ATTEMPTS_FROM_AN_ADDRESS = 100
"""The same for one network address, which can be that of a whole campus."""


class TooManyAttempts(Problem):
    """Too many attempts to sign in. They are counted by account and by network address."""

    status, code, title = 429, "too_many_attempts", "Too many attempts"

    def __init__(self, seconds: int) -> None:
        minutes = max(1, round(seconds / 60))
        wait = "a minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__(f"There were too many attempts. Wait {wait}, then try again.")
        self.retry_after = seconds


@dataclass(frozen=True)
class Attempt:
    """An attempt that was counted, as the numbers of its rows: for the account, and for the address."""

    with_email: int
    from_address: int


def source_of_email(email: str) -> str:
    """What stands for an e-mail address in the table of attempts."""
    return hashlib.sha256(f"email:{email}".encode(errors="replace")).hexdigest()


def source_of_address(address: str) -> str:
    """What stands for a network address in the table of attempts.

    Of an IPv6 address only the first 64 bits count: the rest is the client's own choice.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        pass
    else:
        if parsed.version == 6:
            address = str(ipaddress.ip_network((parsed, 64), strict=False))
    return hashlib.sha256(f"address:{address}".encode(errors="replace")).hexdigest()


def count_attempt(session: Session, *, email: str, address: str) -> Attempt:
    """Counts an attempt to sign in.

    Args:
        session: of `Database.writing`.
        email: what was typed as the e-mail address.
        address: network address that the attempt came from.

    Raises:
        TooManyAttempts: there were too many; this one is not counted.
    """
    now = database_now(session)
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - WINDOW))
    limits = {
        source_of_email(email): ATTEMPTS_WITH_AN_EMAIL,
        source_of_address(address): ATTEMPTS_FROM_AN_ADDRESS,
    }
    for source, limit in limits.items():
        count, oldest = session.execute(
            select(func.count(), func.min(SignInAttempt.at)).where(SignInAttempt.source == source)
        ).one()
        if count >= limit:
            raise TooManyAttempts(max(1, round((oldest + WINDOW - now).total_seconds())))
    rows = [SignInAttempt(source=source, at=now) for source in limits]
    session.add_all(rows)
    session.flush()
    return Attempt(*(row.number for row in rows))


def forget_attempt_from_address(session: Session, attempt: Attempt) -> None:
    """Takes back what an attempt counted for its network address: the password was right."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.number == attempt.from_address))


def forget_attempt(session: Session, attempt: Attempt) -> None:
    """Takes back what an attempt counted. Those before it stay."""
    rows = (attempt.with_email, attempt.from_address)
    session.execute(delete(SignInAttempt).where(SignInAttempt.number.in_(rows)))


def forget_attempts(session: Session, attempt: Attempt, *, email: str) -> None:
    """Starts the count of an account anew, once its person has signed in."""
    forget_attempt_from_address(session, attempt)
    session.execute(delete(SignInAttempt).where(SignInAttempt.source == source_of_email(email)))
