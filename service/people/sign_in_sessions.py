"""Sign-in sessions: in which browsers a person is signed in.

A session is a row here and a random token in a cookie. It ends when the person signs out or ends it from
another browser, when it was not used for a while, and at the latest a while after the sign-in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from service.db.account_models import Account, SignInSession
from service.db.clock import DATABASE_NOW, database_now
from service.db.engine import Database
from service.people.caller import Caller
from service.people.tokens import new_token, token_hash
from service.problems import NotFound

USE_NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: a write for each request would be many."""

_BROWSER_LENGTH = 300


def cookie_name(*, secure: bool) -> str:
    """The name of the cookie that holds the token.

    With the prefix `__Host-` a browser takes it only over HTTPS and from this host, so that a page of another
    host of the same domain cannot set one (RFC 6265bis).
    """
    return "__Host-greenroom" if secure else "greenroom"


@dataclass(frozen=True)
class Limits:
    """When a session ends by itself.

    Attributes:
        idle: seconds without a request.
        lifetime: seconds since the sign-in.
    """

    idle: float
    lifetime: float


@dataclass(frozen=True)
class SignedIn:
    """A session that is valid.

    Attributes:
        session: id of the session, which is not the token.
        caller: the person, with their role.
    """

    session: str
    caller: Caller


def start_session(session: Session, person: str, *, browser: str | None, ending: str | None = None) -> str:
    """Signs a person in and returns the token for the cookie.

    Args:
        session: of `Database.writing`.
        person: id of the person.
        browser: what the browser says that it is.
        ending: token of the session that this browser had before: it ends, whoever's it was.
    """
    if ending is not None:
        end_session(session, ending)
    token = new_token()
    now = database_now(session)
    session.add(
        SignInSession(
            token_hash=token_hash(token),
            person_id=person,
            created_at=now,
            last_used_at=now,
            browser=None if browser is None else browser[:_BROWSER_LENGTH],
        )
    )
    session.execute(update(Account).where(Account.person_id == person).values(last_signed_in_at=now))
    return token


def find_session(database: Database, token: str, limits: Limits, *, in_use: bool = True) -> SignedIn | None:
    """The valid session of a token, or None.

    Args:
        database: holds the sessions.
        token: from the cookie.
        limits: when sessions end by themselves.
        in_use: whether to note that it was used, at most once a minute.
    """
    with database.reading() as session:
        row = session.execute(
            select(
                SignInSession.id,
                SignInSession.person_id,
                SignInSession.created_at,
                SignInSession.last_used_at,
                Account.role,
                DATABASE_NOW,
            )
            .join(Account, Account.person_id == SignInSession.person_id)
            .where(SignInSession.token_hash == token_hash(token), Account.state == "active")
        ).first()
    if row is None:
        return None
    identifier, person, created_at, last_used_at, role, now = row
    if _has_ended(created_at, last_used_at, now, limits):
        return None
    if in_use and now - last_used_at >= USE_NOTED_EVERY:
        with database.writing() as session:
            session.execute(
                update(SignInSession).where(SignInSession.id == identifier).values(last_used_at=now)
            )
    return SignedIn(identifier, Caller(person, cast(Literal["applicant", "adviser", "administrator"], role)))


def sessions_of(session: Session, person: str, limits: Limits) -> Sequence[SignInSession]:
    """The valid sessions of a person, the one used last first."""
    now = database_now(session)
    rows = session.scalars(
        select(SignInSession)
        .where(SignInSession.person_id == person)
        .order_by(SignInSession.last_used_at.desc(), SignInSession.id)
    )
    return [row for row in rows if not _has_ended(row.created_at, row.last_used_at, now, limits)]


def end_session(session: Session, token: str) -> None:
    """Ends the session of a token."""
    session.execute(delete(SignInSession).where(SignInSession.token_hash == token_hash(token)))


def end_session_of(session: Session, person: str, identifier: str) -> None:
    """Ends one of a person's sessions.

    Raises:
        NotFound: this person has no such session.
    """
    ended = session.execute(
        delete(SignInSession)
        .where(SignInSession.id == identifier, SignInSession.person_id == person)
        .returning(SignInSession.id)
    )
    if ended.first() is None:
        raise NotFound("This session has already ended.")


def end_sessions(session: Session, person: str, *, but: str | None = None) -> None:
    """Ends all sessions of a person, or all but one.

    Args:
        session: of `Database.writing`.
        person: id of the person.
        but: id of a session that goes on.
    """
    ending = delete(SignInSession).where(SignInSession.person_id == person)
    session.execute(ending if but is None else ending.where(SignInSession.id != but))


def forget_ended_sessions(session: Session, limits: Limits) -> None:
    """Deletes the rows of sessions that have ended by themselves."""
    now = database_now(session)
    session.execute(
        delete(SignInSession).where(
            or_(
                SignInSession.last_used_at < now - timedelta(seconds=limits.idle),
                SignInSession.created_at < now - timedelta(seconds=limits.lifetime),
            )
        )
    )


def _has_ended(created_at: datetime, last_used_at: datetime, now: datetime, limits: Limits) -> bool:
    return (now - last_used_at).total_seconds() > limits.idle or (
        now - created_at
    ).total_seconds() > limits.lifetime
