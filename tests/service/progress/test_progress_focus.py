"""The focus of a week: one measure, chosen in advance and tested alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis.trends.models import FAMILY
from service.db.models import LOCAL_PERSON, Focus
from service.dependencies import Service
from service.progress.times import week_of
from tests.service.made_takes import add_take, facts_of

WEEK = "2026-W47"


def focus(client: TestClient, week: str = WEEK) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/focus/{week}").raise_for_status().json()
    return found


def choose(client: TestClient, measure: str, **words: str | None) -> dict[str, Any]:
    response = client.put(f"/api/focus/{WEEK}", json={"measure": measure, **words})
    found: dict[str, Any] = response.raise_for_status().json()
    return found


def chosen_at(service: Service, moment: datetime) -> None:
    with service.database.writing() as session:
        row = session.get(Focus, (LOCAL_PERSON, week_of(WEEK).first_day))
        assert row is not None
        row.chosen_at = moment


def test_without_a_focus_every_measure_is_offered_with_advice(client: TestClient) -> None:
    found = focus(client)
    assert (found["week"], found["chosen"], found["change"], found["sentence"]) == (WEEK, None, None, None)
    assert [offer["measure"] for offer in found["offers"]] == list(FAMILY)
    assert all(offer["label"] and offer["advice"] and offer["source"] for offer in found["offers"])


def test_a_focus_is_chosen_and_its_notes_are_stored(client: TestClient) -> None:
    first = choose(client, "filler_rate", plan="Breathe first")["chosen"]
    assert (first["measure"], first["plan"], first["went"]) == ("filler_rate", "Breathe first", None)
    second = choose(client, "filler_rate", plan="Breathe first", went="Better")["chosen"]
    assert second == {**first, "went": "Better"}
    assert focus(client)["chosen"] == second
    assert focus(client, "2026-W46")["chosen"] is None


def test_a_different_measure_starts_over(client: TestClient, service: Service) -> None:
    choose(client, "filler_rate", plan="Breathe first")
    chosen_at(service, datetime(2026, 11, 16, tzinfo=UTC))
    unchanged = choose(client, "filler_rate")["chosen"]
    assert unchanged["chosen_at"].startswith("2026-11-16")
    different = choose(client, "long_pause_rate")["chosen"]
    assert not different["chosen_at"].startswith("2026-11-16")
    assert different["plan"] is None


def test_a_focus_can_be_deleted(client: TestClient) -> None:
    choose(client, "filler_rate")
    for _ in range(2):
        assert client.delete(f"/api/focus/{WEEK}").status_code == 204
    assert focus(client)["chosen"] is None


@pytest.mark.parametrize(
    "sent", [{"measure": "pitch_spread"}, {}, {"measure": "long_pause_rate", "plan": "x" * 4001}]
)
def test_an_invalid_focus_is_refused(client: TestClient, sent: dict[str, str]) -> None:
    response = client.put(f"/api/focus/{WEEK}", json=sent)
    assert response.status_code == 422
    assert response.json()["code"] == "invalid_request"
    assert focus(client)["chosen"] is None


def _with_fewer_fillers_since(service: Service, moment: datetime) -> None:
    for number in range(30):
        at = moment + timedelta(hours=12 * (number - 15))
        fillers = 15.0 + number % 3 if number < 15 else 3.0 + number % 2
        add_take(service, at, facts=facts_of(filled_pause_count=fillers, filler_rate=round(fillers / 1.5, 2)))


def test_takes_before_the_choice_are_compared_with_those_since(client: TestClient, service: Service) -> None:
    moment = datetime(2026, 11, 16, tzinfo=UTC)
    _with_fewer_fillers_since(service, moment)
    choose(client, "filler_rate")
    chosen_at(service, moment)
    found = focus(client)
    assert found["takes"] == 15
    assert found["change"]["verdict"] == "clear_change"
    assert found["change"]["before"]["takes"] == 15
    assert found["change"]["ratio"] < 0.4
    assert "ewer fillers" in found["sentence"]


def test_a_focus_has_no_verdict_if_verdicts_are_switched_off(client: TestClient, service: Service) -> None:
    moment = datetime(2026, 11, 16, tzinfo=UTC)
    _with_fewer_fillers_since(service, moment)
    choose(client, "filler_rate")
    chosen_at(service, moment)
    client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    found = focus(client)
    assert found["change"]["verdict"] == "not_given"
    assert found["change"]["before"]["takes"] == 15
    assert "clear" not in found["sentence"]


def test_deleting_account_data_deletes_the_focus(client: TestClient) -> None:
    choose(client, "filler_rate", plan="Breathe first")
    client.delete("/api/everything").raise_for_status()
    assert focus(client)["chosen"] is None
