"""What an error of the database means for whoever asked: try again, later or never.

PostgreSQL describes errors by five characters, its SQLSTATE (appendix A of its manual); SQLite by a name.
"""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from service.db.write_queue import DatabaseBusyError

_CONFLICTS = ("40001", "40P01")
"""serialization_failure and deadlock_detected."""

_UNREACHABLE = ("08", "57P", "53300")
"""How the states begin of a lost connection, a server that stops or starts, and one that has no connection
left."""

_PASSING = ("55P03", "25P03", *_CONFLICTS)
"""States that end by themselves: a lock that others held for too long, a transaction that stood still, and
conflicts."""

_UNSTORABLE = ("22021", "22P05", "22003", "22008")
"""character_not_in_repertoire, untranslatable_character, numeric_value_out_of_range and
datetime_field_overflow."""


def is_busy(error: DBAPIError) -> bool:
    """Whether the database could not do it now: nothing was written, and the same may work a little later.

    Other writers were in the way, or on PostgreSQL its server cannot be reached, stops or has just restarted.
    """
    name = getattr(error.orig, "sqlite_errorname", "")
    return (
        isinstance(error, DatabaseBusyError)
        or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
        or _state(error) in _PASSING
        or is_unreachable(error)
    )


def is_conflict(error: DBAPIError) -> bool:
    """Whether PostgreSQL ended the transaction in favour of another one: it can be tried again at once."""
    return _state(error) in _CONFLICTS


def is_full(error: DBAPIError) -> bool:
    """Whether the disk of the database is full."""
    return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_FULL" or _state(error) == "53100"


def is_unstorable(error: DBAPIError) -> bool:
    """Whether PostgreSQL cannot hold a value that it was given, such as a text with NUL."""
    # The driver itself refuses NUL, before the server could give a state.
    refused_by_driver = type(error.orig).__name__ == "DataError" and _state(error) is None
    return refused_by_driver or _state(error) in _UNSTORABLE


def is_unreachable(error: DBAPIError) -> bool:
    """Whether PostgreSQL's server could not be reached, or ended the connection."""
    state = _state(error)
    if error.connection_invalidated or state is None:
        # The driver gives no state for a server that it cannot reach.
        return type(error.orig).__module__.startswith("psycopg") and isinstance(
            error, OperationalError | InterfaceError
        )
    return state.startswith(_UNREACHABLE)


def _state(error: DBAPIError) -> str | None:
    """PostgreSQL's code of five characters for an error; None where it gave none."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state
