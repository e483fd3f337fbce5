"""The database's clock, for every time that two machines compare: their own clocks may be minutes apart."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, func, literal, select, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from service.db.columns import UtcDateTime


class database_seconds(FunctionElement[float]):  # noqa: N801 - reads as the SQL function that it is
    """Seconds since 1970 when the statement runs, after any wait for a lock.

    SQLite's clock has milliseconds.
    """

    type = Float()
    inherit_cache = True


@compiles(database_seconds, "postgresql")
def _(element: Any, compiler: Any, **options: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)"


@compiles(database_seconds, "sqlite")
def _(element: Any, compiler: Any, **options: Any) -> str:
    # 2440587.5 is the Julian day on which 1970 began. `unixepoch('subsec')` needs SQLite 3.42.
    return "((julianday('now') - 2440587.5) * 86400.0)"


class database_moment(FunctionElement[datetime]):  # noqa: N801
    """The time some seconds ago, to be compared with a column of times.

    Args:
        seconds_ago: how long ago; 0 for now.
    """

    type = UtcDateTime()
    inherit_cache = True

    def __init__(self, seconds_ago: float = 0.0) -> None:
        super().__init__(literal(float(seconds_ago), Float()))


@compiles(database_moment, "postgresql")
def _(element: Any, compiler: Any, **options: Any) -> str:
    # When the statement began: a time that changes while it runs could not be looked up in an index.
    ago = compiler.process(element.clauses, **options)
    return f"(statement_timestamp() - make_interval(secs => CAST({ago} AS DOUBLE PRECISION)))"


@compiles(database_moment, "sqlite")
def _(element: Any, compiler: Any, **options: Any) -> str:
    # As SQLAlchemy writes a time: SQLite compares the texts.
    ago = compiler.process(element.clauses, **options)
    return f"(strftime('%Y-%m-%d %H:%M:%f', 'now', (0.0 - {ago}) || ' seconds') || '000')"


DATABASE_NOW: ColumnElement[datetime] = type_coerce(func.current_timestamp(), UtcDateTime)
"""The time at which the transaction began (PostgreSQL) or the statement runs (SQLite, whole seconds)."""


def database_now(session: Session) -> datetime:
    """The current time in UTC, of the database's clock."""
    return session.execute(select(DATABASE_NOW)).scalar_one()


def moment_to_write(session: Session) -> Any:
    """The current time for a column of times, of the clock that all machines share.

    SQLite has one machine, whose own clock is finer than the database's: that keeps rows in order.
    """
    return datetime.now(UTC) if session.get_bind().dialect.name == "sqlite" else database_moment()
