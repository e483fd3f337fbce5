"""`greenroom migrate` makes the tables, and says so where the database is not there."""

from pathlib import Path

import pytest

from service.cli import migrate
from service.hosting.processes import free_ports
from tests.service.in_process import run_command


def test_the_tables_are_made(tmp_path: Path) -> None:
    done = run_command("migrate", folder=tmp_path / "data")
    assert (done.returncode, done.stdout) == (0, "The database has the tables of this version.\n")


def test_a_database_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "STARTING_SECONDS", 0.0)
    (port,) = free_ports(1)
    address = f"postgresql://somebody@127.0.0.1:{port}/nothing"
    done = run_command("migrate", folder=tmp_path / "data", GREENROOM_DATABASE_URL=address)
    assert done.returncode == 2
    assert done.stderr.startswith("The database does not answer.")
