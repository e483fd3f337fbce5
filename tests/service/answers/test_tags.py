"""Tags on answers: setting, listing and filtering."""

import pytest
from fastapi.testclient import TestClient

from service.answers.repository import Answers
from service.answers.tags import tags_of
from service.db.models import AnswerTag, Person
from service.dependencies import Service
from service.schemas import AnswerChanges, NewAnswer
from tests.service.in_process import client_of


@pytest.fixture
def tagged(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def make(client: TestClient, *tags: str) -> str:
    answer = str(client.post("/api/answers", json={"title": "T"}).json()["id"])
    put(client, answer, *tags)
    return answer


def put(client: TestClient, answer: str, *tags: str) -> list[str]:
    response = client.patch(f"/api/answers/{answer}", json={"tags": tags})
    saved: list[str] = response.raise_for_status().json()["tags"]
    assert client.get(f"/api/answers/{answer}").json()["tags"] == saved
    return saved


def listed(client: TestClient) -> dict[str, int]:
    return {item["tag"]: item["answers"] for item in client.get("/api/tags").json()["items"]}


def having(client: TestClient, tag: str) -> list[str]:
    page = client.get("/api/answers", params={"tag": tag}).raise_for_status().json()
    assert page["total"] == len(page["items"])
    return [item["id"] for item in page["items"]]


def test_tags_are_stored_as_typed_and_compared_without_case(tagged: TestClient) -> None:
    answer = make(tagged)
    assert put(tagged, answer, "MMI", "Ethics", "mmi", "  team \n work ") == ["Ethics", "MMI", "team work"]
    assert put(tagged, answer, "mmi", "ÉTHIQUE", "éthique") == ["mmi", "ÉTHIQUE"]
    assert having(tagged, "Éthique") == having(tagged, "MmI") == [answer]
    assert having(tagged, "team work") == []
    assert put(tagged, answer) == []
    assert listed(tagged) == {}


def test_the_list_counts_answers_and_spells_a_tag_as_on_the_newest(tagged: TestClient) -> None:
    first, second = make(tagged, "mmi", "Ethics"), make(tagged, "MMI")
    assert listed(tagged) == {"Ethics": 1, "MMI": 2}
    assert list(listed(tagged)) == ["Ethics", "MMI"]
    assert having(tagged, "mmi") == [second, first]
    tagged.delete(f"/api/answers/{second}")
    assert listed(tagged) == {"Ethics": 1, "mmi": 1}


def test_other_changes_do_not_affect_tags(tagged: TestClient) -> None:
    answer = make(tagged, "MMI")
    assert tagged.patch(f"/api/answers/{answer}", json={"title": "Other"}).json()["tags"] == ["MMI"]


def test_answers_with_a_tag_are_paged(tagged: TestClient) -> None:
    made = [make(tagged, "MMI") for _ in range(3)]
    make(tagged, "other")
    first = tagged.get("/api/answers", params={"tag": "mmi", "limit": 2}).json()
    rest = tagged.get("/api/answers", params={"tag": "mmi", "limit": 2, "cursor": first["next"]}).json()
    assert [item["id"] for page in (first, rest) for item in page["items"]] == made[::-1]
    assert (first["total"], rest["next"]) == (3, None)


@pytest.mark.parametrize(
    "tags", [[""], ["  "], ["x" * 65], [f"{n}" for n in range(21)], "MMI", [None], None, [1]]
)
def test_an_invalid_list_of_tags_is_refused(client: TestClient, tags: object) -> None:
    answer = make(client, "kept")
    refused = client.patch(f"/api/answers/{answer}", json={"tags": tags})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert listed(client) == {"kept": 1}


def test_the_longest_tags_fit(tagged: TestClient) -> None:
    # Each of these letters becomes three when its case is folded.
    assert put(tagged, make(tagged), "ΐ" * 64, "x" * 64) == ["x" * 64, "ΐ" * 64]


def test_tags_of_another_person_are_not_visible(tagged: TestClient, opened: Service) -> None:
    with opened.database.writing() as session:
        session.add(Person(id="other"))
        theirs = Answers(session, "other")
        theirs.change(theirs.create(NewAnswer()).id, AnswerChanges(tags=["secret"]))
    assert listed(tagged) == {} and having(tagged, "secret") == []
    with opened.database.reading() as session:
        assert tags_of(session, "other") == [("secret", 1)]


def test_a_tag_written_directly_to_the_table_is_found(tagged: TestClient, opened: Service) -> None:
    answer = make(tagged)
    with opened.database.writing() as session:
        session.add(AnswerTag(answer_id=answer, tag="Made-Up"))
    assert having(tagged, "made-up") == [answer]
