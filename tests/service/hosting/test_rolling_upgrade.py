"""Migrations since 0009 leave what nodes of the version before use: none has to stop while they run."""

import types
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine

from service.db import engine

FIRST = "0009"
"""The first migration while which nodes of the version before may go on working."""


def schema(connection: Any) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def migrations() -> list[types.ModuleType]:
    config = Config()
    config.set_main_option("script_location", str(engine._MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    return [script.module for script in reversed(list(scripts.walk_revisions()))]


def test_new_migrations_only_add_what_older_nodes_need_not_know(tmp_path: Path) -> None:
    database = create_engine(f"sqlite:///{tmp_path / 'schema.sqlite3'}")
    seen = []
    for migration in migrations():
        # A transaction each: SQLite shows another connection nothing before the end of one.
        with database.begin() as connection:
            before = schema(connection)
            with Operations.context(MigrationContext.configure(connection)):
                migration.upgrade()
        if migration.revision < FIRST:
            continue
        seen.append(migration.revision)
        with database.begin() as connection:
            after = schema(connection)
        check(before, after, migration.revision)
    assert seen[:5] == ["0009", "0010", "0011", "0012", "0013"]
    database.dispose()


def check(before: MetaData, after: MetaData, name: str) -> None:
    for table in before.sorted_tables:
        assert table.name in after.tables, f"{name} drops {table.name}"
        new = after.tables[table.name]
        for column in table.columns:
            assert column.name in new.columns, f"{name} drops {table.name}.{column.name}"
            kept = new.columns[column.name]
            assert str(kept.type) == str(column.type), f"{name} changes {table.name}.{column.name}"
            assert kept.nullable or not column.nullable, f"{name} makes {table.name}.{column.name} obligatory"
        for column in new.columns:
            if column.name not in table.columns:
                optional = column.nullable or column.server_default is not None
                assert optional, f"an older node would write no {table.name}.{column.name}"
        unique = {tuple(sorted(c.columns.keys())) for c in new.indexes if c.unique}
        earlier = {tuple(sorted(c.columns.keys())) for c in table.indexes if c.unique}
        assert unique <= earlier, f"{name} refuses rows of {table.name} that an older node writes"


def test_the_check_finds_an_obligatory_column() -> None:
    from sqlalchemy import Column, Integer, Table

    before, after = MetaData(), MetaData()
    Table("one", before, Column("id", Integer, primary_key=True))
    Table("one", after, Column("id", Integer, primary_key=True), Column("new", Integer, nullable=False))
    with pytest.raises(AssertionError, match=r"would write no one\.new"):
        check(before, after, "0099")
    with pytest.raises(AssertionError, match="drops one"):
        check(before, MetaData(), "0099")
