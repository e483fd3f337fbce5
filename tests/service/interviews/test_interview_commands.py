"""Commands of a person who takes the part of the interviewer, and what open pages are told of them."""

import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.practice.questions import bank
from tests.service.events.test_event_stream import events
from tests.service.in_process import client_of
from tests.service.running import RunningService


@pytest.fixture
def leading(opened: Service) -> TestClient:
    """A client of a service, on each kind of database."""
    return client_of(opened)


def begin(client: Any, **choices: Any) -> str:
    """An interview that a person leads; its id."""
    sent = {"format_id": "traditional", "choices": {"person_asks": True, **choices}}
    return str(client.post("/api/interviews", json=sent).raise_for_status().json()["id"])


def send(client: Any, interview: str, kind: str, number: int = 1, **fields: Any) -> Any:
    """Sends a command; `number` makes its id."""
    sent = {"id": f"{number:024x}", "kind": kind, **fields}
    return client.post(f"/api/interviews/{interview}/commands", json=sent)


def last(client: Any, interview: str) -> Any:
    return client.get(f"/api/interviews/{interview}").raise_for_status().json()["command"]


def test_the_last_command_counts_and_says_what_to_ask(leading: TestClient) -> None:
    interview = begin(leading)
    assert last(leading, interview) is None
    assert send(leading, interview, "next").status_code == 201
    assert last(leading, interview) == {
        "number": 1,
        "kind": "next",
        "question_id": None,
        "follow_up": None,
        "text": None,
        "scenario": None,
    }
    send(leading, interview, "question", 2, question_id="tell-me-about-yourself").raise_for_status()
    assert last(leading, interview)["text"] == "Tell me about yourself."
    case = next(question for question in bank().questions if question.scenario)
    send(leading, interview, "question", 5, question_id=case.id).raise_for_status()
    assert last(leading, interview)["scenario"] == case.scenario
    send(leading, interview, "follow_up", 3, follow_up="example").raise_for_status()
    assert last(leading, interview)["text"] == "Can you give me an example?"
    send(leading, interview, "follow_up", 4, text=" And then? ").raise_for_status()
    command = last(leading, interview)
    assert (command["number"], command["text"], command["follow_up"]) == (5, "And then?", None)


def test_a_command_that_is_sent_twice_is_one(leading: TestClient) -> None:
    interview = begin(leading)
    send(leading, interview, "next", 1).raise_for_status()
    send(leading, interview, "repeat", 2).raise_for_status()
    for number in (1, 2):
        send(leading, interview, "next", number).raise_for_status()
    command = last(leading, interview)
    assert (command["number"], command["kind"]) == (2, "repeat")


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("later", {}),
        ("next", {"text": "Tell me more."}),
        ("question", {}),
        ("question", {"question_id": "no-such-question"}),
        ("question", {"follow_up": "example"}),
        ("question", {"question_id": "tell-me-about-yourself", "text": "Two at once."}),
        ("follow_up", {"follow_up": "no-such-follow-up"}),
        ("follow_up", {"text": "x" * 301}),
        ("follow_up", {"text": "  "}),
        ("next", {"id": "no-id"}),
    ],
)
def test_odd_commands_are_refused(client: TestClient, kind: str, fields: dict[str, Any]) -> None:
    interview = begin(client)
    refused = send(client, interview, kind, **fields)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert last(client, interview) is None


def test_an_interview_that_is_over_takes_no_command(client: TestClient) -> None:
    interview = begin(client)
    send(client, interview, "next", 1).raise_for_status()
    client.patch(f"/api/interviews/{interview}", json={"ended": True}).raise_for_status()
    refused = send(client, interview, "next", 2)
    assert (refused.status_code, refused.json()["code"]) == (409, "interview_ended")
    # What arrived before it ended is known again.
    assert send(client, interview, "next", 1).status_code == 201


def test_only_an_interview_that_a_person_leads_takes_commands(client: TestClient) -> None:
    interview = begin(client, person_asks=False)
    refused = send(client, interview, "next")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    assert send(client, "nobodys", "next").status_code == 404


def test_follow_ups_are_listed_by_what_they_are_for(client: TestClient) -> None:
    groups = client.get("/api/follow-ups").raise_for_status().json()["groups"]
    assert [group["reason"] for group in groups] == [
        "no_example",
        "own_part",
        "no_outcome",
        "short",
        "reflective",
    ]
    for group in groups:
        assert group["name"] and group["items"]
        assert all("{" not in item["text"] for item in group["items"])


def test_what_the_applicant_does_is_stamped_with_the_time(client: TestClient) -> None:
    interview = begin(client)
    live = {"state": "recording", "step": 1, "text": "Why?", "take": "a-take", "seconds": 12.5, "handled": 3}
    before = time.time()
    client.patch(f"/api/interviews/{interview}", json={"live": live}).raise_for_status()
    told = client.get(f"/api/interviews/{interview}").json()["live"]
    assert before <= told.pop("at") <= time.time()
    assert told == {**live, "answer": None, "question_id": None, "known": []}


def test_open_pages_are_told_of_every_change_of_an_interview(running_service: RunningService) -> None:
    client = running_service.client
    stream = events(running_service)
    next(stream)
    interview = begin(client)
    send(client, interview, "next").raise_for_status()
    number, data = next(
        (number, data)
        for name, number, data in stream
        if name == "interview" and data["id"] == interview and data["command"]
    )
    assert data == client.get(f"/api/interviews/{interview}").json()
    assert number == data["change"]
    # A page that reconnects learns of what it missed.
    send(client, interview, "end", 2).raise_for_status()
    missed = next(data for name, _, data in events(running_service, number) if name == "interview")
    assert (missed["id"], missed["command"]["kind"]) == (interview, "end")
