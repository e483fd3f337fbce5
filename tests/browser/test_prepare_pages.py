"""Prepare: an interview from its invitation to its day, in a real Chromium."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import accessibility_faults
from tests.service.running import RunningService

PROGRAMME = "City Hospital, Internal Medicine"
PHONE = {"width": 390, "height": 844}
STORED = {
    "applying_to": "residency",
    "programme": PROGRAMME,
    "time": "09:30",
    "time_zone": "America/New_York",
    "own_time_zone": "Asia/Kolkata",
    "format": "virtual",
}


def in_days(days: int) -> str:
    """A day in ISO format."""
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


@pytest.fixture
def page(intake_page: Page) -> Page:
    """Nothing is analysed on these pages."""
    return intake_page


@pytest.fixture
def season(intake_service: RunningService) -> Iterator[RunningService]:
    """A service without interviews, before and after."""
    _delete_all(intake_service)
    yield intake_service
    _delete_all(intake_service)


def _delete_all(service: RunningService) -> None:
    for interview in service.client.get("/api/scheduled-interviews").json()["items"]:
        service.client.delete(f"/api/scheduled-interviews/{interview['id']}").raise_for_status()


def _store(service: RunningService, **fields: object) -> str:
    """The id of an interview that is 20 days ahead."""
    new = {**STORED, "date": in_days(20), **fields}
    response = service.client.post("/api/scheduled-interviews", json=new)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def _kept(service: RunningService, interview: str) -> dict[str, Any]:
    kept: dict[str, Any] = service.client.get(f"/api/scheduled-interviews/{interview}").json()
    return kept


def _tab_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the element has the focus: a person with a keyboard has no other way."""
    for _ in range(30):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not get there")


