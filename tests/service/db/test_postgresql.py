"""What only PostgreSQL can get wrong: simultaneous writers, several processes, a server that goes away."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from service.answers.changes import next_change
from service.db.engine import Database
from service.db.models import LOCAL_PERSON, Answer, Person
from service.dependencies import Service
from service.jobs.worker_jobs import WorkerJobs
from service.schemas import NewAnswer
from service.settings import Settings
from tests.service.in_process import client_of, new_database
from tests.service.postgresql_server import PostgreSQLServer
from tests.service.running import PATIENCE, REPOSITORY

pytestmark = pytest.mark.postgresql

WRITERS = 40


@pytest.fixture
def hosted(new_service: Callable[[str, Path], Service], tmp_path: Path) -> Service:
    return new_service("postgresql", tmp_path)


def all_at_once(work: Callable[[int], Any], count: int = WRITERS) -> list[Any]:
    """Results of calls that begin together."""
    barrier = threading.Barrier(count)

    def begin(number: int) -> Any:
        barrier.wait(PATIENCE)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_chunks_that_arrive_at_once_are_all_counted(hosted: Service) -> None:
    client = client_of(hosted)
    answer = client.post("/api/answers", json={"source": "recording"}).json()["id"]
    statuses = all_at_once(
        lambda number: client.put(f"/api/answers/{answer}/chunks/{number}", content=b"sound").status_code
    )
    assert statuses == [204] * WRITERS
    stored = client.get(f"/api/answers/{answer}").json()
    assert (stored["chunks"], stored["bytes"]) == (WRITERS, 5 * WRITERS)


def test_intake_and_workers_do_not_lock_each_other_out(hosted: Service) -> None:
    intake = hosted.intake(LOCAL_PERSON)
    answers = [intake.create(NewAnswer(source="recording")).id for _ in range(3)]
    for answer in answers:
        intake.put(answer, 0, b"sound")

    def take_part(number: int) -> None:
        if number % 2:
            for chunk in range(1, 8):
                intake.put(answers[number // 2], chunk, b"more")
            return
        jobs = WorkerJobs(hosted.database, f"machine/1/2/{number}", lease=30)
        for _ in range(8):
            if (job := jobs.next()) is not None:
                jobs.save(job, progress_done=1.0)
                jobs.release(job)

    all_at_once(take_part, 6)
    with hosted.database.reading() as session:
        counts = session.scalars(select(Answer.chunk_count).where(Answer.id.in_(answers))).all()
    assert counts == [8, 8, 8]


def test_processes_that_start_together_migrate_once(postgresql_server: str) -> None:
    address = new_database(postgresql_server, "started_together")
    program = (
        "from service.db.engine import Database; "
        f"database = Database({address!r}); database.migrate(); database.close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    failures = [process.communicate(timeout=PATIENCE)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], failures


def test_an_address_needs_no_driver(postgresql_server: str) -> None:
    address = new_database(postgresql_server, "without_driver").replace("+psycopg", "")
    assert address.startswith("postgresql://")
    database = Database(address)
    database.migrate()
    with database.reading() as session:
        assert session.scalars(select(Person.id)).all() == [LOCAL_PERSON]
    database.close()


def test_a_deadlock_is_tried_again_and_nobody_notices(
    hosted: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(hosted)
    original = hosted.intake(LOCAL_PERSON).create(NewAnswer(title="Before")).id
    attempts = []

    def conflict_once(session: Any, person: str) -> int:
        attempts.append(person)
        if len(attempts) == 1:
            session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '40P01'; END $$"))
        return next_change(session, person)

    monkeypatch.setattr("service.answers.repository.next_change", conflict_once)
    changed = client.patch(f"/api/answers/{original}", json={"title": "After"})
    assert (changed.status_code, changed.json()["title"]) == (200, "After")
    assert len(attempts) == 2


def test_a_deadlock_that_comes_again_and_again_is_answered_as_busy(
    hosted: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = hosted.intake(LOCAL_PERSON).create(NewAnswer(title="Before")).id

    def conflict(session: Any, person: str) -> int:
        session.execute(text("DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '40001'; END $$"))
        return next_change(session, person)

    monkeypatch.setattr("service.answers.repository.next_change", conflict)
    refused = client_of(hosted).patch(f"/api/answers/{answer}", json={"title": "After"})
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert int(refused.headers["retry-after"]) > 0


def test_a_server_that_was_restarted_costs_no_request(
    own_postgresql_server: PostgreSQLServer, tmp_path: Path
) -> None:
    address = new_database(own_postgresql_server.address, "restarted")
    service = Service.open(Settings(data_folder=tmp_path / "data", database_url=address, free_space_floor=0))
    client = client_of(service)
    client.get("/api/about")

    def read_status(_: int) -> int:
        return client.get("/api/answers").status_code

    assert all_at_once(read_status, 8) == [200] * 8
    own_postgresql_server.stop()
    for refused in (client.get("/api/answers"), client.post("/api/answers", json={})):
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert int(refused.headers["retry-after"]) > 0
    own_postgresql_server.start()
    assert [response.status_code for response in all_at_once(lambda _: client.get("/api/answers"), 8)] == [
        200
    ] * 8
    assert client.post("/api/answers", json={}).status_code == 201
    # Also where no request has noticed that it was away.
    own_postgresql_server.stop()
    own_postgresql_server.start()
    assert all_at_once(read_status, 8) == [200] * 8
    service.database.close()


def test_a_worker_waits_for_a_server_that_is_away(own_postgresql_server: PostgreSQLServer) -> None:
    address = new_database(own_postgresql_server.address, "away")
    database = Database(address, outage=PATIENCE)
    database.migrate()

    def write() -> int:
        with database.writing(LOCAL_PERSON) as session:
            return next_change(session, LOCAL_PERSON)

    before = write()
    own_postgresql_server.stop()
    with ThreadPoolExecutor() as pool:
        read = pool.submit(lambda: WorkerJobs(database, "machine/1/2/3", lease=30).next())
        written = pool.submit(write)
        time.sleep(0.7)
        assert not read.done() and not written.done()
        own_postgresql_server.start()
        assert read.result(PATIENCE) is None
        assert written.result(PATIENCE) == before + 1
    database.close()
