"""The made-up season: it is marked as such, stands around today, and goes again without what is real."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.prepare.demo_season import add_demo_season, remove_demo_season
from service.problems import WrongState
from tests.service.in_process import client_of, run_command
from tests.service.prepare.invitations import NOW, at_moment, invited

ADDRESS = "/api/scheduled-interviews"


def listed(client: TestClient) -> list[dict[str, Any]]:
    with at_moment(NOW):
        found: list[dict[str, Any]] = client.get(ADDRESS).raise_for_status().json()["items"]
    return found


def test_a_season_is_past_soon_and_later(opened: Service) -> None:
    service, client = opened, client_of(opened)
    mine = invited(client, date="2027-02-01")["id"]
    added = add_demo_season(service.database, LOCAL_PERSON, NOW)
    past, soon, later, own = listed(client)
    assert [past["id"], soon["id"], later["id"], own["id"]] == [*added, mine]
    assert [each["demo"] for each in (past, soon, later, own)] == [True, True, True, False]
    assert all(each["programme"].startswith("Made-up ") for each in (past, soon, later))
    assert (past["when_words"], soon["when_words"]) == ("6 days ago", "in 9 days")
    assert past["confirmed"] and not soon["confirmed"]
    assert soon["late_slot"] is not None and later["times"]["starts_at"] is None
    with at_moment(NOW):
        plans = [client.get(f"{ADDRESS}/{each}/plan").raise_for_status().json() for each in added]
        todo = client.get("/api/preparation").json()
    assert not any(plan["compressed"] or plan["left_out"] for plan in plans)
    states = {step["id"]: step["state"] for phase in plans[0]["phases"] for step in phase["steps"]}
    assert (states["impressions"], states["thank_yous"], states["rank_list"]) == ("done", "partly", "done")
    assert (states["programme_sheet"], states["questions_to_ask"]) == ("done", "done")
    assert todo["next"]["id"] == soon["id"]
    with at_moment(NOW):
        client.put(f"{ADDRESS}/{soon['id']}/plan/mock_interviews").raise_for_status()
        client.delete(f"{ADDRESS}/{later['id']}/plan/mock_interviews").raise_for_status()
        assert client.get(f"{ADDRESS}.ics").status_code == 200
    with pytest.raises(WrongState):
        add_demo_season(service.database, LOCAL_PERSON, NOW)
    assert remove_demo_season(service.database, LOCAL_PERSON) == 3
    assert [each["id"] for each in listed(client)] == [mine]
    assert remove_demo_season(service.database, LOCAL_PERSON) == 0


@pytest.mark.parametrize("zone", ["Africa/Lagos", "Australia/Sydney", "America/Phoenix", "Europe/London"])
@pytest.mark.parametrize("hours", [0, 11, 23])
def test_a_season_can_be_made_anywhere_at_any_hour(
    client: TestClient, service: Service, zone: str, hours: int
) -> None:
    now = NOW + timedelta(hours=hours)
    added = add_demo_season(service.database, LOCAL_PERSON, now, own_zone=zone)
    with at_moment(now):
        items = client.get(ADDRESS).json()["items"]
    assert [each["id"] for each in items] == added
    assert [each["days"] < 0 for each in items] == [True, False, False]


def test_the_command_adds_and_removes_a_season(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = run_command("seed-season", "--own-zone", "Africa/Lagos", folder=folder)
    assert made.returncode == 0, made.stderr
    assert "3 made-up interviews added" in made.stdout and "nobody's data" in made.stdout
    again = run_command("seed-season", folder=folder)
    assert again.returncode == 2 and "--remove" in again.stderr
    assert "3 made-up interviews removed" in run_command("seed-season", "--remove", folder=folder).stdout
    wrong = run_command("seed-season", "--own-zone", "Nowhere", folder=folder)
    assert wrong.returncode == 2 and "no such time zone" in wrong.stderr
