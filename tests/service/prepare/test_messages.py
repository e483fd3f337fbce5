"""Messages over HTTP: drafts that invent nothing, what blocks them, mail links, and the same words twice."""

import datetime as dt
import io
import json
import zipfile
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.prepare.mail_links import LONGEST_LINK, mail_link
from service.prepare.message_drafts import DraftOf, draft, is_ready
from tests.service.in_process import client_of
from tests.service.prepare.after_interviews import YEAR_AHEAD, add_interview


@pytest.fixture
def writing(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def address_of(interview: dict[str, Any]) -> str:
    return f"/api/scheduled-interviews/{interview['id']}/messages"


def made(client: TestClient, interview: dict[str, Any], person: int | None = 0, **of: Any) -> dict[str, Any]:
    recipient = None if person is None else interview["interviewers"][person]["id"]
    body = {"kind": "thank_you", "recipient": recipient, "signature": "Sam Doe", **of}
    drafted: dict[str, Any] = (
        client.post(f"{address_of(interview)}/draft", json=body).raise_for_status().json()
    )
    return drafted


def kept(
    client: TestClient, interview: dict[str, Any], text: str, person: int | None = 0, kind: str = "thank_you"
) -> dict[str, Any]:
    recipient = None if person is None else interview["interviewers"][person]["id"]
    body = {"kind": kind, "recipient": recipient, "text": text}
    message: dict[str, Any] = client.post(address_of(interview), json=body).raise_for_status().json()
    return message


def test_a_thank_you_has_what_the_person_said(client: TestClient) -> None:
    interview = add_interview(client)
    drafted = made(client, interview, specifics=["how residents teach each other."], identifier="12345678")
    assert drafted["ready"]
    assert drafted["text"].startswith("Dear Dr. Ana Reyes,\n\n")
    assert "about how residents teach each other stayed" in drafted["text"]
    assert drafted["text"].endswith("Kind regards,\nSam Doe\nAAMC/ERAS ID: 12345678")
    assert (
        drafted["subject"]
        == "Thank you for the interview on Wednesday, 12 November – Lakeside Internal Medicine"
    )
    # A draft is not kept, and so neither is the ID.
    assert client.get(address_of(interview)).json()["items"] == []


@pytest.mark.parametrize("kind", ["thank_you", "question", "update"])
def test_nothing_is_invented(client: TestClient, kind: str) -> None:
    interview = add_interview(client)
    drafted = made(client, interview, kind=kind)
    assert "[Write " in drafted["text"]
    assert (drafted["ready"], drafted["mailto"]) == (False, None)
    assert "gaps" in drafted["not_ready_words"]
    assert not made(client, interview, kind=kind, specifics=["a visa"], signature=None)["ready"]
    assert made(client, interview, kind=kind, specifics=["a visa", "a mentor"])["ready"]


@pytest.mark.parametrize(
    ("text", "ready"),
    [
        ("Dear [write the name], thank you", False),
        ("Thank you for [Write one", False),
        ("  ", False),
        ("I wrote [see the paper] with my team", True),
    ],
)
def test_a_gap_is_known_however_it_was_typed_over(text: str, ready: bool) -> None:
    assert is_ready(text) is ready


def test_a_programme_that_wants_no_thanks_gets_none(client: TestClient) -> None:
    interview = add_interview(client)
    message = kept(client, interview, made(client, interview, specifics=["a visa"])["text"])
    assert message["mailto"]
    client.patch(
        f"/api/scheduled-interviews/{interview['id']}", json={"no_thanks_wanted": True}
    ).raise_for_status()
    for address in (address_of(interview), f"{address_of(interview)}/draft"):
        body = {"kind": "thank_you", "recipient": interview["interviewers"][0]["id"], "text": "Thanks"}
        refused = client.post(address, json=body)
        assert (refused.status_code, refused.json()["code"]) == (409, "no_thanks_wanted")
    shown = client.get(address_of(interview)).json()
    assert "no thank-you notes" in shown["thanks_blocked"]
    assert (shown["items"][0]["ready"], shown["items"][0]["mailto"]) == (False, None)
    # A question is no thank-you.
    assert made(client, interview, kind="question", specifics=["When does it start?"])["ready"]


def test_a_thank_you_comes_after_the_interview(client: TestClient) -> None:
    interview = add_interview(client, date=YEAR_AHEAD)
    refused = client.post(f"{address_of(interview)}/draft", json={"kind": "thank_you"})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_early")
    assert made(client, interview, None, kind="question", specifics=["Is there a dress code?"])["ready"]


def test_timing_of_both_guides_is_shown_with_its_days(client: TestClient) -> None:
    shown = client.get(address_of(add_interview(client))).json()
    assert [each["words"] for each in shown["timing"]] == [
        "Within 24 to 48 hours: until Friday, 14 November 2025.",
        "Within a few days, and a week at most: until Wednesday, 19 November 2025.",
    ]
    assert all(each["source"]["address"].startswith("http") for each in shown["timing"])
    school = add_interview(client, applying_to="medical_school")
    assert "24 hours" in client.get(address_of(school)).json()["timing"][0]["words"]


@pytest.mark.parametrize(
    ("own_zone", "until"),
    [
        ("Pacific/Auckland", "Sunday, 2 November 2025"),
        ("Asia/Tokyo", "Sunday, 2 November 2025"),
        ("Asia/Kolkata", "Sunday, 2 November 2025"),
        ("Europe/Berlin", "Sunday, 2 November 2025"),
        ("America/New_York", "Saturday, 1 November 2025"),
        ("Pacific/Honolulu", "Saturday, 1 November 2025"),
    ],
)
def test_the_day_is_that_of_the_own_clock(client: TestClient, own_zone: str, until: str) -> None:
    interview = add_interview(client, date="2025-10-30", time="20:00", own_time_zone=own_zone)
    assert until in client.get(address_of(interview)).json()["timing"][0]["words"]


@pytest.mark.parametrize("date", ["2025-03-09", "2025-11-02"])
def test_days_are_counted_on_the_calendar_when_clocks_change(client: TestClient, date: str) -> None:
    interview = add_interview(client, date=date, time="00:30", own_time_zone="America/Chicago")
    day = dt.date.fromisoformat(date) + dt.timedelta(days=2)
    assert f"{day.day} {day:%B}" in client.get(address_of(interview)).json()["timing"][0]["words"]


def test_a_mail_link_is_read_as_it_was_meant(client: TestClient) -> None:
    interview = add_interview(client, programme="Mill & River: 50% + more?")
    about = "caf\u00e9 rounds & \u201cteach-back\u201d = 100% fun #1"
    drafted = made(client, interview, specifics=[about])
    link = urlsplit(drafted["mailto"])
    fields = parse_qs(link.query, strict_parsing=True)
    assert (link.scheme, unquote(link.path)) == ("mailto", "ana.reyes@lakeside.example")
    assert fields == {"subject": [drafted["subject"]], "body": [drafted["text"].replace("\n", "\r\n")]}
    assert "+" not in drafted["mailto"] and " " not in drafted["mailto"]


def test_an_address_adds_no_other_field() -> None:
    link = mail_link("a?bcc=other@x.example&cc=b@x.example", "Hello", "Text") or ""
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}
    assert mail_link("a@x.example", "Hello", "word " * 1000) is None
    assert len(mail_link("a@x.example", "Hello", "word " * 100) or "") < LONGEST_LINK


