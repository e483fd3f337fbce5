"""Reasons for which the supervisor stops a worker. The workers here only hold a lease."""

import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import ctranslate2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from analysis.errors import RecogniserError
from analysis.transcription.fake import FakeEngine
from service.answers.changes import next_change
from service.db.models import Answer
from service.dependencies import Service
from service.jobs import recovery, supervisor
from service.jobs.database_queue import DatabaseQueue
from service.jobs.heartbeat import Heartbeat
from service.jobs.queue import Lease
from service.jobs.supervisor import Supervisor
from service.jobs.worker import engine_loader
from service.jobs.worker_jobs import WorkerJobs
from tests.service.running import PATIENCE, eventually


@pytest.fixture
def starts(service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replaces workers by idle processes, each of which claims the waiting jobs; returns their names."""
    names: list[str] = []

    def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        names.append(command[-1])
        queue = DatabaseQueue()
        with service.database.writing() as session:
            waiting = queue.first_waiting(session, ["upload"], isolated=True)
            if waiting is not None:
                queue.claim(session, waiting, command[-1], lease_seconds=3600.0)
        # It ends with its input, as a worker does.
        return subprocess.Popen(["cat"], stdin=options["stdin"], stdout=subprocess.DEVNULL)

    fake = SimpleNamespace(Popen=start, PIPE=subprocess.PIPE, TimeoutExpired=subprocess.TimeoutExpired)
    monkeypatch.setattr(supervisor, "subprocess", fake)
    return names


@pytest.fixture
def supervise(service: Service) -> Callable[..., Supervisor]:
    """Makes a supervisor with these settings."""
    return lambda **settings: Supervisor(service.settings.model_copy(update=settings), service.database)


@pytest.mark.parametrize(
    ("limit", "code", "attempts"),
    [({"worker_memory": 1}, "worker_out_of_memory", 3), ({"time_limit": 0.01}, "took_too_long", 1)],
    ids=["memory", "time"],
)
def test_a_worker_over_a_limit_is_stopped(
    client: TestClient,
    starts: list[str],
    supervise: Callable[..., Supervisor],
    limit: dict[str, float],
    code: str,
    attempts: int,
) -> None:
    answer = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).json()["id"]
    supervised = supervise(**limit)
    supervised.start()
    try:
        failed = eventually(
            lambda: (
                (work := client.get(f"/api/answers/{answer}").json()["work"])["state"] == "failed" and work
            )
        )
    finally:
        supervised.stop()
    assert failed["error"]["code"] == code
    assert len(set(starts)) == len(starts) >= attempts
    assert client.get(f"/api/answers/{answer}/original").content == b"sound"


@pytest.mark.long
def test_work_that_goes_on_slowly_is_not_stopped(
    service: Service,
    client: TestClient,
    starts: list[str],
    supervise: Callable[..., Supervisor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "_QUEUE_SECONDS", 0.1)
    answer = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).json()["id"]
    supervised = supervise(time_limit=1.0)
    supervised.start()
    try:
        (lease,) = eventually(lambda: leases(service))
        worker = WorkerJobs(service.database, lease.worker, lease=3600.0)
        job = SimpleNamespace(answer=answer, person="local", lease=lease)
        begun = time.monotonic()
        while (done := time.monotonic() - begun) < 2.5:
            worker.save(job, progress_done=done)  # type: ignore[arg-type]
            time.sleep(0.05)
        assert leased(service) == starts, "more than twice the limit, but never without progress"
        work = eventually(
            lambda: (
                (work := client.get(f"/api/answers/{answer}").json()["work"])["state"] == "failed" and work
            )
        )
    finally:
        supervised.stop()
    assert work["error"]["code"] == "took_too_long"


@pytest.mark.parametrize("looked_late", [False, True])
def test_a_worker_that_uses_the_processor_keeps_its_lease(
    service: Service, client: TestClient, looked_late: bool
) -> None:
    client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    jobs = WorkerJobs(service.database, "here", lease=-1.0 if looked_late else 5.0)
    job = jobs.next()
    assert job is not None
    for workers in ([], ["elsewhere"]):
        recovery.renew_leases(service.database, workers, lease_seconds=30.0, even_expired=looked_late)
        assert leases(service) == [job.lease]
    recovery.renew_leases(service.database, ["here"], lease_seconds=30.0, even_expired=False)
    assert (leases(service)[0].until == job.lease.until) is looked_late
    recovery.renew_leases(service.database, ["here"], lease_seconds=30.0, even_expired=looked_late)
    assert leases(service)[0].until > time.time() + 20
    recovery.record_expired_leases(service.database)
    assert jobs.holds(job)


def test_a_lease_that_nobody_could_renew_has_not_expired(
    service: Service, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "_QUICK_SECONDS", 0.2)
    client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    job = WorkerJobs(service.database, "here", lease=-1.0).next()
    assert job is not None
    busy = threading.Event()

    def keep_busy() -> None:
        with service.database.writing() as session:
            next_change(session, "local")
            busy.set()
            time.sleep(0.5)

    other = threading.Thread(target=keep_busy)
    other.start()
    assert busy.wait(PATIENCE)
    recovery.record_expired_leases(service.database)
    other.join(PATIENCE)
    assert leases(service) == [job.lease]
    recovery.record_expired_leases(service.database)
    assert leases(service) == []


def test_waiting_for_the_recogniser_is_no_standstill(service: Service, client: TestClient) -> None:
    client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    jobs = WorkerJobs(service.database, "here", lease=30.0)
    job = jobs.next()
    assert job is not None
    before = recovery.running_attempts(service.database, "here")
    jobs.renew(job)
    assert recovery.running_attempts(service.database, "here") == before
    with Heartbeat(jobs, job, lease=0.3) as heartbeat:
        eventually(lambda: heartbeat.wait() or recovery.running_attempts(service.database, "here") != before)


def test_uploads_of_which_nothing_arrived_are_removed_after_a_day(
    service: Service, client: TestClient
) -> None:
    begun = [
        client.post("/api/answers", json={"source": source, "title": title}).json()["id"]
        for source, title in (
            ("upload", "Old"),
            ("upload", "New"),
            ("upload", "Some"),
            ("recording", "Spoken"),
        )
    ]
    client.put(f"/api/answers/{begun[2]}/chunks/0", content=b"sound").raise_for_status()
    with service.database.writing() as session:
        for answer in (begun[0], begun[2], begun[3]):
            session.get_one(Answer, answer).received_at -= timedelta(days=2)
    recovery.remove_never_begun(service.database)
    assert all(client.get(f"/api/answers/{answer}").status_code == 200 for answer in begun), "not interrupted"
    recovery.mark_interrupted(service.database, 120.0)
    recovery.remove_never_begun(service.database)
    there = [client.get(f"/api/answers/{answer}").status_code for answer in begun]
    assert there == [404, 200, 200, 200]


def leases(service: Service) -> Sequence[Lease]:
    """What workers hold."""
    with service.database.reading() as session:
        return DatabaseQueue().leases(session)


def leased(service: Service) -> list[str]:
    """Names of the workers that hold an answer."""
    return [lease.worker for lease in leases(service)]


def test_a_worker_within_its_limits_is_left_alone_until_the_service_stops(
    service: Service, client: TestClient, starts: list[str], supervise: Callable[..., Supervisor]
) -> None:
    client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    supervised = supervise()
    supervised.start()
    try:
        supervised._look_at_workers()
        supervised._look_at_queue()
        assert len(starts) == 1 and leased(service) == starts
    finally:
        supervised.stop()
    # Its job continues at the next start.
    assert leased(service) == []


def test_workers_are_not_started_without_the_device_that_they_are_to_use(
    starts: list[str], supervise: Callable[..., Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)
    with pytest.raises(RecogniserError) as refused:
        supervise(device="cuda").start()
    assert refused.value.code == "no_graphics_processor" and starts == []


def test_a_recogniser_is_told_of_a_device_that_was_chosen(service: Service) -> None:
    told: list[dict[str, str]] = []
    chosen = service.settings.model_copy(update={"engine": f"{__name__}:told_engine", "device": "auto"})
    told_engine.told = told  # type: ignore[attr-defined]
    engine_loader(chosen)()
    engine_loader(chosen.model_copy(update={"device": "cpu"}))()
    assert told == [{"device": "auto"}, {}]


def told_engine(model: str, **options: str) -> FakeEngine:
    """Notes what it is told."""
    told_engine.told.append(options)  # type: ignore[attr-defined]
    return FakeEngine()


def test_it_stops_in_order_while_the_database_is_away(
    service: Service,
    starts: list[str],
    supervise: Callable[..., Supervisor],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*arguments: object) -> None:
        raise OperationalError("SELECT 1", None, OSError("away"))

    supervised = supervise(workers=2)
    supervised.start()
    processes = [worker.process for worker in supervised._workers]
    monkeypatch.setattr(recovery, "release", away)
    supervised.stop()
    assert len(processes) == 2 and all(process.poll() == 0 for process in processes)