def test_from_an_invitation_to_practice_by_keyboard(page: Page, season: RunningService) -> None:
    page.goto("/")
    expect(page.get_by_role("button", name="Practise this question")).to_be_visible()
    expect(page.locator(".ahead")).to_have_count(0)

    page.goto("/prepare")
    _tab_to(page, page.get_by_role("main").get_by_role("link", name="Add an interview"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an interview")
    programme = page.get_by_label("Programme or school")
    _tab_to(page, page.get_by_role("button", name="Add this interview"))
    page.keyboard.press("Enter")
    expect(programme).to_be_focused()
    expect(programme).to_have_accessible_description("Write the name of the programme or school.")
    page.keyboard.type(PROGRAMME)
    page.keyboard.press("Tab")
    day = datetime.now(UTC).date() + timedelta(days=20)
    page.keyboard.type(f"{day:%m%d%Y}")
    _tab_to(page, page.get_by_label("Time (optional)"))
    page.keyboard.type("0930A")
    _tab_to(page, page.get_by_label("Time zone of the programme"))
    page.keyboard.type("new york")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Time zone of the programme")).to_have_value("America/New_York")
    _tab_to(page, page.get_by_role("button", name="Add this interview"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(PROGRAMME)
    expect(page.get_by_text("9:30 AM").first).to_be_visible()

    confirmed = page.get_by_role("region", name="Is it confirmed?")
    way, add = confirmed.get_by_label("Who confirmed it"), confirmed.get_by_role("button", name="Add")
    _tab_to(page, add)
    page.keyboard.press("Enter")
    expect(confirmed.locator(".confirmed-line")).to_contain_text("Confirmed once.")
    expect(way).to_be_focused()
    page.keyboard.press("ArrowDown")
    _tab_to(page, add)
    page.keyboard.press("Enter")
    expect(confirmed.locator(".confirmed-line")).to_contain_text("confirmed twice")
    expect(confirmed.get_by_role("listitem")).to_have_count(2)

    page.goto("/prepare")
    step = page.locator(".phase[open]").get_by_role("checkbox").first
    expect(step).not_to_be_checked()
    step.focus()
    page.keyboard.press("Space")
    expect(page.locator("#announcer")).to_contain_text("Done:")
    page.reload()
    expect(step).to_be_checked()

    page.goto("/")
    ahead = page.get_by_role("region", name="Your next interview")
    expect(ahead.get_by_role("link", name=PROGRAMME)).to_be_visible()


@pytest.fixture
def stored(season: RunningService) -> str:
    """The id of an interview in the night of one's own clock, with a coordinator and an interviewer."""
    return _store(
        season,
        time="16:00",
        coordinator={"name": "Program office", "email": "office@example.org", "phone": "+1 555 0100"},
        interviewers=[{"name": "First Interviewer", "role": "Programme director"}],
        platform="Zoom",
    )


def _open(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)


def _check(page: Page) -> None:
    assert accessibility_faults(page) == []
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.long
@pytest.mark.parametrize("days", [20, 3, 0, -2])
def test_no_fault_and_no_sideways_scrolling_with_an_interview(
    page: Page, season: RunningService, stored: str, days: int
) -> None:
    season.client.patch(f"/api/scheduled-interviews/{stored}", json={"date": in_days(days)})
    _store(season, date=in_days(-30), programme="A programme with quite a long name, and a hospital in it")
    for address in ("/prepare", f"/prepare/interviews/{stored}"):
        page.set_viewport_size({"width": 1280, "height": 900})
        _open(page, address)
        page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
        _check(page)


@pytest.mark.long
def test_both_clocks_and_advice_for_a_slot_at_night(page: Page, stored: str) -> None:
    _open(page, f"/prepare/interviews/{stored}")
    when = page.get_by_role("region", name="When it is")
    expect(when.get_by_text("4:00 PM")).to_be_visible()
    # Half an hour and a day apart, whatever the season in New York.
    expect(when.get_by_text("Kolkata time")).to_be_visible()
    expect(when.locator(".times")).to_contain_text("AM")
    late = page.get_by_role("region", name="Outside your usual hours")
    expect(late.get_by_role("listitem").first).to_be_visible()
    zone = page.get_by_label("Your time zone on that day")
    zone.fill("new york")
    zone.press("Tab")
    expect(zone).to_have_value("America/New_York")
    expect(late).to_have_count(0)
    expect(when.get_by_text("Your time and the programme's")).to_be_visible()


@pytest.mark.long
def test_a_field_that_is_refused_says_why_and_stays_as_typed(
    page: Page, season: RunningService, stored: str
) -> None:
    _open(page, f"/prepare/interviews/{stored}")
    link = page.get_by_label("Link (optional)")
    link.fill("zoom, see the mail")
    link.press("Tab")
    expect(link).to_have_accessible_description(
        "A link begins with https:// or http:// and has no spaces. Please copy it again."
    )
    expect(link).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Platform").fill("Teams")
    page.get_by_label("Platform").press("Tab")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(link).to_have_value("zoom, see the mail")
    link.fill("https://example.org/room")
    link.press("Tab")
    expect(link).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Saved.")).to_be_visible()
    kept = _kept(season, stored)
    assert (kept["link"], kept["platform"]) == ("https://example.org/room", "Teams")


@pytest.mark.long
def test_what_is_typed_while_a_field_is_saved_stays(page: Page, season: RunningService, stored: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "PATCH":
            held.append(route)
        else:
            route.continue_()

    page.route(f"**/api/scheduled-interviews/{stored}", hold)
    _open(page, f"/prepare/interviews/{stored}")
    page.get_by_label("Programme or school").fill("County Hospital")
    page.keyboard.press("Tab")
    email = page.get_by_role("region", name="Coordinator").get_by_label("Email")
    email.press("End")
    page.keyboard.type(".uk")
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("County Hospital")
    expect(email).to_have_value("office@example.org.uk")
    expect(email).to_be_focused()


@pytest.mark.long
def test_who_confirmed_stays_chosen_when_more_arrives(
    page: Page, season: RunningService, stored: str
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/time-zones", hold)
    page.goto(f"/prepare/interviews/{stored}")
    confirmed = page.get_by_role("region", name="Is it confirmed?")
    confirmed.get_by_label("Who confirmed it").select_option("coordinator_call")
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    expect(page.locator("#interview-time_zone-hint")).to_contain_text("Eastern Time (New York)")
    confirmed.get_by_role("button", name="Add").click()
    expect(confirmed.get_by_role("listitem")).to_have_count(1)
    assert _kept(season, stored)["confirmations"][0]["way"] == "coordinator_call"


@pytest.mark.long
def test_interviewers_come_and_go(page: Page, season: RunningService, stored: str) -> None:
    first = _kept(season, stored)["interviewers"][0]
    _open(page, f"/prepare/interviews/{stored}")
    people = page.get_by_role("region", name="Interviewers")
    people.get_by_role("button", name="Add an interviewer").press("Enter")
    page.keyboard.type("Second Interviewer")
    page.keyboard.press("Tab")
    page.keyboard.type("Resident")
    page.keyboard.press("Tab")
    expect(people.get_by_text("Saved.")).to_be_visible()
    kept = _kept(season, stored)["interviewers"]
    assert [(each["name"], each["role"]) for each in kept] == [
        ("First Interviewer", "Programme director"),
        ("Second Interviewer", "Resident"),
    ]
    # What was written for the first one, a thank-you for example, still belongs to them.
    assert kept[0]["id"] == first["id"]
    people.get_by_role("button", name="Remove First Interviewer").press("Enter")
    expect(people.get_by_role("group")).to_have_count(1)
    expect(people.get_by_label("Name")).to_be_focused()
    expect(people.get_by_label("Name")).to_have_value("Second Interviewer")
    page.reload()
    expect(people.get_by_role("group")).to_have_count(1)
    assert [each["id"] for each in _kept(season, stored)["interviewers"]] == [kept[1]["id"]]


@pytest.mark.long
def test_the_card_prints_alone(page: Page, stored: str) -> None:
    _open(page, f"/prepare/interviews/{stored}")
    page.emulate_media(media="print")
    page.evaluate("window.print = () => { window.printed = document.body.innerText; }")
    page.get_by_role("button", name="Print this card").evaluate("button => button.click()")
    printed = page.evaluate("window.printed")
    assert "+1 555 0100" in printed and PROGRAMME in printed
    assert "Details" not in printed and "Your plan" not in printed and "Greenroom" not in printed
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("heading", name="Details")).to_be_visible()


@pytest.mark.long
def test_a_cancelled_one_stays_and_a_deleted_one_goes(
    page: Page, season: RunningService, stored: str
) -> None:
    _open(page, f"/prepare/interviews/{stored}")
    page.get_by_label("This interview is cancelled").check()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your plan")).to_have_count(0)
    page.goto("/prepare")
    page.get_by_text("Past or cancelled").click()
    page.get_by_role("link", name=PROGRAMME).click()
    page.get_by_role("button", name="Delete this interview…").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Delete this interview…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", name="Do you have an invitation?")).to_be_visible()
    assert season.client.get("/api/scheduled-interviews").json()["items"] == []


@pytest.mark.long
def test_what_cannot_be_had_says_so_and_can_be_tried_again(
    page: Page, season: RunningService, stored: str
) -> None:
    for address, heading in (("/prepare", "Prepare"), (f"/prepare/interviews/{stored}", "Interview")):
        page.route("**/api/scheduled-interviews**", lambda route: route.abort())
        page.route("**/api/scheduled-interviews/**", lambda route: route.abort())
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        page.unroute_all()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", name=PROGRAMME)).to_be_visible()
    page.goto("/prepare/interviews/none")
    expect(page.get_by_role("heading", level=1)).to_have_text("This interview is not here")


@pytest.mark.long
def test_drills_are_chosen_from_the_card(page: Page, stored: str) -> None:
    _open(page, f"/prepare/interviews/{stored}")
    page.get_by_role("link", name="the connection drops").click()
    expect(page.get_by_label("Format")).to_have_value("drill-connection")


@pytest.mark.long
def test_the_question_does_not_move_when_the_next_interview_comes(
    page: Page, season: RunningService, stored: str
) -> None:
    page.goto("/")
    expect(page.get_by_role("region", name="Your next interview")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/preparation?**", hold)
    page.goto("/")
    question = page.get_by_role("heading", level=1)
    expect(question).to_be_visible()
    while not held:
        page.wait_for_timeout(20)
    before = question.bounding_box()
    held.pop().continue_()
    expect(page.get_by_role("region", name="Your next interview")).to_be_visible()
    after = question.bounding_box()
    assert before and after
    assert abs(before["y"] - after["y"]) < 4
    _check(page)
