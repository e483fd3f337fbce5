"""Full-text search of transcripts on both databases: matches, snippets, and no traces after deletion."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from analysis import serialization
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Person, StageResult, TranscriptText
from service.dependencies import Service
from service.search.searching import search
from service.search.texts import save_missing_texts, save_text
from tests.service.in_process import client_of
from tests.service.running import RunningService
from tests.service.spoken_answers import say, transcription

TEAM = "In my first team, I listened to everyone before the team's meeting."


@pytest.fixture
def searched(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def find(client: TestClient, words: str, **query: object) -> dict[str, Any]:
    response = client.get("/api/search", params={"words": words, **query})
    found: dict[str, Any] = response.raise_for_status().json()
    return found


def found_in(client: TestClient, words: str) -> list[str]:
    return [item["answer"]["id"] for item in find(client, words)["items"]]


def shown(item: dict[str, Any]) -> str:
    return "".join(f"[{piece['text']}]" if piece["match"] else piece["text"] for piece in item["snippet"])


def test_all_words_must_occur_in_any_form_and_order(opened: Service, searched: TestClient) -> None:
    both = say(opened, TEAM)
    one = say(opened, "We met twice and nobody LISTENS.")
    assert found_in(searched, "listening") == [one, both]
    assert found_in(searched, "everyone listens") == [both]
    assert found_in(searched, "Teams everyone") == [both]
    assert found_in(searched, "listens hospital") == []
    assert found_in(searched, "listening")[0] == find(searched, "listening")["items"][0]["answer"]["id"]


def test_quoted_words_must_follow_each_other(opened: Service, searched: TestClient) -> None:
    answer = say(opened, TEAM)
    assert found_in(searched, '"first team"') == [answer]
    assert found_in(searched, '"team first"') == []
    assert found_in(searched, '"team first') == [answer]


def test_a_match_has_a_snippet_and_its_moments(opened: Service, searched: TestClient) -> None:
    say(opened, "One two three four five six seven eight nine ten " + TEAM + " And so on." * 20)
    [item] = find(searched, "teams")["items"]
    assert shown(item).startswith("… six seven eight nine ten In my first [team], I listened")
    assert "before the [team]'s meeting. And" in shown(item) and shown(item).endswith(" …")
    assert item["moments"] == [
        {"start": 6.5, "end": 7.0, "text": "team,"},
        {"start": 10.0, "end": 10.5, "text": "team's"},
    ]


def test_only_the_first_five_moments_are_returned(opened: Service, searched: TestClient) -> None:
    say(opened, "team " * 9)
    [item] = find(searched, "team")["items"]
    assert [moment["start"] for moment in item["moments"]] == [0.0, 0.5, 1.0, 1.5, 2.0]


def test_result_pages_contain_each_answer_once_newest_first(opened: Service, searched: TestClient) -> None:
    made = [say(opened, "same words") for _ in range(7)]
    say(opened, "others")
    pages, cursor = [], None
    while True:
        page = find(searched, "words", limit=3, **({"cursor": cursor} if cursor else {}))
        assert page["total"] == 7
        pages.append([item["answer"]["id"] for item in page["items"]])
        cursor = page["next"]
        if cursor is None:
            break
    assert pages == [made[:3:-1], made[3:0:-1], made[:1]]
    assert searched.get("/api/search", params={"words": "words", "cursor": "x"}).status_code == 422
    assert searched.get("/api/search", params={"words": "words", "limit": 21}).status_code == 422


def test_answers_of_another_person_are_not_found(opened: Service, searched: TestClient) -> None:
    with opened.database.writing() as session:
        session.add(Person(id="other"))
    say(opened, TEAM, person="other")
    mine = say(opened, TEAM)
    assert found_in(searched, "team") == [mine]
    save_missing_texts(opened.database, "other")
    with opened.database.reading() as session:
        assert [found.answer.person_id for found in search(session, "other", "team").found] == ["other"]
    assert find(searched, "team")["total"] == 1


def test_corrected_words_are_found_and_replaced_words_are_not(opened: Service, searched: TestClient) -> None:
    answer = say(opened, "I listened to the quagga")
    assert found_in(searched, "quagga") == [answer]
    with opened.database.writing() as session:
        Answers(session, LOCAL_PERSON).touch(Answers(session, LOCAL_PERSON).get(answer))
        saved = session.get_one(StageResult, (answer, "transcribe"))
        saved.result = serialization.to_json(transcription("I listened to the zebra <b>crossing\x02"))
        save_text(session, answer, "I listened to the zebra <b>crossing\x02")
    assert found_in(searched, "quagga") == []
    [item] = find(searched, "crossing")["items"]
    assert shown(item) == "I listened to the zebra b [crossing]"
    assert [moment["start"] for moment in item["moments"]] == [2.5]


def test_there_are_no_moments_if_the_words_have_no_times(opened: Service, searched: TestClient) -> None:
    answer = say(opened, "I listened")
    with opened.database.writing() as session:
        save_text(session, answer, "Somebody wrote this text anew")
    [item] = find(searched, "anew")["items"]
    assert (shown(item), item["moments"]) == ("Somebody wrote this text [anew]", [])


def test_missing_texts_are_indexed_once(opened: Service, searched: TestClient) -> None:
    made = [say(opened, f"word number{n}") for n in range(45)]
    silent = say(opened, "")
    assert find(searched, "word")["total"] == 45
    assert found_in(searched, "number44") == [made[44]]
    with opened.database.reading() as session:
        indexed = session.scalars(select(TranscriptText.answer_id)).all()
    assert sorted(indexed) == sorted([*made, silent])
    # All texts are indexed now, so the search writes nothing and does not wait for this transaction.
    with opened.database.writing():
        assert find(searched, "word")["total"] == 45


HOSTILE = [
    *('"', '""', '"" ""', "NEAR(", "NEAR(a b, 2)", "*", "-", "--", "team*", "-team", "^team", "+", "a+b"),
    *(
        "text:team",
        "{text}: team",
        "(",
        ")",
        "((team)",
        "AND",
        "OR",
        "NOT",
        "team AND",
        "NOT team",
        "team OR",
    ),
    *("'", "\\", "%", "_", "; DROP TABLE answers", "team & | ! <->", ":*", "team:*", "\x00", "team\x00team"),
    *("the", "and the of a", "😀", "²", "e\u0301", "word " * 2000, "w" * 5000, '"' * 600, "\u202e", "　"),
    *("don't", "well-known", "and/or", "someone@example.org", "https://example.org/a?b=c", "<b>team</b>"),
]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def open_service(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    new_service: Callable[[str, Path], Service],
) -> Callable[[], Service]:
    """Opens services on new databases of each kind, each used for many searches."""
    return lambda: new_service(request.param, tmp_path_factory.mktemp("searched"))


@pytest.fixture(scope="module")
def one_answer(open_service: Callable[[], Service]) -> TestClient:
    """A client of a service with one answer."""
    service = open_service()
    say(service, TEAM + " Don't be the well-known someone@example.org and/or été.")
    return client_of(service)


def test_no_input_causes_an_error(one_answer: TestClient) -> None:
    wrong = {}
    for words in HOSTILE:
        response = one_answer.get("/api/search", params={"words": words})
        if response.status_code != 200 or response.json()["total"] not in {0, 1}:
            wrong[words[:40]] = (response.status_code, response.text[:200])
    assert wrong == {}


def test_words_with_punctuation_are_found(one_answer: TestClient) -> None:
    asked = ["well-known", "someone@example.org", "e\u0301te\u0301", "MEETING."]
    assert {words: find(one_answer, words)["total"] for words in asked} == dict.fromkeys(asked, 1)


@pytest.fixture(scope="module")
def rewritten(open_service: Callable[[], Service]) -> tuple[Service, TestClient, str]:
    """A service with one answer, the text of which is replaced again and again."""
    service = open_service()
    answer = say(service, "something")
    save_missing_texts(service.database, LOCAL_PERSON)
    return service, client_of(service), answer


@given(words=st.text(max_size=60), spoken=st.text(max_size=60))
@settings(deadline=None, max_examples=60)
def test_any_text_can_be_searched_for_in_any_other(
    rewritten: tuple[Service, TestClient, str], words: str, spoken: str
) -> None:
    service, client, answer = rewritten
    with service.database.writing() as session:
        save_text(session, answer, spoken)
    for asked in (words, spoken):
        for item in find(client, asked)["items"]:
            assert any(piece["match"] for piece in item["snippet"])


def _holding(service: Service, word: str) -> list[str]:
    """Files that contain this word, or its stem, in plain bytes."""
    files = [path for path in service.settings.data_folder.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes().lower()]


@pytest.mark.parametrize("others", [0, 60])
def test_a_deleted_answer_leaves_no_words_in_the_files(
    client: TestClient, service: Service, others: int
) -> None:
    # One transaction each, so that the index has many segments.
    for number in range(others):
        say(service, f"{TEAM} Other words {number} of zebras and xylophones.")
        save_missing_texts(service.database, LOCAL_PERSON)
    answer = say(service, "Quaggas were quietly quizzing Xerxes about the jabberwocky.")
    for number in range(others):
        say(service, f"Later words {number} of zebras and xylophones.")
        save_missing_texts(service.database, LOCAL_PERSON)
    assert found_in(client, "jabberwocky") == [answer]
    words = ("quagga", "quietli", "quiz", "xerx", "jabberwock")
    assert _holding(service, "quagga") and _holding(service, "jabberwock")
    client.delete(f"/api/answers/{answer}").raise_for_status()
    for word in words:
        assert _holding(service, word) == [], word
    assert find(client, "jabberwocky")["total"] == 0
    assert find(client, "xylophones")["total"] == 2 * others


def test_deleting_a_session_or_account_data_leaves_no_words(client: TestClient, service: Service) -> None:
    say(service, "Quaggas came first.", session="Mocks")
    say(service, "Jabberwocky came second.")
    assert find(client, "came")["total"] == 2
    [session] = client.get("/api/sessions").json()["items"]
    client.delete(f"/api/sessions/{session['id']}").raise_for_status()
    assert (_holding(service, "quagga"), found_in(client, "quagga")) == ([], [])
    client.delete("/api/everything").raise_for_status()
    assert _holding(service, "jabberwock") == []


def test_words_are_removed_after_a_process_ended_in_between(service: Service) -> None:
    answer = say(service, "Quaggas came first.")
    save_missing_texts(service.database, LOCAL_PERSON)
    with service.database.writing() as session:
        answers = Answers(session, LOCAL_PERSON)
        answers.delete(answers.find(answer))
    assert _holding(service, "quagga")
    service.remove_traces()
    assert _holding(service, "quagga") == []


def test_a_finished_answer_is_found(running_service: RunningService, speech: Path) -> None:
    answer = running_service.upload(speech, title="To be found")
    running_service.wait_for(answer["id"], "ready")
    found = running_service.client.get("/api/search", params={"words": "doctors"}).json()
    [item] = [item for item in found["items"] if item["answer"]["id"] == answer["id"]]
    assert "[doctor]" in shown(item)
    words = running_service.client.get(f"/api/answers/{answer['id']}/report").json()["transcript"]["words"]
    first = next(word for word in words if word["text"] == "doctor.")
    assert item["moments"][0] == {"start": first["start"], "end": first["end"], "text": "doctor."}


@pytest.mark.parametrize("opened", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
def test_the_index_of_postgresql_is_used(opened: Service) -> None:
    with opened.database.reading() as session:
        session.execute(text("SET enable_seqscan = off"))
        plan = session.execute(
            text(
                "EXPLAIN SELECT number FROM transcript_texts WHERE "
                "transcript_search_words @@ websearch_to_tsquery('english', 'team')"
            )
        ).scalars()
        assert any("ix_transcript_texts_words" in line for line in plan)
