"""A database is copied before a migration; a newer one is refused; deleted rows are in no copy either."""

import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from service.db import backups, migrations
from service.db.engine import Database, DatabaseTooNewError
from service.dependencies import Service
from service.settings import Settings
from tests.service.in_process import client_of, run_command
from tests.service.running import greenroom

MIGRATIONS = Path(migrations.__file__).parent
EARLIER = "0002"


def configuration(connection: object = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


HEAD = ScriptDirectory.from_config(configuration()).get_current_head()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose database is of an earlier version and holds a question."""
    made = tmp_path / "data"
    made.mkdir()
    migrate_to(f"sqlite:///{made / 'greenroom.sqlite3'}", EARLIER)
    write(made, "INSERT INTO people VALUES ('local', '2024-05-01 10:00:00', 3, 0, true)")
    write(
        made,
        "INSERT INTO own_questions (id, person_id, text, created_at) "
        "VALUES ('0123456789abcdef', 'local', 'Wombat?', '2024-05-01 10:00:00')",
    )
    return made


def migrate_to(address: str, revision: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), revision)
    engine.dispose()


def write(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "greenroom.sqlite3")) as database, database:
        database.execute(statement)


def read(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        return opened.execute(query).fetchall()


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / backups.FOLDER).glob("*"))


def opened(folder: Path) -> Service:
    return Service.open(Settings(data_folder=folder, free_space_floor=0))


def test_a_database_is_copied_before_it_is_migrated(folder: Path) -> None:
    opened(folder).database.close()
    assert copies(folder) == [f"greenroom-before-{HEAD}.sqlite3"]
    copy = folder / backups.FOLDER / copies(folder)[0]
    assert read(copy, "SELECT version_num FROM alembic_version") == [(EARLIER,)]
    assert read(copy, "SELECT text FROM own_questions") == [("Wombat?",)]
    assert read(copy, "PRAGMA integrity_check") == [("ok",)]
    # A single file: with a write-ahead log there would be three.
    assert read(copy, "PRAGMA journal_mode") == [("delete",)]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert read(folder / "greenroom.sqlite3", "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_the_copy_can_take_the_place_of_the_database(folder: Path) -> None:
    opened(folder).database.close()
    shutil.copyfile(folder / backups.FOLDER / copies(folder)[0], folder / "greenroom.sqlite3")
    service = opened(folder)
    client = client_of(service)
    own = [item["text"] for item in client.get("/api/questions").json()["items"] if item["own"]]
    assert own == ["Wombat?"]
    service.database.close()


def test_nothing_is_copied_when_there_is_nothing_to_migrate(tmp_path: Path) -> None:
    for _ in range(2):
        opened(tmp_path / "data").database.close()
        assert not (tmp_path / "data" / backups.FOLDER).exists()


def test_only_the_latest_copy_is_kept(folder: Path) -> None:
    (folder / backups.FOLDER).mkdir()
    for name in ("greenroom-before-0002.sqlite3", "greenroom-before-0003.sqlite3.partial", "mine.sqlite3"):
        (folder / backups.FOLDER / name).touch()
    opened(folder).database.close()
    assert copies(folder) == [f"greenroom-before-{HEAD}.sqlite3", "mine.sqlite3"]


def test_without_a_copy_nothing_is_migrated(folder: Path) -> None:
    (folder / backups.FOLDER).write_text("in the way")
    tried = run_command("export", str(folder / "never.zip"), folder=folder)
    assert (tried.returncode, "[database_not_copied]" in tried.stderr) == (2, True)
    assert "Traceback" not in tried.stderr
    assert read(folder / "greenroom.sqlite3", "SELECT version_num FROM alembic_version") == [(EARLIER,)]


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, broken)
    (broken / "versions" / "9999_broken.py").write_text(
        f'from alembic import op\n\nrevision = "9999"\ndown_revision = "{HEAD}"\n\n\n'
        "def upgrade():\n"
        '    op.drop_table("own_questions")\n'
        '    raise RuntimeError("half-way")\n'
    )
    monkeypatch.setattr("service.db.engine._MIGRATIONS", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        opened(folder)
    assert copies(folder) == ["greenroom-before-9999.sqlite3"]
    for database in (folder / "greenroom.sqlite3", folder / backups.FOLDER / copies(folder)[0]):
        assert read(database, "SELECT version_num FROM alembic_version") == [(EARLIER,)]
        assert read(database, "SELECT text FROM own_questions") == [("Wombat?",)]


def _delete_an_answer(client: TestClient) -> None:
    [answer] = client.get("/api/answers").json()["items"]
    client.delete(f"/api/answers/{answer['id']}").raise_for_status()


def _delete_a_session(client: TestClient) -> None:
    [session] = client.get("/api/sessions").json()["items"]
    client.delete(f"/api/sessions/{session['id']}").raise_for_status()


def _delete_a_question(client: TestClient) -> None:
    client.delete("/api/questions/0123456789abcdef").raise_for_status()


def _delete_a_focus(client: TestClient) -> None:
    client.delete("/api/focus/2026-W47").raise_for_status()


def _delete_everything(client: TestClient) -> None:
    client.delete("/api/everything").raise_for_status()


@pytest.mark.parametrize(
    "delete",
    [_delete_an_answer, _delete_a_session, _delete_a_question, _delete_a_focus, _delete_everything],
    ids=lambda delete: delete.__name__,
)
def test_a_deletion_deletes_the_copies(folder: Path, delete: Callable[[TestClient], None]) -> None:
    service = opened(folder)
    client = client_of(service)
    answer = {"files": {"file": ("a.wav", b"sound")}, "data": {"session": "Mocks"}}
    client.post("/api/uploads", **answer).raise_for_status()
    client.delete("/api/answers/0123456789abcdef")
    assert copies(folder)  # no such answer: nothing was deleted
    delete(client)
    assert not (folder / backups.FOLDER).exists()
    service.database.close()


def test_the_command_deletes_the_copies(folder: Path) -> None:
    opened(folder).database.close()
    assert copies(folder)
    run_command("delete", "--yes", folder=folder).check_returncode()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files and not any(b"Wombat" in path.read_bytes() for path in files)
    assert not (folder / backups.FOLDER).exists()


def test_a_copy_is_deleted_after_a_while(folder: Path) -> None:
    opened(folder).database.close()
    copy = folder / backups.FOLDER / copies(folder)[0]
    for days, kept in ((backups.DAYS_KEPT - 1, True), (backups.DAYS_KEPT + 1, False)):
        then = time.time() - days * 86_400
        os.utime(copy, (then, then))
        opened(folder).database.close()
        assert copy.exists() is kept


def test_a_newer_database_is_refused(address: str) -> None:
    database = Database(address)
    database.migrate()
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseTooNewError):
        database.migrate()
    with database.reading() as session:
        current = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version")
        assert current.scalar_one() == "9999"
    database.close()


@pytest.mark.parametrize(
    "arguments",
    [("serve", "--port", "0"), ("worker",), ("export", os.devnull), ("delete", "--yes"), ("progress",)],
    ids=lambda arguments: arguments[0],
)
def test_every_command_reports_a_newer_database(folder: Path, arguments: tuple[str, ...]) -> None:
    write(folder, "UPDATE alembic_version SET version_num = '9999'")
    # A service that does not refuse the database would not end.
    run = greenroom if arguments[0] in {"serve", "worker"} else run_command
    tried = run(*arguments, folder=folder)
    assert (tried.returncode, tried.stdout) == (2, "")
    said = " ".join(tried.stderr.split())
    assert said == (
        "These recordings were last opened by a newer version of Greenroom. Nothing was changed. "
        "Open them with that version or a later one. [database_too_new]"
    )
    assert read(folder / "greenroom.sqlite3", "SELECT text FROM own_questions") == [("Wombat?",)]
    assert not (folder / backups.FOLDER).exists()
