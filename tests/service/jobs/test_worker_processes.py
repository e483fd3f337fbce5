"""Which workers are alive, on this machine and on others."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import select, update

from service.db.models import Job, Worker
from service.dependencies import Service
from service.jobs import recovery
from service.jobs.worker_jobs import WorkerJobs
from service.jobs.worker_processes import forget, is_running, note_seen, supervisor_name, unseen
from tests.service.in_process import client_of
from tests.service.running import PATIENCE, REPOSITORY, eventually


def with_part(name: str, place: int, part: str) -> str:
    """The name with another part at this place."""
    parts = name.split("/")
    parts[place] = part
    return "/".join(parts)


def test_a_process_of_this_machine_is_looked_up() -> None:
    name = supervisor_name()
    assert is_running(f"{name}/7", one_machine=False) is True
    assert name != supervisor_name(), "each name is new"
    program = "from service.jobs.worker_processes import supervisor_name; print(supervisor_name())"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert is_running(ended.stdout.strip(), one_machine=False) is False
    assert is_running(with_part(ended.stdout, 3, name.split("/")[3]), one_machine=False) is True
    # This process id belongs to another process now.
    reused = with_part(with_part(name, 3, "1"), 4, "1.00")
    assert is_running(reused, one_machine=False) is False


def test_of_another_container_or_machine_nothing_is_known() -> None:
    name = supervisor_name()
    container = with_part(with_part(name, 2, "4026530000"), 3, "1")
    assert is_running(container, one_machine=True) is None
    machine = with_part(name, 1, "00000000")
    assert is_running(machine, one_machine=False) is None
    assert is_running(machine, one_machine=True) is False, "before this machine was started"
    assert is_running("an older name", one_machine=True) is None


def test_a_worker_that_gives_no_sign_of_life_loses_its_jobs(opened: Service) -> None:
    client = client_of(opened)
    answers = [
        client.post("/api/uploads", files={"file": (name, b"sound")}).json()["id"] for name in ("a", "b")
    ]
    for name in ("dead", "alive"):
        with opened.database.writing() as session:
            note_seen(session, name)
        assert WorkerJobs(opened.database, name, lease=3600).next() is not None
    with opened.database.writing() as session:
        session.execute(update(Worker).where(Worker.name == "dead").values(seen_at=Worker.seen_at - 31))
    recovery.record_unseen_workers(opened.database, 30.0)
    with opened.database.reading() as session:
        jobs = {job.answer_id: job for job in session.scalars(select(Job))}
        assert [(jobs[each].state, jobs[each].crashes) for each in answers] == [("waiting", 1), ("leased", 0)]
        assert list(session.scalars(select(Worker.name))) == ["alive"]
    with opened.database.writing() as session:
        # It was only slow.
        note_seen(session, "dead")
        note_seen(session, "dead")
        assert unseen(session, 30.0) == []
        forget(session, ["dead", "alive"])


@pytest.mark.parametrize("opened", ["sqlite"], indirect=True)
def test_jobs_of_a_dead_process_wait_no_longer_than_until_the_next_look(opened: Service) -> None:
    client = client_of(opened)
    client.post("/api/uploads", files={"file": ("a", b"sound")}).raise_for_status()
    name = supervisor_name()
    jobs = WorkerJobs(opened.database, with_part(with_part(name, 3, "1"), 4, "1.00"), lease=3600)
    job = jobs.next()
    assert job is not None
    recovery.record_dead_supervisors(opened.database)
    assert not jobs.holds(job)


@pytest.mark.long
@pytest.mark.parametrize("opened", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_a_real_worker_is_seen_until_it_is_told_to_stop(opened: Service) -> None:
    settings = opened.settings.model_copy(update={"engine": "tests.service.engines:fake"})
    command = [sys.executable, "-m", "service.cli.application", "worker"]
    worker = subprocess.Popen(command, cwd=REPOSITORY, env={**os.environ, **settings.as_environment()})

    def seen() -> list[str]:
        with opened.database.reading() as session:
            return list(session.scalars(select(Worker.name)))

    try:
        (name,) = eventually(seen)
        assert is_running(name, one_machine=False) is True
        with opened.database.reading() as session:
            assert unseen(session, 30.0) == []
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    finally:
        worker.kill()
        worker.wait(PATIENCE)
    assert seen() == []
    assert is_running(name, one_machine=False) is False
