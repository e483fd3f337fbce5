"""The modules of a page are fetched when it is opened, and those of the others soon after the first."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.service.running import RunningService, eventually


def _fetched(page: Page) -> list[str]:
    names: list[str] = page.evaluate("() => performance.getEntriesByType('resource').map(({ name }) => name)")
    return names


def test_the_other_pages_are_fetched_once_the_first_is_shown(page: Page, service: RunningService) -> None:
    page.goto(f"{service.url}/settings")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    eventually(lambda: any(name.endswith("/pages/progress.js") for name in _fetched(page)))


def test_a_page_that_cannot_be_fetched_says_so_and_opens_on_another_try(
    context: BrowserContext, page: Page, service: RunningService
) -> None:
    context.route("**/pages/settings.js", lambda route: route.abort())
    page.goto(f"{service.url}/upload")
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    context.unroute("**/pages/settings.js")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
