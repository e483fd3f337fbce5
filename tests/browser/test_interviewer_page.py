"""The window of a person who takes the part of the interviewer. What the other one tells is made up."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.practice_window import heading, practice_window
from tests.service.running import RunningService, eventually

QUESTION = "What are you most proud of?"


@pytest.fixture
def window(browser: Browser, intake_service: RunningService) -> Iterator[Page]:
    """A window without script errors and without refused resources."""
    with practice_window(browser, intake_service.url) as page:
        yield page


@pytest.fixture
def interview(intake_service: RunningService) -> dict[str, Any]:
    """An interview that a person leads."""
    new = {"format_id": "residency", "choices": {"person_asks": True}}
    begun: dict[str, Any] = intake_service.client.post("/api/interviews", json=new).json()
    return begun


class Applicant:
    """The other window."""

    def __init__(self, service: RunningService, interview: dict[str, Any]) -> None:
        self.client = service.client
        self.address = f"/api/interviews/{interview['id']}"
        self.interview = interview["id"]

    def tell(self, **live: Any) -> None:
        told = {"state": "recording", "step": 1, "text": QUESTION, "take": "first", **live}
        self.client.patch(self.address, json={"live": told}).raise_for_status()

    def answer(self) -> str:
        new = {"source": "recording", "interview": self.interview, "part": "question", "question": QUESTION}
        return str(self.client.post("/api/answers", json=new).raise_for_status().json()["id"])

    def command(self) -> Any:
        return self.client.get(self.address).json()["command"]

    def remarks(self, answer: str) -> list[tuple[str, float]]:
        items = self.client.get(f"/api/answers/{answer}/remarks").json()["items"]
        return [(item["text"], item["at"]) for item in items]


@pytest.fixture
def applicant(intake_service: RunningService, interview: dict[str, Any]) -> Applicant:
    return Applicant(intake_service, interview)


def open_window(page: Page, interview: dict[str, Any]) -> None:
    page.goto(f"/interviews/{interview['id']}/interviewer")
    expect(heading(page)).to_be_visible()


def state_of(page: Page) -> Locator:
    """The line that says what the applicant does."""
    return page.locator(".applicant-state")


@pytest.mark.long
def test_an_interview_is_led_by_keyboard_alone(
    window: Page, interview: dict[str, Any], applicant: Applicant
) -> None:
    open_window(window, interview)
    applicant.tell(state="waiting", take=None, text="")
    expect(state_of(window).get_by_text("Waiting for you")).to_be_visible()
    # What "next" means can be read before it is asked.
    expect(window.locator(".ask-planned")).to_contain_text(interview["steps"][0]["text"][:20])
    window.keyboard.press("n")
    expect(window.get_by_text("Sent: the next question.")).to_be_visible()
    assert applicant.command()["kind"] == "next"
    applicant.tell(handled=1, seconds=42.9, question_id="tell-me-about-yourself")
    expect(heading(window)).to_have_text(QUESTION)
    expect(window.locator(".applicant-recorded")).to_contain_text("Answering")
    expect(window.get_by_role("timer")).to_have_text(re.compile("0:4[3-9]"))
    # While an answer runs, what was asked for waits.
    window.keyboard.press("r")
    expect(window.get_by_text("When this answer ends: “Could you repeat that?”.")).to_be_visible()
    assert applicant.command()["kind"] == "repeat"
    # A follow-up of the question, another question by its words, and one's own.
    window.get_by_role("region", name="Ask a follow-up").get_by_role("button").first.press("Enter")
    eventually(lambda: applicant.command()["follow_up"])
    expect(heading(window)).to_be_focused()
    window.keyboard.press("q")
    window.keyboard.type("disagreement team")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    eventually(lambda: "disagreement" in (applicant.command()["text"] or ""))
    window.keyboard.press("f")
    window.keyboard.type("And what then?")
    window.keyboard.press("Enter")
    eventually(lambda: applicant.command()["text"] == "And what then?")
    # What does not arrive is said, and sent again.
    window.route("**/commands", lambda route: route.abort())
    window.keyboard.press("n")
    expect(window.get_by_text("Not sent yet: the next question. It is tried again.")).to_be_visible()
    window.unroute("**/commands")
    eventually(lambda: applicant.command()["kind"] == "next")
    # The end is asked about first.
    window.keyboard.press("e")
    expect(window.get_by_text("End the interview now?")).to_be_visible()
    assert applicant.command()["kind"] == "next"
    window.keyboard.press("e")
    eventually(lambda: applicant.command()["kind"] == "end")
    assert applicant.command()["number"] == 7


@pytest.mark.long
def test_remarks_get_their_time_and_none_is_lost(
    window: Page, interview: dict[str, Any], applicant: Applicant
) -> None:
    open_window(window, interview)
    # The service has no answer yet: what is noted is kept here.
    applicant.tell(seconds=10.9)
    expect(window.get_by_role("timer")).to_have_text(re.compile("0:1[1-9]"))
    window.keyboard.press("2")
    notes = window.locator(".remark-notes li")
    expect(notes).to_contain_text(["Good pause (kept here, not stored yet)"])
    window.reload()
    expect(notes).to_contain_text(["Good pause (kept here, not stored yet)"])
    answer = applicant.answer()
    # Known only after the answer has ended.
    applicant.tell(state="waiting", text="", take=None, known=[{"take": "first", "answer": answer}])
    eventually(lambda: applicant.remarks(answer))
    [(text, at)] = applicant.remarks(answer)
    assert text == "Good pause" and 11 <= at < 20
    # In one's own words it has the time of the first letter; meanwhile the connection is lost.
    expect(notes).to_have_count(1)
    applicant.tell(state="paused", seconds=30, answer=answer)
    expect(state_of(window).get_by_text("Paused")).to_be_visible()
    window.route("**/remarks", lambda route: route.abort())
    window.keyboard.press("t")
    window.keyboard.type("A warm start")
    applicant.tell(state="paused", seconds=33, answer=answer)
    expect(window.get_by_role("timer")).to_have_text("0:33")
    window.keyboard.press("Enter")
    expect(window.get_by_text("Remarks are not stored yet.")).to_be_visible()
    window.unroute("**/remarks")
    eventually(lambda: len(applicant.remarks(answer)) == 2)
    assert applicant.remarks(answer)[1] == ("A warm start", 30)
    expect(window.get_by_text("Remarks are not stored yet.")).to_have_count(0)
    window.get_by_role("button", name="Remove: Good pause").press("Enter")
    expect(notes).to_have_count(1)
    assert applicant.remarks(answer) == [("A warm start", 30)]


@pytest.mark.long
def test_short_remarks_can_be_changed_and_the_page_is_accessible_on_a_phone_too(
    window: Page, interview: dict[str, Any], applicant: Applicant
) -> None:
    open_window(window, interview)
    answer = applicant.answer()
    applicant.tell(state="paused", seconds=5, answer=answer, question_id="tell-me-about-yourself")
    expect(state_of(window).get_by_text("Paused")).to_be_visible()
    window.get_by_text("Change these remarks").click()
    field = window.get_by_role("textbox", name="Remark of key 1")
    field.fill("Lovely")
    field.press("Escape")
    window.keyboard.press("1")
    eventually(lambda: applicant.remarks(answer) == [("Lovely", 5)])
    window.reload()
    expect(window.get_by_role("button", name="1 Lovely")).to_be_visible()
    window.get_by_text("All follow-ups").click()
    assert accessibility_faults(window) == []
    window.set_viewport_size({"width": 390, "height": 844})
    assert window.evaluate("document.documentElement.scrollWidth") == 390
    # What must be quick comes first.
    quick = window.get_by_role("region", name="Remarks on this answer").bounding_box()
    slow = window.get_by_role("region", name="Ask a follow-up").bounding_box()
    assert quick and slow and quick["y"] < slow["y"]


@pytest.mark.long
def test_an_interview_that_is_over_or_not_there_says_so(
    window: Page, interview: dict[str, Any], applicant: Applicant
) -> None:
    open_window(window, interview)
    applicant.client.patch(applicant.address, json={"ended": True}).raise_for_status()
    expect(state_of(window).get_by_text("The interview is over")).to_be_visible()
    expect(window.get_by_role("button", name="Next question")).to_be_disabled()
    window.goto("/interviews/nobodys/interviewer")
    expect(window.get_by_text("This interview is not here.")).to_be_visible()
