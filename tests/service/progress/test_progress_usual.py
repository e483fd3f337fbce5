"""A person's usual ranges beside one answer, from their other takes of the same build."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient

from service.dependencies import Service
from tests.service.made_takes import EARLIER, add_take, facts_of

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def usual(client: TestClient, answer: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/answers/{answer}/usual").raise_for_status().json()
    return found


def test_the_usual_range_is_the_middle_half_of_the_other_takes(client: TestClient, service: Service) -> None:
    this = add_take(service, NOON, facts=facts_of(answer_length=300.0))
    for number in range(5):
        length = 80.0 + 10 * number
        add_take(
            service, NOON + timedelta(days=number), facts=facts_of(answer_length=length, pause_rate=None)
        )
    found = usual(client, this)
    assert found["takes"] == 5
    assert found["measures"]["answer_length"] == {"low": 90.0, "middle": 100.0, "high": 110.0, "takes": 5}
    # Not measurable in any of them.
    assert "pause_rate" not in found["measures"]


def test_fewer_than_five_other_takes_give_no_usual_range(client: TestClient, service: Service) -> None:
    answers = [add_take(service, NOON) for _ in range(5)]
    assert usual(client, answers[0]) == {"takes": 4, "measures": {}, "view": {}}


def test_other_builds_and_samples_do_not_count(client: TestClient, service: Service) -> None:
    this = add_take(service, NOON)
    for _ in range(5):
        add_take(service, NOON, facts=facts_of(build=EARLIER))
        add_take(service, NOON, source="sample")
        add_take(service, NOON, source="sample", tags=("made-up",))
    assert usual(client, this) == {"takes": 0, "measures": {}, "view": {}}


def test_demo_takes_are_compared_with_each_other_and_samples_with_nothing(
    client: TestClient, service: Service
) -> None:
    sample = add_take(service, NOON, source="sample")
    made_up = [add_take(service, NOON, source="sample", tags=("made-up",)) for _ in range(6)]
    for _ in range(7):
        add_take(service, NOON)
    assert usual(client, made_up[0])["takes"] == 5
    assert usual(client, sample) == {"takes": 0, "measures": {}, "view": {}}


def test_no_usual_range_without_a_report_or_for_an_unknown_answer(
    client: TestClient, service: Service
) -> None:
    waiting = add_take(service, NOON, with_report=False)
    assert usual(client, waiting) == {"takes": 0, "measures": {}, "view": {}}
    assert client.get("/api/answers/nobody/usual").status_code == 404
