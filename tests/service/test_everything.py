"""What a person wrote is taken along with everything, and goes with everything."""

import io
import json
import zipfile
from typing import Any

from fastapi.testclient import TestClient

from service.dependencies import Service
from tests.service.running import RunningService


def _write(client: TestClient) -> dict[str, Any]:
    """An own question, a favourite, and a recording that was never finished, with notes of all kinds."""
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


def test_the_export_holds_questions_favourites_notes_and_unfinished_recordings(client: TestClient) -> None:
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


def test_deleting_everything_takes_what_the_person_wrote(client: TestClient, service: Service) -> None:
    _write(client)
    files = service.settings.data_folder

    def left(needle: str) -> list[str]:
        found = [path for path in files.rglob("*") if path.is_file() and needle.encode() in path.read_bytes()]
        return [path.name for path in found]

    for needle in ("Wombat?", "Bandicoot.", "Numbat"):
        assert left(needle), needle
    assert client.delete("/api/everything").status_code == 204
    for needle in ("Wombat?", "Bandicoot.", "Numbat", "too_short"):
        assert left(needle) == [], needle
    items = client.get("/api/questions").json()["items"]
    assert not any(item["own"] or item["favourite"] or item["takes"] for item in items)


def test_a_deleted_question_leaves_no_trace_in_the_files(client: TestClient, service: Service) -> None:
    question = client.post("/api/questions", json={"text": "Wombat?"}).json()
    client.delete(f"/api/questions/{question['id']}")
    files = [path for path in service.settings.data_folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"Wombat?" in path.read_bytes()] == []


def test_questions_live_on_while_the_service_restarts(start_service: Any) -> None:
    first: RunningService = start_service(workers=0)
    question = first.client.post("/api/questions", json={"text": "Why us?"}).json()
    first.client.put(f"/api/questions/{question['id']}/favourite")
    first.stop()
    again: RunningService = start_service(workers=0)
    found = again.client.get("/api/questions").json()["items"][0]
    assert found == {**question, "favourite": True}
