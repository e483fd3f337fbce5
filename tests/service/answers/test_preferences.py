"""A person's preferences, which apply to all of their answers."""

import pytest
from fastapi.testclient import TestClient

from service.answers.preferences import Preferences, change_preferences, preferences_of
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Person
from service.dependencies import Service
from service.schemas import NewAnswer
from tests.service.in_process import client_of

NOTHING_SET = {
    "speaks_differently": False,
    "applying_to": None,
    "specialty": None,
    "first_language": None,
    "contact": None,
    "impression_scales": None,
}


@pytest.fixture
def preferring(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def test_only_the_given_fields_change(preferring: TestClient) -> None:
    def change(**given: object) -> object:
        changed = preferring.patch("/api/preferences", json=given).raise_for_status().json()
        assert preferring.get("/api/preferences").json() == changed
        return changed

    assert preferring.get("/api/preferences").json() == NOTHING_SET
    assert change() == NOTHING_SET
    assert change(first_language=" Tagalog ") == {**NOTHING_SET, "first_language": "Tagalog"}
    different = {**NOTHING_SET, "speaks_differently": True}
    assert change(speaks_differently=True) == {**different, "first_language": "Tagalog"}
    assert change(first_language="") == different
    assert change(applying_to="residency") == {**different, "applying_to": "residency"}
    assert change(applying_to=None, speaks_differently=False, first_language=None)
    card = {"name": "Programme office", "phone": "+1 555 0100", "email": None}
    assert change(contact={**card, "email": " "}) == {**NOTHING_SET, "contact": card}
    assert change(contact={"name": "", "phone": None}) == NOTHING_SET


@pytest.mark.parametrize(
    "wrong",
    [
        {"speaks_differently": None},
        {"speaks_differently": "perhaps"},
        {"first_language": "x" * 65},
        {"contact": {"name": "x" * 101}},
        [],
    ],
)
def test_invalid_preferences_are_refused(client: TestClient, wrong: object) -> None:
    client.patch("/api/preferences", json={"first_language": "Korean"})
    refused = client.patch("/api/preferences", json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert client.get("/api/preferences").json() == {**NOTHING_SET, "first_language": "Korean"}


def test_new_answers_store_the_current_first_language(preferring: TestClient) -> None:
    def made(**fields: str) -> str | None:
        answer = preferring.post("/api/answers", json={"title": "T", **fields}).json()
        language: str | None = preferring.get(f"/api/answers/{answer['id']}").json()["first_language"]
        assert answer["first_language"] == language
        return language

    assert made() is None
    preferring.patch("/api/preferences", json={"first_language": "Arabic"})
    assert made() == "Arabic"
    uploaded = preferring.post("/api/uploads", files={"file": ("a.wav", b"sound")}).json()
    assert uploaded["first_language"] == "Arabic"
    # The speaker of a sample is not the person who uses this service.
    assert made(source="sample") is None
    preferring.patch("/api/preferences", json={"first_language": None})
    assert made() is None
    languages = [item["first_language"] for item in preferring.get("/api/answers").json()["items"]]
    assert languages == [None, None, "Arabic", "Arabic", None]


def test_preferences_belong_to_one_person(preferring: TestClient, opened: Service) -> None:
    with opened.database.writing() as session:
        session.add(Person(id="other"))
        session.flush()
        change_preferences(session, "other", Preferences(first_language="Hindi"))
        assert Answers(session, "other").create(NewAnswer()).first_language == "Hindi"
        assert preferences_of(session, LOCAL_PERSON) == Preferences()
    assert preferring.get("/api/preferences").json() == NOTHING_SET


def test_unknown_fields_of_another_version_are_preserved(preferring: TestClient, opened: Service) -> None:
    with opened.database.writing() as session:
        session.get_one(Person, LOCAL_PERSON).preferences = {"first_language": "Urdu", "later": 1}
    assert preferring.patch("/api/preferences", json={"speaks_differently": True}).json() == {
        **NOTHING_SET,
        "speaks_differently": True,
        "first_language": "Urdu",
    }
    with opened.database.reading() as session:
        assert (session.get_one(Person, LOCAL_PERSON).preferences or {})["later"] == 1
