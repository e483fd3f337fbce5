"""A node tells whether it lives and whether it can serve, and stops without cutting a request."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from service.dependencies import Service
from service.hosting import readiness
from service.hosting.readiness import Readiness
from tests.service.in_process import client_of
from tests.service.running import RunningService, eventually

READY = {"node": "ok", "database": "ok", "storage": "ok"}


@pytest.fixture(autouse=True)
def _look_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "FRESH_SECONDS", 0.0)


def test_a_node_with_its_parts_is_ready(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    response = client.get("/ready")
    assert (response.status_code, response.json()) == (200, READY)


def test_ready_says_which_part_is_missing(client: TestClient, service: Service) -> None:
    shutil.rmtree(service.settings.data_folder / "answers")
    response = client.get("/ready")
    assert (response.status_code, response.json()) == (503, {**READY, "storage": "unavailable"})
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize(("version", "state"), [("0003", "unavailable"), ("9999_of_next_version", "ok")])
def test_ready_wants_the_tables_of_this_version_or_a_later_one(
    client: TestClient, service: Service, version: str, state: str
) -> None:
    with service.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    assert client.get("/ready").json()["database"] == state


def test_a_part_that_never_answers_makes_no_node_hang(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "CHECK_SECONDS", 0.1)
    answers, asked = threading.Event(), []

    class Hanging:
        def is_migrated(self) -> bool:
            asked.append(1)
            return answers.wait(30)

    checked = replace(service, readiness=Readiness(Hanging(), service.storage))  # type: ignore[arg-type]
    with client_of(checked) as client:
        began = time.monotonic()
        assert [client.get("/ready").json()["database"] for _ in range(3)] == ["unavailable"] * 3
        assert time.monotonic() - began < 5
        assert len(asked) == 1
        answers.set()
        eventually(lambda: client.get("/ready").status_code == 200)


def test_a_node_that_is_told_to_stop_first_says_so_and_ends_what_it_began(
    start_service: Callable[..., RunningService],
) -> None:
    node = start_service(drain=1.5, stop_within=20, workers=0)
    answer = node.client.post("/api/answers", json={}).json()["id"]
    body_may_end = threading.Event()

    def slowly() -> object:
        yield b"first half"
        body_may_end.wait(30)
        yield b"second half"

    responses: list[httpx.Response] = []
    address = f"{node.url}/api/answers/{answer}/chunks/0"
    sender = threading.Thread(target=lambda: responses.append(httpx.put(address, content=slowly())))  # type: ignore[arg-type]
    with httpx.stream("GET", f"{node.url}/api/events", timeout=30) as stream:
        lines = stream.iter_lines()
        assert "connected" in next(line for line in lines if line.startswith("event"))
        sender.start()
        node.process.terminate()
        eventually(lambda: httpx.get(f"{node.url}/ready").status_code == 503)
        assert httpx.get(f"{node.url}/ready").json() == {**READY, "node": "stopping"}
        # Whoever has not noticed yet is still served.
        assert httpx.get(f"{node.url}/api/answers").status_code == 200
        # Then it takes no more requests, and pages connect to another node.
        assert [line for line in lines if line.startswith("event")] == []
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{node.url}/health")
    body_may_end.set()
    sender.join()
    assert [response.status_code for response in responses] == [204]
    assert node.process.wait(30) == 0
