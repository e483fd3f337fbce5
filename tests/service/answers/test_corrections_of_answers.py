"""Corrections over HTTP: figures are updated at once, and the machine's own report stays available."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from tests.service.running import PATIENCE, RunningService


@pytest.fixture
def ready(running_service: RunningService, speech: Path) -> dict[str, Any]:
    """An answer whose report is ready."""
    made = running_service.upload(speech, title="To be corrected")
    return running_service.wait_for(made["id"], "ready")


def _put(service: RunningService, answer: str, *items: dict[str, Any]) -> Any:
    return service.client.put(f"/api/answers/{answer}/corrections", json={"items": list(items)})


def test_figures_are_updated_and_the_machines_report_stays(
    running_service: RunningService, ready: dict[str, Any]
) -> None:
    path = f"/api/answers/{ready['id']}"
    machine = running_service.client.get(f"{path}/report").json()
    word = machine["transcript"]["words"][1]
    item = {"kind": "words", "start": word["start"], "end": word["end"], "text": "three\x07 whole words"}
    answered = _put(running_service, ready["id"], item)
    assert answered.status_code == 200
    corrected = answered.json()
    texts = [each["text"] for each in corrected["transcript"]["words"]]
    assert texts[1:4] == ["three", "whole", "words"]
    words = [report["measures"]["spoken_words"]["value"] for report in (machine, corrected)]
    assert words[1] == words[0] + 2
    assert corrected["corrections"] == [{**item, "text": "three whole words"}]
    assert running_service.client.get(f"{path}/report").json() == corrected
    assert running_service.client.get(f"{path}/report?version=machine").json() == machine
    assert "three whole words" in running_service.client.get(f"{path}/transcript?format=text").text
    after = running_service.answer(ready["id"])
    assert (after["corrections"], after["work"]["state"]) == (1, "ready")
    assert after["measured"] == ready["measured"] + 1

    assert _put(running_service, ready["id"]).json() == machine
    assert running_service.answer(ready["id"])["corrections"] == 0
    assert running_service.client.get(f"{path}/report?version=machine").json() == machine


def test_corrections_survive_a_new_span(running_service: RunningService, ready: dict[str, Any]) -> None:
    item = {"kind": "filler", "start": 5.0, "end": 5.3, "text": "um"}
    _put(running_service, ready["id"], item).raise_for_status()
    path = f"/api/answers/{ready['id']}"
    running_service.client.patch(path, json={"span": {"start": 2.0, "end": 9.0}}).raise_for_status()
    running_service.wait_for(ready["id"], "ready")
    report = running_service.client.get(f"{path}/report").json()
    assert report["spoken_span"] == {"start": 2.0, "end": 9.0, "source": "person"}
    assert [f["start"] for f in report["fillers"] if f["source"] == "person"] == [5.0]
    machine = running_service.client.get(f"{path}/report?version=machine").json()
    assert machine["spoken_span"] == report["spoken_span"]
    assert [f for f in machine["fillers"] if f["source"] == "person"] == []


def test_without_saved_acoustics_a_worker_measures(
    running_service: RunningService, ready: dict[str, Any]
) -> None:
    """Earlier builds did not save the acoustics."""
    with sqlite3.connect(running_service.data_folder / "greenroom.sqlite3", timeout=PATIENCE) as database:
        database.execute(
            "DELETE FROM stage_results WHERE stage = 'acoustics' AND answer_id = ?", (ready["id"],)
        )
    item = {"kind": "filler", "start": 5.0, "end": 5.3, "text": "um"}
    answered = _put(running_service, ready["id"], item)
    assert (answered.status_code, answered.json()["work"]["state"]) == (202, "waiting")
    running_service.wait_for(ready["id"], "ready")
    report = running_service.client.get(f"/api/answers/{ready['id']}/report").json()
    assert [f["text"] for f in report["fillers"] if f["source"] == "person"] == ["um"]
    assert _put(running_service, ready["id"]).status_code == 200


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ({"kind": "words", "start": 3.0, "end": 3.0, "text": "x"}, "end must come after"),
        ({"kind": "words", "start": 0.0, "end": 61.0, "text": "x"}, "at most 60 s"),
        ({"kind": "words", "start": 900.0, "end": 901.0, "text": "x"}, "after the end of the recording"),
        ({"kind": "filler", "start": 3.0, "end": 3.2, "text": " ?! "}, "Say which filler"),
        ({"kind": "words", "start": 3.0, "end": 4.0, "text": "x" * 201}, "200"),
        ({"kind": "praise", "start": 3.0, "end": 4.0}, "not_filler"),
    ],
)
def test_invalid_corrections_are_refused_with_a_reason(
    running_service: RunningService, ready: dict[str, Any], item: dict[str, Any], says: str
) -> None:
    answered = _put(running_service, ready["id"], item)
    assert (answered.status_code, answered.json()["code"]) == (422, "invalid_request")
    assert says in answered.json()["detail"]
    assert running_service.answer(ready["id"])["corrections"] == 0


def test_an_answer_without_a_report_cannot_be_corrected(running_service: RunningService) -> None:
    made = running_service.client.post("/api/answers", json={"title": "Not yet"}).json()
    answered = _put(running_service, made["id"])
    assert (answered.status_code, answered.json()["code"]) == (404, "not_ready")
    assert _put(running_service, "nobody").json()["code"] == "not_found"


def test_measured_values_stay_when_verdicts_on_fluency_are_off(
    running_service: RunningService, ready: dict[str, Any]
) -> None:
    path = f"/api/answers/{ready['id']}/report"
    before = running_service.client.get(path).json()
    assert before["measures"]["speaking_rate"]["guide"] is not None
    running_service.client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    try:
        after = running_service.client.get(path).json()
    finally:
        running_service.client.patch("/api/preferences", json={"speaks_differently": False})
    assert after["measures"]["speaking_rate"] == {**before["measures"]["speaking_rate"], "guide": None}
    assert after["measures"]["answer_length"] == before["measures"]["answer_length"]
    assert {each["about"] for each in after["observations"]} <= {"length"}
    assert running_service.client.get(path).json() == before


def test_corrections_during_an_analysis_are_accepted_for_later(client: TestClient, service: Service) -> None:
    """The answer is being analysed again: its old report must not be taken for the new one."""
    made = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).json()["id"]
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(made)
        row.report_ready, row.work_state, row.duration = True, "working", 12.0
    item = {"kind": "filler", "start": 5.0, "end": 5.3, "text": "um"}
    answered = client.put(f"/api/answers/{made}/corrections", json={"items": [item]})
    assert (answered.status_code, answered.json()["work"]["state"]) == (202, "working")
    assert answered.json()["corrections"] == 1
