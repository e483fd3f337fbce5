"""The adviser's loop: an applicant submits, an adviser comments while it plays, the applicant reads it."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.advised import ADVISER, APPLICANT, COHORT, QUESTION, Advised, advised, window_of
from tests.reading.page_text import blocks_of
from tests.reading.readability import faults_of
from tests.service.running import eventually

SAID = ("Keep this opening. It is clear.", "A pause would help here.", "this part could be half as long")
SCORES = (4, 3, 4, 3, 5)
COMMENT = re.compile("^Comment here")
CANNED = ("Clear ending.", SAID[1])
PHONE = {"width": 390, "height": 780}
REVOKED_WITHIN = 1.5
"""Seconds: the promise is one, and the page is looked at every tenth of a second."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advised]:
    """A hosted service with a cohort, and canned comments of its adviser."""
    with advised(tmp_path_factory.mktemp("office") / "data") as made:
        for text in CANNED:
            made.adviser.client.post("/api/canned-comments", json={"text": text}).raise_for_status()
        yield made


@pytest.fixture
def applicant(browser: Browser, office: Advised) -> Iterator[Page]:
    with window_of(browser, office, office.applicant) as page:
        yield page


@pytest.fixture
def adviser(browser: Browser, office: Advised) -> Iterator[Page]:
    with window_of(browser, office, office.adviser) as page:
        yield page


def _button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name)


def _playing(page: Page) -> bool:
    playing: bool = page.evaluate("!document.querySelector('audio').paused")
    return playing


def _time(page: Page) -> float:
    at: float = page.evaluate("document.querySelector('audio').currentTime")
    return at


def _plays_until(page: Page, seconds: float) -> None:
    page.wait_for_function("(at) => document.querySelector('audio').currentTime >= at", arg=seconds)


def _writing(page: Page) -> Locator:
    return page.locator("#comment-text")


def _submit(page: Page, answer: str) -> None:
    page.goto(f"/answers/{answer}")
    _button(page, "Submit to an adviser").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(ADVISER)).to_be_checked()
    dialog.get_by_label("A message").fill("Is my ending too long?")
    dialog.get_by_role("button", name="Submit").click()
    expect(page.locator(".sharing")).to_contain_text(f"{ADVISER} can see this answer.")


def _review(page: Page) -> float:
    """Plays it, comments three times, judges and returns, all by key; seconds of the first comment."""
    page.keyboard.press("Space")
    _plays_until(page, 0.5)
    page.keyboard.press("c")
    expect(_writing(page)).to_be_focused()
    assert not _playing(page)
    first = _time(page)
    page.keyboard.type(SAID[0])
    page.keyboard.press("Enter")
    assert _playing(page)
    _plays_until(page, first + 0.5)
    page.keyboard.press("2")
    expect(_writing(page)).to_have_value(SAID[1])
    page.keyboard.press("Enter")
    _plays_until(page, first + 1.0)
    page.keyboard.type("Never mind")
    page.keyboard.press("Escape")
    expect(_writing(page)).to_have_count(0)
    # A first letter begins a comment, and is in it.
    page.keyboard.type(SAID[2])
    page.keyboard.press("Enter")
    expect(page.locator(".mark-comments")).to_have_count(3)
    for criterion, level in enumerate(SCORES):
        page.locator(".criterion").nth(criterion).get_by_role("radio").first.focus()
        page.keyboard.press(str(level))
    _button(page, f"Return to {APPLICANT}").press("Enter")
    expect(page.locator(".review-returned")).to_contain_text("Returned.")
    return first


