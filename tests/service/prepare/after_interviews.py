"""Interviews that lie behind, for tests of what comes after them."""

from typing import Any

from fastapi.testclient import TestClient

LAKESIDE: dict[str, Any] = {
    "applying_to": "residency",
    "programme": "Lakeside Internal Medicine",
    "date": "2025-11-12",
    "time": "09:00",
    "time_zone": "America/Chicago",
    "own_time_zone": "America/New_York",
    "format": "virtual",
    "coordinator": {"name": "Robin Wood", "email": "office@lakeside.example"},
    "interviewers": [
        {"name": "Dr. Ana Reyes", "role": "Programme director", "email": "ana.reyes@lakeside.example"},
        {"name": "Dr. Tom Birch", "role": "Faculty"},
    ],
}
YEAR_AHEAD = "2099-11-12"


def add_interview(client: TestClient, **different: Any) -> dict[str, Any]:
    """Adds an interview at Lakeside, a year or more ago, with these fields different."""
    response = client.post("/api/scheduled-interviews", json={**LAKESIDE, **different})
    interview: dict[str, Any] = response.raise_for_status().json()
    return interview
