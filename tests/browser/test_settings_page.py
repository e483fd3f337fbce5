"""Settings: where things are, and the way out with everything."""

from playwright.sync_api import Page, expect

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
    service.client.post("/api/answers", json={"title": "Still here"})
    page.goto("/settings")
    page.get_by_role("button", name="Delete everything…").click()
    dialog = page.get_by_role("dialog")
    go_on = dialog.get_by_role("button", name="Delete everything")
    expect(go_on).to_be_disabled()
    dialog.get_by_role("textbox").fill("delete")
    go_on.click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    assert asked == ["DELETE"]
