"""Notes on a question over HTTP: stored with it, copied by a take, exported and deleted."""

import io
import json
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from service.db.models import QuestionNotes
from service.dependencies import Service
from tests.service.in_process import client_of

EMPTY: dict[str, Any] = {"acknowledge": None, "context": None, "learned": None, "bullets": []}
PLAN = {
    "acknowledge": "I passed Step 1 at the second attempt",
    "context": "My first months in this country",
    "learned": "A weekly plan, and help early",
}
ADDRESS = "/api/questions/why-medicine/notes"


@pytest.fixture
def writing(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def exported(client: TestClient, name: str) -> Any:
    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/export").raise_for_status().content))
    return json.loads(archive.read(name))


def test_notes_are_replaced_as_a_whole(writing: TestClient) -> None:
    assert writing.get(ADDRESS).json() == EMPTY
    written = writing.put(ADDRESS, json={**PLAN, "bullets": [" Night shift, alone ", "Told my tutor"]}).json()
    assert written == {**PLAN, "bullets": ["Night shift, alone", "Told my tutor"]}
    assert writing.get(ADDRESS).json() == written
    writing.put(ADDRESS, json={"learned": "Ask early", "context": "  "})
    assert writing.get(ADDRESS).json() == {**EMPTY, "learned": "Ask early"}
    assert exported(writing, "question-notes.json")[0]["learned"] == "Ask early"
    assert writing.put(ADDRESS, json={}).json() == EMPTY
    assert exported(writing, "question-notes.json") == []


def test_notes_on_an_own_question_go_with_it(writing: TestClient, opened: Service) -> None:
    question = writing.post("/api/questions", json={"text": "Why the gap?"}).json()["id"]
    address = f"/api/questions/{question}/notes"
    writing.put(address, json={"bullets": ["Two years of care"]}).raise_for_status()
    writing.put(ADDRESS, json={"bullets": ["First ward round"]}).raise_for_status()
    assert writing.get(address).json()["bullets"] == ["Two years of care"]
    writing.delete(f"/api/questions/{question}").raise_for_status()
    assert writing.get(address).status_code == 404
    with opened.database.reading() as session:
        assert session.scalars(select(QuestionNotes.question_id)).all() == ["why-medicine"]
    writing.delete("/api/everything").raise_for_status()
    with opened.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(QuestionNotes)) == 0


def test_there_are_no_notes_on_an_unknown_question(client: TestClient) -> None:
    for response in (
        client.get("/api/questions/nothing/notes"),
        client.put("/api/questions/nothing/notes", json=PLAN),
    ):
        assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("notes", "code"),
    [
        ({"bullets": ["Night shift", "I was alone on the night shift."]}, "bullet_is_sentence"),
        ({"bullets": ["a b c d e f g h i"]}, "bullet_too_long"),
        ({"bullets": ["one"] * 6}, "invalid_request"),
        ({"bullets": ["  "]}, "invalid_request"),
        ({"bullets": ["x" * 121]}, "invalid_request"),
        ({"learned": "x" * 151}, "invalid_request"),
    ],
)
def test_what_is_refused_leaves_the_notes_as_they_were(
    client: TestClient, notes: dict[str, Any], code: str
) -> None:
    client.put(ADDRESS, json=PLAN).raise_for_status()
    refused = client.put(ADDRESS, json=notes)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert client.get(ADDRESS).json() == {**PLAN, "bullets": []}


def test_a_refused_bullet_is_named(client: TestClient) -> None:
    refused = client.put(ADDRESS, json={"bullets": ["Night shift", "We were alone all night"]}).json()
    assert [(each["bullet"], each["code"]) for each in refused["refused"]] == [(1, "bullet_is_sentence")]
    assert refused["detail"] == refused["refused"][0]["text"]


def test_a_take_keeps_its_own_copy(writing: TestClient) -> None:
    plan = {**PLAN, "shown": True}
    answer = writing.post(
        "/api/answers", json={"question_id": "why-medicine", "bullets": ["Told my tutor"], "plan": plan}
    ).json()
    writing.put(ADDRESS, json={"bullets": ["Another note"]}).raise_for_status()
    address = f"/api/answers/{answer['id']}"
    assert writing.get(address).json()["bullets"] == ["Told my tutor"]
    assert writing.get(address).json()["bullets_seconds"] is None
    changed = writing.patch(address, json={"bullets_seconds": 40.5}).raise_for_status().json()
    assert (changed["bullets_seconds"], changed["plan"]) == (40.5, plan)
    assert changed["planned"]["text"] == "Your notes were shown for 41 s. Your plan was shown with them."
    assert changed["planned"]["plan"][0] == {"label": "Say it plainly", "text": PLAN["acknowledge"]}
    [listed] = exported(writing, "answers.json")
    assert (listed["bullets"], listed["bullets_seconds"], listed["plan"]) == (["Told my tutor"], 40.5, plan)


def test_a_take_has_no_sentence_as_a_bullet(client: TestClient) -> None:
    refused = client.post("/api/answers", json={"title": "T", "bullets": ["I was alone there."]})
    assert (refused.status_code, refused.json()["code"]) == (422, "bullet_is_sentence")
    assert client.get("/api/answers").json()["total"] == 0
