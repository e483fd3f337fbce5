"""The published error by first language, as the page requests it."""

import pytest
from fastapi.testclient import TestClient


def _published(client: TestClient, measure: str, **query: str) -> list[str]:
    listed = client.get("/api/measures", params=query).raise_for_status().json()
    [found] = [entry for entry in listed if entry["name"] == measure]
    return [error["recordings"] for error in found["published"]["errors"]]


def test_the_error_of_a_first_language_is_added(client: TestClient) -> None:
    plain = _published(client, "pause_count")
    assert _published(client, "pause_count", first_language="mandarin") == [
        *plain,
        "Speakers of Mandarin, read sentences, fillers of others put in",
    ]
    assert _published(client, "pause_count", first_language="Igbo") == [*plain, "Speakers of Igbo"]


@pytest.mark.parametrize("nobody", ["", "  ", "\x00"])
def test_no_first_language_adds_nothing(client: TestClient, nobody: str) -> None:
    assert _published(client, "pause_count", first_language=nobody) == _published(client, "pause_count")


def test_a_first_language_of_any_length_is_refused(client: TestClient) -> None:
    refused = client.get("/api/measures", params={"first_language": "x" * 65})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


def test_the_first_languages_with_labelled_speech_are_listed(client: TestClient) -> None:
    listed = client.get("/api/measures/first-languages").raise_for_status().json()
    assert listed[0]["name"] == "Mandarin"
    assert set(listed[0]) == {"name", "clips", "minutes", "speakers"}
