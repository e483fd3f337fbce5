"""Notes on a question: written, read while recording, and shown beside the answer."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE
from tests.browser.practice_window import (
    button,
    heading,
    practice_window,
    ring_seconds,
    to_report,
    wait_until,
)
from tests.service.running import RunningService

NOTES = "/api/questions/exam-more-than-once/notes"
DIFFICULT = {"checked": True, "question": "exam-more-than-once"}


@pytest.fixture
def writing(speaking_browser: Browser, practice_service: RunningService) -> Iterator[Page]:
    """A page that can record, at a difficult question."""
    with practice_window(speaking_browser, practice_service.url, DIFFICULT) as page:
        page.goto("/")
        yield page
    practice_service.client.put(NOTES, json={}).raise_for_status()


@pytest.mark.long
@pytest.mark.parametrize(
    "window", [{"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}, {}]
)
def test_notes_are_accessible_and_fit(
    speaking_browser: Browser, practice_service: RunningService, window: dict[str, Any]
) -> None:
    longest = (
        "Understanding examinations circumstances improvement communication hospitals disappointment now"
    )
    plan = dict.fromkeys(("acknowledge", "context", "learned"), "A line as long as it may be. " * 5)
    notes = {**plan, "bullets": [longest] * 5}
    practice_service.client.put(NOTES, json=notes).raise_for_status()
    shown = {**DIFFICULT, "planShown": True}
    with practice_window(speaking_browser, practice_service.url, shown, **window) as page:

        def look() -> None:
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert accessibility_faults(page) == []

        page.goto("/")
        expect(page.get_by_label("Note 5")).to_have_value(longest)
        look()
        button(page, "Practise this question").click()
        page.get_by_text("Notes to glance at").click()
        look()
        button(page, "Start recording").click()
        expect(page.get_by_text(longest)).to_have_count(5)
        look()
        aside = page.get_by_role("complementary", name="Your notes").bounding_box()
        question = heading(page).bounding_box()
        assert aside and question and aside["y"] + aside["height"] <= question["y"]
        button(page, "Hide the notes").click()
        expect(button(page, "Show the notes")).to_be_visible()
        look()
        button(page, "Stop").click()
        expect(heading(page)).to_have_text("Your answer is recorded.")
        to_report(page)
        expect(page.locator(".headline")).not_to_be_empty(timeout=PATIENCE)
        look()
    practice_service.client.put(NOTES, json={}).raise_for_status()


@pytest.mark.long
def test_a_fold_that_opens_while_something_is_saved_stays_open(writing: Page) -> None:
    line = writing.get_by_label("Say it plainly")
    expect(line).to_be_visible()
    # Each letter draws the notes again; here in the same moment.
    writing.evaluate(
        """() => {
          document.querySelector(".notes-bullets > summary").click();
          document.querySelector(".notes-plan textarea").dispatchEvent(new Event("input"));
        }"""
    )
    expect(writing.get_by_label("Note 1")).to_be_visible()
    writing.get_by_text("Notes to glance at").click()
    expect(writing.get_by_label("Note 1")).to_be_hidden()


@pytest.mark.long
def test_a_plan_and_bullets_are_read_during_the_take(writing: Page, practice_service: RunningService) -> None:
    plan = writing.get_by_role("group", name="A plan for your answer")
    plan.get_by_label("Say it plainly").focus()
    writing.keyboard.type("I took Step 1 twice.")
    writing.keyboard.press("Tab")
    expect(plan.get_by_label("What explains it")).to_be_focused()
    writing.keyboard.type("My first months in this country")
    writing.keyboard.press("Tab")
    expect(plan.get_by_label("What you learned")).to_be_focused()
    writing.keyboard.type("A weekly plan with my tutor")
    writing.keyboard.press("Tab")
    writing.keyboard.press("Space")
    writing.keyboard.press("Tab")
    writing.keyboard.press("Enter")
    writing.keyboard.press("Tab")
    writing.keyboard.type("I was alone in this country.")
    writing.keyboard.press("Enter")
    expect(writing.locator(".notes-refusal")).to_contain_text("full sentence")
    writing.keyboard.press("Control+a")
    writing.keyboard.type("Alone, new country")
    writing.keyboard.press("Enter")
    expect(writing.get_by_label("Note 2")).to_be_focused()
    writing.keyboard.type("Step 2: 248")
    expect(writing.locator(".notes-refusal")).to_have_count(0)
    button(writing, "Practise this question").click()
    expect(button(writing, "Start recording")).to_be_visible()
    writing.keyboard.press("Enter")
    notes = writing.get_by_role("complementary", name="Your notes")
    expect(notes).to_contain_text("Alone, new country")
    expect(notes).to_contain_text("Step 2: 248")
    expect(notes).to_contain_text("A weekly plan with my tutor")
    wait_until(writing, 2)
    writing.keyboard.press("n")
    expect(notes).to_be_hidden()
    hidden_at = ring_seconds(writing)
    wait_until(writing, hidden_at + 2)
    writing.keyboard.press("s")
    expect(heading(writing)).to_have_text("Your answer is recorded.")
    answer = practice_service.answer(to_report(writing))
    assert answer["bullets"] == ["Alone, new country", "Step 2: 248"]
    assert answer["plan"]["learned"] == "A weekly plan with my tutor" and answer["plan"]["shown"]
    assert 1.9 < answer["bullets_seconds"] < hidden_at + 1
    planned = writing.get_by_role("region", name="What you planned")
    for label in ("Say it plainly", "What explains it", "What you learned"):
        expect(planned).to_contain_text(label)
    expect(planned).to_contain_text("A weekly plan with my tutor")
    expect(planned).to_contain_text("Step 2: 248")
    shown = re.compile(r"Your notes were shown for \d+ s of \d+ s\. Your plan was shown with them\.")
    expect(planned).to_contain_text(shown)
    expect(writing.locator(".headline")).not_to_be_empty(timeout=PATIENCE)
    writing.goto(f"/api/answers/{answer['id']}/report.html")
    expect(writing.get_by_role("region", name="What you planned")).to_contain_text(shown)
