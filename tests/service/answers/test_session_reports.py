"""The report of a session over HTTP: pooled measures, and a list of answers that are not included."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis import serialization
from analysis.measures.pace import SPEAKING_RATE_GUIDE
from analysis.report import Measure
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from tests.analysis.sessions.test_session_report import report_of, silent_report
from tests.service.running import RunningService


def upload(client: TestClient, **fields: str) -> dict[str, Any]:
    made = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}, data=fields)
    answer: dict[str, Any] = made.raise_for_status().json()
    return answer


def save(service: Service, answer: str, written: str) -> None:
    """Saves a report as the worker does."""
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(answer)
        row.report_ready, row.work_state = True, "ready"
        session.add(StageResult(answer_id=answer, stage="measure", analysis_version="1", result=written))


def test_answers_are_pooled_and_those_without_a_report_are_named(
    client: TestClient, service: Service
) -> None:
    first = upload(client, session="Mock", question="Why medicine?")
    save(service, first["id"], serialization.to_json(report_of(90.0)))
    second = upload(client, session="Mock", title="Second")
    save(service, second["id"], serialization.to_json(silent_report()))
    waiting = upload(client, session="Mock", title="Third")
    begun = client.post(
        "/api/answers", json={"session": "Mock", "source": "recording", "title": "Fourth"}
    ).json()
    upload(client, session="Another")

    report = client.get(f"/api/sessions/{first['session']['id']}/report").raise_for_status().json()
    assert report["headline"] == (
        "1 of 2 answers were inside 1–2 minutes. Pace, long pauses and fillers are inside the guides."
    )
    assert [(row["answer"], row["title"], row["place"]) for row in report["rows"]] == [
        (first["id"], "Why medicine?", "inside"),
        (second["id"], "Second", "no_speech"),
    ]
    assert report["measures"]["speaking_rate"]["answers"] == 1
    assert report["measures"]["speaking_rate"]["measure"]["unit"] == "words/min"
    assert report["without_report"] == [
        {"answer": waiting["id"], "title": "Third", "state": "waiting"},
        {"answer": begun["id"], "title": "Fourth", "state": "receiving"},
    ]


def test_without_any_report_the_session_is_not_ready_and_lists_its_answers(client: TestClient) -> None:
    answer = upload(client, session="Mock", title="First")
    refused = client.get(f"/api/sessions/{answer['session']['id']}/report")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_ready")
    assert refused.json()["answers"] == [{"answer": answer["id"], "title": "First", "state": "waiting"}]
    assert client.get("/api/sessions/no-such/report").status_code == 404


def test_an_unreadable_report_is_listed_as_outdated(client: TestClient, service: Service) -> None:
    first, second = (upload(client, session="Mock", title=title) for title in ("First", "Second"))
    save(service, first["id"], '{"schema": 0}')
    save(service, second["id"], serialization.to_json(report_of(60.0)))
    report = client.get(f"/api/sessions/{first['session']['id']}/report").json()
    assert [row["answer"] for row in report["rows"]] == [second["id"]]
    assert report["without_report"] == [{"answer": first["id"], "title": "First", "state": "outdated"}]


def test_a_session_measured_by_a_real_worker_has_one_report(
    running_service: RunningService, speech: Path
) -> None:
    made = [running_service.upload(speech, session="Sitting") for _ in range(2)]
    broken = running_service.upload(b"no sound at all", session="Sitting")
    ready = [running_service.wait_for(answer["id"], "ready") for answer in made]
    running_service.wait_for(broken["id"], "failed")
    report = running_service.client.get(f"/api/sessions/{made[0]['session']['id']}/report").json()
    assert [row["answer"] for row in report["rows"]] == [answer["id"] for answer in made]
    assert [each["state"] for each in report["without_report"]] == ["failed"]
    lengths = [answer["summary"]["measures"]["answer_length"]["value"] for answer in ready]
    assert report["speaking_time"] == pytest.approx(sum(lengths), abs=0.02)
    rate = report["measures"]["speaking_rate"]["measure"]
    each = ready[0]["summary"]["measures"]["speaking_rate"]["value"]
    # The same recording is in the session twice, so the pooled rate equals its own rate.
    assert rate["value"] == pytest.approx(each, rel=0.01)
    running_service.client.delete(f"/api/sessions/{made[0]['session']['id']}")


def test_figures_stay_when_verdicts_on_fluency_are_off(client: TestClient, service: Service) -> None:
    answer = upload(client, session="Mock")
    fast = Measure(190.0, "words/min", 181.0, 199.0, "measured", None, SPEAKING_RATE_GUIDE)
    save(service, answer["id"], serialization.to_json(report_of(60.0, speaking_rate=fast)))
    path = f"/api/sessions/{answer['session']['id']}/report"
    before = client.get(path).json()
    assert before["measures"]["speaking_rate"]["measure"]["guide"] is not None
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    after = client.get(path).json()
    kinds = [[each["kind"] for each in report["observations"]] for report in (before, after)]
    assert kinds == [["keep", "try"], ["keep"]], "the length is still praised, the pace is not mentioned"
    for name, pooled in before["measures"].items():
        assert after["measures"][name]["measure"] == {**pooled["measure"], "guide": None}
    assert after["rows"][0]["measures"]["answer_length"] == before["rows"][0]["measures"]["answer_length"]
