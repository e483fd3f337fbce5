"""Settings: how one speaks, where things are, and the way out with everything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.service.running import RunningService


def test_it_says_where_recordings_are_and_what_is_allowed(page: Page, service: RunningService) -> None:
    page.goto("/settings")
    expect(page.get_by_text(str(service.data_folder))).to_be_visible()
    expect(page.get_by_text("Whisper, model base")).to_be_visible()
    response = page.request.get(page.get_by_role("link", name="BSD 3-Clause").get_attribute("href") or "")
    assert "BSD 3-Clause License" in response.text()


def test_deleting_everything_needs_the_word(page: Page, service: RunningService) -> None:
    asked: list[str] = []

    def note(route) -> None:  # type: ignore[no-untyped-def]
        asked.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/api/everything", note)
    kept = service.client.post("/api/answers", json={"title": "Still here"}).json()["id"]
    page.goto("/settings")
    page.get_by_role("button", name="Delete everything…").click()
    dialog = page.get_by_role("dialog")
    go_on = dialog.get_by_role("button", name="Delete everything")
    expect(go_on).to_be_disabled()
    dialog.get_by_role("textbox").fill("delete")
    go_on.click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    assert asked == ["DELETE"]
    service.client.delete(f"/api/answers/{kept}").raise_for_status()


@pytest.fixture
def nothing_set(service: RunningService) -> Iterator[RunningService]:
    """A service whose preferences are as they were at first, before and after."""
    nothing = {
        "speaks_differently": False,
        "applying_to": None,
        "specialty": None,
        "first_language": None,
        "contact": None,
        "impression_scales": None,
    }
    service.client.patch("/api/preferences", json=nothing)
    yield service
    service.client.patch("/api/preferences", json=nothing)


def test_how_one_speaks_is_saved_at_once(page: Page, nothing_set: RunningService) -> None:
    page.goto("/settings")
    section = page.get_by_role("region", name="How you speak")
    box = section.get_by_role("checkbox", name="I stammer or speak differently")
    expect(box).to_have_accessible_description(
        "Greenroom then shows the figures for pace, pauses and fillers, and makes no comment on them."
    )
    expect(box).to_be_enabled()
    box.focus()
    page.keyboard.press("Space")
    expect(section.get_by_text("Saved.")).to_be_visible()
    kept = nothing_set.client.get("/api/preferences").json()
    assert kept == {
        "speaks_differently": True,
        "applying_to": None,
        "specialty": None,
        "first_language": None,
        "contact": None,
        "impression_scales": None,
    }

    language = section.get_by_role("combobox", name="First language")
    language.fill("  korean ")
    page.keyboard.press("Tab")
    expect(section.get_by_role("status").filter(has_text="Saved.")).to_have_count(1)
    expect(language).to_have_value("Korean")
    page.reload()
    expect(box).to_be_checked()
    expect(language).to_have_value("Korean")
    language.fill("")
    page.keyboard.press("Enter")
    expect(section.get_by_text("Saved.")).to_be_visible()
    kept = nothing_set.client.get("/api/preferences").json()
    assert kept == {
        "speaks_differently": True,
        "applying_to": None,
        "specialty": None,
        "first_language": None,
        "contact": None,
        "impression_scales": None,
    }


def test_what_is_typed_while_a_field_is_saved_stays(page: Page, nothing_set: RunningService) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "PATCH":
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/preferences", hold)
    page.goto("/settings")
    section = page.get_by_role("region", name="If the connection drops")
    expect(section.get_by_label("Name")).to_be_enabled()
    section.get_by_label("Name").focus()
    page.keyboard.type("Programme office")
    page.keyboard.press("Tab")
    page.keyboard.type("+1")
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    expect(section.get_by_text("Saved.")).to_be_visible()
    page.keyboard.type(" 555")
    expect(section.get_by_label("Phone")).to_have_value("+1 555")


def test_the_card_of_a_contact_is_saved_field_by_field(page: Page, nothing_set: RunningService) -> None:
    page.goto("/settings")
    section = page.get_by_role("region", name="If the connection drops")
    expect(section.get_by_label("Name")).to_be_enabled()
    section.get_by_label("Name").focus()
    page.keyboard.type("Programme office")
    page.keyboard.press("Tab")
    with page.expect_response(lambda response: "0100" in (response.request.post_data or "")):
        page.keyboard.type("+1 555 0100")
        page.keyboard.press("Tab")
    expect(section.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(section.get_by_label("Name")).to_have_value("Programme office")
    expect(section.get_by_label("Phone")).to_have_value("+1 555 0100")
    card = {"name": "Programme office", "phone": "+1 555 0100", "email": None}
    assert nothing_set.client.get("/api/preferences").json()["contact"] == card


def test_a_setting_that_is_not_saved_goes_back(page: Page, nothing_set: RunningService) -> None:
    page.goto("/settings")
    section = page.get_by_role("region", name="How you speak")
    box = section.get_by_role("checkbox")
    expect(box).to_be_enabled()
    page.route("**/api/preferences", lambda route: route.abort())
    box.click()
    expect(section.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    expect(box).not_to_be_checked()
    page.unroute("**/api/preferences")
    box.click()
    expect(section.get_by_text("Saved.")).to_be_visible()
    expect(section.get_by_role("alert")).to_have_count(0)
