"""How long answers will still take: from recent work on this machine, and from the queue."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.db.models import Answer, Job, Person
from service.dependencies import Service
from service.jobs.time_left import times_left
from service.jobs.worker_jobs import WorkerJobs
from tests.service.made_takes import add_take
from tests.service.running import RunningService

NOW = 1_800_000_000.0


def finished(
    service: Service, *, duration: float, seconds: float, at: float = NOW, kind: str = "upload"
) -> None:
    """An answer that was analysed in this time."""
    answer = add_take(service, columns={"duration": duration})
    with service.database.writing() as session:
        times = {"work_seconds": seconds, "finished_at": at}
        session.add(Job(answer_id=answer, kind=kind, state="done", attempt=1, **times))


def queued(
    service: Service, number: int, *, claimed_ago: float | None = None, person: str = "local", **columns: Any
) -> str:
    """An answer that waits, or that was claimed so many seconds ago."""
    received = datetime(2026, 11, 20, 10, 0, tzinfo=UTC) + timedelta(minutes=number)
    columns = {"received_at": received, "person_id": person, **columns}
    answer = add_take(service, with_report=False, columns=columns)
    state = "waiting" if claimed_ago is None else "leased"
    claimed = None if claimed_ago is None else NOW - claimed_ago
    with service.database.writing() as session:
        session.add(Job(answer_id=answer, kind="upload", state=state, attempt=1, claimed_at=claimed))
    return answer


def left(service: Service, *, workers: int = 1) -> dict[str, float]:
    with service.database.reading() as session:
        return times_left(session, "local", workers=workers, now=NOW)


def test_before_the_first_analysis_nothing_is_said(service: Service, client: TestClient) -> None:
    queued(service, 1, duration=60.0)
    finished(service, duration=60.0, seconds=1.0, kind="recording")
    assert left(service) == {}
    assert client.get("/api/work").json() == {"items": []}


def test_those_that_wait_come_after_those_before_them(service: Service) -> None:
    for seconds in (30.0, 60.0, 900.0):
        finished(service, duration=100.0, seconds=seconds)
    first, second, third = (queued(service, number, duration=100.0) for number in (1, 2, 3))
    assert left(service) == pytest.approx({first: 60.0, second: 120.0, third: 180.0})
    assert left(service, workers=2) == pytest.approx({first: 60.0, second: 60.0, third: 120.0})


def test_only_recent_work_counts_and_an_unknown_length_is_taken_as_usual(service: Service) -> None:
    for age in range(1, 20):
        seconds = 20.0 if age <= 9 else 500.0
        finished(service, duration=10.0, seconds=seconds, at=NOW - age)
    assert list(left_of(service, duration=None).values()) == [20.0]


def left_of(service: Service, **columns: Any) -> dict[str, float]:
    queued(service, 1, **columns)
    return left(service)


def test_people_take_turns(service: Service) -> None:
    finished(service, duration=100.0, seconds=60.0)
    with service.database.writing() as session:
        session.add(Person(id="many"))
        session.flush()
        session.get_one(Person, "local").turn_at = NOW - 5
    for number in range(20):
        queued(service, number, person="many", duration=100.0)
    first, second = (queued(service, number, duration=100.0) for number in (21, 22))
    assert left(service) == pytest.approx({first: 120.0, second: 240.0})
    queued(service, 0, person="many", duration=100.0, claimed_ago=0.0)
    assert left(service) == pytest.approx({first: 120.0, second: 240.0 - 60.0 + 60.0})


@pytest.mark.parametrize(
    ("claimed_ago", "columns", "expected"),
    [
        (10.0, {"work_stage": "decode"}, 50.0),
        # It takes longer than usual; that it is nearly done is not known.
        (500.0, {"work_stage": "decode"}, 12.0),
        (10.0, {"work_stage": "transcribe", "progress_done": 50.0, "progress_total": 100.0}, 30.0),
        # At its own pace, where the machine has become slower.
        (90.0, {"work_stage": "transcribe", "progress_done": 50.0, "progress_total": 100.0}, 90.0),
        (90.0, {"work_stage": "transcribe", "progress_done": 100.0, "progress_total": 100.0}, 6.0),
        (90.0, {"work_stage": "measure"}, 6.0),
    ],
)
def test_work_under_way_is_judged_by_its_progress(
    service: Service, claimed_ago: float, columns: dict[str, Any], expected: float
) -> None:
    finished(service, duration=100.0, seconds=60.0)
    answer = queued(service, 1, claimed_ago=claimed_ago, duration=100.0, **columns)
    waiting = queued(service, 0, duration=100.0)
    assert left(service) == pytest.approx({answer: expected, waiting: expected + 60.0})


def test_the_page_is_told_in_words(service: Service, client: TestClient) -> None:
    finished(service, duration=10.0, seconds=60.0)
    answer = queued(service, 1, duration=20.0)
    assert client.get("/api/work").json() == {
        "items": [{"answer": answer, "seconds": 120.0, "text": "about 2 minutes left"}]
    }


def test_only_an_attempt_that_transcribed_is_measured(service: Service, client: TestClient) -> None:
    client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    jobs = WorkerJobs(service.database, "here", lease=30.0)
    job = jobs.next()
    assert job is not None
    jobs.finish(job)
    assert noted(service, job.answer) == (None, None)
    with service.database.writing() as session:
        session.get_one(Job, job.answer).state = "waiting"
    again = jobs.next()
    assert again is not None
    jobs.save_result(again, "transcribe", "{}")
    jobs.finish(again)
    seconds, finished_at = noted(service, job.answer)
    assert 0 <= seconds < 60 and finished_at > NOW - 10 * 365 * 86_400


def noted(service: Service, answer: str) -> tuple[Any, Any]:
    with service.database.reading() as session:
        job = session.get_one(Job, answer)
        assert session.get_one(Answer, answer).intake == "complete"
        return job.work_seconds, job.finished_at


@pytest.mark.long
def test_a_real_analysis_is_measured(running_service: RunningService, speech: Path) -> None:
    running_service.wait_for(running_service.upload(speech)["id"], "ready")
    assert running_service.client.get("/api/work").raise_for_status().json()["items"] == []
