"""An interview that a person leads: the applicant records in one window, the interviewer asks in another."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.practice_window import CHECKED, button, heading, practice_window, ring_seconds, wait_until
from tests.service.running import RunningService, eventually

LED = {**CHECKED, "format": "short-interview", "personAsks": True}
ONWARD = re.compile("^(Start your answer|Think about it|I have read it|Start recording|Say it again)")


def _answers(service: RunningService, interview: str) -> list[dict[str, Any]]:
    listed = service.client.get(f"/api/interviews/{interview}").json()["answers"]
    return [service.answer(each["id"]) for each in listed]


def _open_both(applicant: Page) -> Page:
    """From the choice to the moment in which the interviewer is waited for; the interviewer's window."""
    applicant.goto("/")
    button(applicant, "Start the interview").click()
    expect(heading(applicant)).to_have_text("Open the interviewer’s window.")
    with applicant.expect_popup() as opening:
        applicant.keyboard.press("o")
    interviewer = opening.value
    expect(heading(interviewer)).to_be_visible()
    applicant.keyboard.press("Enter")
    _waits(interviewer)
    return interviewer


def _waits(interviewer: Page) -> None:
    expect(interviewer.locator(".applicant-state")).to_contain_text("Waiting for you")


def _begin_to_answer(applicant: Page, interviewer: Page) -> str:
    """Through what stands before an answer, until it is recorded; what the interviewer sees as asked."""
    recording = applicant.get_by_text("Recording", exact=True)
    onward = applicant.get_by_role("button", name=ONWARD)
    while True:
        expect(onward.or_(recording).first).to_be_visible()
        if recording.is_visible():
            break
        was = heading(applicant).element_handle()
        applicant.keyboard.press("Enter")
        applicant.wait_for_function("(was) => !was.isConnected", arg=was)
    expect(interviewer.locator(".applicant-recorded")).to_be_visible()
    return heading(interviewer).inner_text()


def _answer(applicant: Page, interviewer: Page) -> str:
    """Answers what was asked, for a second; what that was."""
    asked = _begin_to_answer(applicant, interviewer)
    wait_until(applicant, 1)
    applicant.keyboard.press("s")
    _waits(interviewer)
    return asked


@pytest.mark.long
def test_a_person_leads_an_interview_from_a_second_window(
    speaking_browser: Browser, practice_service: RunningService
) -> None:
    with practice_window(speaking_browser, practice_service.url, LED) as applicant:
        interviewer = _open_both(applicant)
        interview = interviewer.url.split("/")[-2]
        # The plan begins with a greeting.
        greeting = interviewer.locator(".ask-planned").inner_text().partition(": ")[2]
        interviewer.keyboard.press("n")
        expect(heading(applicant)).to_have_text(greeting)
        applicant.keyboard.press("Enter")
        _waits(interviewer)
        interviewer.keyboard.press("n")
        question = _begin_to_answer(applicant, interviewer)

        # A remark has the time that the applicant's own clock shows; what is asked for now waits for the end.
        wait_until(applicant, 3)
        before = ring_seconds(applicant)
        interviewer.keyboard.press("2")
        after = ring_seconds(applicant) + 1
        interviewer.keyboard.press("r")
        expect(interviewer.get_by_text("When this answer ends: “Could you repeat that?”.")).to_be_visible()
        expect(applicant.get_by_text("Recording", exact=True)).to_be_visible()
        applicant.keyboard.press("s")
        _answer(applicant, interviewer)
        interviewer.keyboard.press("f")
        interviewer.keyboard.type("And what came of it?")
        interviewer.keyboard.press("Enter")
        assert _answer(applicant, interviewer) == "And what came of it?"
        # Taken up again after the window was closed, the last answer can still be asked about.
        applicant.reload()
        button(applicant, "Go on with it").click()
        expect(heading(applicant)).to_have_text("Open the interviewer’s window.")
        applicant.keyboard.press("Enter")
        _waits(interviewer)
        interviewer.keyboard.press("r")
        _answer(applicant, interviewer)
        interviewer.keyboard.press("q")
        interviewer.keyboard.type("Tell me about yourself.")
        interviewer.get_by_role("button", name="Tell me about yourself.", exact=True).press("Enter")
        assert _answer(applicant, interviewer) == "Tell me about yourself."
        interviewer.keyboard.press("e")
        interviewer.keyboard.press("e")
        expect(interviewer.locator(".applicant-state")).to_contain_text("The interview is over")

        _check(practice_service, interview, question, (before - 0.5, after + 0.5))
        [first, *_] = _answers(practice_service, interview)
        eventually(lambda: practice_service.answer(first["id"])["work"]["state"] == "ready")
        applicant.goto(f"/answers/{first['id']}")
        mark = applicant.locator(".mark-remarks")
        expect(mark).to_have_attribute("aria-label", re.compile("^Good pause, a remark at 0:0"))


def _check(service: RunningService, interview: str, question: str, remarked: tuple[float, float]) -> None:
    """What the service has of it, with the time between which the one remark was made."""
    eventually(lambda: len(_answers(service, interview)) == 5)
    first, again, follow_up, once_more, other = answers = _answers(service, interview)
    assert [each["part"] for each in answers] == ["question", "repeat", "follow_up", "repeat", "question"]
    assert first["question"] == again["question"] == question
    assert {each["follow_up_of"] for each in (again, follow_up, once_more)} == {first["id"]}
    assert (follow_up["asked"]["reason"], follow_up["question"]) == ("person", "And what came of it?")
    assert other["question_id"] == "tell-me-about-yourself"
    [remark] = service.client.get(f"/api/answers/{first['id']}/remarks").json()["items"]
    assert remark["text"] == "Good pause"
    assert remarked[0] <= remark["at"] <= remarked[1]
