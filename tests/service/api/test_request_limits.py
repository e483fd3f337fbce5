"""A request may not be larger, or stand still for longer, than what a person's own page sends."""

import asyncio
import json
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from service.api.request_limits import BODY_BYTES
from service.app import create_application
from service.connections import HEAD_BYTES
from service.dependencies import Service
from tests.service.own_loop import in_own_loop
from tests.service.running import RunningService

STALLED_AFTER = 1.0
JSON = {"content-type": "application/json"}


def long_title(size: int) -> bytes:
    return json.dumps({"title": "x" * size}).encode()


def test_a_large_body_is_refused_before_it_is_parsed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(*_: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr("starlette.requests.Request.body", parsed)
    refused = client.post("/api/answers", content=long_title(10_000_000), headers=JSON)
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert refused.json()["maximum_bytes"] == BODY_BYTES


def test_a_body_without_a_declared_length_is_read_up_to_the_limit_only(client: TestClient) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 10_000
            yield b"x" * 10_000

    refused = client.post("/api/answers", content=body(), headers=JSON)
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")


def test_the_longest_corrections_of_an_answer_fit(client: TestClient) -> None:
    items = [{"kind": "words", "start": n, "end": n + 1, "text": "word " * 12} for n in range(2000)]
    refused = client.put("/api/answers/0/corrections", json={"items": items})
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/a%00b", "/static/%00", "/api/answers/a%00b"])
def test_nothing_is_found_at_an_address_with_a_nul_character(client: TestClient, path: str) -> None:
    refused = client.get(path)
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


async def dripped(service: Service, path: str, waits: list[float], **options: Any) -> httpx.Response:
    """The response to a request whose body arrives in pieces, each after a wait in seconds."""

    async def body() -> Any:
        for wait in waits:
            await asyncio.sleep(wait)
            yield b" "

    limited = service.settings.model_copy(update={"stalled_after": 0.2})
    application = create_application(replace(service, settings=limited))
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.request("PUT", path, content=body(), **options)


@pytest.mark.parametrize("path", ["chunks/0", "corrections"])
def test_a_body_that_stands_still_is_given_up(service: Service, path: str) -> None:
    answer = service.intake("local").create(new_answer()).id
    response = in_own_loop(dripped(service, f"/api/answers/{answer}/{path}", [0.0, 30.0]))
    assert (response.status_code, response.json()["code"]) == (408, "request_stalled")


def test_a_body_that_is_slow_but_moves_is_taken(service: Service) -> None:
    answer = service.intake("local").create(new_answer()).id
    response = in_own_loop(dripped(service, f"/api/answers/{answer}/chunks/0", [0.05] * 8))
    assert response.status_code == 204


def new_answer() -> Any:
    from service.schemas import NewAnswer

    return NewAnswer()


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service that gives a request up after a second without a byte."""
    folder = tmp_path_factory.mktemp("impatient") / "data"
    service = RunningService(folder, workers=0, stalled_after=STALLED_AFTER)
    yield service.start()
    service.kill()


@pytest.fixture
def connect(impatient: RunningService) -> Iterator[Callable[[], socket.socket]]:
    """Connects to it without any program between."""
    opened: list[socket.socket] = []

    def open_one() -> socket.socket:
        url = httpx.URL(impatient.url)
        opened.append(socket.create_connection((url.host, url.port or 80), timeout=20))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


def everything(connection: socket.socket) -> bytes:
    """What arrives until the other side closes the connection."""
    received = b""
    while piece := connection.recv(65536):
        received += piece
    return received


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        # A browser opened it in advance, and may send a request at the very moment.
        pytest.param(b"", b"", id="nothing"),
        pytest.param(b"GET /api/about HTTP/1.1\r\nhost: local", b"HTTP/1.1 408 Request Timeout", id="a part"),
    ],
)
def test_headers_that_do_not_arrive_are_given_up(
    connect: Callable[[], socket.socket], sent: bytes, answer: bytes
) -> None:
    connection = connect()
    connection.sendall(sent)
    begun = time.monotonic()
    assert everything(connection).partition(b"\r\n")[0] == answer
    assert time.monotonic() - begun >= STALLED_AFTER * 0.9


def test_endless_headers_are_refused(connect: Callable[[], socket.socket]) -> None:
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\n" + b"a: " + b"x" * (HEAD_BYTES + 1) + b"\r\n")
    assert everything(connection).startswith(b"HTTP/1.1 431 ")


def test_uploads_that_stall_leave_nothing_and_hold_up_nobody(
    impatient: RunningService, connect: Callable[[], socket.socket]
) -> None:
    head = (
        b"POST /api/uploads HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n"
        b"content-type: multipart/form-data; boundary=b\r\n\r\n"
        b'--b\r\ncontent-disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
    )
    stalled = [connect() for _ in range(100)]
    for connection in stalled:
        connection.sendall(head)
    assert impatient.client.get("/api/answers").json()["total"] == 0
    assert all(b" 408 " in everything(connection) for connection in stalled)
    assert impatient.client.get("/api/answers").json()["total"] == 0


def test_an_idle_event_stream_and_an_idle_connection_between_requests_stay(impatient: RunningService) -> None:
    with impatient.client.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith(("event: connected", "id:", "data:"))
        time.sleep(STALLED_AFTER * 1.5)
        impatient.client.post("/api/answers", json={}).raise_for_status()
        assert any("answer" in line for line in lines if line.startswith("event:"))
