"""Copies the rows of all tables from one database to another and compares them.

Both have the tables of this version. Rows are read in batches, and tables in the order of their foreign keys.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Integer, Row, Table, delete, func, insert, select, text
from sqlalchemy.orm import Session

# Each of these adds its tables to those of `Base`.
from service.db import account_models, advising_models, preparation_models  # noqa: F401
from service.db.models import LOCAL_PERSON, Base, Person

BATCH = 500
"""Rows that are held in memory at once. The largest, a result with all words, has about 200 kB."""

_LEFT_BEHIND = {"workers"}
"""Tables of what runs at the moment."""

_MADE_BY_MIGRATION = {"people", "office_settings"}
"""Tables that a new database has a row in."""

_MODULUS = 2**256


@dataclass(frozen=True)
class TableSum:
    """What a table holds, to be compared.

    Attributes:
        rows: their number.
        checksum: the sum of the SHA-256 of each row, so that it does not depend on their order.
    """

    rows: int
    checksum: int


def tables() -> list[Table]:
    """All tables that are moved, each after those it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_BEHIND]


def is_empty(session: Session) -> bool:
    """Whether a database holds no more than a new one."""
    for table in tables():
        number = session.scalar(select(func.count()).select_from(table)) or 0
        if number > (1 if table.name in _MADE_BY_MIGRATION else 0):
            return False
    found = session.scalar(select(Person).where(Person.id == LOCAL_PERSON))
    return found is None or found.changes == 0


def copy_rows(source: Session, target: Session) -> dict[str, TableSum]:
    """Copies every row, in place of those that a new database has.

    Args:
        source: sees one moment of the database all the while.
        target: of an empty database.

    Returns:
        What was read, by name of the table.
    """
    for table in reversed(tables()):
        if table.name in _MADE_BY_MIGRATION:
            target.execute(delete(table))
    copied: dict[str, TableSum] = {}
    for table in tables():
        rows, checksum = 0, 0
        for batch in _batches(source, table):
            target.connection().execute(insert(table), [dict(row._mapping) for row in batch])
            rows += len(batch)
            checksum = (checksum + sum(_checksum(row) for row in batch)) % _MODULUS
        copied[table.name] = TableSum(rows, checksum)
        _go_on_counting(target, table)
    return copied


def sums_of(session: Session) -> Mapping[str, TableSum]:
    """What each table of a database holds."""
    sums: dict[str, TableSum] = {}
    for table in tables():
        rows, checksum = 0, 0
        for batch in _batches(session, table):
            rows += len(batch)
            checksum = (checksum + sum(_checksum(row) for row in batch)) % _MODULUS
        sums[table.name] = TableSum(rows, checksum)
    return sums


def _batches(session: Session, table: Table) -> Iterator[list[Row[Any]]]:
    result = session.connection().execute(select(table).execution_options(yield_per=BATCH))
    for batch in result.partitions():
        yield list(batch)


def _checksum(row: Row[Any]) -> int:
    values = json.dumps(tuple(row), sort_keys=True, default=_plain)
    return int.from_bytes(hashlib.sha256(values.encode()).digest())


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return repr(value)


def _go_on_counting(target: Session, table: Table) -> None:
    """PostgreSQL numbers new rows from a counter, which copied rows do not change."""
    (column, *others) = table.primary_key.columns
    is_counted = not others and isinstance(column.type, Integer) and column.autoincrement is not False
    if not is_counted or target.get_bind().dialect.name != "postgresql":
        return
    last = target.scalar(select(func.max(column)))
    if last is not None:
        counter = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        target.execute(counter, {"table": table.name, "column": column.name, "last": last})
