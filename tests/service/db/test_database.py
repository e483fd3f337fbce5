"""Migrations create the tables of the models, and queries run, on both SQLite and PostgreSQL."""

import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from service.answers.changes import next_change
from service.answers.repository import Answers
from service.db import migrations, write_queue
from service.db.engine import Database
from service.db.failures import is_busy
from service.db.models import LOCAL_PERSON, Base, Job
from service.dependencies import Service
from service.jobs import recovery
from service.jobs.queue import LeaseLostError
from service.jobs.worker_jobs import WorkerJobs
from service.server import sweep
from service.settings import Settings
from tests.service.in_process import client_of
from tests.service.running import PATIENCE, eventually

MIGRATIONS = Path(migrations.__file__).parent


def upload(client: TestClient, **fields: str) -> str:
    answer = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}, data=fields)
    return str(answer.raise_for_status().json()["id"])


def test_the_migrations_create_the_tables_of_the_models(address: str) -> None:
    database = Database(address)
    database.migrate()
    database.migrate()
    with create_engine(address).connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_no_search_index})
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def _is_no_search_index(name: str | None, kind: str, parents: object) -> bool:
    """Leaves out full-text search, which each database does in its own way and the models do not describe."""
    return not (name or "").startswith(("transcript_search", "ix_transcript_texts_words"))


def test_a_database_of_the_first_version_is_brought_up_to_date_with_its_rows(
    address: str, tmp_path: Path
) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(address)
    made = "2024-05-01 10:00:0"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(f"INSERT INTO people VALUES ('local', '{made}0', 3, 0, true)")
        for number, question in enumerate(["Why medicine?", "Why here?", "Why medicine?", None]):
            values = {
                **{"id": f"a{number}", "person_id": "local", "sequence": number, "run": 1, "crashes": 0},
                **{"title": "T", "question": question, "source": "upload", "span_version": 0},
                **{"created_at": f"{made}{number}", "received_at": f"{made}{number}"},
                **{"intake": "complete", "bytes": 5, "chunk_count": 1, "work_state": "ready"},
                **{"peaks_ready": False, "transcript_ready": False, "report_ready": True},
            }
            places = ", ".join(f":{name}" for name in values)
            connection.execute(text(f"INSERT INTO answers ({', '.join(values)}) VALUES ({places})"), values)
            connection.exec_driver_sql(f"INSERT INTO chunks VALUES ('a{number}', 0, 5, 'sum')")
            connection.exec_driver_sql(
                f"INSERT INTO stage_results VALUES ('a{number}', 'measure', '1', 0, '{{}}')"
            )
    engine.dispose()
    service = Service.open(Settings(data_folder=tmp_path / "data", database_url=address, free_space_floor=0))
    with service.database.reading() as session:
        answers = Answers(session, LOCAL_PERSON)
        rows = answers.list_all()
        assert [(row.id, row.take, row.capture) for row in rows] == [
            ("a0", 1, None),
            ("a1", 1, None),
            ("a2", 2, None),
            ("a3", None, None),
        ]
        # The migration deleted no row that refers to an answer.
        assert [len(answers.chunks(row.id)) for row in rows] == [1, 1, 1, 1]
        assert [answers.result(row.id, "measure") for row in rows] == ["{}"] * 4
    client = client_of(service)
    assert client.get("/api/answers/a2").json()["paused_at"] == []
    new = client.post("/api/answers", json={"question": "Why medicine?"}).json()
    assert new["take"] == 3
    service.database.close()


