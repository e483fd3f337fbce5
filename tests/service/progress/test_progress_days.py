"""The calendar and the weekly summary, with days and weeks in the person's time zone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from tests.service.made_takes import add_take, facts_of
from tests.service.progress.test_progress_filters import refused

MONDAY = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


def calendar(client: TestClient, first: str, last: str, **query: str) -> list[dict[str, Any]]:
    response = client.get("/api/progress/calendar", params={"first": first, "last": last, **query})
    days: list[dict[str, Any]] = response.raise_for_status().json()["days"]
    return days


def week(client: TestClient, name: str, **query: str) -> dict[str, Any]:
    response = client.get(f"/api/progress/weeks/{name}", params=query)
    found: dict[str, Any] = response.raise_for_status().json()
    return found


def test_the_calendar_lists_only_days_with_takes(client: TestClient, service: Service) -> None:
    add_take(service, MONDAY)
    add_take(service, MONDAY + timedelta(hours=1), facts=facts_of(recorded=30.0))
    add_take(service, MONDAY + timedelta(days=3), with_report=False)
    add_take(service, MONDAY, source="sample", title="Sample")
    assert calendar(client, "2026-11-01", "2026-11-30") == [
        {"day": "2026-11-16", "takes": 2, "seconds": 120.0},
        {"day": "2026-11-19", "takes": 1, "seconds": 0.0},
    ]
    assert calendar(client, "2026-11-17", "2026-11-18") == []


def test_an_upload_that_could_not_be_analysed_is_no_practice(client: TestClient, service: Service) -> None:
    failed = {"work_state": "failed", "error_code": "no_audio_track"}
    add_take(service, MONDAY, with_report=False, columns=failed)
    assert calendar(client, "2026-11-01", "2026-11-30") == []
    # It was spoken here, whatever became of it; and a report stays if the analysis is repeated in vain.
    add_take(service, MONDAY, with_report=False, source="recording", columns=failed)
    add_take(service, MONDAY, columns=failed)
    assert [day["takes"] for day in calendar(client, "2026-11-01", "2026-11-30")] == [2]


def test_a_take_at_night_belongs_to_the_day_of_the_time_zone(client: TestClient, service: Service) -> None:
    add_take(service, datetime(2026, 11, 16, 4, 30, tzinfo=UTC))
    (day,) = calendar(client, "2026-11-01", "2026-11-30", zone="America/New_York")
    assert day["day"] == "2026-11-15"
    assert week(client, "2026-W46", zone="America/New_York")["takes"] == 1
    assert week(client, "2026-W46", zone="UTC")["takes"] == 0


def test_demo_takes_have_their_own_calendar(client: TestClient, service: Service) -> None:
    add_take(service, MONDAY, source="sample", tags=("made-up",))
    assert calendar(client, "2026-11-01", "2026-11-30") == []
    assert len(calendar(client, "2026-11-01", "2026-11-30", tag="made-up")) == 1
    assert week(client, "2026-W47", tag="made-up")["takes"] == 1


def test_a_week_is_compared_with_the_four_before_it(client: TestClient, service: Service) -> None:
    for ago in (4 * 7, 7, 5 * 7 + 1):
        add_take(service, MONDAY - timedelta(days=ago), facts=facts_of(answer_length=60.0, recorded=60.0))
    add_take(service, MONDAY, question_id="why-medicine")
    add_take(service, MONDAY + timedelta(days=6))
    found = week(client, "2026-W47")
    assert (found["week"], found["first_day"], found["last_day"]) == ("2026-W47", "2026-11-16", "2026-11-22")
    assert (found["takes"], found["days"], found["minutes"]) == (2, 2, pytest.approx(3.0))
    assert {"name": "Why medicine", "takes": 1} in found["kinds"]
    length = found["measures"]["answer_length"]
    assert (length["value"], length["unit"], length["takes"]) == (pytest.approx(90.0), "s", 2)
    assert length["before"] == {"value": pytest.approx(60.0), "takes": 2}
    assert found["sentence"]


def test_a_week_without_takes_has_a_sentence_too(client: TestClient) -> None:
    found = week(client, "2026-W53")
    assert (found["takes"], found["measures"]) == (0, {})
    assert (found["first_day"], found["last_day"]) == ("2026-12-28", "2027-01-03")
    assert found["sentence"]


@pytest.mark.parametrize(
    "name", ["2026-W54", "2025-W53", "2026-47", "2026-W7", "0001-W01", "9999-W52", "now"]
)
def test_an_invalid_week_is_refused(client: TestClient, name: str) -> None:
    assert "This is not a week" in refused(client, f"/api/progress/weeks/{name}")
    assert "This is not a week" in refused(client, f"/api/focus/{name}")


def test_a_calendar_is_limited_in_length(client: TestClient) -> None:
    address = "/api/progress/calendar"
    assert "too many days" in refused(client, address, first="2026-01-01", last="2027-02-05")
    assert calendar(client, "2026-01-01", "2027-02-04") == []
    assert "comes before" in refused(client, address, first="2026-01-02", last="2026-01-01")
    assert "This is not a day" in refused(client, address, first="1 May", last="2026-01-01")
    assert refused(client, address, first="2026-01-01")
