"""Remarks of a person who listened: adding, listing and removing them, and their times."""

import io
import json
import time
import zipfile
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.answers.remarks import MOST_REMARKS, NewRemark, add_remark, position_now
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Interview, Remark
from service.dependencies import Service
from tests.service.in_process import client_of
from tests.service.made_takes import add_take

RECORDED = 90.0


@pytest.fixture
def remarking(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def post(client: TestClient, answer: str, **fields: Any) -> dict[str, Any]:
    sent = client.post(f"/api/answers/{answer}/remarks", json=fields)
    assert sent.status_code == 201, sent.text
    remark: dict[str, Any] = sent.json()
    return remark


def listed(client: TestClient, answer: str) -> list[tuple[float, str]]:
    items = client.get(f"/api/answers/{answer}/remarks").raise_for_status().json()["items"]
    return [(item["at"], item["text"]) for item in items]


def recorded(service: Service, **columns: Any) -> str:
    return add_take(service, columns={"duration": RECORDED, **columns})


def interviewed(service: Service, **live: Any) -> str:
    """An answer that is being recorded in an interview, without a known length."""
    answer = add_take(service, with_report=False)
    with service.database.writing() as session:
        interview = Interview(
            person_id=LOCAL_PERSON,
            name="Mock interview",
            format_id="traditional",
            format_name="Traditional",
            choices={},
            steps=[],
            live={"state": "recording", "step": 1, "answer": answer, **live},
        )
        session.add(interview)
        session.flush()
        Answers(session, LOCAL_PERSON).get(answer).interview_id = interview.id
    return answer


def test_remarks_are_listed_in_order_of_time_and_can_be_removed(
    remarking: TestClient, opened: Service
) -> None:
    answer = recorded(opened)
    post(remarking, answer, text="Lost the thread", at=61.5)
    first = post(remarking, answer, text="  Good \n pause ", at=12)
    assert listed(remarking, answer) == [(12.0, "Good pause"), (61.5, "Lost the thread")]
    address = f"/api/answers/{answer}/remarks/{first['id']}"
    assert remarking.delete(address).status_code == 204
    assert listed(remarking, answer) == [(61.5, "Lost the thread")]
    assert remarking.delete(address).json()["code"] == "not_found"


def test_a_report_shows_them_as_marks_of_their_own_shape(remarking: TestClient, opened: Service) -> None:
    answer = recorded(opened)
    assert remarking.get(f"/api/answers/{answer}/remarks").json()["view"]["legend"] == []
    remark = post(remarking, answer, text="Warm", at=61.5)
    view = remarking.get(f"/api/answers/{answer}/remarks").json()["view"]
    [mark] = view["marks"]
    assert (mark["key"], mark["lane"], mark["shape"]) == (f"remarks-{remark['id']}", "remarks", "flag")
    assert mark["text"] == "Warm, a remark at 1:01"
    assert (view["summary"], view["legend"][0]["count"]) == ("1 remark", 1)


def test_a_remark_that_is_sent_twice_is_kept_once(remarking: TestClient, opened: Service) -> None:
    answer, other = recorded(opened), recorded(opened)
    sent = {"id": "a" * 24, "text": "Warm", "at": 3}
    assert post(remarking, answer, **sent) == post(remarking, answer, **sent)
    assert listed(remarking, answer) == [(3.0, "Warm")]
    assert remarking.post(f"/api/answers/{other}/remarks", json=sent).status_code == 422
    assert listed(remarking, other) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "", "at": 1},
        {"text": " \n ", "at": 1},
        {"text": "x" * 301, "at": 1},
        {"text": "Warm", "at": -1},
        {"text": "Warm", "at": RECORDED + 5},
        {"text": "Warm", "at": 1, "id": "../../etc"},
    ],
)
def test_odd_remarks_are_refused(client: TestClient, service: Service, fields: dict[str, Any]) -> None:
    answer = recorded(service)
    refused = client.post(f"/api/answers/{answer}/remarks", json=fields)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert listed(client, answer) == []


def test_an_answer_has_a_limited_number_of_remarks(client: TestClient, service: Service) -> None:
    answer = recorded(service)
    with service.database.writing() as session:
        session.add_all(Remark(answer_id=answer, at=1.0, text="Warm") for _ in range(MOST_REMARKS))
    refused = client.post(f"/api/answers/{answer}/remarks", json={"text": "Warm", "at": 1})
    assert refused.status_code == 422
    assert len(listed(client, answer)) == MOST_REMARKS


def test_without_a_time_a_remark_stands_where_the_recording_is(client: TestClient, service: Service) -> None:
    answer = interviewed(service, seconds=20.0, at=time.time() - 10)
    assert post(client, answer, text="Good pause")["at"] == pytest.approx(30.0, abs=3.0)


def test_a_paused_recording_stands_still() -> None:
    live = {"state": "paused", "seconds": 20.0, "at": 1000.0}
    assert position_now(live, 1060.0) == 20.0
    assert position_now({**live, "state": "recording"}, 1060.0) == 80.0
    # A clock that was set back never moves a remark before what was told.
    assert position_now({**live, "state": "recording"}, 990.0) == 20.0


def test_without_a_time_an_answer_must_be_under_way(client: TestClient, service: Service) -> None:
    plain = recorded(service)
    refused = client.post(f"/api/answers/{plain}/remarks", json={"text": "Warm"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    earlier = interviewed(service, answer="another", seconds=3.0, at=time.time())
    assert client.post(f"/api/answers/{earlier}/remarks", json={"text": "Warm"}).status_code == 409


def test_a_remark_that_came_as_the_recording_stopped_stands_at_its_end(
    client: TestClient, service: Service
) -> None:
    answer = recorded(service, duration=None)
    post(client, answer, text="Warm", at=RECORDED + 1)
    with service.database.writing() as session:
        Answers(session, LOCAL_PERSON).get(answer).duration = RECORDED
    assert listed(client, answer) == [(RECORDED, "Warm")]
    assert client.get(f"/api/answers/{answer}/remarks").json()["view"]["marks"][0]["start"] == RECORDED
    assert post(client, answer, text="Late", at=RECORDED + 1)["at"] == RECORDED


def test_open_pages_are_told_of_remarks(client: TestClient, service: Service) -> None:
    answer = recorded(service)

    def change() -> int:
        return int(client.get(f"/api/answers/{answer}").json()["change"])

    before = change()
    remark = post(client, answer, text="Warm", at=1)
    added = change()
    client.delete(f"/api/answers/{answer}/remarks/{remark['id']}")
    assert before < added < change()


def test_remarks_belong_to_a_person_and_go_with_their_answer(client: TestClient, service: Service) -> None:
    answer = recorded(service)
    post(client, answer, text="Warm", at=1)
    assert client.get("/api/answers/nobodys/remarks").status_code == 404
    assert client.post("/api/answers/nobodys/remarks", json={"text": "Warm", "at": 1}).status_code == 404
    client.delete(f"/api/answers/{answer}").raise_for_status()
    with service.database.reading() as session:
        assert session.query(Remark).count() == 0


def test_remarks_are_in_the_export(client: TestClient, service: Service) -> None:
    answer = recorded(service)
    with service.database.writing() as session:
        add_remark(session, LOCAL_PERSON, answer, NewRemark(text="Warm", at=4.0))
    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/export").raise_for_status().content))
    [exported] = json.loads(archive.read("answers.json"))
    assert exported["remarks"] == [{"at": 4.0, "text": "Warm"}]
