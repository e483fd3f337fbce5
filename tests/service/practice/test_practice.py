"""Questions, favourites and formats over HTTP, and what an answer stores of them."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from service.db.models import Favourite
from service.dependencies import Service
from service.practice.formats import built_in_formats
from service.practice.own_questions import Questions
from service.practice.questions import bank


def questions(client: TestClient) -> dict[str, dict[str, Any]]:
    items = client.get("/api/questions").raise_for_status().json()["items"]
    return {item["id"]: item for item in items}


def add(client: TestClient, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/questions", json={"text": "Why us?", **fields})
    question: dict[str, Any] = response.raise_for_status().json()
    return question


def begin(client: TestClient, **fields: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/api/answers", json=fields).raise_for_status().json()
    return answer


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def test_the_list_names_its_kinds_and_structures(client: TestClient) -> None:
    listed = client.get("/api/questions").json()
    kinds = {kind["id"] for kind in listed["kinds"]}
    structures = {structure["id"] for structure in listed["structures"]}
    assert len(listed["items"]) >= 64
    for item in listed["items"]:
        assert item["kind"] in kinds and item["structure"] in structures
        assert item["aim"]["low"] < item["aim"]["high"]
        assert not item["own"] and not item["favourite"] and item["takes"] == 0
    assert listed["structures"][0]["steps"][0]["hint"]


def test_an_own_question_is_created_changed_and_deleted(client: TestClient) -> None:
    made = client.post("/api/questions", json={"text": "  Why us?\x00 "})
    question = made.json()
    assert made.status_code == 201 and made.headers["location"] == f"/api/questions/{question['id']}"
    assert (question["text"], question["own"], question["aim"]) == ("Why us?", True, None)
    assert next(iter(questions(client))) == question["id"]
    address = f"/api/questions/{question['id']}"
    aim = {"low": 30, "high": 60}
    changed = client.patch(address, json={"kind": "why_medicine", "aim": aim, "listens_for": "Care."}).json()
    assert (changed["kind"], changed["aim"], changed["text"]) == ("why_medicine", aim, "Why us?")
    assert client.patch(address, json={"aim": None}).json()["listens_for"] == "Care."
    assert questions(client)[question["id"]]["aim"] is None
    assert client.delete(address).status_code == 204
    assert question["id"] not in questions(client)
    assert refusal(client.delete(address)) == (404, "not_found")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "   "},
        {"text": None},
        {"text": "x" * 1001},
        {"kind": "nothing"},
        {"structure": "nothing"},
        {"aim": {"low": 60, "high": 30}},
        {"aim": {"low": 0, "high": 30}},
    ],
)
def test_an_invalid_question_is_refused(client: TestClient, fields: dict[str, Any]) -> None:
    response = client.post("/api/questions", json={"text": "Why?", **fields})
    assert refusal(response) == (422, "invalid_request")
    question = add(client)
    assert refusal(client.patch(f"/api/questions/{question['id']}", json=fields)) == (422, "invalid_request")
    assert questions(client)[question["id"]] == question


def test_the_bank_cannot_be_changed(client: TestClient) -> None:
    assert refusal(client.patch("/api/questions/why-medicine", json={"text": "x"})) == (409, "wrong_state")
    assert refusal(client.delete("/api/questions/why-medicine")) == (409, "wrong_state")
    assert "why-medicine" in questions(client)


def test_favourites_are_stored_once_and_deleted_with_their_question(
    client: TestClient, service: Service
) -> None:
    own = add(client)["id"]
    for identifier in ("why-medicine", own):
        for _ in range(2):
            assert client.put(f"/api/questions/{identifier}/favourite").status_code == 204
    assert {name for name, item in questions(client).items() if item["favourite"]} == {"why-medicine", own}
    assert refusal(client.put("/api/questions/no-such/favourite")) == (404, "not_found")
    for _ in range(2):
        assert client.delete("/api/questions/why-medicine/favourite").status_code == 204
    client.delete(f"/api/questions/{own}")
    assert not any(item["favourite"] for item in questions(client).values())
    with service.database.reading() as session:
        assert session.scalars(select(Favourite)).all() == []


def test_an_answer_gets_the_text_aim_and_take_of_its_question(client: TestClient) -> None:
    first = begin(client, question_id="why-medicine", source="recording")
    assert first["question"] == "Why do you want to be a doctor?" == first["title"]
    assert (first["question_id"], first["take"], first["aim"]) == (
        "why-medicine",
        1,
        {"low": 60, "high": 120},
    )
    assert begin(client, question_id="why-medicine")["take"] == 2
    assert questions(client)["why-medicine"]["takes"] == 2
    # The same wording without the id is counted separately.
    assert begin(client, question=first["question"])["take"] == 1
    assert begin(client, question=first["question"])["take"] == 2
    assert begin(client, title="Anything")["take"] is None
    client.delete(f"/api/answers/{first['id']}")
    assert begin(client, question_id="why-medicine")["take"] == 3
    assert questions(client)["why-medicine"]["takes"] == 2


def test_rewording_an_own_question_continues_its_takes(client: TestClient) -> None:
    question = add(client, text="Why here?")["id"]
    assert begin(client, question_id=question)["take"] == 1
    client.patch(f"/api/questions/{question}", json={"text": "Why this hospital?"})
    answer = begin(client, question_id=question)
    assert (answer["question"], answer["take"]) == ("Why this hospital?", 2)


def test_the_aim_of_a_format_takes_precedence(client: TestClient) -> None:
    answer = begin(client, question_id="why-medicine", format_id="one-minute")
    assert answer["format"] == {"id": "one-minute", "name": "One minute"}
    assert answer["aim"] == {"low": 30, "high": 60}
    assert begin(client, question_id="why-medicine", format_id="mmi")["aim"] == {"low": 240, "high": 480}
    video = {"format_id": "video-interview"}
    assert begin(client, question_id="ask-about-teaching", **video)["aim"] == {"low": 15, "high": 45}
    assert begin(client, **video)["aim"] is None
    assert begin(client, question_id="ask-about-teaching", format_id="free")["aim"]["high"] == 45


def test_unknown_questions_and_formats_are_refused(client: TestClient) -> None:
    for fields in ({"question_id": "no-such"}, {"format_id": "no-such"}, {"question_id": "x" * 65}):
        response = client.post("/api/answers", json=fields)
        assert refusal(response) == (422, "invalid_request")
    assert client.get("/api/answers").json()["total"] == 0


def test_own_formats_are_listed_after_the_built_in_ones(client: TestClient, service: Service) -> None:
    listed = client.get("/api/formats").json()
    assert [item["id"] for item in listed["items"]][:2] == ["free", "video-interview"]
    assert listed["extensions"] == [1.0, 1.25, 1.5, 2.0, None]
    assert listed["problem"] is None and not any(item["own"] for item in listed["items"])
    text = '[[formats]]\nid = "panel"\nname = "Panel"\nsummary = "Ours."\naim = [30, 90]\n'
    file = service.settings.data_folder / "formats.toml"
    file.write_text(text)
    last = client.get("/api/formats").json()["items"][-1]
    assert (last["id"], last["own"], last["aim"]) == ("panel", True, {"low": 30, "high": 90})
    answer = begin(client, format_id="panel")
    file.write_text(text + "answer = 0\n")
    listed = client.get("/api/formats").json()
    assert len(listed["items"]) == len(built_in_formats())
    assert listed["problem"]["code"] == "formats_file_wrong"
    assert listed["problem"]["text"].startswith("formats.toml, format 1 ('panel'): answer ")
    # The answer keeps its format although that is invalid now.
    stored = client.get(f"/api/answers/{answer['id']}").json()
    assert (stored["format"], stored["aim"]) == ({"id": "panel", "name": "Panel"}, {"low": 30, "high": 90})


def test_timing_and_capture_are_stored_as_sent(client: TestClient) -> None:
    capture = {
        "echo_cancellation": False, "noise_suppression": True, "auto_gain_control": None,
        "channel_count": 1, "sample_rate": 48000, "video": True,
    }  # fmt: skip
    timing = {"extension": None, "preparation": None, "maximum": None}
    answer = begin(client, source="recording", capture=capture, timing=timing)
    assert (answer["capture"], answer["timing"]) == (capture, timing)
    for wrong in ({"extension": 3}, {"preparation": -1}, {"maximum": "soon"}):
        response = client.post("/api/answers", json={"timing": wrong})
        assert refusal(response) == (422, "invalid_request")


def test_notes_and_reflection_are_changed_and_cleared(client: TestClient) -> None:
    address = f"/api/answers/{begin(client, question='Why?')['id']}"
    reflection = {"length": "too_long", "fillers": None}
    changed = client.patch(
        address, json={"notes": "Shorter start.\nSlower.", "reflection": reflection}
    ).json()
    assert (changed["notes"], changed["reflection"]) == ("Shorter start.\nSlower.", reflection)
    assert client.patch(address, json={"title": "T"}).json()["notes"] == "Shorter start.\nSlower."
    changed = client.patch(address, json={"notes": None, "reflection": None}).json()
    assert (changed["notes"], changed["reflection"]) == (None, None)
    for wrong in ({"notes": "x" * 4001}, {"reflection": {"length": "fine"}}):
        assert refusal(client.patch(address, json=wrong)) == (422, "invalid_request")


def test_changing_the_question_changes_the_take(client: TestClient) -> None:
    begin(client, question="Why?")
    answer = begin(client, question_id="why-medicine")
    address = f"/api/answers/{answer['id']}"
    same = client.patch(address, json={"question": answer["question"]}).json()
    assert (same["question_id"], same["take"]) == ("why-medicine", 1)
    other = client.patch(address, json={"question": "Why?"}).json()
    assert (other["question_id"], other["take"]) == (None, 2)
    assert client.patch(address, json={"question": None}).json()["take"] is None


def test_answers_keep_the_text_of_a_deleted_question(client: TestClient) -> None:
    question = add(client, text="Why here?")
    answer = begin(client, question_id=question["id"])
    client.delete(f"/api/questions/{question['id']}")
    stored = client.get(f"/api/answers/{answer['id']}").json()
    assert (stored["question"], stored["question_id"], stored["take"]) == ("Why here?", None, 1)


def test_unfinished_recordings_can_be_listed(client: TestClient) -> None:
    recording = begin(client, source="recording")["id"]
    upload = begin(client)["id"]
    done = begin(client, source="recording")["id"]
    for answer in (recording, upload, done):
        client.put(f"/api/answers/{answer}/chunks/0", content=b"sound")
    client.post(f"/api/answers/{done}/finish", json={"chunks": 1})
    found = client.get("/api/answers?unfinished=true").json()
    assert ([item["id"] for item in found["items"]], found["total"]) == ([recording], 1)
    assert client.get("/api/answers").json()["total"] == 3


def test_own_questions_and_favourites_belong_to_one_person(client: TestClient, service: Service) -> None:
    question = add(client)["id"]
    client.put("/api/questions/why-medicine/favourite")
    begin(client, question_id="why-medicine")
    with service.database.reading() as session:
        others = Questions(session, "somebody-else", bank()).list_all()
    assert question not in [item.id for item in others]
    assert not any(item.favourite or item.takes for item in others)
