"""The four main figures of answers in a list: judged when they are read, from what the row holds."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from tests.analysis.comparison.take_reports import take_report
from tests.service.answers.test_takes import report_on, upload

TEXT = "I would like to help people who have nobody else to ask. " * 8


def listed(client: TestClient) -> dict[str, Any]:
    [answer] = client.get("/api/answers").raise_for_status().json()["items"]
    found: dict[str, Any] = answer
    return found


def marks(answer: dict[str, Any]) -> dict[str, str]:
    return {figure["figure"]: figure["mark"] for figure in answer["figures"]}


@pytest.fixture
def answer(client: TestClient, service: Service) -> str:
    """An answer with many fillers."""
    return report_on(service, upload(client), take_report(text=TEXT, filled_pauses=30))


def test_each_row_has_the_four_figures_with_their_marks(client: TestClient, answer: str) -> None:
    shown = listed(client)
    assert marks(shown) == {"length": "inside", "pace": "inside", "pauses": "inside", "fillers": "above"}
    fillers = shown["figures"][-1]
    assert (fillers["value"], fillers["unit"]) == ("23", "fillers a minute")
    assert fillers["standing_text"] == "over the guide"
    assert fillers["summary"] == "Fillers: 23 fillers a minute, over the guide"
    assert client.get(f"/api/answers/{answer}").json()["figures"] == shown["figures"]
    found = client.get("/api/search", params={"words": "nobody"}).raise_for_status().json()
    assert found["items"][0]["answer"]["figures"] == shown["figures"]


def test_who_wants_no_verdicts_sees_a_mark_at_the_length_alone(client: TestClient, answer: str) -> None:
    before = {figure["figure"]: figure["value"] for figure in listed(client)["figures"]}
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    shown = listed(client)
    assert marks(shown) == {"length": "inside", "pace": "none", "pauses": "none", "fillers": "none"}
    assert [figure["standing_text"] for figure in shown["figures"][1:]] == ["", "", ""]
    assert {figure["figure"]: figure["value"] for figure in shown["figures"]} == before
    assert marks(client.get(f"/api/answers/{answer}").json()) == marks(shown)
    changed = client.patch(f"/api/answers/{answer}", json={"notes": "Slower."}).raise_for_status()
    assert marks(changed.json()) == marks(shown)


def test_an_answer_without_a_report_has_no_figures(client: TestClient) -> None:
    upload(client)
    assert listed(client)["figures"] == []


@pytest.mark.parametrize("stored", [None, "without figures"])
def test_answers_of_earlier_builds_get_their_figures(
    client: TestClient, service: Service, answer: str, stored: str | None
) -> None:
    expected = listed(client)["figures"]
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(answer)
        facts = dict(row.facts or {})
        del facts["figures"]
        row.facts = None if stored is None else facts
    assert listed(client)["figures"] == expected
