"""Listing, changing and deleting answers, without a worker."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from service.answers.practice_sessions import PracticeSessions
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Answer, Person
from service.dependencies import Service
from service.problems import InvalidRequest, NotFound
from service.schemas import NewAnswer


def make(client: TestClient, count: int, **fields: str) -> list[str]:
    return [client.post("/api/answers", json={"title": f"{n}", **fields}).json()["id"] for n in range(count)]


def listed(client: TestClient, **query: object) -> list[str]:
    return [answer for page in pages(client, **query) for answer in page]


def pages(client: TestClient, **query: object) -> list[list[str]]:
    found, cursor = [], None
    while True:
        page = client.get("/api/answers", params={**query, **({"cursor": cursor} if cursor else {})}).json()
        found.append([answer["id"] for answer in page["items"]])
        cursor = page["next"]
        if cursor is None:
            return found


def test_pages_contain_every_answer_once_newest_first(client: TestClient) -> None:
    made = make(client, 7)
    found = pages(client, limit=3)
    assert [len(page) for page in found] == [3, 3, 1]
    assert listed(client, limit=3) == made[::-1]
    assert client.get("/api/answers", params={"limit": 3}).json()["total"] == 7


def test_answers_created_at_the_same_time_are_all_listed(client: TestClient, service: Service) -> None:
    made = make(client, 5)
    with service.database.writing() as session:
        first = Answers(session, LOCAL_PERSON).get(made[0]).created_at
        session.execute(update(Answer).values(created_at=first))
    assert sorted(listed(client, limit=2)) == sorted(made)


def test_pages_stay_correct_while_answers_are_added_and_deleted(client: TestClient) -> None:
    made = make(client, 4)
    first = client.get("/api/answers", params={"limit": 2}).json()
    make(client, 1)
    client.delete(f"/api/answers/{made[3]}")
    second = client.get("/api/answers", params={"limit": 2, "cursor": first["next"]}).json()
    assert [answer["id"] for answer in second["items"]] == [made[1], made[0]]


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WzEsMl0", "é"])
def test_an_invalid_cursor_is_refused(client: TestClient, cursor: str) -> None:
    response = client.get("/api/answers", params={"cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")


def test_a_thousand_answers_are_listed(client: TestClient, service: Service) -> None:
    with service.database.writing() as session:
        answers = Answers(session, LOCAL_PERSON)
        for number in range(1000):
            answers.create(NewAnswer(title=f"{number}", session=f"Session {number % 10}"))
    assert len(listed(client, limit=200)) == 1000
    sessions = client.get("/api/sessions").json()["items"]
    assert [session["answers"] for session in sessions] == [100] * 10
    one = client.get("/api/answers", params={"session": sessions[0]["id"], "limit": 200}).json()
    assert len(one["items"]) == one["total"] == 100


def test_only_the_given_fields_change(client: TestClient) -> None:
    [answer] = make(client, 1, question="Why?", session="A")
    address = f"/api/answers/{answer}"
    assert client.patch(address, json={"title": "New"}).json()["question"] == "Why?"
    moved = client.patch(address, json={"session": "B"}).json()
    assert (moved["title"], moved["session"]["name"]) == ("New", "B")
    assert [session["name"] for session in client.get("/api/sessions").json()["items"]] == ["B"]
    alone = client.patch(address, json={"session": None, "question": None}).json()
    assert (alone["session"], alone["question"], alone["title"]) == (None, None, "New")
    assert client.get("/api/sessions").json()["items"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 301},
        {"span": {"start": 5, "end": 5}},
        {"span": {"start": -1, "end": 5}},
        {"span": {"start": "NaN", "end": 5}},
        {"title": 5},
    ],
    ids=str,
)
def test_invalid_changes_are_refused(client: TestClient, changes: dict[str, object]) -> None:
    [answer] = make(client, 1)
    response = client.patch(f"/api/answers/{answer}", json=changes)
    assert (response.status_code, response.json()["code"]) == (422, "invalid_request")
    assert response.headers["content-type"] == "application/problem+json"


def test_names_are_stored_as_plain_text(client: TestClient) -> None:
    name = "<img src=x onerror=alert(1)>"
    answer = client.post("/api/answers", json={"title": name, "session": name, "file_name": f"{name}.wav"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["title"] == answer.json()["session"]["name"] == name


def test_control_characters_are_removed_from_names(client: TestClient) -> None:
    assert client.post("/api/answers", json={"title": "a\x00b\x1b[31m\u202ec"}).json()["title"] == "ab[31mc"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "/report"),
        ("GET", "/transcript"),
        ("GET", "/media"),
        ("GET", "/peaks"),
        ("GET", "/original"),
        ("GET", "/chunks"),
        ("POST", "/retry"),
        ("POST", "/finish"),
    ],
)
def test_a_missing_answer_is_not_found(client: TestClient, method: str, path: str) -> None:
    for answer in ("0123456789abcdef01234567", "..", "%2e%2e%2fgreenroom.sqlite3", "a%00b"):
        response = client.request(method, f"/api/answers/{answer}{path}", json={"chunks": 1})
        assert response.status_code in {404, 405}, response.text
        assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("part", ["report", "transcript", "media", "peaks", "original"])
def test_a_part_that_is_not_ready_says_so(client: TestClient, part: str) -> None:
    [answer] = make(client, 1)
    response = client.get(f"/api/answers/{answer}/{part}")
    assert (response.status_code, response.json()["code"]) == (404, "not_ready")


def test_only_a_failed_analysis_can_be_retried(client: TestClient) -> None:
    [answer] = make(client, 1)
    response = client.post(f"/api/answers/{answer}/retry")
    assert (response.status_code, response.json()["code"]) == (409, "wrong_state")


def test_the_same_request_again_makes_no_second_answer(client: TestClient, service: Service) -> None:
    new = {"id": "0123456789abcdef01234567", "question": "Why?"}
    made = [client.post("/api/answers", json=new).json() for _ in range(2)]
    assert made[0] == made[1] and made[0]["id"] == new["id"]
    assert client.get("/api/answers").json()["total"] == 1
    with service.database.writing() as session:
        session.add(Person(id="somebody"))
        session.flush()
        with pytest.raises(InvalidRequest):
            Answers(session, "somebody").create(NewAnswer(id=new["id"]))
    assert client.post("/api/answers", json={"id": "../../etc"}).status_code == 422


def test_people_cannot_see_or_change_answers_of_others(client: TestClient, service: Service) -> None:
    [mine] = make(client, 1, session="Mine")
    with service.database.writing() as session:
        session.add(Person(id="somebody"))
        session.flush()
        theirs = Answers(session, "somebody")
        assert session.scalars(theirs.listed()).all() == []
        assert PracticeSessions(session, "somebody").list_all() == []
        with pytest.raises(NotFound):
            theirs.get(mine)
        assert theirs.result(mine, "measure") is None and theirs.chunks(mine) == []
        theirs.create(NewAnswer(session="Mine"))
        assert len(theirs.delete_account_data()) == 1
    assert client.get("/api/answers").json()["total"] == 1
    assert client.get("/api/sessions").json()["items"][0]["answers"] == 1


def test_the_api_description_is_complete(client: TestClient) -> None:
    description = client.get("/api/openapi.json").json()
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            assert operation["tags"] and operation["summary"] and operation["description"], (method, path)
    assert "ProblemDetails" in description["components"]["schemas"]
    finish = description["paths"]["/api/answers/{answer}/finish"]["post"]["responses"]
    assert "missing_chunks" in finish["409"]["description"]


def test_a_recording_without_new_chunks_is_interrupted_and_can_continue(
    client: TestClient, service: Service
) -> None:
    from service.jobs.recovery import mark_interrupted

    [answer] = make(client, 1)
    client.put(f"/api/answers/{answer}/chunks/0", content=b"a")
    mark_interrupted(service.database, after=60)
    assert client.get(f"/api/answers/{answer}").json()["intake"] == "receiving"
    mark_interrupted(service.database, after=-1)
    assert client.get(f"/api/answers/{answer}").json()["intake"] == "interrupted"
    client.put(f"/api/answers/{answer}/chunks/1", content=b"b")
    assert client.get(f"/api/answers/{answer}").json()["intake"] == "receiving"
    assert client.post(f"/api/answers/{answer}/finish", json={"chunks": 2}).status_code == 200
