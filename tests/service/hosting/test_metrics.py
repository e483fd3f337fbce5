"""Prometheus gets figures of requests and jobs at an address of their own, without ids, names or titles."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_application
from service.db.clock import database_seconds
from service.db.models import Job, Worker
from service.dependencies import Service
from service.hosting.metrics import Metrics
from service.hosting.processes import free_ports
from tests.service.running import RunningService

SECRET = "Kumquat"

Sample = tuple[str, frozenset[tuple[str, str]]]


def samples(text: str) -> dict[Sample, float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def scrape(service: Service) -> Iterator[tuple[TestClient, Callable[[], dict[Sample, float]]]]:
    from prometheus_client import generate_latest

    metrics = Metrics(service.database, lease=30)
    with TestClient(create_application(service, metrics=metrics), base_url="http://localhost") as client:
        yield client, lambda: samples(generate_latest(metrics.registry).decode())


def test_requests_and_bytes_are_counted_by_route(
    scrape: tuple[TestClient, Callable[[], dict[Sample, float]]],
) -> None:
    client, figures = scrape
    answer = client.post("/api/answers", json={"title": SECRET}).json()["id"]
    for number in range(3):
        assert client.put(f"/api/answers/{answer}/chunks/{number}", content=b"x" * 1000).status_code == 204
    client.get(f"/api/answers/{SECRET}")
    client.get(f"/{SECRET}")
    client.request(SECRET.upper(), "/")
    found = figures()
    assert found["greenroom_recording_bytes_total", frozenset()] == 3000
    client.post("/api/uploads", files={"file": (SECRET, b"x" * 5000)})
    assert 8000 < figures()["greenroom_recording_bytes_total", frozenset()] < 9000
    route = "/api/answers/{answer}/chunks/{number}"
    labels = frozenset({("method", "PUT"), ("route", route), ("status", "204")})
    assert found["greenroom_requests_total", labels] == 3
    assert found["greenroom_request_seconds_count", frozenset({("route", route)})] == 3
    assert found["greenroom_event_streams", frozenset()] == 0
    names = [value for _, labels in found for _, value in labels]
    assert not [value for value in names if answer in value or SECRET.lower() in value.lower()]


def test_jobs_are_counted_by_state(
    scrape: tuple[TestClient, Callable[[], dict[Sample, float]]], service: Service
) -> None:
    client, figures = scrape
    states = ["waiting", "waiting", "dead", "done", "done"]
    answers = [client.post("/api/answers", json={}).json()["id"] for _ in states]
    with service.database.writing() as session:
        for answer, state in zip(answers, states, strict=True):
            session.merge(Job(answer_id=answer, kind="upload", state=state))
        session.add(Worker(name="here", machine="one", started_at=0, seen_at=database_seconds() - 10))
        session.add(Worker(name="gone", machine="two", started_at=0, seen_at=database_seconds() - 60))
    found = figures()
    assert found["greenroom_workers", frozenset()] == 1
    counted = {
        state: found["greenroom_jobs", frozenset({("state", state)})]
        for state in ("waiting", "leased", "dead")
    }
    assert counted == {"waiting": 2, "leased": 0, "dead": 1}
    assert found["greenroom_database_up", frozenset()] == 1
    service.database.close()
    service.settings.data_folder.rename(service.settings.data_folder.with_name("gone"))
    assert figures()["greenroom_database_up", frozenset()] == 0


def test_only_the_address_of_the_metrics_gives_them(start_service: Callable[..., RunningService]) -> None:
    (port,) = free_ports(1)
    service = start_service(metrics=f"127.0.0.1:{port}", workers=0)
    with httpx.stream("GET", f"{service.url}/api/events", timeout=30) as stream:
        lines = stream.iter_lines()
        assert "connected" in next(lines)
        text = httpx.get(f"http://127.0.0.1:{port}/metrics").text
        assert samples(text)["greenroom_event_streams", frozenset()] == 1
        assert samples(text)["process_resident_memory_bytes", frozenset()] > 0
    assert service.client.get("/metrics").status_code == 404
