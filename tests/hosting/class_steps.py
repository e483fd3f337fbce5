"""What each person of a class does on the pages: an adviser assigns and reviews, an applicant records."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.fake_microphone import NOTE_WHAT_IS_GIVEN, given
from tests.browser.practice_window import button, heading, to_report, wait_until

PATIENCE = 120.0
"""Seconds. Some Chromiums share the machine with all parts of the set-up."""

_IDENTIFIER = r"[0-9a-f]{16,}|[A-Za-z0-9_-]{22,}"
"""In the address of a page or of a request."""

TITLE = "Week 1: about yourself"
QUESTION = "Tell me about yourself."
PASSWORD = "seven green rooms in a row"
LEVELS = (4, 3, 4, 3, 5)
REPLY = "Thank you. I will try that."


@dataclass
class Person:
    """Somebody of the class.

    Attributes:
        number: from 1, among people of the same role.
        name: shown to others.
        id: of the person.
        email: to sign in with.
        adviser: of an applicant, to whom the answer is submitted.
        kept: what the person's browser keeps between two visits; None before the first.
        errors: what the consoles of the person's pages said.
    """

    number: int
    name: str
    id: str
    email: str
    adviser: "Person | None" = None
    kept: Any = None
    errors: list[str] = field(default_factory=list)

    def client(self, origin: str) -> httpx.Client:
        """Asks the service as this person's browser does."""
        cookies = {cookie["name"]: cookie["value"] for cookie in self.kept["cookies"]}
        return httpx.Client(base_url=origin, cookies=cookies, timeout=PATIENCE)


@dataclass
class Recorded:
    """What an applicant has recorded.

    Attributes:
        answer: id.
        content: the bytes that the page's recorder gave.
        wait: seconds from 'Stop' to the report on the page; what the applicant said between is in it.
    """

    answer: str
    content: bytes
    wait: float


@contextmanager
def window(browser: Browser, origin: str, person: Person) -> Iterator[Page]:
    """A window of the person's own browser, signed in on the sign-in page at the first visit."""
    context = browser.new_context(
        base_url=origin, viewport={"width": 1280, "height": 860}, storage_state=person.kept
    )
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(NOTE_WHAT_IS_GIVEN)
    page = context.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            path = urlsplit(message.location.get("url", "")).path
            person.errors.append(f"console: {message.text} {re.sub(_IDENTIFIER, 'ID', path)}")

    page.on("console", note)
    page.on("pageerror", lambda error: person.errors.append(f"script: {error}"))
    try:
        if person.kept is None:
            _sign_in(page, person)
        yield page
        person.kept = context.storage_state()
    finally:
        context.close()


