"""Takes over HTTP: which answers are grouped, and how two takes are compared."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis.report import Filler, Report
from service.answers.measuring import MeasuredAnswer
from service.answers.repository import Answers
from service.answers.saved_reports import save_reports
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from tests.analysis.comparison.take_reports import take_report
from tests.service.running import RunningService

QUESTION = "Why medicine?"
TEXT = "I would like to help people who have nobody else to ask. " * 8


def upload(client: TestClient, **fields: str) -> str:
    made = client.post(
        "/api/uploads", files={"file": ("a.wav", b"sound")}, data={"question": QUESTION, **fields}
    )
    answer: str = made.raise_for_status().json()["id"]
    return answer


def report_on(service: Service, answer: str, report: Report) -> str:
    """Saves a report as the worker does."""
    measured = MeasuredAnswer(report, None, 0)
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(answer)
        for name, value in measured.columns().items():
            setattr(row, name, value)
        row.work_state = "ready"
        save_reports(session, answer, measured)
    return answer


@pytest.fixture
def pair(client: TestClient, service: Service) -> tuple[str, str]:
    """Two takes of one question, the second with far fewer fillers."""
    um = Filler("um", 20.0, 20.5, "filled_pause", "heard", "filler", 0.95)
    first = report_on(service, upload(client), take_report(text=TEXT, filled_pauses=30, fillers=[um]))
    second = report_on(
        service, upload(client), take_report(70.0, text="Well. " + TEXT, filled_pauses=0, markers=1)
    )
    return first, second


def comparison(client: TestClient, first: str, second: str) -> dict[str, Any]:
    found: dict[str, Any] = (
        client.get(f"/api/answers/{first}/comparison", params={"with": second}).raise_for_status().json()
    )
    return found


def test_all_takes_of_a_question_are_listed_oldest_first(
    client: TestClient, service: Service, pair: tuple[str, str]
) -> None:
    waiting = upload(client, title="Third")
    upload(client, question="Another question?")
    client.post("/api/answers", json={"question": QUESTION, "source": "recording"})
    listed = client.get(f"/api/answers/{pair[1]}/takes").raise_for_status().json()
    assert listed["question"] == QUESTION
    takes = listed["takes"]
    assert [take["answer"] for take in takes] == [*pair, waiting]
    assert [take["take"] for take in takes] == [1, 2, 3]
    assert [take["state"] for take in takes] == ["ready", "ready", "waiting"]
    assert set(takes[0]["measures"]) == set(listed["measures"])
    assert listed["labels"] == ["Length", "Pace", "Pauses", "Fillers"]
    assert [figure["mark"] for figure in takes[0]["view"]["figures"]] == [
        "inside",
        "inside",
        "inside",
        "above",
    ]
    assert takes[2]["view"]["figures"] == []
    assert takes[0]["measures"]["answer_length"]["value"] == 90.0
    assert takes[0]["best_stretch"] == pytest.approx({"start": 20.5, "end": 91.0}, abs=0.6)
    assert (takes[2]["measures"], takes[2]["best_stretch"], takes[2]["headline"]) == ({}, None, None)


def test_takes_are_grouped_by_the_question_of_the_bank_not_its_wording(client: TestClient) -> None:
    new = {"question_id": "tell-me-about-yourself", "source": "upload"}
    of_the_bank = [client.post("/api/answers", json=new).json() for _ in range(2)]
    upload(client, question=of_the_bank[0]["question"])
    listed = client.get(f"/api/answers/{of_the_bank[1]['id']}/takes").json()
    assert [take["answer"] for take in listed["takes"]] == [answer["id"] for answer in of_the_bank]


def test_an_answer_without_a_question_has_no_other_takes(client: TestClient) -> None:
    alone = client.post("/api/answers", json={"title": "Free"}).json()["id"]
    client.post("/api/answers", json={"title": "Free"})
    listed = client.get(f"/api/answers/{alone}/takes").json()
    assert ([take["answer"] for take in listed["takes"]], listed["question"]) == ([alone], None)


def test_samples_are_not_grouped_with_the_persons_takes(client: TestClient, service: Service) -> None:
    own = upload(client)
    sample = upload(client)
    with service.database.writing() as session:
        Answers(session, LOCAL_PERSON).get(sample).source = "sample"
    for answer in (own, sample):
        listed = client.get(f"/api/answers/{answer}/takes").json()
        assert [take["answer"] for take in listed["takes"]] == [answer]
    refused = client.get(f"/api/answers/{own}/comparison", params={"with": sample})
    assert refused.json()["code"] == "invalid_request"


def test_two_takes_are_compared_with_the_earlier_one_first(client: TestClient, pair: tuple[str, str]) -> None:
    found = comparison(client, *pair)
    assert (found["first"], found["second"], found["notice"]) == (*pair, None)
    assert comparison(client, pair[1], pair[0]) == found
    fillers = next(measure for measure in found["measures"] if measure["name"] == "filler_rate")
    assert fillers["verdict"] == "clear_change"
    assert fillers["sentence"] == "Fewer fillers: 22.7 to 0.9 a minute, a clear change."
    view = found["view"]
    assert view["difference"].startswith("Take 2: 20 s shorter, ")
    assert view["difference"].endswith("22 fewer fillers a minute.")
    assert "more than measuring error and chance" in view["chance"].lower()
    assert fillers["low"] < fillers["ratio"] < fillers["high"] < 1
    wording = found["wording"]
    assert wording["same_share"] > 0.95
    assert wording["sentence"].startswith("Nearly all of the wording is the same as in take 1")
    assert wording["passages"][0] == {
        "kind": "changed",
        "first": [],
        "second": [{"text": "Well.", "start": 1.0, "end": pytest.approx(1.7, abs=0.2)}],
        "closes": True,
    }
    assert found["best_stretches"]["first"]["start"] == pytest.approx(20.5, abs=0.6)
    assert "is not known yet" in found["method"]


def test_the_spread_is_estimated_from_ten_other_takes(
    client: TestClient, service: Service, pair: tuple[str, str]
) -> None:
    for number in range(10):
        other = upload(client, question=f"Question {number}?")
        report_on(service, other, take_report(80.0 + number))
    assert "learned from 10 other takes" in comparison(client, *pair)["method"]
    with service.database.writing() as session:
        Answers(session, LOCAL_PERSON).get(other).source = "sample"
    assert "is not known yet" in comparison(client, *pair)["method"]


def test_figures_of_different_builds_are_not_compared(
    client: TestClient, service: Service, pair: tuple[str, str]
) -> None:
    other = report_on(service, upload(client), take_report(300.0, text=TEXT, model="tiny.en"))
    found = comparison(client, pair[0], other)
    assert "different versions" in found["notice"]
    assert {measure["verdict"] for measure in found["measures"]} == {"cannot_tell", None}
    assert found["wording"]["same_share"] > 0.9


def test_with_verdicts_on_fluency_off_only_figures_are_compared(
    client: TestClient, pair: tuple[str, str]
) -> None:
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    found = comparison(client, *pair)
    verdicts = {measure["name"]: measure["verdict"] for measure in found["measures"]}
    assert {verdicts[name] for name in ("speaking_rate", "long_pause_rate", "filler_rate")} == {"not_given"}
    assert verdicts["answer_length"] == "cannot_tell"
    assert found["verdicts"] is False
    fillers = next(measure for measure in found["measures"] if measure["name"] == "filler_rate")
    assert (fillers["sentence"], fillers["first"]["guide"]) == ("Fillers: 22.7 and 0.9 a minute.", None)


def test_invalid_comparisons_are_refused(client: TestClient, service: Service, pair: tuple[str, str]) -> None:
    def refused(first: str, second: str | None) -> tuple[int, str]:
        query = {} if second is None else {"with": second}
        answered = client.get(f"/api/answers/{first}/comparison", params=query)
        return answered.status_code, answered.json()["code"]

    another = report_on(service, upload(client, question="Another?"), take_report())
    without = [
        report_on(service, client.post("/api/answers", json={"title": "Free"}).json()["id"], take_report())
        for _ in range(2)
    ]
    waiting = upload(client)
    assert refused(pair[0], another) == (422, "invalid_request")
    assert refused(*without) == (422, "invalid_request")
    assert refused(pair[0], pair[0]) == (422, "invalid_request")
    assert refused(pair[0], None) == (422, "invalid_request")
    assert refused(pair[0], "none") == (404, "not_found")
    assert refused("none", pair[0]) == (404, "not_found")
    assert refused(pair[0], waiting) == (404, "not_ready")
    assert client.get("/api/answers/none/takes").status_code == 404


def test_an_unreadable_report_is_listed_as_outdated(
    client: TestClient, service: Service, pair: tuple[str, str]
) -> None:
    with service.database.writing() as session:
        saved = session.get(StageResult, (pair[0], "measure"))
        assert saved is not None
        saved.result = '{"schema": 0}'
    takes = client.get(f"/api/answers/{pair[1]}/takes").json()["takes"]
    assert [take["state"] for take in takes] == ["outdated", "ready"]
    refused = client.get(f"/api/answers/{pair[1]}/comparison", params={"with": pair[0]})
    assert (refused.status_code, refused.json()["code"]) == (404, "not_ready")


def test_two_takes_measured_by_a_worker(running_service: RunningService, speech: Path) -> None:
    made = [running_service.upload(speech, question="What did you learn?")["id"] for _ in range(2)]
    for answer in made:
        running_service.wait_for(answer, "ready")
    listed = running_service.client.get(f"/api/answers/{made[0]}/takes").json()
    assert [take["answer"] for take in listed["takes"]] == made
    found = running_service.client.get(f"/api/answers/{made[1]}/comparison", params={"with": made[0]}).json()
    for measure in found["measures"]:
        assert measure["first"]["value"] == measure["second"]["value"]
        assert measure["verdict"] in {"cannot_tell", None}
    assert {passage["kind"] for passage in found["wording"]["passages"]} <= {"same"}