def test_the_life_cycle_of_an_answer(opened: Service) -> None:
    client = client_of(opened)
    first = upload(client, title="Erste – 一", session="Mocks")
    second = upload(client, session="Mocks")
    assert [item["id"] for item in client.get("/api/answers?limit=1").json()["items"]] == [second]
    cursor = client.get("/api/answers?limit=1").json()["next"]
    assert client.get("/api/answers", params={"cursor": cursor}).json()["items"][0]["id"] == first

    jobs = WorkerJobs(opened.database, "machine/1/2/3", lease=30)
    job = jobs.next()
    assert job is not None and (job.answer, job.lease.attempt, job.chunks) == (first, 1, ((5, None),))
    jobs.save(job, duration=12.5, work_stage="transcribe")
    jobs.save_result(job, "transcribe", '{"a": 1}', transcript_ready=True)
    jobs.save_result(job, "transcribe", '{"a": 2}', transcript_ready=True)
    assert jobs.result(job, "transcribe") == '{"a": 2}'
    jobs.save_result(job, "measure", "{}", report_ready=True, summary={"headline": "x", "measures": {}})
    jobs.finish(job)
    ready = client.get(f"/api/answers/{first}").json()
    assert (ready["work"]["state"], ready["duration"]) == ("ready", 12.5)
    assert ready["summary"]["headline"] == "x"
    assert ready["available"] == ["transcript", "report"]

    assert client.get("/api/sessions").json()["items"][0]["answers"] == 2
    session = ready["session"]["id"]
    assert client.delete(f"/api/sessions/{session}").status_code == 204
    assert client.get("/api/answers").json()["total"] == 0
    with opened.database.reading() as database_session:
        assert database_session.scalars(select(Job)).all() == []
    assert client.delete("/api/everything").status_code == 204


def test_saving_is_refused_once_an_answer_was_deleted_or_taken_over(opened: Service) -> None:
    client = client_of(opened)
    answer = upload(client)
    early = WorkerJobs(opened.database, "machine/1/2/3", lease=-1)
    late = WorkerJobs(opened.database, "machine/1/2/4", lease=30)
    old = early.next()
    assert old is not None and early.holds(old)
    recovery.record_expired_leases(opened.database)
    new = late.next()
    assert new is not None and (new.answer, new.lease.attempt) == (answer, 2)
    for refused in (
        lambda: early.save(old, duration=1.0),
        lambda: early.save_result(old, "measure", "{}", report_ready=True),
        lambda: early.finish(old),
        lambda: early.fail(old, "decode", "x", "y"),
    ):
        with pytest.raises(LeaseLostError):
            refused()
    assert not early.holds(old) and late.holds(new)
    assert "report" not in client.get(f"/api/answers/{answer}").json()["available"]
    client.delete(f"/api/answers/{answer}")
    with pytest.raises(LeaseLostError):
        late.save(new, duration=1.0)