def _sign_in(page: Page, person: Person) -> None:
    page.goto("/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE * 1000)


# The adviser -------------------------------------------------------------------------------------


def assign(page: Page, cohort: str) -> None:
    """Makes an assignment of one question: two takes, pauses not shown, and how it felt comes first."""
    page.goto("/cohorts")
    page.get_by_role("link", name=cohort).click()
    button(page, "New assignment").click()
    page.get_by_label("What it is called").fill(TITLE)
    page.get_by_label("Question 1", exact=True).fill(QUESTION)
    page.get_by_label("Due").fill("2030-12-05")
    page.get_by_label("Due").press("Tab")
    page.get_by_label("Time zone").fill("New York")
    page.get_by_label("Time zone").press("Tab")
    page.get_by_label("Takes of each question").select_option("2")
    page.get_by_role("checkbox", name="Pauses").uncheck()
    page.get_by_role("checkbox", name="They say how it felt").check()


def finish_assigning(page: Page) -> None:
    """Gives the assignment to the cohort."""
    button(page, "Assign it").click()
    expect(page.get_by_text(re.compile(r"^0 of \d+ have submitted"))).to_be_visible()


def open_next(page: Page) -> bool:
    """Opens the next review that waits, by the link after one that was returned or from the queue.

    Returns:
        Whether one was there.
    """
    onward = page.get_by_role("link", name="Next: ")
    if onward.count() == 0:
        page.goto("/review")
        expect(page.locator(".queue > .queue-list, .queue > .empty")).to_be_visible()
        onward = page.locator(".queue > .queue-list .queue-link").first
        if onward.count() == 0:
            return False
    before = page.url
    onward.click()
    page.wait_for_url(lambda url: url != before)
    expect(button(page, "Comment here")).to_be_visible()
    return True


def review(page: Page) -> None:
    """Plays what is open, comments twice while it plays, and scores it, by key."""
    applicant = page.locator(".review-applicant").inner_text()
    expect(page.locator(".main-figure")).to_have_count(3)
    page.keyboard.press("Space")
    for number, at in enumerate((1.0, 3.0), start=1):
        page.wait_for_function("(at) => document.querySelector('audio').currentTime >= at", arg=at)
        page.keyboard.press("c")
        page.keyboard.type(comment_for(applicant, number))
        page.keyboard.press("Enter")
    expect(page.locator(".mark-comments")).to_have_count(2)
    criteria = page.locator(".criterion")
    for criterion in range(criteria.count()):
        criteria.nth(criterion).get_by_role("radio").first.focus()
        page.keyboard.press(str(LEVELS[criterion % len(LEVELS)]))
    page.get_by_label("In a few words").fill("Clear, and easy to follow.")


def give_back(page: Page) -> None:
    """Returns the open review."""
    page.get_by_role("button", name=re.compile("^Return to ")).press("Enter")
    expect(page.locator(".review-returned")).to_contain_text("Returned.")


def comment_for(applicant: str, number: int) -> str:
    """A comment that names its applicant, so that one in a wrong place is seen."""
    return f"Comment {number} for {applicant}: say this more slowly."


# The applicant -----------------------------------------------------------------------------------


def record(page: Page, seconds: int) -> Recorded:
    """From the list of assignments to the report, which has no figure that the assignment hides."""
    page.goto("/assignments")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Pauses are not shown")).to_be_visible()
    page.get_by_role("link", name="Record", exact=True).click()
    expect(page.locator("#question")).to_have_text(QUESTION)
    button(page, "Practise this question").click()
    # Asked at the first visit of a browser.
    button(page, "Test for 3 seconds").click()
    button(page, "Continue to the question").click()
    button(page, "Start recording").click()
    wait_until(page, seconds)
    button(page, "Stop").click()
    stopped = time.monotonic()
    expect(heading(page)).to_have_text("Your answer is recorded.")
    page.get_by_text("About right").click()
    answer = to_report(page)
    expect(page.locator(".headline")).not_to_be_empty(timeout=PATIENCE * 1000)
    expect(page.locator(".main-figure")).to_have_count(3)
    wait = time.monotonic() - stopped
    expect(page.locator(".mark-pauses")).to_have_count(0)
    return Recorded(answer, given(page), wait)


def submit(page: Page, applicant: Person, assignment: str) -> None:
    """Submits the take to the applicant's own adviser, and to no other."""
    assert applicant.adviser is not None
    page.goto(f"/assignments/{assignment}")
    button(page, "Submit Take 1").click()
    dialog = page.get_by_role("dialog")
    for box in dialog.get_by_role("checkbox").all():
        box.uncheck()
    dialog.get_by_label(applicant.adviser.name).check()
    dialog.get_by_label("A message").fill(f"From {applicant.name}: is it too fast?")
    dialog.get_by_role("button", name="Submit").click()
    expect(page.locator(".assigned-submitted")).to_have_text("Submitted")


def take_back(page: Page) -> None:
    """Takes back what was submitted."""
    page.goto("/shared")
    page.get_by_role("button", name=re.compile("^Take back")).click()
    page.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("button", name=re.compile("^Take back"))).to_have_count(0)


def read_comments(page: Page, applicant: Person, assignment: str) -> None:
    """Reads the comments on the take, and replies to the first or says that it is done."""
    page.goto("/assignments")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("link", name="Take 1").click()
    rows = page.locator(".comment-row")
    expect(rows).to_have_count(2)
    for number in (1, 2):
        expect(rows.nth(number - 1)).to_contain_text(comment_for(applicant.name, number))
    expect(page.locator(".given-rubric")).to_have_count(1)
    if applicant.number % 2:
        rows.first.get_by_label("Reply to comment 1").click()
        rows.first.get_by_label("Your reply").fill(REPLY)
        rows.first.get_by_role("button", name="Send").click()
        expect(rows.first.locator(".comment-replies")).to_contain_text(REPLY)
    else:
        page.get_by_label("Comment 1 is done").check()
        expect(rows.first).to_have_class(re.compile("comment-done"))
