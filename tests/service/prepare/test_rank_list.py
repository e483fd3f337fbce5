"""The rank list over HTTP: its order, what stands beside it, and its table."""

import csv
import io

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from tests.service.in_process import client_of
from tests.service.prepare.after_interviews import YEAR_AHEAD, add_interview


@pytest.fixture
def ranking(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def names(client: TestClient, kind: int = 0, where: str = "ranked") -> list[str]:
    return [one["programme"] for one in client.get("/api/rank-list").json()["lists"][kind][where]]


def test_an_order_is_set_and_changed(ranking: TestClient) -> None:
    assert ranking.get("/api/rank-list").json() == {"lists": []}
    first, second, third = (
        add_interview(ranking, programme=name, date=f"2025-11-0{day}")["id"]
        for day, name in ((3, "Lakeside"), (1, "Harbour"), (2, "Mill River"))
    )
    assert names(ranking, where="not_ranked") == ["Harbour", "Mill River", "Lakeside"]
    ranking.put("/api/rank-list", json={"order": [first, third]}).raise_for_status()
    assert names(ranking) == ["Lakeside", "Mill River"]
    assert names(ranking, where="not_ranked") == ["Harbour"]
    changed = ranking.put("/api/rank-list", json={"order": [second, third, first]}).json()
    assert [(one["rank"], one["programme"]) for one in changed["lists"][0]["ranked"]] == [
        (1, "Harbour"),
        (2, "Mill River"),
        (3, "Lakeside"),
    ]
    ranking.put("/api/rank-list", json={"order": []}).raise_for_status()
    assert names(ranking) == []


def test_schools_have_an_order_of_their_own_and_no_rank_list(client: TestClient) -> None:
    school = add_interview(client, programme="North School", applying_to="medical_school")["id"]
    programme = add_interview(client)["id"]
    client.put("/api/rank-list", json={"order": [school, programme]}).raise_for_status()
    residency, schools = client.get("/api/rank-list").json()["lists"]
    assert [one["rank"] for one in residency["ranked"] + schools["ranked"]] == [1, 1]
    assert "enter and certify yourself with the match (NRMP)" in residency["words"][1]
    assert schools["words"][0].startswith("Medical schools have no rank list.")


def test_what_is_beside_a_programme(client: TestClient) -> None:
    interview = add_interview(client, specialty="Internal medicine")["id"]
    to_come = add_interview(client, programme="Harbour", date=YEAR_AHEAD)["id"]
    client.put(
        f"/api/scheduled-interviews/{interview}/impressions", json={"text": "Warm.", "scales": {"people": 5}}
    ).raise_for_status()
    client.put("/api/rank-list", json={"order": [to_come, interview]}).raise_for_status()
    harbour, lakeside = client.get("/api/rank-list").json()["lists"][0]["ranked"]
    assert (lakeside["specialty"], lakeside["date_words"]) == (
        "Internal medicine",
        "Wednesday, 12 November 2025",
    )
    assert (lakeside["impression"]["text"], lakeside["impression"]["scales"][0]["value"]) == ("Warm.", 5)
    assert (lakeside["visited"], harbour["visited"]) == (True, False)


@pytest.mark.parametrize("wrong", ["twice", "unknown", "cancelled"])
def test_an_order_that_is_none_is_refused(client: TestClient, wrong: str) -> None:
    interview = add_interview(client)["id"]
    cancelled = add_interview(client, cancelled=True)["id"]
    client.put("/api/rank-list", json={"order": [interview]}).raise_for_status()
    order = {"twice": [interview, interview], "unknown": ["0" * 24], "cancelled": [cancelled]}[wrong]
    refused = client.put("/api/rank-list", json={"order": order})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_order")
    assert names(client) == ["Lakeside Internal Medicine"]


def test_the_table_has_no_formula(client: TestClient) -> None:
    evil = add_interview(client, programme='=HYPERLINK("http://x")')["id"]
    add_interview(client, programme="Harbour", applying_to="medical_school")
    client.put(
        f"/api/scheduled-interviews/{evil}/impressions",
        json={"text": "+1 for the people", "scales": {"people": 4}},
    ).raise_for_status()
    scales = [{"id": "people", "name": "@people"}]
    client.patch("/api/preferences", json={"impression_scales": scales}).raise_for_status()
    client.put("/api/rank-list", json={"order": [evil]}).raise_for_status()
    response = client.get("/api/rank-list.csv")
    assert response.headers["content-disposition"] == 'attachment; filename="rank-list.csv"'
    header, first, second = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header == ["list", "rank", "programme", "specialty", "date", "'@people", "impressions"]
    assert first[1:] == ["1", '\'=HYPERLINK("http://x")', "", "2025-11-12", "4", "'+1 for the people"]
    assert second[:3] == ["Medical schools", "", "Harbour"]
