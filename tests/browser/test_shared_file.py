"""An answer goes to a mentor as one file, and their comments come back as another."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import LONGEST_WAIT


def test_a_mentor_comments_from_a_file(
    browser: Browser, page: Page, reported: dict[str, Any], tmp_path: Path
) -> None:
    page.goto(f"/answers/{reported['id']}")
    page.get_by_text("Download or print", exact=True).click()
    expect(page.get_by_text("MB. It holds the sound.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Share as a file").click()
    shared, comments = tmp_path / "shared.html", tmp_path / "comments.json"
    download.value.save_as(shared)

    _comment(browser, shared, comments)
    saved = json.loads(comments.read_text())
    assert [(each["name"], each["text"]) for each in saved["comments"]] == [
        ("Dr Rivera", "Start <b>here</b>."),
        ("Dr Rivera", "A good example & a short one."),
    ]
    assert saved["comments"][1]["at"] == 6.5

    page.get_by_label("Add a mentor's comments").set_input_files(comments)
    listed = page.get_by_role("region", name="What was said about it")
    expect(listed.get_by_text("Start <b>here</b>.")).to_be_visible()
    expect(listed.get_by_text("A good example & a short one.")).to_be_visible()
    expect(listed.get_by_text("Dr Rivera, from a file").first).to_be_visible()
    page.get_by_label("Add a mentor's comments").set_input_files(comments)
    expect(page.locator("#announcer")).to_have_text("Nothing new is in this file.")
    other = tmp_path / "other.json"
    other.write_text("{}")
    page.get_by_label("Add a mentor's comments").set_input_files(other)
    expect(page.get_by_role("alert")).to_contain_text("does not hold a mentor's comments")


def _comment(browser: Browser, shared: Path, comments: Path) -> None:
    """What the mentor does, on a phone and without a connection."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, offline=True)
    context.set_default_timeout(LONGEST_WAIT)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(shared.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert accessibility_faults(page) == []

    page.get_by_label("Your name").fill("Dr Rivera")
    text = page.get_by_role("textbox", name="Comment at")
    text.fill("Start <b>here</b>.")
    page.get_by_role("button", name="Add comment").click()
    player = page.locator("#player")
    player.evaluate(
        "player => new Promise((sought) => { player.onseeked = sought; player.currentTime = 6.5; })"
    )
    expect(page.locator("#moment")).to_have_text("0:06")
    text.fill("A good example & a short one.")
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_role("list", name="Your comments").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="Play from 0:06").last.click()
    expect(player).to_have_js_property("paused", False)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save comments").click()
    download.value.save_as(comments)
    context.close()
    assert [url for url in asked if not url.startswith(("data:", "blob:"))] == [shared.as_uri()]
    assert wrong == []
