"""Facts of reports that were saved without them, and which reports are outdated."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis import ANALYSIS_VERSION, serialization
from service.answers import builds
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from service.progress.history import BATCH, fill_facts
from service.settings import Settings
from tests.analysis.sessions.test_session_report import report_of
from tests.service.made_takes import BASE, EARLIER, add_take, facts_of


def add_report(service: Service, answer: str, report: str) -> None:
    """Saves a report as an earlier version did, without facts in the row."""
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(answer)
        row.report_ready, row.work_state, row.facts = True, "ready", None
        session.add(StageResult(answer_id=answer, stage="measure", analysis_version="1", result=report))


def facts(service: Service, answer: str) -> Any:
    with service.database.reading() as session:
        return Answers(session, LOCAL_PERSON).get(answer).facts


def test_missing_facts_are_filled_in_once_on_request(client: TestClient, service: Service) -> None:
    written = serialization.to_json(report_of(90.0))
    answers = [add_take(service, with_report=False) for _ in range(BATCH + 1)]
    for answer in answers:
        add_report(service, answer, written)
    with service.database.reading() as session:
        before = Answers(session, LOCAL_PERSON).last_change()
    assert client.get("/api/progress").json()["report"]["takes"] == BATCH + 1
    assert facts(service, answers[0])["values"]["answer_length"] == 90.0
    assert fill_facts(service.database, LOCAL_PERSON) == 0
    with service.database.reading() as session:
        # Pages show nothing of this, so they are not informed.
        assert Answers(session, LOCAL_PERSON).last_change() == before


def test_an_unreadable_report_is_tried_once_and_left_out(client: TestClient, service: Service) -> None:
    answer = add_take(service, with_report=False)
    add_report(service, answer, '{"of": "another time"}')
    assert fill_facts(service.database, LOCAL_PERSON) == 1
    assert fill_facts(service.database, LOCAL_PERSON) == 0
    found = client.get("/api/progress").json()
    assert (found["report"]["takes"], found["without_report"]) == (0, 1)
    assert client.get(f"/api/answers/{answer}").json()["outdated"]


def test_facts_saved_by_a_worker_in_between_are_not_overwritten(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = add_take(service, with_report=False)
    add_report(service, answer, serialization.to_json(report_of(90.0)))
    newer = serialization.to_plain(facts_of(answer_length=12.0))

    def take_facts(_: object) -> object:
        with service.database.writing() as session:
            Answers(session, LOCAL_PERSON).get(answer).facts = newer
        return facts_of()

    monkeypatch.setattr("service.progress.history.take_facts", take_facts)
    fill_facts(service.database, LOCAL_PERSON)
    assert facts(service, answer)["values"]["answer_length"] == 12.0


@pytest.mark.parametrize(
    ("build", "outdated"),
    [
        (BASE, False),
        (EARLIER, True),
        (type(BASE)(ANALYSIS_VERSION, "tiny.en", BASE.model_sha256), True),
        (type(BASE)(ANALYSIS_VERSION, "base", "0" * 64), True),
    ],
)
def test_an_answer_says_whether_its_report_is_outdated(
    client: TestClient, service: Service, build: Any, outdated: bool
) -> None:
    answer = add_take(service, facts=facts_of(build=build))
    assert client.get(f"/api/answers/{answer}").json()["outdated"] is outdated


def test_answers_without_a_recording_or_report_are_not_outdated(client: TestClient, service: Service) -> None:
    made_up = add_take(service, facts=facts_of(build=EARLIER), chunks=0)
    waiting = add_take(service, with_report=False)
    for answer in (made_up, waiting):
        assert client.get(f"/api/answers/{answer}").json()["outdated"] is False


def test_a_model_in_a_folder_is_known_by_the_name_of_the_folder(tmp_path: Any) -> None:
    builds.declare(Settings(model=str(tmp_path / "my-whisper"), data_folder=tmp_path))
    stored = serialization.to_plain(facts_of(build=type(BASE)(ANALYSIS_VERSION, "my-whisper", "1" * 64)))
    assert builds.is_of_this_build(stored)
    builds.declare(Settings(model="base", data_folder=tmp_path))
    assert not builds.is_of_this_build(stored)


def test_with_another_engine_only_the_version_is_compared(tmp_path: Any) -> None:
    builds.declare(Settings(engine="tests.service.engines:fake", data_folder=tmp_path))
    assert builds.is_of_this_build(
        serialization.to_plain(facts_of(build=type(BASE)(ANALYSIS_VERSION, "fake", "0" * 64)))
    )
    assert not builds.is_of_this_build(serialization.to_plain(facts_of(build=EARLIER)))
    builds.declare(Settings(data_folder=tmp_path))
