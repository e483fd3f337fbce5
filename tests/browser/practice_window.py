"""Ways through a practice session, for tests: its windows, its formats, its steps."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fake_microphone import NOTE_WHAT_IS_GIVEN
from tests.service.running import PATIENCE

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
preparation = 300
answer = 300
questions = 2
pause = 300
"""
"""Formats of the person's own: one that a test can wait for, and one whose times end in no test."""

CHECKED = {"checked": True, "question": "tell-me-about-yourself"}
QUESTION = "Tell me about yourself."

_KEEP = """(preferences) => {
  if (!localStorage.getItem("greenroom.practice")) {
    const chosenOn = new Date().toDateString();
    localStorage.setItem("greenroom.practice", JSON.stringify({ chosenOn, ...JSON.parse(preferences) }));
  }
}"""

_RING_SECONDS = """() => {
  const [minutes, seconds] = document.querySelector(".ring-time")?.textContent.split(":") ?? [];
  return 60 * minutes + Number(seconds);
}"""
_NOTE_STEPS = """() => {
  window.steps = {};
  const look = () => {
    const step = document.querySelector(".step > section");
    if (step) {
      window.steps[step.classList[0]] ??= step.innerText;
    }
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
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
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(NOTE_WHAT_IS_GIVEN)
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
    expect(heading(page)).to_have_text("Your answer is recorded.")


def wait_until(page: Page, seconds: int) -> None:
    """Until the ring says so many seconds, or more: each stands there for a second only."""
    page.wait_for_function(f"(seconds) => ({_RING_SECONDS})() >= seconds", arg=seconds)


def ring_seconds(page: Page) -> int:
    """Whole seconds that the ring says."""
    seconds: int = page.evaluate(_RING_SECONDS)
    return seconds


def note_steps(page: Page) -> None:
    """Notes the words of steps that go by themselves, for `steps`: they may be gone before one looks."""
    page.evaluate(_NOTE_STEPS)


def steps(page: Page) -> dict[str, str]:
    """The first words of each step since `note_steps`, by its class, in their order."""
    found: dict[str, str] = page.evaluate("window.steps")
    return found


def to_report(page: Page) -> str:
    """From the end of a take to its report; the answer's id."""
    button(page, "See the report").click()
    page.wait_for_url("**/answers/*")
    return page.url.rpartition("/")[2]
