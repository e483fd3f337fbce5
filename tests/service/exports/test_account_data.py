"""Exporting and deleting account data."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.answers.repository import DELETED_WITH_A_PERSON
from service.db.models import LOCAL_PERSON, Base, Focus
from service.dependencies import Service
from tests.service.running import RunningService


def _write(client: TestClient) -> dict[str, Any]:
    """Creates an own question, a favourite, and an unfinished recording with notes of all kinds."""
    own = client.post("/api/questions", json={"text": "Wombat?", "listens_for": "Bandicoot."}).json()
    client.put("/api/questions/why-medicine/favourite")
    answer: dict[str, Any] = client.post(
        "/api/answers", json={"question_id": own["id"], "source": "recording", "format_id": "one-minute"}
    ).json()
    for number, content in enumerate((b"first ", b"second")):
        client.put(f"/api/answers/{answer['id']}/chunks/{number}", content=content)
    client.patch(
        f"/api/answers/{answer['id']}",
        json={"notes": "Numbat", "reflection": {"length": "too_short", "fillers": "hardly"}},
    )
    return answer


def test_the_export_contains_questions_notes_and_unfinished_recordings(client: TestClient) -> None:
    answer = _write(client)
    with zipfile.ZipFile(io.BytesIO(client.get("/api/export").content)) as archive:
        assert archive.testzip() is None
        [listed] = json.loads(archive.read("answers.json"))
        questions = json.loads(archive.read("questions.json"))
        [original] = [name for name in archive.namelist() if name.startswith(f"{listed['folder']}/original")]
        assert archive.read(original) == b"first second"
    assert (listed["id"], listed["notes"], listed["question"]) == (answer["id"], "Numbat", "Wombat?")
    assert listed["reflection"] == {"length": "too_short", "fillers": "hardly"}
    assert listed["format"]["id"] == "one-minute"
    assert [question["text"] for question in questions["own"]] == ["Wombat?"]
    assert questions["favourites"] == ["why-medicine"]


def _set(client: TestClient, service: Service, answer: str) -> None:
    """Sets a tag, preferences and the focus of a week."""
    client.patch(f"/api/answers/{answer}", json={"tags": ["Bilby"]})
    client.patch("/api/preferences", json={"speaks_differently": True, "first_language": "Quenya"})
    client.patch("/api/preferences", json={"contact": {"name": "Echidna"}})
    client.put("/api/questions/why-medicine/notes", json={"learned": "Dugong", "bullets": ["Cassowary"]})
    with service.database.writing() as session:
        focus = Focus(person_id=LOCAL_PERSON, week=date(2026, 11, 16), measure="filler_rate", plan="Potoroo")
        session.add(focus)


def test_the_export_contains_tags_preferences_and_focuses(client: TestClient, service: Service) -> None:
    _set(client, service, _write(client)["id"])
    with zipfile.ZipFile(io.BytesIO(client.get("/api/export").content)) as archive:
        [listed] = json.loads(archive.read("answers.json"))
        preferences = json.loads(archive.read("preferences.json"))
        [focus] = json.loads(archive.read("focuses.json"))
        [notes] = json.loads(archive.read("question-notes.json"))
    assert listed["tags"] == ["Bilby"]
    assert preferences == {
        "speaks_differently": True,
        "applying_to": None,
        "specialty": None,
        "first_language": "Quenya",
        "contact": {"name": "Echidna", "phone": None, "email": None},
        "impression_scales": None,
    }
    assert (focus["week"], focus["measure"], focus["plan"]) == ("2026-11-16", "filler_rate", "Potoroo")
    assert (notes["learned"], notes["bullets"]) == ("Dugong", ["Cassowary"])
    assert focus["went"] is None and focus["chosen_at"]


def test_the_export_contains_corrections_and_the_machines_report(
    running_service: RunningService, speech: Path
) -> None:
    running = running_service
    answer = running.wait_for(running.upload(speech)["id"], "ready")["id"]
    path = f"/api/answers/{answer}"
    machine = running.client.get(f"{path}/report").json()
    word = machine["transcript"]["words"][2]
    item = {"kind": "words", "start": word["start"], "end": word["end"], "text": "quokka"}
    running.client.put(f"{path}/corrections", json={"items": [item]}).raise_for_status()
    with zipfile.ZipFile(io.BytesIO(running.client.get("/api/export").content)) as archive:
        [listed] = [each for each in json.loads(archive.read("answers.json")) if each["id"] == answer]
        folder = listed["folder"]
        assert json.loads(archive.read(f"{folder}/corrections.json")) == [item]
        assert json.loads(archive.read(f"{folder}/report-machine.json")) == machine
        assert (
            json.loads(archive.read(f"{folder}/report.json")) == running.client.get(f"{path}/report").json()
        )
        assert "quokka" in archive.read(f"{folder}/transcript.txt").decode()
        assert "quokka" in archive.read(f"{folder}/transcript.srt").decode()


def test_deleting_account_data_deletes_questions_notes_and_preferences(
    client: TestClient, service: Service
) -> None:
    _set(client, service, _write(client)["id"])
    files = service.settings.data_folder

    def left(needle: str) -> list[str]:
        found = [path for path in files.rglob("*") if path.is_file() and needle.encode() in path.read_bytes()]
        return [path.name for path in found]

    written = (
        "Wombat?",
        "Bandicoot.",
        "Numbat",
        "Bilby",
        "Quenya",
        "Potoroo",
        "Echidna",
        "Dugong",
        "Cassowary",
    )
    for needle in written:
        assert left(needle), needle
    assert client.delete("/api/everything").status_code == 204
    for needle in (*written, "too_short", "bilby"):
        assert left(needle) == [], needle
    items = client.get("/api/questions").json()["items"]
    assert not any(item["own"] or item["favourite"] or item["takes"] for item in items)
    assert set(client.get("/api/preferences").json().values()) == {False, None}


def test_every_table_of_a_person_is_deleted_with_their_data() -> None:
    of_a_person = {name for name, table in Base.metadata.tables.items() if "person_id" in table.columns}
    deleted = {table.__tablename__ for table in DELETED_WITH_A_PERSON}
    # Answers go with their files; deletions are what open pages still have to learn. An account goes with its
    # person: tests/service/people.
    with_the_account = {"accounts", "sign_in_sessions", "reset_links"}
    assert of_a_person - deleted == {"answers", "deletions"} | with_the_account


def test_a_deleted_question_leaves_no_trace_in_the_files(client: TestClient, service: Service) -> None:
    question = client.post("/api/questions", json={"text": "Wombat?"}).json()
    client.delete(f"/api/questions/{question['id']}")
    files = [path for path in service.settings.data_folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"Wombat?" in path.read_bytes()] == []


@pytest.mark.long
def test_questions_survive_a_restart_of_the_service(start_service: Any) -> None:
    first: RunningService = start_service(workers=0)
    question = first.client.post("/api/questions", json={"text": "Why us?"}).json()
    first.client.put(f"/api/questions/{question['id']}/favourite")
    first.stop()
    again: RunningService = start_service(workers=0)
    found = again.client.get("/api/questions").json()["items"][0]
    assert found == {**question, "favourite": True}