def test_an_applicant_submits_an_adviser_comments_and_the_applicant_reads_it(
    applicant: Page, adviser: Page, office: Advised, record_property: Callable[[str, object], None]
) -> None:
    answer = office.answer_of(office.applicant)
    _submit(applicant, answer)
    adviser.goto("/review")
    adviser.get_by_role("link", name=QUESTION).click()
    expect(adviser.get_by_text("Is my ending too long?")).to_be_visible()
    expect(_button(adviser, COMMENT)).to_be_visible()
    began = time.monotonic()
    first = _review(adviser)
    record_property("seconds of a review", round(time.monotonic() - began, 1))

    # The applicant's page was open all the time.
    expect(applicant.locator(".sharing")).to_contain_text(f"Returned by {ADVISER} with 3 comments")
    row = applicant.locator(".comment-row").first
    expect(row).to_contain_text(SAID[0])
    said = office.comments_on(answer)
    assert [comment["text"] for comment in said["comments"]] == list(SAID)
    assert said["comments"][0]["at"] == pytest.approx(first, abs=0.05)
    assert [judged["score"] for judged in said["rubrics"][0]["criteria"]] == list(SCORES)
    expect(applicant.locator(".mark-comments")).to_have_count(3)
    expect(applicant.locator(".word-note")).to_have_count(3)
    row.get_by_label("Reply to comment 1").click()
    row.get_by_label("Your reply").fill("Thank you. I will.")
    row.get_by_role("button", name="Send").click()
    expect(row.locator(".comment-replies")).to_contain_text("Thank you. I will.")
    applicant.get_by_label("Comment 1 is done").check()
    eventually(lambda: office.comments_on(answer)["comments"][0]["done"])
    applicant.reload()
    expect(applicant.get_by_label("Comment 1 is done")).to_be_checked()


@pytest.mark.long
def test_what_is_taken_back_is_gone_from_an_open_player_within_a_second(
    adviser: Page, office: Advised
) -> None:
    review = office.submit(office.answer_of(office.applicant, question="Why this school?"))
    adviser.goto(f"/review/{review}")
    adviser.locator(".player-button").click()
    _plays_until(adviser, 0.3)
    adviser.keyboard.press("c")
    adviser.keyboard.type("Something that nobody will read")
    office.applicant.client.delete(f"/api/submissions/{review}").raise_for_status()
    taken = time.monotonic()
    adviser.wait_for_function("() => !document.querySelector('audio')", polling=100)
    assert time.monotonic() - taken < REVOKED_WITHIN
    expect(adviser.get_by_role("heading", level=1)).to_have_text("This answer is not here for you.")
    assert adviser.evaluate("Object.keys(localStorage).filter((key) => key.includes('review')).length") == 0
    adviser.reload()
    expect(adviser.get_by_role("heading", level=1)).to_have_text("This answer is not here for you.")


@pytest.mark.long
def test_nothing_written_is_lost_to_a_reload_or_a_lost_connection(adviser: Page, office: Advised) -> None:
    review = office.submit(office.answer_of(office.applicant, question="What is a good team?"))
    adviser.goto(f"/review/{review}")
    expect(_button(adviser, COMMENT)).to_be_visible()
    adviser.keyboard.press("c")
    adviser.keyboard.type("Half of a thou")
    adviser.reload()
    expect(_writing(adviser)).to_have_value("Half of a thou")
    adviser.route("**/comments", lambda route: route.abort())
    _writing(adviser).press("End")
    adviser.keyboard.type("ght, and its end.")
    adviser.keyboard.press("Enter")
    expect(adviser.get_by_text("kept here until Greenroom can be reached")).to_be_visible()
    adviser.reload()
    expect(adviser.locator(".comment-row")).to_contain_text("Half of a thought, and its end.")
    adviser.unroute("**/comments")

    def stored() -> bool:
        comments = office.review_of(review)["comments"]
        return [comment["text"] for comment in comments] == ["Half of a thought, and its end."]

    eventually(stored)


@pytest.mark.long
def test_while_a_comment_is_written_a_word_or_a_mark_moves_it(adviser: Page, office: Advised) -> None:
    review = office.submit(office.answer_of(office.applicant, question="Tell me about a mistake."))
    adviser.goto(f"/review/{review}")
    expect(_button(adviser, COMMENT)).to_be_visible()
    adviser.keyboard.press("c")
    adviser.keyboard.type("Here")
    adviser.locator("[data-item].word").nth(40).click()
    assert not _playing(adviser)
    at = _time(adviser)
    assert at > 5
    adviser.get_by_role("combobox", name="About").select_option("fillers")
    _button(adviser, re.compile("^Save")).click()
    expect(adviser.locator(".comment-row")).to_contain_text("Fillers")
    [comment] = eventually(lambda: office.review_of(review)["comments"])
    assert comment["at"] == pytest.approx(at, abs=0.05)
    assert comment["figure"] == "fillers"
    # Turned off, a letter is only a letter.
    adviser.get_by_label("Letters and numbers begin a comment").uncheck()
    adviser.locator("h1").click()
    adviser.keyboard.press("c")
    expect(_writing(adviser)).to_have_count(0)


