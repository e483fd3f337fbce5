"""The clock of the database: the only one that all machines of a service share."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, type_coerce
from sqlalchemy.orm import Session

from service.db.columns import UtcDateTime

DATABASE_NOW: ColumnElement[datetime] = type_coerce(func.current_timestamp(), UtcDateTime)
"""The time at which the transaction began (PostgreSQL) or the statement runs (SQLite, whole seconds)."""


def database_now(session: Session) -> datetime:
    """The current time in UTC, of the database's clock."""
    return session.execute(select(DATABASE_NOW)).scalar_one()
