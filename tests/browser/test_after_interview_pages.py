"""After an interview: impressions, messages, the rank list and pages of others, in a real Chromium."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import accessibility_faults
from tests.reading.page_text import blocks_of
from tests.reading.readability import faults_of
from tests.service.running import RunningService

PROGRAMMES = ("Lakeside Internal Medicine", "Harbour Family Medicine", "Mill River Hospital")
PHONE = {"width": 390, "height": 844}
PEOPLE = [
    {"name": "Dr. Ana Reyes", "role": "Programme director", "email": "ana.reyes@lakeside.example"},
    {"name": "Dr. Tom Birch", "role": "Faculty"},
]


def _store(service: RunningService, programme: str = PROGRAMMES[0], **fields: object) -> dict[str, Any]:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    new = {
        "applying_to": "residency",
        "programme": programme,
        "date": yesterday.isoformat(),
        "time": "09:00",
        "time_zone": "America/Chicago",
        "own_time_zone": "America/Chicago",
        "format": "virtual",
        "interviewers": PEOPLE,
        "coordinator": {"name": "Robin Wood", "email": "office@lakeside.example"},
        **fields,
    }
    stored = service.client.post("/api/scheduled-interviews", json=new)
    interview: dict[str, Any] = stored.raise_for_status().json()
    return interview


def _forget(service: RunningService) -> None:
    for interview in service.client.get("/api/scheduled-interviews").json()["items"]:
        service.client.delete(f"/api/scheduled-interviews/{interview['id']}").raise_for_status()
    service.client.patch("/api/preferences", json={"impression_scales": None}).raise_for_status()


@pytest.fixture
def season(service: RunningService) -> Iterator[RunningService]:
    """A service without interviews, before and after."""
    _forget(service)
    yield service
    _forget(service)


def _ranked(season: RunningService, kind: int = 0) -> list[str]:
    lists = season.client.get("/api/rank-list").json()["lists"]
    return [one["programme"] for one in lists[kind]["ranked"]]


def _rank_all(season: RunningService) -> None:
    order = [_store(season, programme)["id"] for programme in PROGRAMMES]
    season.client.put("/api/rank-list", json={"order": order}).raise_for_status()


def _rows(page: Page) -> Locator:
    return page.locator("ol.rank-list > li")


def _open_interview(page: Page, interview: dict[str, Any]) -> tuple[Locator, Locator]:
    page.goto(f"/prepare/interviews/{interview['id']}")
    impressions = page.get_by_role("region", name="Your impressions")
    messages = page.get_by_role("region", name="Messages", exact=True)
    expect(messages.get_by_role("button", name="Write a draft")).to_be_visible()
    return impressions, messages


def _write(messages: Locator, about: str, to: str | None = None) -> Locator:
    """Writes a draft of a thank-you and returns the message that is kept."""
    kept = messages.locator(".message")
    count = kept.count()
    if to is not None:
        messages.get_by_role("combobox", name="To").select_option(label=to)
    messages.get_by_label("What did you talk about?").fill(about)
    messages.get_by_label("Your name").fill("Sam Doe")
    messages.get_by_role("button", name="Write a draft").click()
    expect(kept).to_have_count(count + 1)
    expect(kept.nth(count).get_by_role("textbox")).to_be_focused()
    return kept.nth(count)


@pytest.mark.long
def test_from_fresh_impressions_to_a_thank_you_and_the_rank_list(page: Page, season: RunningService) -> None:
    interview = _store(season)
    _store(season, PROGRAMMES[1])
    impressions, messages = _open_interview(page, interview)
    impressions.get_by_label("What stayed with you").fill("They laughed with each other.")
    people = impressions.get_by_role("group", name="The people")
    people.get_by_role("radio").first.focus()
    page.keyboard.press("End")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(people.get_by_role("radio", name="5 (a lot)")).to_be_checked()
    expect(people.get_by_text("Saved.")).to_be_visible()

    message = _write(messages, "")
    expect(message.get_by_text("Fill the gaps in [square brackets] first.")).to_be_visible()
    expect(message.get_by_role("button", name="Copy the words")).to_be_disabled()
    expect(message.get_by_role("link", name="Open in my mail program")).to_have_count(0)
    words = message.get_by_role("textbox")
    words.fill(words.input_value().replace("[Write one thing that you talked about]", "rounds & teaching"))
    words.blur()
    link = message.get_by_role("link", name="Open in my mail program")
    body = parse_qs(urlsplit(link.get_attribute("href") or "").query)["body"][0]
    assert body.replace("\r\n", "\n") == words.input_value()
    message.get_by_role("checkbox", name="I sent it").check()
    expect(message.get_by_text("You marked this as sent on")).to_be_visible()
    assert accessibility_faults(page) == []

    page.goto("/prepare/rank-list")
    for programme in PROGRAMMES[:2]:
        page.get_by_role("button", name=f"Add {programme} to the list").click()
    expect(_rows(page).first).to_contain_text("They laughed with each other.")
    _rows(page).first.get_by_role("button", name="Move down").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#announcer")).to_have_text(f"{PROGRAMMES[0]} is now 2 of 2.")
    expect(_rows(page).nth(1).get_by_role("button", name="Move down")).to_be_focused()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert _ranked(season) == [PROGRAMMES[1], PROGRAMMES[0]]
    assert accessibility_faults(page) == []


@pytest.mark.long
def test_links_to_guides_open_only_by_a_click(page: Page) -> None:
    # The page's fixture fails if another host is asked for anything.
    page.goto("/prepare/resources")
    link = page.get_by_role("link", name="Match Code of Conduct for Applicants (new tab)")
    expect(link).to_have_attribute("href", "https://www.nrmp.org/policy/match-code-of-conduct-applicants/")
    outside = page.locator("main a[href^='http']")
    assert outside.count() > 10
    for attribute, value in (("target", "_blank"), ("rel", "noopener noreferrer")):
        assert set(outside.evaluate_all(f"links => links.map((link) => link.{attribute})")) == {value}
    assert outside.filter(has_text="(new tab)").count() == outside.count()
    hints = page.locator(
        "link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch], link[href^=http]"
    )
    expect(hints).to_have_count(0)


@pytest.mark.long
def test_rows_are_dragged_by_the_pointer(page: Page, season: RunningService) -> None:
    _rank_all(season)
    page.goto("/prepare/rank-list")
    expect(_rows(page)).to_have_count(3)

    def drag(row: int, onto: int, *, leave: bool = False) -> None:
        handle = _rows(page).nth(row).locator(".rank-handle").bounding_box()
        target = _rows(page).nth(onto).bounding_box()
        assert handle and target
        page.mouse.move(handle["x"] + 10, handle["y"] + 20)
        page.mouse.down()
        beyond = target["height"] - 4 if onto > row else 4
        page.mouse.move(handle["x"] + 14, target["y"] + beyond, steps=8)
        expect(page.locator(".rank-dragged")).to_have_count(1)
        if leave:
            page.mouse.move(handle["x"] + 10, handle["y"] + 20, steps=4)
        page.mouse.up()
        expect(page.locator(".rank-dragged")).to_have_count(0)

    drag(0, 2)
    expect(_rows(page).nth(2)).to_contain_text(PROGRAMMES[0])
    expect(page.locator("#announcer")).to_have_text(f"{PROGRAMMES[0]} is now 3 of 3.")
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert _ranked(season) == [PROGRAMMES[1], PROGRAMMES[2], PROGRAMMES[0]]
    drag(2, 0)
    expect(_rows(page).first).to_contain_text(PROGRAMMES[0])
    # A row that is brought back stays where it was.
    drag(0, 2, leave=True)
    page.reload()
    expect(_rows(page)).to_have_count(3)
    assert [row.locator(".rank-name").inner_text() for row in _rows(page).all()] == list(PROGRAMMES)


@pytest.mark.long
def test_rows_are_moved_by_buttons_and_taken_off(page: Page, season: RunningService) -> None:
    _rank_all(season)
    page.goto("/prepare/rank-list")
    first = _rows(page).first
    first.get_by_role("button", name="Move up").press("Enter")
    expect(page.locator("#announcer")).to_have_text(f"{PROGRAMMES[0]} is already first.")
    first.get_by_role("button", name=f"Move down: {PROGRAMMES[0]}").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("aria-label", f"Move down: {PROGRAMMES[0]}")
    page.keyboard.press("Enter")
    expect(_rows(page).nth(2)).to_contain_text(PROGRAMMES[0])
    _rows(page).nth(1).get_by_role("button", name="Take off the list").press("Enter")
    expect(page.get_by_role("button", name=f"Add {PROGRAMMES[2]} to the list")).to_be_focused()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert _ranked(season) == [PROGRAMMES[1], PROGRAMMES[0]]
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Export as a table (CSV)").click()
    assert downloading.value.suggested_filename == "rank-list.csv"


@pytest.mark.long
def test_an_order_that_is_not_saved_goes_back(page: Page, season: RunningService) -> None:
    _rank_all(season)
    page.goto("/prepare/rank-list")
    expect(_rows(page)).to_have_count(3)
    page.route(
        "**/api/rank-list",
        lambda route: route.abort() if route.request.method == "PUT" else route.continue_(),
    )
    _rows(page).first.get_by_role("button", name="Move down").click()
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    expect(_rows(page).first).to_contain_text(PROGRAMMES[0])


@pytest.mark.long
def test_schools_are_told_that_they_have_no_rank_list(page: Page, season: RunningService) -> None:
    _store(season, "North School", applying_to="medical_school")
    page.goto("/prepare/rank-list")
    schools = page.get_by_role("region", name="Medical schools")
    expect(schools).to_contain_text("Medical schools have no rank list.")
    expect(page.get_by_role("region", name="Residency programmes")).to_have_count(0)


@pytest.mark.long
def test_a_scale_keeps_its_value_under_another_name(page: Page, season: RunningService) -> None:
    impressions, _ = _open_interview(page, _store(season))
    place = impressions.get_by_role("group", name="The place to live")
    place.get_by_role("radio", name="2", exact=True).check()
    expect(place.get_by_text("Saved.")).to_be_visible()
    impressions.get_by_text("Change the scales").click()
    impressions.get_by_label("Scale 5").fill("Near my family")
    impressions.get_by_label("Scale 4").fill("")
    impressions.get_by_label("Scale 4").blur()
    renamed = impressions.get_by_role("group", name="Near my family")
    expect(renamed.get_by_role("radio", name="2", exact=True)).to_be_checked()
    expect(impressions.get_by_role("group", name="Hours and rest")).to_have_count(0)
    renamed.get_by_role("button", name="Clear Near my family").click()
    expect(renamed.get_by_role("radio", checked=True)).to_have_count(0)
    page.reload()
    expect(impressions.locator("fieldset")).to_have_count(4)


@pytest.mark.long
def test_the_same_words_to_two_people_are_shown(page: Page, season: RunningService) -> None:
    _, messages = _open_interview(page, _store(season))
    first = _write(messages, "the free clinic", "Dr. Ana Reyes, Programme director")
    second = _write(messages, "the free clinic", "Dr. Tom Birch, Faculty")
    expect(second.get_by_text("There is no e-mail address for this person.")).to_be_visible()
    expect(messages.get_by_text("Nearly the same words.")).to_have_count(0)
    copied = first.get_by_role("textbox").input_value().replace("Ana Reyes", "Tom Birch")
    second.get_by_role("textbox").fill(copied)
    second.get_by_role("textbox").blur()
    expect(messages.get_by_text("Nearly the same words.")).to_have_count(2)
    expect(second.get_by_text("Your message to Dr. Ana Reyes has nearly the same words.")).to_be_visible()
    second.get_by_role("button", name="Delete this message").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(messages.locator(".message")).to_have_count(1)
    expect(messages.get_by_text("Nearly the same words.")).to_have_count(0)


@pytest.mark.long
def test_what_is_typed_last_is_copied_and_mailed(page: Page, season: RunningService) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _, messages = _open_interview(page, _store(season))
    message = _write(messages, "caf\u00e9 rounds, 50% + \u201cteach-back\u201d & more")
    words = message.get_by_role("textbox")
    words.press("Control+End")
    page.keyboard.type("\nPS: Thank you!")
    message.get_by_role("button", name="Copy the words").click()
    expect(message.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == words.input_value()
    link = message.get_by_role("link", name="Open in my mail program")
    address = urlsplit(link.get_attribute("href") or "")
    fields = parse_qs(address.query, strict_parsing=True)
    assert unquote(address.path) == "ana.reyes@lakeside.example"
    assert fields["body"] == [words.input_value().replace("\n", "\r\n")]
    assert set(fields) == {"subject", "body"}


@pytest.mark.long
def test_a_programme_that_wants_no_thanks(page: Page, season: RunningService) -> None:
    interview = _store(season)
    _, messages = _open_interview(page, interview)
    message = _write(messages, "the free clinic")
    expect(message.get_by_role("link", name="Open in my mail program")).to_be_visible()
    page.get_by_label("They asked for no thank-you notes").check()
    expect(messages.get_by_role("button", name="Write a draft")).to_have_count(0)
    expect(messages.locator(".message-form")).to_contain_text("asked for no thank-you notes")
    expect(message.get_by_role("button", name="Copy the words")).to_be_disabled()
    expect(message.get_by_role("link", name="Open in my mail program")).to_have_count(0)
    messages.get_by_role("radio", name="Question").check()
    expect(messages.get_by_role("button", name="Write a draft")).to_be_visible()


@pytest.mark.long
def test_after_an_interview_on_a_phone_and_in_plain_words(page: Page, season: RunningService) -> None:
    _rank_all(season)
    interview = _store(season, "A" * 60 + " Hospital")
    page.emulate_media(reduced_motion="reduce")
    _, messages = _open_interview(page, interview)
    _write(messages, "the free clinic")
    page.get_by_text("Change the scales").click()
    for kind in ("Update", "Question", "Thank-you"):
        messages.get_by_role("radio", name=kind).check()
        assert accessibility_faults(page) == []
    for address in (None, "/prepare/rank-list", "/prepare/resources"):
        if address is not None:
            page.goto(address)
            expect(page.locator(".skeleton")).to_have_count(0)
            assert accessibility_faults(page) == []
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        if address is not None:
            assert faults_of(blocks_of(page, left_out=())) == []
