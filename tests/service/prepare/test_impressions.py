"""Impressions over HTTP: words and values, scales whose names change, and where they are kept."""

import io
import json
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.prepare.impressions import SUGGESTED_SCALES
from tests.service.in_process import client_of
from tests.service.prepare.after_interviews import add_interview


@pytest.fixture
def writing(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def values_of(impression: dict[str, Any]) -> dict[str, int | None]:
    return {scale["name"]: scale["value"] for scale in impression["scales"]}


def test_impressions_are_written_and_replaced(writing: TestClient) -> None:
    address = f"/api/scheduled-interviews/{add_interview(writing)['id']}/impressions"
    empty = writing.get(address).json()
    assert (empty["text"], empty["updated_at"]) == (None, None)
    assert values_of(empty) == {scale.name: None for scale in SUGGESTED_SCALES}
    written = writing.put(
        address, json={"text": " Residents laughed a lot. ", "scales": {"people": 5}}
    ).json()
    assert written["text"] == "Residents laughed a lot."
    assert values_of(written)["The people"] == 5
    assert writing.get(address).json() == written
    writing.put(address, json={"scales": {"hours": 2}}).raise_for_status()
    changed = writing.get(address).json()
    assert changed["text"] is None
    assert (values_of(changed)["The people"], values_of(changed)["Hours and rest"]) == (None, 2)
    assert writing.put(address, json={}).json()["updated_at"] is None


def test_a_scale_keeps_its_values_when_its_name_changes(writing: TestClient) -> None:
    address = f"/api/scheduled-interviews/{add_interview(writing)['id']}/impressions"
    writing.put(address, json={"text": "Kind.", "scales": {"people": 4, "place": 2}}).raise_for_status()
    scales = [{"id": "people", "name": "Residents"}, {"id": "own", "name": "Near my family"}]
    writing.patch("/api/preferences", json={"impression_scales": scales}).raise_for_status()
    assert values_of(writing.get(address).json()) == {"Residents": 4, "Near my family": None}
    # Written while a scale is gone, its value is still there when it comes back.
    writing.put(address, json={"text": "Kind.", "scales": {"people": 5, "own": 1}}).raise_for_status()
    scales.append({"id": "place", "name": "The city"})
    writing.patch("/api/preferences", json={"impression_scales": scales}).raise_for_status()
    assert values_of(writing.get(address).json()) == {"Residents": 5, "Near my family": 1, "The city": 2}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"scales": {"people": 6}}, "invalid_request"),
        ({"scales": {"people": 0}}, "invalid_request"),
        ({"scales": {"people": 2.5}}, "invalid_request"),
        ({"scales": {"weather": 3}}, "scale_unknown"),
        ({"text": "x" * 4001}, "invalid_request"),
    ],
)
def test_what_is_refused_leaves_the_impression_as_it_was(
    client: TestClient, wrong: dict[str, Any], code: str
) -> None:
    address = f"/api/scheduled-interviews/{add_interview(client)['id']}/impressions"
    kept = client.put(address, json={"text": "Kind.", "scales": {"people": 4}}).json()
    refused = client.put(address, json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert client.get(address).json() == kept


@pytest.mark.parametrize(
    "scales",
    [
        [{"id": str(number), "name": f"Scale {number}"} for number in range(6)],
        [{"id": "a", "name": "People"}, {"id": "a", "name": "Place"}],
        [{"id": "a", "name": "People"}, {"id": "b", "name": "people"}],
        [{"id": "a", "name": " "}],
        [{"id": "a", "name": "x" * 41}],
    ],
)
def test_there_are_at_most_five_scales_that_differ(client: TestClient, scales: list[Any]) -> None:
    refused = client.patch("/api/preferences", json={"impression_scales": scales})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


def test_impressions_are_exported_and_go_with_the_interview(writing: TestClient) -> None:
    interview = add_interview(writing)["id"]
    address = f"/api/scheduled-interviews/{interview}/impressions"
    writing.put(address, json={"text": "Kind.", "scales": {"people": 4}}).raise_for_status()
    archive = zipfile.ZipFile(io.BytesIO(writing.get("/api/export").raise_for_status().content))
    [exported] = json.loads(archive.read("preparation.json"))["impressions"]
    assert (exported["text"], exported["scales"]) == ("Kind.", {"people": 4})
    writing.delete(f"/api/scheduled-interviews/{interview}").raise_for_status()
    assert writing.get(address).status_code == 404
