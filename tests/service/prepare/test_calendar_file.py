"""Calendar files, read back with another library than the one that writes them."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from fastapi.testclient import TestClient

from service.db.preparation_models import ScheduledInterview
from service.dependencies import Service
from service.prepare.calendar_zones import calendar_zone
from tests.service.prepare.invitations import NOW, at_moment, invited

ADDRESS = "/api/scheduled-interviews"


def calendar(client: TestClient, path: str, now: datetime = NOW) -> Any:
    with at_moment(now):
        response = client.get(path).raise_for_status()
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"].endswith('.ics"')
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return vobject.readOne(response.text)


@pytest.fixture(autouse=True)
def _no_zones_of_other_files() -> None:
    """The library keeps the zones of files that it read before."""
    vars(vobject.icalendar)["__tzidMap"].clear()


def made_at(service: Service, moment: datetime, *interviews: dict[str, Any]) -> None:
    with service.database.writing() as session:
        for each in interviews:
            session.get_one(ScheduledInterview, each["id"]).created_at = moment


def events(read: Any, beginning: str = "") -> dict[str, Any]:
    found = {event.uid.value: event for event in read.vevent_list}
    assert len(found) == len(read.vevent_list)
    return {uid: event for uid, event in found.items() if uid.startswith(beginning)}


def alarms(event: Any) -> list[timedelta]:
    return [alarm.trigger.value for alarm in event.valarm_list]


def test_an_interview_is_read_back_with_its_moment_alarms_and_log_in(client: TestClient) -> None:
    added = invited(
        client,
        programme="Lakeside; Medicine, 2nd ward",
        link="https://meet.example/abc?x=1,2",
        platform="Zoom",
        coordinator={"name": "Ms Reyes", "phone": "+1 555 0100"},
        interviewers=[{"name": "Dr Osei", "role": "Programme director"}],
    )
    read = calendar(client, f"{ADDRESS}/{added['id']}/calendar.ics")
    assert read.method.value == "PUBLISH" and read.version.value == "2.0"
    event = events(read)[f"interview-{added['id']}@greenroom"]
    assert event.summary.value == "Interview: Lakeside; Medicine, 2nd ward"
    assert event.dtstart.value.astimezone(UTC) == datetime(2026, 12, 1, 19, 30, tzinfo=UTC)
    assert event.dtend.value.astimezone(UTC) == datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert alarms(event) == [timedelta(days=-1), timedelta(hours=-1)]
    assert event.url.value == "https://meet.example/abc?x=1,2"
    assert (event.location.value, event.status.value) == ("Zoom", "TENTATIVE")
    described = event.description.value
    assert "You: Wednesday, 2 December 2026, 1:00 AM, Kolkata time (IST, UTC+05:30)" in described
    assert "Ms Reyes, +1 555 0100" in described and "Dr Osei, Programme director" in described
    early = events(read)[f"log-in-{added['id']}@greenroom"]
    assert early.dtstart.value.astimezone(UTC) == datetime(2026, 12, 1, 19, 15, tzinfo=UTC)
    with at_moment(NOW):
        text = client.get(f"{ADDRESS}/{added['id']}/calendar.ics").text
    assert "DTSTART;TZID=America/New_York:20261201T143000" in text
    assert "DTSTART;TZID=Asia/Kolkata:20261202T004500" in text
    assert alarms(early) == [timedelta(minutes=-15)]


def test_open_steps_stand_on_their_days_and_done_ones_do_not(client: TestClient, service: Service) -> None:
    added = invited(client, own_time_zone="America/New_York")
    made_at(service, NOW, added)
    path = f"{ADDRESS}/{added['id']}/calendar.ics"
    with at_moment(NOW):
        plan = client.get(f"{ADDRESS}/{added['id']}/plan").json()
    steps = {step["id"]: step for phase in plan["phases"] for step in phase["steps"]}
    read = events(calendar(client, path), "step-")
    assert {uid.split("@")[0].rpartition("-")[2] for uid in read} == steps.keys()
    for uid, event in read.items():
        step = steps[uid.split("@")[0].rpartition("-")[2]]
        assert event.dtstart.value == max(date.fromisoformat(step["day"]), NOW.date())
        assert event.summary.value == step["what"]
        assert step["why"] in event.description.value and step["source"]["name"] in event.description.value
        assert alarms(event) == [timedelta(hours=9)]
    client.put(f"{ADDRESS}/{added['id']}/plan/print_sheet").raise_for_status()
    assert len(events(calendar(client, path), "step-")) == len(steps) - 1
    # What comes before the interview has no use after it, and open days that passed stand on today.
    later = datetime(2026, 12, 1, 23, 45, tzinfo=UTC)
    assert all("after" in phase_of(plan, uid) for uid in events(calendar(client, path, later), "step-"))
    week_before = datetime(2026, 11, 26, 12, tzinfo=UTC)
    days = {event.dtstart.value for event in events(calendar(client, path, week_before), "step-").values()}
    assert min(days) == date(2026, 11, 26)


def phase_of(plan: Any, uid: str) -> str:
    name = uid.split("@", maxsplit=1)[0].rpartition("-")[2]
    return str(next(each["id"] for each in plan["phases"] if name in [step["id"] for step in each["steps"]]))


def test_the_nights_of_a_late_slot_are_in_its_step(client: TestClient) -> None:
    added = invited(client)
    step = events(calendar(client, f"{ADDRESS}/{added['id']}/calendar.ics"))
    assert "sleep from" in step[f"step-{added['id']}-sleep_shift@greenroom"].description.value


def test_a_season_is_one_calendar_with_steps_for_all_only_once(client: TestClient, service: Service) -> None:
    first, second = invited(client), invited(client, date="2027-01-12", programme="Second")
    past = invited(client, date="2026-10-01", programme="Past")
    off = invited(client, date="2026-12-05", programme="Off", cancelled=True)
    made_at(service, NOW - timedelta(days=60), first, second, past, off)
    read = events(calendar(client, f"{ADDRESS}.ics"))
    assert {uid for uid in read if uid.startswith("interview-")} == {
        f"interview-{each['id']}@greenroom" for each in (first, second, past, off)
    }
    once = [uid for uid in read if uid.endswith("-mock_interviews@greenroom")]
    assert once == [f"step-{first['id']}-mock_interviews@greenroom"]
    assert f"step-{second['id']}-programme_sheet@greenroom" in read
    # It is nineteen days since the past one, and what comes after it took fourteen.
    assert not [uid for uid in read if past["id"] in uid and uid.startswith("step-")]
    with_past = events(calendar(client, f"{ADDRESS}.ics", NOW - timedelta(days=10)))
    assert f"step-{past['id']}-impressions@greenroom" in with_past
    cancelled = read[f"interview-{off['id']}@greenroom"]
    assert cancelled.status.value == "CANCELLED" and "valarm_list" not in cancelled.contents
    assert not [uid for uid in read if off["id"] in uid and not uid.startswith("interview-")]


def test_a_day_without_a_time_is_a_whole_day(client: TestClient) -> None:
    added = invited(client, time=None)
    event = events(calendar(client, f"{ADDRESS}/{added['id']}/calendar.ics"))[
        f"interview-{added['id']}@greenroom"
    ]
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 1), date(2026, 12, 2))
    assert alarms(event) == [timedelta(hours=-6)]


def test_a_confirmed_interview_is_confirmed_and_changes_count_on(client: TestClient) -> None:
    added = invited(client)
    path = f"{ADDRESS}/{added['id']}/calendar.ics"
    uid = f"interview-{added['id']}@greenroom"
    before = events(calendar(client, path))[uid]
    with at_moment(NOW):
        for way in ("own_check", "portal"):
            client.post(f"{ADDRESS}/{added['id']}/confirmations", json={"way": way}).raise_for_status()
    after = events(calendar(client, path))[uid]
    assert after.status.value == "CONFIRMED"
    assert int(after.sequence.value) >= int(before.sequence.value)
    assert client.get(f"{ADDRESS}/nothing/calendar.ics").status_code == 404


@pytest.mark.parametrize(
    ("day", "time", "zone", "utc"),
    [
        ("2027-03-14", "03:30", "America/New_York", "2027-03-14 07:30"),
        ("2027-03-14", "02:30", "America/New_York", "2027-03-14 07:30"),
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01 05:30"),
        ("2027-04-04", "03:30", "Australia/Sydney", "2027-04-03 17:30"),
        ("2027-10-03", "03:15", "Australia/Sydney", "2027-10-02 16:15"),
        ("2027-07-01", "09:00", "America/Phoenix", "2027-07-01 16:00"),
        ("2027-07-01", "09:00", "Africa/Lagos", "2027-07-01 08:00"),
        ("2027-07-01", "09:00", "Europe/London", "2027-07-01 08:00"),
        ("2040-07-01", "09:00", "America/New_York", "2040-07-01 13:00"),
        ("2027-07-01", "09:00", "UTC", "2027-07-01 09:00"),
    ],
)
def test_moments_near_a_change_of_clocks_are_read_back(
    client: TestClient, day: str, time: str, zone: str, utc: str
) -> None:
    added = invited(client, date=day, time=time, time_zone=zone)
    event = events(calendar(client, f"{ADDRESS}/{added['id']}/calendar.ics"))[
        f"interview-{added['id']}@greenroom"
    ]
    assert f"{event.dtstart.value.astimezone(UTC):%Y-%m-%d %H:%M}" == utc
    if zone == "UTC":
        return
    # The zone in the file says the same as the one of this machine.
    first, last = (datetime.fromisoformat(f"{day} 12:00+00:00") + timedelta(days=days) for days in (-3, 3))
    ours = tzical(StringIO(calendar_zone(zone, first, last).to_ical().decode())).get()
    for hours in range(-72, 72):
        moment = (first + timedelta(days=3, hours=hours)).astimezone(ZoneInfo(zone))
        if moment.fold == 0:
            assert moment.replace(tzinfo=ours).utcoffset() == moment.utcoffset()


def test_an_own_clock_that_shows_a_time_twice_is_written_in_utc(client: TestClient) -> None:
    # 2:45 AM in Sydney for the second time.
    added = invited(
        client, date="2027-04-03", time="17:00", time_zone="UTC", own_time_zone="Australia/Sydney"
    )
    early = events(calendar(client, f"{ADDRESS}/{added['id']}/calendar.ics"))[
        f"log-in-{added['id']}@greenroom"
    ]
    assert early.dtstart.value.astimezone(UTC) == datetime(2027, 4, 3, 16, 45, tzinfo=UTC)
    assert early.dtend.value.astimezone(UTC) == datetime(2027, 4, 3, 17, tzinfo=UTC)
