"""The list of answers is described once and kept; what it shows is never older than the answers."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, update

from analysis.feedback.verdict import with_verdict
from service.answers import builds
from service.answers.measuring import MeasuredAnswer
from service.db.models import LOCAL_PERSON, Answer
from service.dependencies import Service
from tests.analysis.comparison.take_reports import take_report
from tests.service.in_process import client_of


def make_ready(service: Service, answer: str) -> None:
    columns = MeasuredAnswer(with_verdict(take_report()), None, 0).columns()
    with service.database.writing(LOCAL_PERSON) as session:
        session.execute(
            update(Answer).where(Answer.id == answer).values(intake="complete", chunk_count=1, **columns)
        )


@pytest.fixture
def answers(opened: Service) -> list[str]:
    client = client_of(opened)
    made = [client.post("/api/answers", json={"source": "upload"}).json()["id"] for _ in range(3)]
    for answer in made:
        make_ready(opened, answer)
    return made


def one_by_one(client: TestClient) -> list[Any]:
    """The answers of the list, each asked for alone, which keeps nothing."""
    items = client.get("/api/answers").json()["items"]
    return [client.get(f"/api/answers/{item['id']}").json() for item in items]


CHANGES: dict[str, Callable[[TestClient, str], Any]] = {
    "title": lambda client, answer: client.patch(f"/api/answers/{answer}", json={"title": "New"}),
    "tags": lambda client, answer: client.patch(f"/api/answers/{answer}", json={"tags": ["calm"]}),
    "session": lambda client, answer: client.patch(f"/api/answers/{answer}", json={"session": "Monday"}),
    "preference": lambda client, _: client.patch("/api/preferences", json={"speaks_differently": True}),
    "deletion": lambda client, answer: client.delete(f"/api/answers/{answer}"),
    "another": lambda client, _: client.post("/api/answers", json={"source": "upload"}),
}


def test_the_list_shows_every_change_at_once(opened: Service, answers: list[str]) -> None:
    client = client_of(opened)
    for name, change in CHANGES.items():
        before = client.get("/api/answers")
        known = {"if-none-match": before.headers["etag"]}
        assert client.get("/api/answers", headers=known).status_code == 304, name
        change(client, answers[1]).raise_for_status()
        after = client.get("/api/answers", headers=known)
        assert after.status_code == 200, name
        assert after.json()["items"] == one_by_one(client), name
        assert after.json() != before.json(), name


def test_a_new_build_describes_anew(
    opened: Service, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(opened)
    before = client.get("/api/answers")
    monkeypatch.setattr(builds, "ANALYSIS_VERSION", "another")
    after = client.get("/api/answers", headers={"if-none-match": before.headers["etag"]})
    assert [item["outdated"] for item in after.json()["items"]] == [True] * len(answers)


def test_another_page_of_the_list_has_another_etag(opened: Service, answers: list[str]) -> None:
    client = client_of(opened)
    whole, first = client.get("/api/answers"), client.get("/api/answers?limit=1")
    assert whole.headers["etag"] != first.headers["etag"]
    assert len(first.json()["items"]) == 1 and first.json()["next"]
    assert [item["id"] for item in whole.json()["items"]] == answers[::-1]


def test_answers_that_have_not_changed_are_not_read_again(opened: Service, answers: list[str]) -> None:
    client = client_of(opened)
    client.get("/api/answers")
    read: list[str] = []

    def note(*arguments: Any) -> None:
        read.append(arguments[2])

    event.listen(opened.database._engine, "before_cursor_execute", note)
    assert len(client.get("/api/answers").json()["items"]) == 3
    assert read and not any("answers.title" in statement for statement in read)
    client.patch(f"/api/answers/{answers[0]}", json={"title": "New"})
    read.clear()
    client.get("/api/answers")
    assert any("answers.title" in statement for statement in read)