def test_without_an_address_words_are_copied(client: TestClient) -> None:
    interview = add_interview(client)
    drafted = made(client, interview, 1, specifics=["a visa"])
    assert (drafted["ready"], drafted["mailto"]) == (True, None)
    assert "Copy the words" in drafted["mailto_words"]


def test_the_same_words_to_two_people_are_noticed(writing: TestClient) -> None:
    interview = add_interview(writing)
    text = made(writing, interview, specifics=["the clinic in Spanish"])["text"]
    first = kept(writing, interview, text)
    assert first["alike"] == []
    copy = kept(writing, interview, text.replace("Ana Reyes", "Tom Birch"), 1)
    assert [(each["message"], each["recipient_name"]) for each in copy["alike"]] == [
        (first["id"], "Dr. Ana Reyes")
    ]
    # Drafted for its recipient, it has other sentences.
    own = made(writing, interview, 1, specifics=["the clinic in Spanish"])["text"]
    changed = writing.patch(f"{address_of(interview)}/{copy['id']}", json={"text": own}).json()
    assert changed["alike"] == []


def test_another_interview_of_the_same_programme_counts_and_another_programme_does_not(
    client: TestClient,
) -> None:
    text = "Thank you for telling me about the clinic in Spanish and for your time on Thursday."
    kept(client, add_interview(client), text)
    second = kept(client, add_interview(client, programme=" lakeside  internal medicine"), text, 1)
    assert [each["recipient_name"] for each in second["alike"]] == ["Dr. Ana Reyes"]
    # Dr. Reyes herself may get the same words twice.
    assert [each["recipient_name"] for each in kept(client, add_interview(client), text, 0)["alike"]] == [
        "Dr. Tom Birch"
    ]
    assert kept(client, add_interview(client, programme="Harbour"), text, 1)["alike"] == []


