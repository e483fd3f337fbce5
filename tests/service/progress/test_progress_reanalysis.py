"""Reanalysis: which answers are queued. The work on them is tested elsewhere."""

from typing import Any

from fastapi.testclient import TestClient

from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Answer, Job
from service.dependencies import Service
from service.progress.reanalysis import BATCH
from tests.service.made_takes import EARLIER, add_take, facts_of

OLD = facts_of(build=EARLIER)


def row(service: Service, answer: str) -> Answer:
    with service.database.reading() as session:
        return Answers(session, LOCAL_PERSON).get(answer)


def reanalysis_requested(service: Service, answer: str) -> bool:
    with service.database.reading() as session:
        job = session.get(Job, answer)
        return job is not None and job.reanalysis_requested


def asked(client: TestClient) -> dict[str, Any]:
    counts: dict[str, Any] = client.get("/api/reanalysis").raise_for_status().json()
    return counts


def test_outdated_answers_are_queued_and_keep_their_report(client: TestClient, service: Service) -> None:
    old = add_take(service, facts=OLD)
    sample = add_take(service, facts=OLD, source="sample")
    without_facts = add_take(service, columns={"facts": None})
    this = add_take(service)
    before = client.get(f"/api/answers/{old}").json()
    assert asked(client) == {"outdated": 3, "waiting": 0}

    response = client.post("/api/reanalysis")
    assert response.status_code == 202
    assert response.json() == asked(client) == {"outdated": 0, "waiting": 3}
    for answer in (old, sample, without_facts):
        found = row(service, answer)
        assert (found.work_state, found.report_ready) == ("waiting", True)
        assert reanalysis_requested(service, answer)
    assert row(service, this).work_state == "ready"
    assert not reanalysis_requested(service, this)
    # The old report stays until the new one is ready.
    assert client.get(f"/api/answers/{old}").json()["available"] == before["available"]


def test_pages_are_informed_of_queued_answers(client: TestClient, service: Service) -> None:
    answers = {add_take(service, facts=OLD) for _ in range(BATCH + 2)}
    this = add_take(service)
    with service.database.reading() as session:
        seen = Answers(session, LOCAL_PERSON).last_change()
    client.post("/api/reanalysis").raise_for_status()
    with service.database.reading() as session:
        changed = Answers(session, LOCAL_PERSON).changed_after(seen)
    assert {row.id for row in changed} == answers
    assert this not in answers


def test_incomplete_failed_and_busy_answers_are_not_queued(client: TestClient, service: Service) -> None:
    left = [
        add_take(service, facts=OLD, columns=columns)
        for columns in (
            {"work_state": "working"},
            {"work_state": "waiting"},
            {"work_state": "failed", "error_code": "time_limit"},
            {"intake": "receiving"},
            {"intake": "interrupted"},
            {"report_ready": False},
            {"chunk_count": 0},
        )
    ]
    assert asked(client) == {"outdated": 0, "waiting": 0}
    states = [row(service, answer).work_state for answer in left]
    assert client.post("/api/reanalysis").json() == {"outdated": 0, "waiting": 0}
    assert [row(service, answer).work_state for answer in left] == states
    assert not any(reanalysis_requested(service, answer) for answer in left)


def test_a_second_request_queues_nothing_again(client: TestClient, service: Service) -> None:
    answer = add_take(service, facts=OLD)
    client.post("/api/reanalysis").raise_for_status()
    sequence = row(service, answer).sequence
    assert client.post("/api/reanalysis").json() == {"outdated": 0, "waiting": 1}
    assert row(service, answer).sequence == sequence