@pytest.mark.long
def test_a_spoken_comment_reaches_the_applicant(speaking_browser: Browser, office: Advised) -> None:
    answer = office.answer_of(office.applicant, question="Why now?")
    review = office.submit(answer)
    with window_of(speaking_browser, office, office.adviser, permissions=["microphone"]) as page:
        page.goto(f"/review/{review}")
        _button(page, "Speak a comment").click()
        expect(page.get_by_text(re.compile(r"Recording: \d+ s left"))).to_be_visible()
        page.wait_for_timeout(1200)
        _button(page, "Stop and save").click()
        expect(page.locator(".comment-row")).to_contain_text("A spoken comment")
        eventually(lambda: [c["voice"] for c in office.review_of(review)["comments"]] == [True])
        _button(page, f"Return to {APPLICANT}").click()
        expect(page.locator(".review-returned")).to_be_visible()
    with window_of(speaking_browser, office, office.applicant) as page:
        page.goto(f"/answers/{answer}")
        page.locator(".comment-voice").evaluate("(voice) => voice.play()")
        page.wait_for_function("() => document.querySelector('.comment-voice').currentTime > 0.2")


@pytest.mark.long
def test_an_assignment_from_both_sides_and_by_keyboard(
    adviser: Page, applicant: Page, office: Advised
) -> None:
    adviser.goto("/cohorts")
    adviser.get_by_role("link", name=COHORT).press("Enter")
    _button(adviser, "New assignment").press("Enter")
    expect(adviser.get_by_label("What it is called")).to_be_focused()
    adviser.keyboard.type("Week 1")
    adviser.get_by_label("Question 1", exact=True).fill("What did you read last?")
    adviser.get_by_label("Due").fill("2030-12-05")
    adviser.get_by_label("Due").press("Tab")
    adviser.get_by_label("Time zone").fill("New York")
    adviser.get_by_label("Time zone").press("Tab")
    adviser.get_by_label("Takes of each question").select_option("2")
    adviser.get_by_role("checkbox", name="Pace").press("Space")
    _button(adviser, "Assign it").press("Enter")
    expect(adviser.get_by_text("0 of 2 have submitted")).to_be_visible()

    applicant.goto("/assignments")
    applicant.get_by_role("link", name="Week 1").press("Enter")
    expect(applicant.get_by_text("Pace is not shown")).to_be_visible()
    applicant.get_by_role("link", name="Record", exact=True).press("Enter")
    expect(applicant.locator("#question")).to_have_text("What did you read last?")
    expect(applicant.locator(".for-assignment")).to_contain_text("Week 1")
    assignment = office.applicant.client.get("/api/assignments").json()[0]["id"]
    answer = office.answer_of(office.applicant, question="What did you read last?")
    office.assign(answer, assignment, 1)
    applicant.goto(f"/assignments/{assignment}")
    expect(applicant.get_by_text("1 take left")).to_be_visible()
    _button(applicant, "Submit Take 1").press("Enter")
    applicant.get_by_role("dialog").get_by_role("button", name="Submit").press("Enter")
    expect(applicant.get_by_text("Submitted").first).to_be_visible()

    expect(adviser.get_by_text("1 of 2 have submitted")).to_be_visible()
    adviser.locator(".assignment-row summary").press("Enter")
    expect(adviser.locator(".who-table")).to_contain_text("Not yet")
    adviser.get_by_role("link", name=f"Open the answer of {APPLICANT}").press("Enter")
    expect(adviser.get_by_role("heading", level=1)).to_have_text("What did you read last?")
    expect(adviser.locator(".main-figure")).to_have_count(3)
    expect(adviser.locator(".mark-pace")).to_have_count(0)


@pytest.mark.long
def test_submitted_answers_are_listed_and_taken_back(applicant: Page, office: Advised) -> None:
    question = "What would you change?"
    last = date.today() + timedelta(days=30)
    office.submit(office.answer_of(office.applicant, question=question), until=str(last))
    applicant.goto("/shared")
    row = applicant.locator(".shared-row").filter(has_text=question)
    expect(row).to_contain_text(f"Until {last:%A}, {last.day} {last:%B} {last.year}")
    row.get_by_role("button", name="Take back").click()
    applicant.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(row.get_by_role("button", name="Take back")).to_have_count(0)
    waiting = office.adviser.client.get("/api/reviews?state=waiting").json()
    assert question not in [item["question"] for item in waiting]


