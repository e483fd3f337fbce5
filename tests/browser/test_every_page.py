"""What holds for every page: no accessibility fault, no sideways scrolling, no other host."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import accessibility_faults

PAGES = {
    "practise": "/",
    "upload": "/upload",
    "answers": "/answers",
    "progress": "/progress",
    "set-up check": "/prepare/set-up",
    "rank list": "/prepare/rank-list",
    "resources": "/prepare/resources",
    "prepare": "/prepare",
    "new interview": "/prepare/interviews/new",
    "settings": "/settings",
    "privacy": "/privacy",
    "no answer": "/answers/none",
    "no session": "/sessions/none",
}
PHONE = {"width": 360, "height": 780}


def _open(page: Page, name: str, reported: dict[str, Any]) -> None:
    pages = {
        **PAGES,
        "report": f"/answers/{reported['id']}",
        "session": f"/sessions/{reported['session']['id']}",
        "takes": f"/answers/{reported['id']}/takes",
    }
    page.goto(pages[name])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if name == "report":
        expect(page.locator(".mark-pauses").first).to_be_visible()
        for fold in page.locator(".report details:not(.measure)").all():
            fold.evaluate("fold => { fold.open = true; }")
        page.locator("[data-measure=pause_count] summary").click()
    if name == "session":
        expect(page.locator(".session-row").first).to_be_visible()
    if name == "takes":
        expect(page.get_by_text("There is one take so far.")).to_be_visible()
    if name == "progress":
        expect(page.locator(".trend")).to_have_count(4)
    # Whatever is still to come has a skeleton in its place.
    expect(page.locator(".skeleton")).to_have_count(0)


@pytest.mark.parametrize("name", [*PAGES, "report", "session", "takes"])
def test_no_accessibility_fault_and_no_sideways_scrolling_on_a_phone(
    page: Page, reported: dict[str, Any], name: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    _open(page, name, reported)
    assert accessibility_faults(page) == []
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_pages_are_reached_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.get_by_role("link", name="Answers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answers")
    expect(page).to_have_title("Answers · Greenroom")
    page.go_back()
    expect(page).to_have_title("Practise · Greenroom")
    expect(page.get_by_role("button", name="Practise this question")).to_be_visible()
