"""Tables of accounts, sign-in sessions and invitations, and of what an office decides.

No secret is stored as it is: passwords are hashed, tokens are kept as their SHA-256, and the secret of a
second factor is encrypted with a key that is not in the database.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.db.columns import UtcDateTime
from service.db.models import Base, new_identifier, now

_COUNTED = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts a primary key up only if its type is INTEGER."""


class Account(Base):
    """The account of a person who signs in.

    `email` is in lower case. `role` is `applicant`, `adviser` or `administrator`, and `state` is `active` or
    `suspended`. Without a `password_hash` the person signs in through the institution only.

    `second_factor` is the encrypted secret; it counts once `second_factor_since` is set.
    `second_factor_step` is the time step of the last code that was taken, so that no code works twice, and
    `recovery_codes` are the SHA-256 of those that are left. `notices` are shown at the next visit, each with
    `kind` and `at`.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("email"),
        UniqueConstraint("oidc_issuer", "oidc_subject"),
        Index(None, "role"),
    )

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default="active")
    time_zone: Mapped[str | None] = mapped_column(String(64))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    second_factor: Mapped[str | None] = mapped_column(Text)
    second_factor_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    second_factor_step: Mapped[int | None] = mapped_column(BigInteger)
    recovery_codes: Mapped[list[str]] = mapped_column(JSON, default=list)
    notices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    last_signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInSession(Base):
    """A browser in which a person is signed in. The token itself is only in the browser's cookie.

    Times are of the database's clock. `browser` is what the browser says that it is.
    """

    __tablename__ = "sign_in_sessions"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "person_id"))

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    token_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("accounts.person_id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    browser: Mapped[str | None] = mapped_column(String(300))


class Invitation(Base):
    """A link by which one person can make an account, once. Its token is only in the link.

    `cohort_id` is the cohort that the person joins then, and `invited_by` the account that invited.
    """

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "email"), Index(None, "cohort_id"))

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    token_hash: Mapped[str] = mapped_column(String(64))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    cohort_id: Mapped[str | None] = mapped_column(String(24))
    invited_by: Mapped[str | None] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ResetLink(Base):
    """A link by which a person can set a new password. Its token is only in the link; used, it is deleted."""

    __tablename__ = "reset_links"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "person_id"))

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    token_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(ForeignKey("accounts.person_id", ondelete="CASCADE"))
    started_by: Mapped[str | None] = mapped_column(String(24))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInAttempt(Base):
    """An attempt to sign in that was not successful, for the limit on attempts.

    `source` is a SHA-256 of the e-mail address or of the network address that it came from.
    """

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "source", "at"), Index(None, "at"))

    number: Mapped[int] = mapped_column(_COUNTED, primary_key=True)
    source: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LogEntry(Base):
    """Something that was done to an account or by an office: what, when and by whom.

    `actor` and `subject` are ids. An entry names nobody, so that nothing of a deleted person stays in it
    but the action and its time.
    """

    __tablename__ = "log_entries"
    __table_args__ = (Index(None, "at"), Index(None, "actor"), Index(None, "subject"))

    number: Mapped[int] = mapped_column(_COUNTED, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str | None] = mapped_column(String(24))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str | None] = mapped_column(String(24))
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class OfficeSettings(Base):
    """What the office decides, in one row whose `id` is 1. Null: no limit, or kept for good."""

    __tablename__ = "office_settings"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(String(200))
    retention_days: Mapped[int | None] = mapped_column(Integer)
    quota_bytes: Mapped[int | None] = mapped_column(BigInteger)
    quota_minutes_a_day: Mapped[int | None] = mapped_column(Integer)
