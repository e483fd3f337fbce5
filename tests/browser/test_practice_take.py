"""From a question to the report of a take, and everything that can be done on the way."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.fake_microphone import given, stored, with_microphone
from tests.browser.practice_window import (
    QUESTION,
    begin,
    button,
    heading,
    note_steps,
    practice_window,
    record,
    ring_seconds,
    steps,
    to_report,
    wait_until,
)
from tests.service.running import RunningService, eventually


def _tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? ''"
        )
        if focused.strip().startswith(name):
            return
    raise AssertionError(f"the Tab key does not lead to {name!r}")


def test_from_the_first_visit_to_the_report_by_keyboard_alone(
    speaking_browser: Browser, practice_service: RunningService
) -> None:
    fresh = {"question": "tell-me-about-yourself"}
    with practice_window(speaking_browser, practice_service.url, fresh) as page:
        page.goto("/")
        expect(heading(page)).to_have_text(QUESTION)
        _tab_to(page, "Practise this question")
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
        expect(heading(page)).to_have_text("Can you be heard?")
        expect(button(page, "Continue")).to_have_count(0)
        _tab_to(page, "Test for 3 seconds")
        page.keyboard.press("Enter")
        expect(page.locator(".check-verdict").get_by_text("You can be heard well.")).to_be_visible()
        _tab_to(page, "Continue to the question")
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
        expect(heading(page)).to_have_text(QUESTION)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        expect(heading(page)).to_be_focused()
        wait_until(page, 1)
        page.keyboard.press("Space")
        expect(page.get_by_text("Paused", exact=True)).to_be_visible()
        paused = ring_seconds(page)
        page.keyboard.press("p")
        wait_until(page, 3)
        page.keyboard.press("Escape")
        expect(page.get_by_text("Recording", exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text("Your answer is recorded.")
        expect(heading(page)).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_label("About right")).to_be_checked()
        _tab_to(page, "See the report")
        page.keyboard.press("Enter")
        page.wait_for_url("**/answers/*")
        expect(page.locator(".headline")).not_to_be_empty(timeout=PATIENCE)
        expect(page.locator(".how-it-felt")).to_contain_text("About right")
        identifier = page.url.rpartition("/")[2]
        assert stored(practice_service, identifier).is_exactly(given(page))

    answer = practice_service.answer(identifier)
    assert answer["source"] == "recording"
    assert answer["question_id"] == "tell-me-about-yourself"
    assert answer["format"]["id"] == "free"
    assert answer["timing"] == {"extension": 1.0, "preparation": None, "maximum": None}
    assert answer["capture"]["noise_suppression"] is False and answer["capture"]["video"] is False
    assert answer["reflection"] == {"length": "about_right", "fillers": None}
    [paused_at] = answer["paused_at"]
    assert paused >= 1 and 0 <= paused_at - paused < 1.01


@pytest.mark.long
def test_while_recording_everything_else_is_gone(practice_page: Page) -> None:
    practice_page.goto("/")
    expect(practice_page.get_by_role("navigation")).to_be_visible()
    begin(practice_page)
    expect(practice_page.get_by_role("navigation")).to_have_count(0)
    expect(practice_page.get_by_role("meter", name="Level of the microphone")).to_be_visible()
    expect(practice_page.get_by_role("timer")).to_have_accessible_name(
        re.compile("^Time recorded: (0 seconds|1 second|([2-9]|[1-9][0-9]) seconds)$")
    )
    for words in ("1 min", "2 min"):
        expect(practice_page.locator(".ring-label", has_text=words)).to_be_visible()
    expect(practice_page.locator(".ring-zone")).to_have_text("aim from 1 min")


@pytest.mark.long
def test_the_hidden_ring_stays_hidden_and_keys_do_what_the_focused_button_does(practice_page: Page) -> None:
    practice_page.goto("/")
    begin(practice_page)
    # So that there is something in the take.
    wait_until(practice_page, 1)
    button(practice_page, "Hide the time").focus()
    practice_page.keyboard.press("Enter")
    expect(button(practice_page, "Show the time")).to_be_visible()
    expect(practice_page.get_by_role("timer")).to_have_count(0)
    expect(practice_page.get_by_text("Recording", exact=True)).to_be_visible()
    practice_page.keyboard.press("s")
    button(practice_page, "Keep it and record again").click()
    button(practice_page, "Start recording").click()
    expect(button(practice_page, "Show the time")).to_be_visible()
    expect(practice_page.get_by_role("timer")).to_have_count(0)


@pytest.mark.long
def test_a_format_prepares_stops_by_itself_and_has_one_take(practice_page: Page) -> None:
    practice_page.goto("/")
    practice_page.get_by_label("Format").select_option("two-seconds")
    words = practice_page.locator(".arrangement-words")
    expect(words).to_contain_text("Stops by itself at 2 s")
    expect(words).to_contain_text("One take only")
    note_steps(practice_page)
    button(practice_page, "Practise this question").click()
    expect(heading(practice_page)).to_have_text("Your answer is recorded.")
    seen = steps(practice_page)
    went_by = [step for step in seen if step in {"preparation", "recording"}]
    assert went_by == ["preparation", "recording"] and [*seen][-1] == "afterwards"
    assert "to prepare, then recording starts by itself" in seen["preparation"]
    assert "Recording stops by itself at 2 s." in seen["preparation"]
    assert seen["recording"].startswith("Recording")
    expect(button(practice_page, "Keep it and record again")).to_have_count(0)
    expect(button(practice_page, "Discard this take")).to_be_visible()


@pytest.mark.long
def test_time_can_be_extended_or_without_limits(
    practice_page: Page, practice_service: RunningService
) -> None:
    practice_page.goto("/")
    practice_page.get_by_label("Format").select_option("two-seconds")
    practice_page.get_by_label("Time", exact=True).select_option("2 times as long")
    expect(practice_page.locator(".arrangement-words")).to_contain_text("Stops by itself at 4 s")
    practice_page.get_by_label("Time", exact=True).select_option("No time limits")
    expect(practice_page.locator(".arrangement-words")).to_contain_text("You stop when you are done")
    record(practice_page, 1)
    answer = practice_service.answer(to_report(practice_page))
    assert answer["timing"] == {"extension": None, "preparation": None, "maximum": None}


@pytest.mark.long
def test_takes_are_kept_taken_again_or_discarded(
    speaking_browser: Browser, practice_service: RunningService
) -> None:
    own = {"checked": True, "question": "why-not-nursing"}
    before = _takes(practice_service, own["question"])
    with practice_window(speaking_browser, practice_service.url, own) as page:
        page.goto("/")
        record(page, 1)
        button(page, "Keep it and record again").click()
        button(page, "Start recording").click()
        wait_until(page, 1)
        page.keyboard.press("s")
        expect(heading(page)).to_have_text("Your answer is recorded.")
        eventually(lambda: len(_takes(practice_service, own["question"])) == len(before) + 2)
        button(page, "Discard this take").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Keep it").click()
        expect(heading(page)).to_have_text("Your answer is recorded.")
        button(page, "Discard this take").click()
        dialog.get_by_role("button", name="Discard it").click()
        # The first take is what there is to look at.
        page.wait_for_url("**/answers/*")
        assert _takes(practice_service, own["question"]) == [page.url.rpartition("/")[2], *before]


def _takes(service: RunningService, question: Any) -> list[str]:
    """Answers to a question that no other test asks, newest first."""
    items = service.client.get("/api/answers").json()["items"]
    return [item["id"] for item in items if item["question_id"] == question]


@pytest.mark.long
def test_leaving_a_take_offers_it_when_one_comes_back(
    speaking_browser: Browser, practice_service: RunningService
) -> None:
    # Not the question of takes that other tests left behind.
    questions = practice_service.client.get("/api/questions").json()["items"]
    [text] = [question["text"] for question in questions if question["id"] == "patient-in-this-field"]
    own = {"checked": True, "question": "patient-in-this-field"}
    with practice_window(speaking_browser, practice_service.url, own) as page:
        page.goto("/answers")
        page.get_by_role("link", name="Practise", exact=True).click()
        expect(heading(page)).to_have_text(text)
        begin(page)
        wait_until(page, 2)
        page.go_back()
        offered = page.locator(".unfinished-row").filter(has_text=text)
        expect(offered).to_have_count(1)
        expect(page.get_by_role("navigation")).to_be_visible()
        offered.get_by_role("button", name="Finish it").click()
        page.wait_for_url("**/answers/*")
        expect(page.locator(".headline")).not_to_be_empty(timeout=PATIENCE)
        assert stored(practice_service, page.url.rpartition("/")[2]).is_exactly(given(page))


@pytest.mark.long
def test_an_interview_with_times_of_ones_own_ends_in_its_report(
    speaking_browser: Browser, practice_service: RunningService
) -> None:
    silent = {"checked": True, "question": "tell-me-about-yourself", "spoken": False}
    # None of these has a case that is read first.
    silent["mix"] = ["about_you"]
    with practice_window(speaking_browser, practice_service.url, silent) as page:
        page.goto("/")
        page.get_by_label("Format").select_option("short-interview")
        expect(heading(page)).to_have_text("Two questions, one after the other.")
        button(page, "Start the interview").click()
        expect(heading(page)).to_contain_text("Hello, and welcome.")
        page.keyboard.press("Enter")
        asked: list[str] = []
        for place in ("Question 1 of 2", "Question 2 of 2"):
            expect(button(page, "Think about it")).to_be_visible()
            expect(page.get_by_text(place)).to_be_visible()
            asked.append(heading(page).inner_text())
            page.keyboard.press("Enter")
            expect(page.get_by_text("to prepare, then recording starts by itself")).to_be_visible()
            expect(heading(page)).to_have_text(asked[-1])
            page.keyboard.press("Enter")
            expect(page.get_by_text("Recording", exact=True)).to_be_visible()
            wait_until(page, 2)
            page.keyboard.press("Enter")
            if place.startswith("Question 1"):
                expect(page.get_by_text("then it continues by itself")).to_be_visible()
                expect(page.get_by_label("Hardly")).to_have_count(0)
                button(page, "Continue now").click()
        button(page, "Go to the end").click()
        expect(heading(page)).to_have_text("The interview is over.")
        page.get_by_role("group", name=asked[0]).get_by_label("Hardly").check()
        button(page, "See the report").click()
        page.wait_for_url("**/interviews/*")
        rows = page.locator(".interview-answer")
        expect(rows).to_have_count(2, timeout=PATIENCE)
        for row, question in zip(rows.all(), asked, strict=True):
            expect(row).to_contain_text(question)
        rows.first.get_by_role("link", name=asked[0]).click()
        expect(heading(page)).to_have_text(asked[0])
        expect(page.locator(".how-it-felt")).to_contain_text("Hardly")


@pytest.mark.long
def test_with_the_camera_one_sees_oneself_and_the_report_shows_the_picture(practice_page: Page) -> None:
    page = practice_page
    page.goto("/")
    page.get_by_label("Camera too").check()
    begin(page)
    picture = page.get_by_label("You, as the camera sees you")
    expect(picture).to_be_visible()
    button(page, "Hide yourself").click()
    expect(picture).to_have_count(0)
    wait_until(page, 3)
    page.keyboard.press("s")
    to_report(page)
    recorded = page.get_by_label("The recording's picture")
    expect(recorded).to_be_visible(timeout=PATIENCE)
    page.wait_for_function("() => document.querySelector('video').videoWidth > 0")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")


@pytest.mark.parametrize("calm", [False, pytest.param(True, marks=pytest.mark.long)])
def test_three_breaths_can_be_skipped(
    speaking_browser: Browser, practice_service: RunningService, calm: bool
) -> None:
    wished = {"checked": True, "question": "tell-me-about-yourself", "breaths": True}
    motion = "reduce" if calm else "no-preference"
    with practice_window(speaking_browser, practice_service.url, wished, reduced_motion=motion) as page:
        # The page's time stands still but where the test lets it go on: a breath is over before a slow
        # machine has looked.
        page.clock.install(time=0)
        page.goto("/")
        expect(heading(page)).to_have_text(QUESTION)
        page.clock.pause_at(3600)
        button(page, "Practise this question").click()
        expect(page.get_by_text("Sit back, let your shoulders drop")).to_be_visible()
        page.clock.run_for(1500)
        expect(page.get_by_text("Breathe in")).to_be_visible()
        expect(page.get_by_text("1 of 3")).to_be_visible()
        expect(page.locator(".breath-circle")).to_have_count(0 if calm else 1)
        page.keyboard.press("Escape")
        expect(heading(page)).to_have_text(QUESTION)
        expect(button(page, "Start recording")).to_be_visible()


@pytest.mark.parametrize(("there", "title"), [
    (True, "Greenroom may not use the microphone."),
    pytest.param(False, "No microphone was found.", marks=pytest.mark.long),
])  # fmt: skip
def test_without_a_microphone_it_says_so_and_goes_on(
    browser: Browser, practice_service: RunningService, tmp_path: Path, there: bool, title: str
) -> None:
    sound = tmp_path / "never-opened.wav" if there else None
    with (
        with_microphone(browser, sound, allowed=not there) as silent,
        practice_window(silent, practice_service.url) as page,
    ):
        page.goto("/")
        button(page, "Practise this question").click()
        expect(heading(page)).to_have_text(title)
        expect(heading(page)).to_be_focused()
        button(page, "Try again").click()
        expect(heading(page)).to_be_focused()
        expect(heading(page)).to_have_text(title)
        page.keyboard.press("Escape")
        expect(heading(page)).to_have_text(QUESTION)
        button(page, "Practise this question").click()
        page.get_by_role("link", name="Upload a recording instead").click()
        expect(heading(page)).to_have_text("Upload a practice answer")


def test_a_page_that_may_not_record_says_where_it_may(practice_page: Page) -> None:
    practice_page.add_init_script("Object.defineProperty(window, 'isSecureContext', { get: () => false })")
    practice_page.goto("/")
    expect(practice_page.get_by_text("This browser does not record here.")).to_be_visible()
    port = practice_page.url.split(":")[2].rstrip("/")
    expect(practice_page.get_by_role("link", name=f"http://127.0.0.1:{port}/")).to_be_visible()
    button(practice_page, "Practise this question").click()
    expect(heading(practice_page)).to_have_text("This page cannot record here.")
    expect(practice_page.get_by_role("link", name="Upload a recording instead")).to_be_visible()


@pytest.mark.long
def test_a_lost_connection_is_said_and_nothing_of_the_take_is_lost(
    practice_page: Page, practice_service: RunningService
) -> None:
    practice_page.goto("/")
    begin(practice_page)
    practice_page.context.set_offline(True)
    expect(practice_page.get_by_text("Greenroom cannot be reached.")).to_be_visible()
    wait_until(practice_page, 4)
    practice_page.keyboard.press("s")
    button(practice_page, "See the report").click()
    expect(button(practice_page, "Sending the last part")).to_be_disabled()
    practice_page.context.set_offline(False)
    practice_page.wait_for_url("**/answers/*")
    answer = practice_service.wait_for(practice_page.url.rpartition("/")[2], "ready")
    assert stored(practice_service, answer["id"]).is_exactly(given(practice_page))