def test_it_is_marked_as_sent_by_hand(writing: TestClient) -> None:
    interview = add_interview(writing)
    message = kept(writing, interview, "Dear Robin, thank you.", None)
    assert (message["sent_at"], message["recipient_name"]) == (None, "Robin Wood")
    address = f"{address_of(interview)}/{message['id']}"
    sent = writing.patch(address, json={"sent": True}).json()
    assert sent["sent_words"].startswith("You marked this as sent on ")
    assert (
        writing.patch(address, json={"sent": True, "text": "Dear Robin!"}).json()["sent_at"]
        == sent["sent_at"]
    )
    assert writing.patch(address, json={"sent": False}).json()["sent_at"] is None
    writing.delete(address).raise_for_status()
    assert writing.patch(address, json={"sent": True}).status_code == 404


def test_updates_are_sparing(client: TestClient) -> None:
    interview = add_interview(client)
    shown = client.get(address_of(interview)).json()
    assert shown["update_words"] is None
    assert "only for something new" in shown["advice"]["update"][0]["words"]
    message = kept(client, interview, "My paper is out.", None, "update")
    client.patch(f"{address_of(interview)}/{message['id']}", json={"sent": True}).raise_for_status()
    assert "Send another only for something else" in client.get(address_of(interview)).json()["update_words"]


def test_advice_on_second_looks_and_privacy(client: TestClient) -> None:
    for kind in ("residency", "medical_school"):
        advice = client.get(address_of(add_interview(client, applying_to=kind))).json()["advice"]
        assert "only if the" in advice["second_look"][0]["words"]
        assert "social media" in advice["privacy"][0]["words"]


def test_a_message_belongs_to_its_interview_and_goes_with_it(writing: TestClient) -> None:
    interview, other = add_interview(writing), add_interview(writing, programme="Harbour")
    message = kept(writing, interview, "Dear Robin, thank you.", None)
    assert writing.delete(f"{address_of(other)}/{message['id']}").status_code == 404
    refused = writing.post(address_of(other), json={"kind": "question", "recipient": "nobody", "text": ""})
    assert refused.status_code == 404
    archive = zipfile.ZipFile(io.BytesIO(writing.get("/api/export").raise_for_status().content))
    exported = json.loads(archive.read("preparation.json"))["messages"]
    assert [one["text"] for one in exported] == ["Dear Robin, thank you."]
    writing.delete(f"/api/scheduled-interviews/{interview['id']}").raise_for_status()
    assert writing.get(address_of(interview)).status_code == 404


def test_a_school_is_called_a_school() -> None:
    of = DraftOf(
        programme="North School",
        applying_to="medical_school",
        date=dt.date(2026, 11, 12),
        recipient="Dr. Reyes",
        specifics=["anatomy"],
        signature="Sam",
    )
    assert "study at your school" in draft("thank_you", of)
