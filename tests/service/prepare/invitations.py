"""Scheduled interviews for tests, and a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient

from service.dependencies import get_now
from tests.service.in_process import shared_application

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
"""A Tuesday before the clocks of Europe and North America go back and after those of Sydney went forward."""

INVITATION: dict[str, Any] = {
    "applying_to": "residency",
    "programme": "Lakeside Hospital, Internal Medicine",
    "date": "2026-12-01",
    "time": "14:30",
    "minutes": 240,
    "time_zone": "America/New_York",
    "own_time_zone": "Asia/Kolkata",
}


@contextmanager
def at_moment(now: datetime) -> Iterator[None]:
    """Requests of this process are made at this moment."""
    overrides = shared_application().dependency_overrides
    overrides[get_now] = lambda: now
    try:
        yield
    finally:
        del overrides[get_now]


def invited(client: TestClient, **fields: object) -> dict[str, Any]:
    """Adds an interview and returns it."""
    response = client.post("/api/scheduled-interviews", json={**INVITATION, **fields})
    added: dict[str, Any] = response.raise_for_status().json()
    return added
