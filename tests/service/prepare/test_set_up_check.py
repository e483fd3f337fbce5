"""The set-up check over HTTP: stored, worded, due again, exported and deleted."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from service.db.models import LOCAL_PERSON
from service.db.preparation_models import ScheduledInterview, SetupCheck, SetupStill
from service.dependencies import Service
from service.prepare.set_up_check import FIGURES, checked_words, is_due_again
from service.prepare.set_up_items import set_up_items
from service.prepare.set_up_view import set_up_check
from tests.service.in_process import client_of

ADDRESS = "/api/set-up-check"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
SOUND = {"speech": -20, "noise": -50, "peak": -6, "clipped": 0}


@pytest.fixture
def anywhere(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def item_of(check: dict[str, Any], identifier: str) -> dict[str, Any]:
    return next(item for item in check["items"] if item["id"] == identifier)


def test_every_item_is_open_at_first(client: TestClient) -> None:
    check = client.get(ADDRESS).raise_for_status().json()
    assert {item["state"] for item in check["items"]} == {"open"}
    assert {item["group"] for item in check["items"]} == {group["id"] for group in check["groups"]}
    assert check["progress_words"].startswith("0 of ")
    assert check["coordinator"] is None


def test_each_item_takes_figures_or_an_answer() -> None:
    for item in set_up_items().items.values():
        assert (item.kind != "asked") == (item.id in FIGURES), item.id
        assert item.answers or item.kind != "asked" or item.advice, item.id


def test_figures_are_stored_and_worded(client: TestClient) -> None:
    check = client.put(f"{ADDRESS}/microphone", json={"value": SOUND}).raise_for_status().json()
    item = item_of(check, "microphone")
    assert item["state"] == "ok"
    assert item["words"] == "You can be heard well. Your voice is 30 dB louder than the room."
    assert item["checked_words"].startswith("Checked today at ")
    assert item["value"] == SOUND
    assert item_of(client.get(ADDRESS).json(), "microphone") == item
    quiet = {**SOUND, "speech": -60, "noise": -90}
    again = client.put(f"{ADDRESS}/microphone", json={"value": quiet}).json()
    assert item_of(again, "microphone")["state"] == "look_again"
    assert "1 item to look at again" in again["progress_words"]


def test_answers_are_stored_and_worded(anywhere: TestClient, opened: Service) -> None:
    anywhere.put(f"{ADDRESS}/water", json={"answer": "done"}).raise_for_status()
    anywhere.put(f"{ADDRESS}/connection", json={"answer": "wifi"}).raise_for_status()
    check = anywhere.put(f"{ADDRESS}/hotspot", json={"answer": "not_yet"}).json()
    assert item_of(check, "water")["state"] == "ok"
    assert item_of(check, "connection")["words"].startswith("You use Wi-Fi.")
    assert item_of(check, "hotspot")["state"] == "look_again"
    assert item_of(check, "hotspot")["advice"].startswith("Connect the computer to the phone")
    with opened.database.reading() as session:
        states = {row.item: row.state for row in session.scalars(select(SetupCheck))}
    assert states == {"water": "ok", "connection": "ok", "hotspot": "look_again"}
    anywhere.delete(f"{ADDRESS}/water").raise_for_status()
    anywhere.delete(f"{ADDRESS}/water").raise_for_status()
    assert item_of(anywhere.get(ADDRESS).json(), "water")["state"] == "open"


def test_a_browser_that_tells_nothing_can_be_answered_for(client: TestClient) -> None:
    check = client.put(f"{ADDRESS}/battery", json={"value": {"supported": False}}).json()
    assert item_of(check, "battery")["words"] == "This browser does not tell about the battery."
    check = client.put(f"{ADDRESS}/battery", json={"answer": "done"}).json()
    assert (item_of(check, "battery")["state"], item_of(check, "battery")["answer"]) == ("ok", "done")


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("microphone", {"answer": "done"}),
    ("microphone", {"value": {**SOUND, "speech": "loud"}}),
    ("microphone", {"value": {**SOUND, "face": 1}}),
    ("microphone", {}),
    ("microphone", {"value": SOUND, "answer": "done"}),
    ("water", {"value": {"glass": 1}}),
    ("water", {"answer": "perhaps"}),
    ("speed", {"value": {"upload": -1, "download": 25}}),
    ("speed", {"value": {"upload": 1}}),
    ("light", {"value": {"sheet": 2}}),
]


def test_other_figures_and_answers_are_refused(client: TestClient) -> None:
    for item, body in REFUSED:
        response = client.put(f"{ADDRESS}/{item}", json=body)
        assert (response.status_code, response.json()["code"]) == (422, "invalid_request"), (item, body)
    assert {item["state"] for item in client.get(ADDRESS).json()["items"]} == {"open"}
    assert client.put(f"{ADDRESS}/shoes", json={"answer": "done"}).status_code == 404
    assert client.delete(f"{ADDRESS}/shoes").status_code == 404


def test_stills_are_kept_shown_exported_and_deleted(anywhere: TestClient, opened: Service) -> None:
    first = anywhere.post(f"{ADDRESS}/stills?note=Blue+shirt", content=PNG).raise_for_status().json()
    second = anywhere.post(f"{ADDRESS}/stills", content=JPEG).raise_for_status().json()
    assert (first["note"], first["media_type"], second["media_type"]) == (
        "Blue shirt",
        "image/png",
        "image/jpeg",
    )
    assert first["taken_words"].startswith("Taken today at ")
    assert [still["id"] for still in anywhere.get(f"{ADDRESS}/stills").json()["items"]] == [
        second["id"],
        first["id"],
    ]
    shown = anywhere.get(f"{ADDRESS}/stills/{first['id']}").raise_for_status()
    assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
    assert shown.headers["x-content-type-options"] == "nosniff"
    archive = zipfile.ZipFile(io.BytesIO(anywhere.get("/api/export").content))
    assert sorted(archive.read(name) for name in archive.namelist() if name.startswith("set-up/")) == sorted(
        [PNG, JPEG]
    )
    anywhere.delete(f"{ADDRESS}/stills/{first['id']}").raise_for_status()
    assert anywhere.get(f"{ADDRESS}/stills/{first['id']}").status_code == 404
    assert anywhere.delete(f"{ADDRESS}/stills/{first['id']}").status_code == 404
    anywhere.put(f"{ADDRESS}/water", json={"answer": "done"})
    anywhere.delete("/api/everything").raise_for_status()
    with opened.database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(table)) for table in (SetupStill, SetupCheck)
        ]
    assert counts == [0, 0]


def test_only_pictures_of_at_most_1_mb_are_kept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"", b"<svg onload=alert(1)>", b"GIF89a" + bytes(20)):
        assert client.post(f"{ADDRESS}/stills", content=content).json()["code"] == "invalid_request"
    largest = JPEG + bytes(1024 * 1024 - len(JPEG))
    assert client.post(f"{ADDRESS}/stills", content=largest + b"0").status_code == 413
    assert client.post(f"{ADDRESS}/stills", content=largest).status_code == 201
    monkeypatch.setattr("service.prepare.stills.MOST_STILLS", 1)
    refused = client.post(f"{ADDRESS}/stills", content=PNG)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_stills")


NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("checked", "now", "words"),
    [
        (
            datetime(2026, 11, 2, 15, 5, tzinfo=UTC),
            datetime(2026, 11, 2, 23, 0),
            "Checked today at 10:05 AM.",
        ),
        # 00:30 in UTC is the evening before in New York; the clock went back in between.
        (datetime(2026, 11, 1, 0, 30, tzinfo=UTC), datetime(2026, 11, 1, 9), "Checked yesterday at 8:30 PM."),
        (
            datetime(2026, 10, 28, 16, tzinfo=UTC),
            datetime(2026, 11, 2, 9),
            "Checked on Wednesday, 5 days ago.",
        ),
        (
            datetime(2026, 10, 26, 16, tzinfo=UTC),
            datetime(2026, 11, 2, 9),
            "Checked on Monday, 26 October 2026.",
        ),
        (
            datetime(2025, 10, 26, 16, tzinfo=UTC),
            datetime(2026, 11, 2, 9),
            "Checked on Sunday, 26 October 2025.",
        ),
    ],
)
def test_when_it_was_checked_counts_days_of_ones_own_zone(
    checked: datetime, now: datetime, words: str
) -> None:
    assert checked_words(checked, now.replace(tzinfo=NEW_YORK)) == words


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Karachi", "Pacific/Auckland", "Asia/Kathmandu"])
@pytest.mark.parametrize(
    ("item", "now", "due"),
    [
        ("camera", (2026, 11, 8, 23), False),
        ("camera", (2026, 11, 9, 0), True),
        ("camera", (2026, 11, 10, 8), True),
        ("programs", (2026, 11, 9, 23), False),
        ("programs", (2026, 11, 10, 0), True),
        ("outfit", (2026, 11, 10, 8), False),  # once is enough
    ],
)
def test_what_was_checked_earlier_is_due_again_before_the_interview(
    zone: str, item: str, now: tuple[int, int, int, int], due: bool
) -> None:
    own = ZoneInfo(zone)
    interview = date(2026, 11, 10)
    checked = datetime(2026, 11, 3, 9, tzinfo=own)
    moment = datetime(*now, tzinfo=own)
    assert is_due_again(set_up_items().items[item], checked, interview, moment) is due
    assert not is_due_again(set_up_items().items[item], moment, interview, moment)
    assert not is_due_again(set_up_items().items[item], checked, None, moment)


def test_the_coordinator_of_the_next_interview_is_named(client: TestClient, service: Service) -> None:
    client.patch("/api/preferences", json={"contact": {"name": "My uncle"}})
    assert client.get(ADDRESS).json()["coordinator"]["name"] == "My uncle"
    now = datetime(2026, 11, 9, 12, tzinfo=NEW_YORK)
    with service.database.writing() as session:
        for day, name, cancelled in (
            (8, "Past", False),
            (10, "Off", True),
            (11, "Next", False),
            (12, "Later", False),
        ):
            session.add(
                ScheduledInterview(
                    person_id=LOCAL_PERSON,
                    applying_to="residency",
                    programme=f"{name} Hospital",
                    date=date(2026, 11, day),
                    time_zone="America/Chicago",
                    own_time_zone="America/New_York",
                    format="virtual",
                    coordinator={"name": name, "phone": "555", "email": None},
                    cancelled=cancelled,
                )
            )
    with service.database.reading() as session:
        check = set_up_check(session, LOCAL_PERSON, now)
    assert check.coordinator is not None
    assert (check.coordinator.name, check.coordinator.programme) == ("Next", "Next Hospital")


def test_what_an_earlier_version_stored_is_open_again(client: TestClient, service: Service) -> None:
    with service.database.writing() as session:
        for item, value in (
            ("camera", {"dots": 3}),
            ("water", {"answer": "cold"}),
            ("hat", {}),
            ("speed", None),
        ):
            session.add(SetupCheck(person_id=LOCAL_PERSON, item=item, state="ok", value=value))
    assert json.dumps(client.get(ADDRESS).json()).count('"open"') == len(set_up_items().items)
