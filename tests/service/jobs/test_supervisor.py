"""Reasons for which the supervisor stops a worker. The workers here only hold a lease."""

import subprocess
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.jobs import supervisor
from service.jobs.database_queue import DatabaseQueue
from service.jobs.supervisor import Supervisor
from tests.service.running import eventually


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


def leased(service: Service) -> list[str]:
    """Names of the workers that hold an answer."""
    with service.database.reading() as session:
        return [lease.worker for lease in DatabaseQueue().leases(session)]


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