def test_two_workers_never_claim_the_same_answer(opened: Service) -> None:
    client = client_of(opened)
    made = {upload(client) for _ in range(12)}
    claimed: list[str] = []

    def work(name: str) -> None:
        jobs = WorkerJobs(opened.database, name, lease=30)
        misses = 0
        while misses < 3:
            job = jobs.next()
            if job is None:
                misses += 1
            else:
                claimed.append(job.answer)

    threads = [threading.Thread(target=work, args=(f"machine/1/2/{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(made)


def test_a_write_that_begins_with_a_read_does_not_fail_during_another(opened: Service) -> None:
    failures: list[BaseException] = []
    begun, written = threading.Event(), threading.Event()

    def second() -> None:
        begun.wait(PATIENCE)
        try:
            with opened.database.writing() as session:
                next_change(session, LOCAL_PERSON)
        except DBAPIError as error:
            failures.append(error)
        written.set()

    thread = threading.Thread(target=second)
    thread.start()
    with opened.database.writing() as session:
        Answers(session, LOCAL_PERSON).last_change()
        begun.set()
        # The other one would write now; on SQLite it has to wait.
        written.wait(0.5)
        next_change(session, LOCAL_PERSON)
    thread.join()
    assert failures == []


def test_files_left_by_killed_processes_are_deleted(opened: Service) -> None:
    client = client_of(opened)
    kept = upload(client)
    folder = opened.settings.data_folder
    for leftover in (
        "answers/0123456789abcdef01234567/chunks",
        "work/0123456789abcdef01234567/1",
        "trash/ab",
    ):
        (folder / leftover).mkdir(parents=True)
    sweep(opened)
    left = [path.relative_to(folder).as_posix() for path in folder.glob("*/*")]
    assert left == [f"answers/{kept}"]


def test_the_change_counter_orders_everything(opened: Service) -> None:
    client = client_of(opened)
    answers = [upload(client) for _ in range(3)]
    client.patch(f"/api/answers/{answers[0]}", json={"title": "Later"})
    client.delete(f"/api/answers/{answers[1]}")
    with opened.database.reading() as session:
        stored = Answers(session, LOCAL_PERSON)
        changed, deleted = stored.changed_after(0), stored.deleted_after(0)
        last = stored.last_change()
    assert [row.id for row in changed] == [answers[2], answers[0]]
    assert [row.answer_id for row in deleted] == [answers[1]]
    assert changed[-1].sequence < deleted[-1].sequence == last


def test_deleted_rows_are_gone_from_the_files(tmp_path: Path) -> None:
    service = Service.open(Settings(data_folder=tmp_path / "data", free_space_floor=0))
    client = client_of(service)
    answer = upload(client, title="Platypus")

    def holding() -> list[str]:
        files = [path for path in (tmp_path / "data").iterdir() if path.is_file()]
        return [path.name for path in files if b"Platypus" in path.read_bytes()]

    assert holding()
    client.delete(f"/api/answers/{answer}")
    assert holding() == []
    service.database.close()


def hold(file: Path, seconds: float) -> threading.Thread:
    """Writes to an SQLite database for a while, as another process does; it has begun when this returns."""
    begun = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            begun.set()
            time.sleep(seconds)
            other.execute("COMMIT")

    thread = threading.Thread(target=write)
    thread.start()
    assert begun.wait(PATIENCE)
    return thread


def test_many_threads_write_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # So short that SQLite itself would refuse a second writer at once.
    monkeypatch.setattr(Database, "_prepare_sqlite", _without_patience)
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    database.migrate()
    order: list[int] = []

    def write(number: int) -> None:
        with database.writing() as session:
            next_change(session, LOCAL_PERSON)
            order.append(number)
            time.sleep(0.01)

    threads = []
    with database.writing():
        for number in range(20):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            time.sleep(0.005)
    for thread in threads:
        thread.join(PATIENCE)
    assert order == list(range(20))
    database.close()


def _without_patience(database: Database, connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout = 0", "journal_mode = WAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def test_a_thread_that_has_no_turn_gives_up_and_lets_the_others_go_on(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}", patience=0.2)
    database.migrate()
    refused: list[DBAPIError] = []

    def write() -> None:
        try:
            with database.writing() as session:
                next_change(session, LOCAL_PERSON)
        except DBAPIError as error:
            refused.append(error)

    with database.writing() as session:
        next_change(session, LOCAL_PERSON)
        waiting = [threading.Thread(target=write) for _ in range(3)]
        for thread in waiting:
            thread.start()
        for thread in waiting:
            thread.join(PATIENCE)
    assert [is_busy(error) for error in refused] == [True] * 3
    write()
    assert len(refused) == 3
    database.close()


def test_only_so_many_threads_wait_for_a_turn_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_queue, "MOST_WAITING", 2)
    monkeypatch.setattr(write_queue, "LONG_TURN", 0.2)
    queue = write_queue.WriteQueue()
    done: list[str] = []

    def write() -> None:
        try:
            with queue.turn(PATIENCE):
                done.append("written")
        except DBAPIError:
            done.append("refused")

    def begin(count: int) -> list[threading.Thread]:
        threads = [threading.Thread(target=write) for _ in range(count)]
        for thread in threads:
            thread.start()
        return threads

    with queue.turn(PATIENCE):
        # At the beginning of a turn, it may be over at any moment.
        threads = begin(3)
        time.sleep(0.4)
        threads += begin(2)
        eventually(lambda: done == ["refused"] * 2)
    for thread in threads:
        thread.join(PATIENCE)
    assert done == ["refused"] * 2 + ["written"] * 3


def test_a_database_that_stays_busy_is_a_problem_that_passes(service: Service) -> None:
    impatient = Database(service.settings.database_address, patience=0.1)
    client = client_of(replace(service, database=impatient))
    answer = client.post("/api/answers", json={}).json()["id"]
    chunk = f"/api/answers/{answer}/chunks/0"
    form = {"file": ("a.wav", b"sound")}
    other = hold(service.settings.data_folder / "greenroom.sqlite3", 1.0)
    refused = [
        client.put(chunk, content=b"sound"),
        client.post("/api/answers", json={}),
        client.post("/api/uploads", files=form),
    ]
    assert [(each.status_code, each.json()["code"]) for each in refused] == [(503, "busy")] * 3
    assert all(int(each.headers["retry-after"]) > 0 for each in refused)
    assert client.get(f"/api/answers/{answer}").status_code == 200
    other.join(PATIENCE)
    assert client.put(chunk, content=b"sound").status_code == 204
    assert client.get("/api/answers").json()["total"] == 1
    impatient.close()