def _commented(office: Advised) -> tuple[str, str, str]:
    """An answer with comments that were returned, its review, and a second take of the same question."""
    question = "Where will you be in ten years?"
    answer = office.answer_of(office.applicant, question=question)
    review = office.submit(answer)
    for at, text, figure in ((8.0, "Keep this.", None), (31.5, "Fewer fillers here.", "fillers")):
        body = {"at": at, "text": text, "figure": figure}
        office.adviser.client.post(f"/api/reviews/{review}/comments", json=body).raise_for_status()
    office.adviser.client.post(f"/api/reviews/{review}/return").raise_for_status()
    return answer, review, office.answer_of(office.applicant, "good-answer", question=question)


@pytest.mark.long
def test_the_next_take_shows_what_was_said_and_how_it_is_now(applicant: Page, office: Advised) -> None:
    *_, second = _commented(office)
    applicant.goto(f"/answers/{second}")
    earlier = applicant.locator(".report-earlier")
    expect(earlier).to_contain_text("Fewer fillers here.")
    expect(earlier.locator(".then-now")).to_have_count(1)
    expect(earlier.locator(".then-now")).to_contain_text("now.")


@pytest.mark.long
@pytest.mark.parametrize("who", ["adviser", "applicant", "other"])
def test_all_pages_are_accessible_plain_and_fit_a_phone(browser: Browser, office: Advised, who: str) -> None:
    answer, returned, second = _commented(office)
    waiting = office.submit(office.answer_of(office.applicant, question="What is care?"))
    body = {
        "title": "Week 2",
        "questions": [{"text": "What is care?"}],
        "figures": ["length"],
        "reflect_first": True,
    }
    reply = office.adviser.client.post(f"/api/cohorts/{office.cohort}/assignments", json=body)
    reply.raise_for_status()
    assignment = reply.json()["id"]
    reflected = office.answer_of(office.applicant, question="What is care?")
    office.assign(reflected, assignment, 1)
    addresses = {
        "adviser": [
            "review",
            f"review/{waiting}",
            f"review/{returned}",
            "cohorts",
            f"cohorts/{office.cohort}",
        ],
        "applicant": [
            "assignments",
            f"assignments/{assignment}",
            "shared",
            *(f"answers/{each}" for each in (answer, second, reflected)),
        ],
        "other": ["assignments", "shared"],
    }
    faults: list[str] = []
    for address in addresses[who]:
        with window_of(browser, office, getattr(office, who), reduced_motion="reduce") as page:
            _look(page, f"/{address}", faults)
    assert faults == []


def _look(page: Page, address: str, faults: list[str]) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)
    opened = ["as it opens"]
    for name in (
        "New assignment",
        "Submit to an adviser",
        COMMENT,
        "Copy and change: Interview answer",
    ):
        found = _button(page, name)
        if found.count():
            opened.append(str(name))
            found.first.click()
    page.wait_for_timeout(300)
    place = f"{address} ({', '.join(opened)})"
    for fold in page.locator("main details:not(.measure)").all():
        fold.evaluate("fold => { fold.open = true; }")
    faults += [f"{place}: {fault}" for fault in accessibility_faults(page)]
    faults += [f"{place}: {fault}" for fault in faults_of(blocks_of(page))]
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width != PHONE["width"]:
        faults.append(f"{place}: {width} pixels wide on a phone")


@pytest.mark.long
def test_a_review_that_is_asked_for_twice_at_once_has_its_rubric(adviser: Page, office: Advised) -> None:
    review = office.submit(office.answer_of(office.applicant))
    late: list[Route] = []

    def answer(route: Route) -> None:
        # The first reply comes after the second one, and is out of date by then.
        if late:
            route.continue_()
            late.pop().continue_()
            adviser.unroute(address)
        else:
            late.append(route)

    address = re.compile(f"/api/reviews/{review}$")
    adviser.goto("/review")
    expect(adviser.get_by_role("link", name=QUESTION).first).to_be_visible()
    adviser.route(address, answer)
    adviser.goto(f"/review/{review}")
    expect(adviser.locator(".criterion").first).to_be_visible()
