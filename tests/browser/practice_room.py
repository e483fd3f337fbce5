"""Ways through the practice room, for tests: its windows, its formats, its steps."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

SHORT_FORMATS = """
[[formats]]
id = "two-seconds"
name = "Two seconds"
summary = "A second to prepare, two to answer, and one take."
preparation = 1
answer = 2
aim = [1, 2]
retake = false

[[formats]]
id = "short-interview"
name = "Short interview"
summary = "Two questions in one go."
preparation = 30
answer = 120
questions = 2
pause = 30
"""
"""Formats of the person's own, so short that a test can wait for their ends."""

CHECKED = {"checked": True, "question": "tell-me-about-yourself"}
QUESTION = "Tell me about yourself."

_KEEP = """(preferences) => {
  if (!localStorage.getItem("greenroom.practice")) {
    localStorage.setItem("greenroom.practice", preferences);
  }
}"""


@contextmanager
def practice_window(
    browser: Browser, url: str, preferences: dict[str, Any] | None = None, **options: Any
) -> Iterator[Page]:
    """A page in a window with storage of its own, without script errors and without refused resources.

    Args:
        browser: one that has a microphone.
        url: of the service.
        preferences: what was chosen before, as the page keeps it; None: the microphone was checked once.
        options: of the window, as Playwright takes them.
    """
    context = browser.new_context(base_url=url, **{"viewport": {"width": 1280, "height": 860}, **options})
    context.set_default_timeout(20_000)
    chosen = json.dumps(CHECKED if preferences is None else preferences)
    context.add_init_script(f"({_KEEP})({json.dumps(chosen)})")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    context.close()
    assert wrong == []


def heading(page: Page) -> Locator:
    """The one heading of the present step."""
    return page.get_by_role("heading", level=1)


def button(page: Page, name: str) -> Locator:
    """A button by the start of its name; keys may follow."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))


def begin(page: Page) -> None:
    """From the question to the moment in which recording runs, in a format without preparation."""
    button(page, "Practise this question").click()
    button(page, "Start recording").click()
    expect(page.get_by_text("Recording", exact=True)).to_be_visible()


def record(page: Page, seconds: int = 2) -> None:
    """A take of at least so many seconds, stopped."""
    begin(page)
    wait_until(page, seconds)
    button(page, "Stop").click()
    expect(heading(page)).to_have_text("That is recorded.")


def wait_until(page: Page, seconds: int) -> None:
    """Until the ring says so many seconds."""
    expect(page.locator(".ring-time")).to_have_text(re.compile(f"0:{seconds:02d}"))


def to_report(page: Page) -> str:
    """From the end of a take to its report; the answer's id."""
    button(page, "See the report").click()
    page.wait_for_url("**/answers/*")
    return page.url.rpartition("/")[2]
