"""Scheduled interviews over HTTP: adding, changing, confirming and deleting them, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from service.db.models import LOCAL_PERSON, Answer
from service.dependencies import Service
from service.prepare.scheduled_interviews import ScheduledInterviews, when_words
from tests.service.in_process import client_of
from tests.service.prepare.invitations import INVITATION, NOW, at_moment, invited

ADDRESS = "/api/scheduled-interviews"


@pytest.fixture
def inviting(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def test_an_interview_is_added_changed_and_deleted(inviting: TestClient, opened: Service) -> None:
    with at_moment(NOW):
        added = invited(
            inviting,
            link="https://meet.example/abc",
            coordinator={"name": "Ms Reyes", "email": "reyes@lakeside.example"},
            interviewers=[{"name": "Dr Osei", "role": "Programme director"}, {"name": "Dr Lind"}],
        )
        assert inviting.get(f"{ADDRESS}/{added['id']}").json() == added
    assert added["times"]["own"]["words"] == "Wednesday, 2 December 2026, 1:00 AM"
    assert (added["days"], added["when_words"]) == (43, "in 43 days")
    assert added["late_slot"]["words"].startswith("On your own clock this begins at 1:00 AM")
    assert (added["confirmed"], added["demo"], added["format"]) == (False, False, "virtual")
    osei, lind = added["interviewers"]
    address = f"{ADDRESS}/{added['id']}"
    changed = inviting.patch(
        address, json={"interviewers": [{**lind, "role": "Chief resident"}, {"name": "Dr Wu"}], "link": None}
    ).json()
    assert [each["name"] for each in changed["interviewers"]] == ["Dr Lind", "Dr Wu"]
    assert changed["interviewers"][0]["id"] == lind["id"]
    assert changed["interviewers"][1]["id"] not in (osei["id"], lind["id"])
    assert changed["link"] is None
    assert changed["programme"] == INVITATION["programme"]
    with opened.database.writing() as session:
        session.add(
            Answer(
                id="a" * 24,
                person_id=LOCAL_PERSON,
                title="Why here?",
                source="upload",
                scheduled_interview_id=added["id"],
                specifics_said={"x": True},
            )
        )
    assert inviting.delete(address).status_code == 204
    assert inviting.get(address).status_code == 404
    with opened.database.reading() as session:
        answer = session.get_one(Answer, "a" * 24)
        assert (answer.scheduled_interview_id, answer.specifics_said) == (None, None)
        assert answer.sequence > 0


def test_interviews_are_listed_by_their_moment_and_the_next_one_is_found(
    inviting: TestClient, opened: Service
) -> None:
    # Monday in Sydney is earlier than the same hour of Monday in New York.
    there = invited(inviting, programme="East", date="2026-11-02", time="09:00")
    first = invited(
        inviting, programme="South", date="2026-11-02", time="09:00", time_zone="Australia/Sydney"
    )
    past = invited(inviting, programme="Past", date="2026-10-01")
    day_only = invited(inviting, programme="Some time", date="2026-10-20", time=None)
    order = [each["programme"] for each in inviting.get(ADDRESS).json()["items"]]
    assert order == ["Past", "Some time", "South", "East"]

    def next_at(moment: datetime) -> str | None:
        with opened.database.reading() as session:
            row = ScheduledInterviews(session, LOCAL_PERSON).next(moment)
            return None if row is None else row.id

    assert next_at(NOW) == day_only["id"]
    # The day is over in New York, where the programme is.
    assert next_at(datetime(2026, 10, 21, 3, 59, tzinfo=UTC)) == day_only["id"]
    assert next_at(datetime(2026, 10, 21, 4, tzinfo=UTC)) == first["id"]
    inviting.patch(f"{ADDRESS}/{first['id']}", json={"cancelled": True}).raise_for_status()
    assert next_at(datetime(2026, 10, 21, 4, tzinfo=UTC)) == there["id"]
    begins = datetime(2026, 11, 2, 14, tzinfo=UTC)
    assert next_at(begins + timedelta(minutes=239)) == there["id"]
    assert next_at(begins + timedelta(minutes=240)) is None
    assert past["id"] in inviting.get(ADDRESS).text


def test_days_are_those_of_the_own_clock(client: TestClient) -> None:
    interview = invited(client, own_time_zone="Australia/Sydney")
    assert interview["times"]["own"]["words"].startswith("Wednesday, 2 December 2026")
    address = f"{ADDRESS}/{interview['id']}"
    for now, words in (
        (datetime(2026, 11, 30, 12, tzinfo=UTC), "in 2 days"),
        (datetime(2026, 11, 30, 14, tzinfo=UTC), "tomorrow"),
        (datetime(2026, 12, 1, 14, tzinfo=UTC), "today"),
        (datetime(2026, 12, 2, 14, tzinfo=UTC), "yesterday"),
        (datetime(2026, 12, 4, 14, tzinfo=UTC), "3 days ago"),
    ):
        with at_moment(now):
            assert client.get(address).json()["when_words"] == words
    assert when_words(2) == "in 2 days"


def test_two_confirmations_on_different_days_or_in_different_ways_confirm(client: TestClient) -> None:
    interview = invited(client)
    address = f"{ADDRESS}/{interview['id']}/confirmations"

    def confirm(way: str, on: str) -> Any:
        with at_moment(NOW):
            return client.post(address, json={"way": way, "on": on}).raise_for_status().json()

    assert interview["confirmation_words"].startswith("Not confirmed yet")
    once = confirm("own_check", "2026-10-18")
    assert not once["confirmed"]
    assert once["confirmations"][0]["words"] == "You checked it yourself on Sunday, 18 October 2026."
    same = confirm("own_check", "2026-10-18")
    assert not same["confirmed"]
    assert same["confirmation_words"].startswith("Confirmed once")
    assert confirm("own_check", "2026-10-19")["confirmed"]
    last = client.get(f"{ADDRESS}/{interview['id']}").json()["confirmations"][-1]["id"]
    assert not client.delete(f"{address}/{last}").json()["confirmed"]
    assert confirm("coordinator_email", "2026-10-18")["confirmed"]
    assert client.delete(f"{address}/{last}").status_code == 404


def test_a_confirmation_of_another_time_does_not_count(client: TestClient) -> None:
    interview = invited(client)
    address = f"{ADDRESS}/{interview['id']}"
    with at_moment(NOW):
        for way in ("own_check", "portal"):
            confirmed = client.post(f"{address}/confirmations", json={"way": way}).json()
    assert confirmed["confirmed"]
    assert confirmed["confirmations"][0]["on"] == "2026-10-20"
    moved = client.patch(address, json={"time": "15:30"}).json()
    assert not moved["confirmed"]
    assert moved["confirmation_words"].startswith("Date, time or zone have changed")
    assert [each["counts"] for each in moved["confirmations"]] == [False, False]
    assert client.patch(address, json={"time": "14:30", "notes": "Bring papers"}).json()["confirmed"]
    assert not client.patch(address, json={"time_zone": "America/Chicago"}).json()["confirmed"]


def test_a_day_without_a_time_is_confirmed_as_a_day(client: TestClient) -> None:
    interview = invited(client, time=None)
    address = f"{ADDRESS}/{interview['id']}"
    with at_moment(NOW):
        for way in ("own_check", "portal"):
            confirmed = client.post(f"{address}/confirmations", json={"way": way}).json()
    assert confirmed["confirmation_words"].startswith("The date is confirmed twice. Add the time")
    assert not client.patch(address, json={"time": "09:00"}).json()["confirmed"]


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"date": "2026-02-30"}, "not_a_day", "date"),
        ({"date": "12/01/2026"}, "not_a_day", "date"),
        ({"date": "20261201"}, "not_a_day", "date"),
        ({"date": "1026-12-01"}, "not_a_day", "date"),
        ({"date": 253402214400}, "not_a_day", "date"),
        ({"time": "2:30 PM"}, "not_a_time", "time"),
        ({"time": "24:00"}, "not_a_time", "time"),
        ({"time": 3600}, "not_a_time", "time"),
        ({"time_zone": "Eastern"}, "unknown_time_zone", "time_zone"),
        ({"time_zone": "EST"}, "unknown_time_zone", "time_zone"),
        ({"own_time_zone": "../../etc/passwd"}, "unknown_time_zone", "own_time_zone"),
        ({"own_time_zone": ""}, "unknown_time_zone", "own_time_zone"),
        ({"link": "javascript:alert(1)"}, "not_a_web_address", "link"),
        ({"link": "zoom.example/j/1"}, "not_a_web_address", "link"),
        ({"link": "https://"}, "not_a_web_address", "link"),
        ({"link": "https://a b.example"}, "not_a_web_address", "link"),
        ({"link": "https://[x"}, "not_a_web_address", "link"),
        ({"link": "https://meet.example/" + "a" * 2000}, "text_too_long", "link"),
        ({"coordinator": {"email": "reyes at lakeside"}}, "not_an_email", "email"),
        ({"interviewers": [{"email": "a@b"}]}, "not_an_email", "email"),
        ({"programme": "x" * 201}, "text_too_long", "programme"),
        ({"programme": "  "}, "field_required", "programme"),
        ({"notes": "x" * 4001}, "text_too_long", "notes"),
        ({"format": "carrier_pigeon"}, "invalid_request", None),
        ({"minutes": 0}, "invalid_request", None),
        ({"date": None}, "invalid_request", None),
        ({"interviewers": [{}] * 31}, "invalid_request", None),
    ],
)
def test_what_cannot_be_right_is_refused(
    client: TestClient, fields: dict[str, Any], code: str, field: str | None
) -> None:
    kept = invited(client)
    for response in (
        client.post(ADDRESS, json={**INVITATION, **fields}),
        client.patch(f"{ADDRESS}/{kept['id']}", json=fields),
    ):
        assert response.status_code == 422
        problem = response.json()
        assert problem["code"] == code
        assert problem.get("field") == field
        assert problem["detail"].endswith(".")
    assert [each["id"] for each in client.get(ADDRESS).json()["items"]] == [kept["id"]]


def test_a_required_field_cannot_be_emptied(client: TestClient) -> None:
    interview = invited(client)
    response = client.patch(f"{ADDRESS}/{interview['id']}", json={"programme": " "})
    assert (response.status_code, response.json()["code"]) == (422, "field_required")
    assert response.json()["detail"] == "Please fill in the programme."


def test_a_confirmation_cannot_lie_ahead(client: TestClient) -> None:
    address = f"{ADDRESS}/{invited(client)['id']}/confirmations"
    with at_moment(NOW):
        # It is past midnight in Kolkata when it is still the day before in UTC.
        refused = client.post(address, json={"way": "portal", "on": "2026-10-21"})
        assert refused.json()["code"] == "confirmed_in_future"
    with at_moment(NOW + timedelta(hours=7)):
        assert client.post(address, json={"way": "portal", "on": "2026-10-21"}).status_code == 201


def test_an_interview_in_person_says_arrive_and_a_recorded_one_has_no_waiting(client: TestClient) -> None:
    assert invited(client, format="in_person")["times"]["log_in"]["label"] == "Arrive"
    recorded = invited(client, format="asynchronous")
    assert recorded["times"]["log_in"] is None
    assert recorded["late_slot"] is None


def test_another_persons_interview_is_not_there(client: TestClient) -> None:
    for method, path in (("GET", "x"), ("PATCH", "x"), ("DELETE", "x")):
        assert client.request(method, f"{ADDRESS}/{path}", json={}).status_code == 404


def test_time_zones_are_offered(client: TestClient) -> None:
    with at_moment(NOW):
        items = client.get("/api/time-zones").json()["items"]
    words = "Eastern Time (New York), now UTC−04:00"
    assert items[0] == {"name": "America/New_York", "words": words, "older_names": []}


def test_a_zone_that_was_renamed_is_offered_once_and_kept_by_its_name_now(client: TestClient) -> None:
    with at_moment(NOW):
        items = client.get("/api/time-zones").json()["items"]
    names = [item["name"] for item in items]
    renamed = {older: item["name"] for item in items for older in item["older_names"]}
    assert renamed["Asia/Calcutta"] == "Asia/Kolkata"
    assert set(renamed).isdisjoint(names)
    for older, present in renamed.items():
        # What a browser reports is the same clock.
        for month in range(1, 13):
            moment = datetime(2026, month, 15, tzinfo=UTC)
            offsets = {moment.astimezone(ZoneInfo(name)).utcoffset() for name in (older, present)}
            assert len(offsets) == 1, (older, present, month)
    added = invited(client, own_time_zone="Asia/Calcutta")
    assert added["own_time_zone"] == "Asia/Kolkata"
    assert added["times"]["own"]["zone_words"].startswith("Kolkata time")
