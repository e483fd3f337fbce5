"""What holds for every step of practising: no accessibility fault, no sideways scrolling on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.practice_window import button, heading, practice_window, wait_until
from tests.service.running import RunningService

PHONE: ViewportSize = {"width": 360, "height": 780}
DESK: ViewportSize = {"width": 1280, "height": 860}


def _steps(page: Page) -> Iterator[str]:
    """Goes through every step, and stops at each for a look; its name."""
    page.goto("/")
    expect(heading(page)).to_be_visible()
    page.get_by_text("A structure that fits it").click()
    yield "the question"
    page.get_by_label("Format").select_option("short-interview")
    yield "the interview"
    page.get_by_label("Format").select_option("video-interview")
    page.get_by_label("Camera too").check()
    page.get_by_label("Three slow breaths").check()
    button(page, "Choose another").click()
    expect(heading(page)).to_have_text("Choose a question")
    yield "all questions"
    button(page, "Write your own").click()
    yield "a question of one's own"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Back", exact=True).click()
    button(page, "Check the microphone").click()
    button(page, "Test for 3 seconds").click()
    expect(button(page, "Test again")).to_be_visible()
    yield "the microphone"
    button(page, "Back to the question").click()
    button(page, "Practise this question").click()
    expect(page.get_by_text("Breathe in")).to_be_visible()
    yield "the breaths"
    page.keyboard.press("Escape")
    expect(page.get_by_text("to prepare, then recording starts by itself")).to_be_visible()
    yield "the preparation"
    page.keyboard.press("Enter")
    wait_until(page, 1)
    yield "the take"
    page.keyboard.press("p")
    yield "a pause"
    page.keyboard.press("s")
    expect(heading(page)).to_have_text("Your answer is recorded.")
    page.get_by_label("Too short").check()
    yield "after the take"
    button(page, "Discard this take").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard it").click()
    expect(button(page, "Practise this question")).to_be_visible()


@pytest.mark.long
def test_every_step_is_without_accessibility_faults_and_fits_a_phone(
    speaking_browser: Browser, practice_service: RunningService
) -> None:
    faults = []
    wide = []
    with practice_window(speaking_browser, practice_service.url, reduced_motion="reduce") as page:
        for step in _steps(page):
            faults += [(step, *fault) for fault in accessibility_faults(page)]
            page.set_viewport_size(PHONE)
            if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                wide.append(step)
            page.set_viewport_size(DESK)
    assert faults == []
    assert wide == []
