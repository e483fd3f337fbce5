"""A season of three interviews, played through in a real Chromium from the first page to the last."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import vobject
from playwright.sync_api import Browser, Locator, Page, expect

from service.db.models import LOCAL_PERSON
from service.prepare.demo_season import MARK, OWN_ZONE, add_demo_season
from tests.browser.conftest import PATIENCE
from tests.browser.practice_history import opened, serving
from tests.browser.practice_window import heading, practice_window, record, to_report
from tests.service.running import RunningService

PAST = f"{MARK} Valley Hospital, Family Medicine"
SOON = f"{MARK} Lakeside Hospital, Internal Medicine"
LATER = f"{MARK} Desert Hospital, Internal Medicine"
CLINIC = "A clinic of one's own from the first year"
MENTOR = "A mentor for graduates from abroad"
PROJECT = "A quality project for every resident"
IMPRESSION = "The nurses spoke first on rounds."
TALKED_ABOUT = "teaching at the bedside"

EMPTY_PAGES = {
    "/prepare": "Do you have an invitation?",
    "/prepare/interviews/new": "Add this interview",
    "/prepare/set-up": "Microphone",
    "/prepare/application": "Add these lines",
    "/prepare/questions-to-ask": "Which visas do you sponsor?",
    "/prepare/rank-list": "Your interviews will be here",
    "/prepare/resources": "Match Code of Conduct",
}

Season = tuple[RunningService, list[str]]


@pytest.fixture
def season(tmp_path: Path) -> Iterator[Season]:
    """A service with the made-up season, whose recogniser writes one reason to come; ids in order."""
    with opened(tmp_path / "data") as service:
        added = add_demo_season(service.database, LOCAL_PERSON, datetime.now(UTC))
    with serving(tmp_path / "data", engine="tests.service.engines:naming_a_reason") as running:
        yield running, added


@pytest.fixture
def page(speaking_browser: Browser, season: Season) -> Iterator[Page]:
    """A page that can record, where the person of the season is; it asks no other host for anything."""
    with practice_window(speaking_browser, season[0].url, timezone_id=OWN_ZONE) as window:
        hosts: set[str] = set()
        window.context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
        yield window
        assert hosts <= {urlsplit(season[0].url).netloc, ""}, "the page asked another host"


@pytest.mark.long
def test_a_season_from_the_first_page_to_the_last(page: Page, season: Season) -> None:
    running, (past, soon, later) = season
    _confirm_and_tick(page)
    _check_the_set_up(page)
    _say_why_there(page, soon)
    _see_it_in_the_plan(page, soon)
    _look_back(page)
    _rank(page)
    _keep_the_calendar(page)
    _keep_everything(page, running, (past, soon, later))
    _delete_everything(page, running)
    _walk_without_data(page)


def _confirm_and_tick(page: Page) -> None:
    """From the first page to an interview that is confirmed, and a step of its plan."""
    page.goto("/")
    ahead = page.get_by_role("region", name="Your next interview")
    expect(ahead).to_contain_text(f"in 9 days: {SOON}")
    page.get_by_role("navigation").get_by_role("link", name="Prepare", exact=True).click()
    expect(page.get_by_role("heading", name=SOON)).to_be_visible()
    for programme in (SOON, LATER):
        expect(page.locator(".season-list").get_by_role("link", name=programme)).to_be_visible()
    expect(page.get_by_role("link", name=PAST)).to_be_hidden()
    page.get_by_role("link", name="Confirm it").click()
    confirmed = page.get_by_role("region", name="Is it confirmed?")
    expect(confirmed.locator(".confirmed-line")).to_contain_text("Confirmed once.")
    confirmed.get_by_label("Who confirmed it").select_option("coordinator_email")
    confirmed.get_by_role("button", name="Add").click()
    expect(confirmed.locator(".confirmed-line")).to_contain_text("confirmed twice")
    # Half past ten in New York is in the evening in Kolkata, whatever the season.
    expect(page.get_by_role("region", name="Outside your usual hours")).to_be_visible()

    page.get_by_role("navigation").get_by_role("link", name="Prepare", exact=True).click()
    step = page.locator(".phase[open]").get_by_role("checkbox").first
    step.check()
    expect(page.locator("#announcer")).to_contain_text("Done:")
    expect(_step(page, "confirm_second").locator(".plan-step-more")).to_contain_text("coordinator")
    page.reload()
    expect(step).to_be_checked()


def _check_the_set_up(page: Page) -> None:
    page.get_by_role("navigation", name="More to prepare").get_by_role("link", name="Set-up check").click()
    water = page.locator("[data-item=water]")
    water.get_by_label("Done").focus()
    page.keyboard.press("Space")
    expect(water).to_have_attribute("data-state", "ok")
    page.get_by_label("Upload").fill("12")
    page.get_by_label("Download").fill("60")
    page.keyboard.press("Tab")
    expect(page.locator("[data-item=speed]")).to_have_attribute("data-state", "ok")


def _say_why_there(page: Page, soon: str) -> None:
    """A reason more on the sheet, an answer to 'Why our programme?', and what of it was named."""
    page.goto(f"/prepare/interviews/{soon}")
    page.get_by_role("link", name="Programme sheet", exact=True).click()
    reasons = page.get_by_label("What it is")
    expect(reasons.nth(1)).to_have_value(MENTOR)
    reasons.nth(2).fill(PROJECT)
    page.keyboard.press("Tab")
    expect(page.get_by_text("3 things: enough to say in one answer. Saved.")).to_be_visible()
    page.get_by_role("link", name="Practise ‘Why our programme?’").click()
    expect(page.get_by_label("You answer for")).to_have_value(soon)
    record(page, 4)
    to_report(page)
    expect(page.get_by_label("This answer is for")).to_have_value(soon)
    named = page.locator(".specifics-summary")
    expect(named).to_have_text("You named 1 of 3 things on your sheet.", timeout=PATIENCE)
    expect(page.locator(".specifics-item", has_text=MENTOR).locator("q")).to_contain_text("mentor")
    page.locator(".specifics-item", has_text=CLINIC).get_by_role("button", name="I did say it").click()
    expect(named).to_have_text("You named 2 of 3 things on your sheet.")


def _see_it_in_the_plan(page: Page, soon: str) -> None:
    page.goto(f"/prepare/interviews/{soon}")
    page.evaluate("document.querySelectorAll('.phase').forEach((phase) => { phase.open = true; })")
    expect(_step(page, "why_programme").locator(".plan-step-more")).to_contain_text(
        "Seen by Greenroom: 1 take,"
    )
    expect(_step(page, "programme_sheet").locator(".plan-step-more")).to_contain_text("3 of 3–4 reasons")
    expect(_step(page, "set_up").locator(".plan-step-more")).to_contain_text("2 of")
    expect(_step(page, "confirm_second").locator(".plan-step-more")).to_contain_text("coordinator")


def _look_back(page: Page) -> None:
    """Impressions of the interview that is over, and a thank-you to the person who has none yet."""
    page.goto("/prepare")
    page.get_by_text("Past or cancelled").click()
    page.get_by_role("link", name=PAST).click()
    impressions = page.get_by_role("region", name="Your impressions")
    impressions.get_by_label("What stayed with you").fill(IMPRESSION)
    impressions.get_by_role("group", name="The people").get_by_role("radio", name="4").check()
    expect(impressions.get_by_role("group", name="The people").get_by_text("Saved.")).to_be_visible()
    messages = page.get_by_role("region", name="Messages", exact=True)
    expect(messages.get_by_role("combobox", name="To")).to_contain_text(f"{MARK} interviewer 2")
    messages.get_by_label("What did you talk about?").fill(TALKED_ABOUT)
    messages.get_by_label("Your name").fill("Sam Doe")
    messages.get_by_role("button", name="Write a draft").click()
    message = messages.locator(".message").filter(has_text=f"{MARK} interviewer 2")
    assert f"about {TALKED_ABOUT}" in message.get_by_role("textbox").input_value()
    message.get_by_role("checkbox", name="I sent it").check()
    expect(message.get_by_text("You marked this as sent on")).to_be_visible()
    page.locator("[data-phase=after] summary").first.click()
    expect(_step(page, "thank_yous").locator(".plan-step-more")).to_contain_text("2 of 2 thank-yous sent")


def _rank(page: Page) -> None:
    page.goto("/prepare/rank-list")
    rows = page.locator("ol.rank-list > li")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(IMPRESSION)
    page.get_by_role("button", name=f"Add {SOON} to the list").press("Enter")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#announcer")).to_have_text(f"{SOON} is now 1 of 2.")
    expect(page.get_by_text("Saved.")).to_be_visible()
    table = _downloaded(page, page.get_by_role("link", name="Export as a table (CSV)")).decode("utf-8-sig")
    header, first, second, *_ = list(csv.reader(io.StringIO(table)))
    programme = header.index("programme")
    assert [first[programme], second[programme]] == [SOON, PAST]
    assert IMPRESSION in second


def _keep_the_calendar(page: Page) -> None:
    page.goto("/prepare")
    content = _downloaded(page, page.get_by_role("link", name="All of it as a calendar file"))
    names = [event.summary.value for event in vobject.readOne(content.decode()).vevent_list]
    for programme in (PAST, SOON, LATER):
        assert any(programme in name for name in names)


def _keep_everything(page: Page, running: RunningService, interviews: tuple[str, ...]) -> None:
    page.goto("/settings")
    content = _downloaded(page, page.get_by_role("link", name="Export everything"))
    archive = zipfile.ZipFile(io.BytesIO(content))
    prepared: dict[str, Any] = json.loads(archive.read("preparation.json"))
    assert [row["id"] for row in prepared["scheduled_interviews"]] == list(interviews)
    reasons = {
        row["id"]: [each["text"] for each in row["specifics"]] for row in prepared["scheduled_interviews"]
    }
    assert reasons[interviews[1]] == [CLINIC, MENTOR, PROJECT]
    assert [row["text"] for row in prepared["impressions"]] == [IMPRESSION]
    assert len(prepared["messages"]) == 2 and all(row["sent_at"] for row in prepared["messages"])
    assert len(prepared["plan"]) == 1
    assert {row["item"] for row in prepared["setup_checks"]} == {"water", "speed"}
    (answer,) = json.loads(archive.read("answers.json"))
    assert answer["scheduled_interview"] == interviews[1]
    assert list(answer["specifics_said"].values()) == [True]


def _delete_everything(page: Page, running: RunningService) -> None:
    # What is typed and not yet added is kept by the browser alone.
    page.goto("/prepare/application")
    page.get_by_label("Paste or type lines").fill("Stroke registry")
    page.goto("/settings")
    page.get_by_role("button", name="Delete everything…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("delete")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    assert running.client.get("/api/scheduled-interviews").json()["items"] == []
    for word in (MARK, IMPRESSION, TALKED_ABOUT, PROJECT):
        assert running.left_on_disk(word) == []
    assert "Stroke registry" not in page.evaluate("JSON.stringify({ ...localStorage })")


def _walk_without_data(page: Page) -> None:
    for address, words in EMPTY_PAGES.items():
        page.goto(address)
        expect(heading(page)).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)
        expect(page.get_by_role("main")).to_contain_text(words)
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_text(MARK)).to_have_count(0)


def _step(page: Page, step: str) -> Locator:
    return page.locator(f"[data-step={step}]")


def _downloaded(page: Page, link: Locator) -> bytes:
    with page.expect_download() as downloading:
        link.click()
    return Path(downloading.value.path()).read_bytes()
