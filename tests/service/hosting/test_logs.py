"""The log as JSON: one line an event, with the template of the route, and nothing that a person wrote."""

import json
import logging
import sys
from collections.abc import Callable

import pytest

from service.hosting.logs import JsonFormatter
from tests.service.running import RunningService

SECRET = "Kumquat"


def test_requests_are_logged_by_their_route_alone(
    start_service: Callable[..., RunningService],
) -> None:
    service = start_service(log_format="json", workers=0)
    answer = service.client.post("/api/answers", json={"title": SECRET, "question": SECRET}).json()["id"]
    service.client.get(f"/api/search?words={SECRET}", headers={"x-request-id": SECRET})
    service.client.get(f"/api/answers/{answer}/report", headers={"x-request-id": "0123456789abcdef"})
    service.client.get("/static/app.js")
    service.client.get("/ready")
    service.client.get(f"/{SECRET}")
    service.client.put(f"/api/answers/{answer}", json={"title": SECRET})
    service.stop()
    text = service.log.read_text()
    assert SECRET not in text
    assert answer not in text
    events = [json.loads(line) for line in text.splitlines()]
    requests = [event for event in events if event["logger"] == "greenroom.requests"]
    found = {(each["method"], each["route"], each["status"]) for each in requests}
    assert {("POST", "/api/answers", 201), ("GET", "/api/answers/{answer}/report", 404)} <= found
    assert ("GET", "/static", 200) in found
    assert not [each for each in requests if each["route"] == "/ready"]
    assert [each["request"] for each in requests if each["route"].endswith("/report")] == ["0123456789abcdef"]
    assert all(0 <= each["seconds"] < 60 for each in requests)


def test_an_exception_is_logged_by_its_type_and_place() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("greenroom", logging.ERROR, "", 1, "failed", None, sys.exc_info())
    event = json.loads(JsonFormatter().format(record))
    assert event["message"] == "failed"
    assert event["error"].startswith("ValueError at test_logs.py")
    assert SECRET not in str(event)


@pytest.mark.parametrize("field", ["log_format", "metrics"])
def test_a_wrong_setting_is_refused(field: str) -> None:
    from pydantic import ValidationError

    from service.settings import Settings

    with pytest.raises(ValidationError):
        Settings(**{field: "neither"})  # type: ignore[arg-type]
