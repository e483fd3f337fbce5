"""What the service holds of a person's account, for the export of their data."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.db.account_models import Account, LogEntry, SignInSession


def collect_account(session: Session, person: str) -> dict[str, object] | None:
    """The account without its secrets, the browsers that are signed in, and what the log says of the person.

    None on a service where nobody signs in.
    """
    account = session.get(Account, person)
    if account is None:
        return None
    signed_in = session.scalars(
        select(SignInSession).where(SignInSession.person_id == person).order_by(SignInSession.created_at)
    )
    entries = session.scalars(
        select(LogEntry)
        .where(or_(LogEntry.actor == person, LogEntry.subject == person))
        .order_by(LogEntry.number)
    )
    since = account.second_factor_since
    signed_in_at = account.last_signed_in_at
    return {
        "email": account.email,
        "name": account.name,
        "role": account.role,
        "time_zone": account.time_zone,
        "created_at": account.created_at.isoformat(),
        "last_signed_in_at": None if signed_in_at is None else signed_in_at.isoformat(),
        "second_factor_since": None if since is None else since.isoformat(),
        "signs_in_through": account.oidc_issuer,
        "known_there_as": account.oidc_subject,
        "browsers": [
            {
                "browser": row.browser,
                "signed_in_at": row.created_at.isoformat(),
                "last_used_at": row.last_used_at.isoformat(),
            }
            for row in signed_in
        ],
        "log": [
            {"at": entry.at.isoformat(), "action": entry.action, "by_you": entry.actor == person}
            for entry in entries
        ],
    }
