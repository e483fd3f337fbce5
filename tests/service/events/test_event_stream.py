"""The event stream, which informs a page of all changes of its answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.service.running import PATIENCE, RunningService

Event = tuple[str, int, Any]
"""Name, id and data."""


def events(service: RunningService, last_seen: int | None = None) -> Iterator[Event]:
    """The events of one connection."""
    headers = {} if last_seen is None else {"last-event-id": str(last_seen)}
    with (
        httpx.Client(base_url=service.url, timeout=PATIENCE) as client,
        client.stream("GET", "/api/events", headers=headers) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        for line in response.iter_lines():
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                yield fields["event"], int(fields["id"]), json.loads(fields["data"])
                fields = {}


def only_of(stream: Iterator[Event], *answers: str) -> Iterator[Event]:
    """Events of these answers only; a worker may still be busy with an answer of another test."""
    return (event for event in stream if event[2].get("id") in answers)


def until(stream: Iterator[Event], answer: str, state: str) -> list[Event]:
    """Events of an answer, up to the one with this state of the analysis."""
    seen = []
    for event in only_of(stream, answer):
        seen.append(event)
        name, _, data = event
        if name == "answer" and data["work"]["state"] == state:
            return seen
    raise AssertionError("the stream ended")


def test_a_page_receives_all_changes_of_an_answer(running_service: RunningService, speech: Path) -> None:
    stream = events(running_service)
    name, _, data = next(stream)
    assert (name, data) == ("connected", {"resumed": False})
    client = running_service.client
    # A live recording: its analysis lasts until it is finished, so that no poll can miss the state.
    answer = client.post("/api/answers", json={"source": "recording"}).json()["id"]
    client.put(f"/api/answers/{answer}/chunks/0", content=speech.read_bytes()).raise_for_status()
    seen = until(stream, answer, "working")
    client.post(f"/api/answers/{answer}/finish", json={"chunks": 1}).raise_for_status()
    seen += until(stream, answer, "ready")
    assert [number for _, number, _ in seen] == sorted({number for _, number, _ in seen})
    assert seen[-1][2] == running_service.answer(answer)
    client.delete(f"/api/answers/{answer}")
    name, _, data = next(only_of(stream, answer))
    assert (name, data) == ("deleted", {"id": answer})


def test_a_page_that_reconnects_receives_missed_changes(running_service: RunningService) -> None:
    stream = events(running_service)
    _, last_seen, _ = next(stream)
    stream.close()  # type: ignore[attr-defined]
    client = running_service.client
    made = client.post("/api/answers", json={"title": "Missed"}).json()["id"]
    deleted = client.post("/api/answers", json={"title": "Created and deleted"}).json()["id"]
    client.delete(f"/api/answers/{deleted}")
    missed = []
    for name, number, data in events(running_service, last_seen):
        if name == "connected":
            assert data == {"resumed": True}
            break
        assert number > last_seen
        if data["id"] in {made, deleted}:
            missed.append((name, data["id"]))
    assert missed == [("answer", made), ("deleted", deleted)]
    client.delete(f"/api/answers/{made}")


def test_an_unknown_event_id_does_not_resume(running_service: RunningService) -> None:
    name, _, data = next(events(running_service, 10**9))
    assert (name, data) == ("connected", {"resumed": False})


def test_all_pages_receive_a_change(running_service: RunningService) -> None:
    streams = [events(running_service) for _ in range(3)]
    for stream in streams:
        next(stream)
    made = running_service.client.post("/api/answers", json={"title": "For every page"}).json()["id"]
    for stream in streams:
        name, _, data = next(only_of(stream, made))
        assert (name, data["title"]) == ("answer", "For every page")
    running_service.client.delete(f"/api/answers/{made}")
