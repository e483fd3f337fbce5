"""The readiness map as it is served: kinds from the bank, takes from the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import update

from analysis.report import Measure
from analysis.serialization import to_plain
from analysis.trends.models import TakeFacts
from service.db.models import Answer
from service.dependencies import Service
from service.practice.questions import bank
from tests.analysis.cli.example_reports import usual_report
from tests.service.exports.test_documents import save
from tests.service.made_takes import add_take, facts_of

KIND = bank().kinds[0].id
QUESTIONS = [question.id for question in bank().questions if question.kind == KIND]


def good_facts(fillers: float = 2.0) -> TakeFacts:
    figures = {
        "answer_length": Measure(90.0, "s", 89.5, 90.5, "measured"),
        "speaking_rate": Measure(140.0, "words/min", 133.0, 147.0, "measured"),
        "long_pause_rate": Measure(1.0, "per min", 0.0, 2.0, "measured"),
        "filler_rate": Measure(fillers, "per min", fillers * 0.9, fillers * 1.1, "measured"),
    }
    made = facts_of()
    return TakeFacts(made.build, made.language, made.recorded, made.values, made.doubts, figures)


def add(service: Service, question: str | None, days_ago: float, facts: TakeFacts) -> str:
    answer = add_take(service, datetime.now(UTC) - timedelta(days=days_ago), facts=facts)
    with service.database.writing() as session:
        session.execute(
            update(Answer)
            .where(Answer.id == answer)
            .values(question_id=question, question=question or "From an upload?", facts=to_plain(facts))
        )
    return answer


def shown(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/readiness").raise_for_status().json()
    return found


def test_nothing_is_tried_at_first_and_there_is_a_question_for_today(client: TestClient) -> None:
    found = shown(client)
    assert {kind["state"] for kind in found["kinds"]} == {"not_tried"}
    assert [kind["id"] for kind in found["kinds"]] == [kind.id for kind in bank().kinds]
    assert found["today"]["question"]["id"] == QUESTIONS[0]
    assert found["today"]["answered"] is False and found["focus"] == ""


def test_three_good_first_takes_make_a_kind_ready(client: TestClient, service: Service) -> None:
    for days_ago, question in enumerate(QUESTIONS[:3], start=1):
        add(service, question, days_ago, good_facts())
    kind = shown(client)["kinds"][0]
    assert (kind["state"], kind["state_text"], kind["mark"]) == ("ready", "Ready", "full")
    assert kind["detail"] == "3 of 3 first takes inside the guides"
    assert kind["next_question"]["id"] == QUESTIONS[3]
    assert shown(client)["today"]["kind"] != bank().kinds[0].name


def test_without_verdicts_on_fluency_only_the_length_counts(client: TestClient, service: Service) -> None:
    for days_ago, question in enumerate(QUESTIONS[:3], start=1):
        add(service, question, days_ago, good_facts(fillers=30.0))
    assert shown(client)["kinds"][0]["state"] == "working"
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    assert shown(client)["kinds"][0]["state"] == "ready"


def test_uploads_without_a_question_of_the_bank_stand_under_other(
    client: TestClient, service: Service
) -> None:
    add(service, None, 1, good_facts())
    other = shown(client)["kinds"][-1]
    assert (other["id"], other["name"], other["state"]) == ("other", "Other", "working")


def test_facts_of_an_earlier_build_are_completed(client: TestClient, service: Service) -> None:
    answer = save(client, service, usual_report())
    old = {**to_plain(good_facts())}
    del old["figures"]
    with service.database.writing() as session:
        session.execute(
            update(Answer)
            .where(Answer.id == answer)
            .values(question_id=QUESTIONS[0], facts=old, intake="complete")
        )
    kind = shown(client)["kinds"][0]
    assert (kind["state"], kind["detail"]) == ("working", "0 of 3 first takes inside the guides")


def test_the_progress_page_says_where_one_stands(client: TestClient, service: Service) -> None:
    for days_ago in (3, 2, 1):
        add(service, QUESTIONS[0], days_ago, good_facts(12.0))
    view = client.get("/api/progress").raise_for_status().json()["view"]
    assert view["stand"] == (
        "3 of your last 3 answers were inside 1–2 minutes; fillers 12 a minute, aim for 5 or fewer."
    )


def test_questions_for_other_applicants_are_left_out(client: TestClient) -> None:
    def offered() -> set[str]:
        return {kind["next_question"]["id"] for kind in shown(client)["kinds"] if kind["next_question"]}

    assert "why-this-specialty" in offered()
    client.patch("/api/preferences", json={"applying_to": "medical_school"}).raise_for_status()
    assert not {"why-this-specialty", "why-train-here"} & offered()
    assert "why-this-school" in offered()
    client.patch("/api/preferences", json={"applying_to": "residency"}).raise_for_status()
    assert "why-this-school" not in offered()
    refused = client.patch("/api/preferences", json={"applying_to": "law_school"})
    assert refused.status_code == 422


def test_questions_of_a_specialty_are_offered_to_those_alone_who_chose_it(
    client: TestClient, service: Service
) -> None:
    def next_clinical() -> str:
        (kind,) = (kind for kind in shown(client)["kinds"] if kind["id"] == "clinical")
        found: str = kind["next_question"]["id"]
        return found

    client.patch("/api/preferences", json={"applying_to": "residency"}).raise_for_status()
    for days_ago, question in enumerate(bank().asked_of("residency", None), start=1):
        if question.kind == "clinical":
            add(service, question.id, days_ago, good_facts())
    tried = next_clinical()
    assert tried.startswith("clinical-")
    client.patch("/api/preferences", json={"specialty": "neurology"}).raise_for_status()
    assert next_clinical().startswith("neurology-")
    client.patch("/api/preferences", json={"specialty": None}).raise_for_status()
    assert next_clinical() == tried
    refused = client.patch("/api/preferences", json={"specialty": "dentistry"})
    assert refused.status_code == 422
