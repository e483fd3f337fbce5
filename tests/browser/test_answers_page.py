"""All answers: what is there, a session at a time, and away with one."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import SAMPLES
from tests.service.running import RunningService


def test_an_answer_is_listed_with_its_headline(page: Page, reported: dict[str, Any]) -> None:
    page.goto("/answers")
    row = page.locator(".answer-row").filter(has_text="Fillers")
    expect(row).to_contain_text("Tell me about yourself.")
    expect(row).to_contain_text(reported["report"]["headline"])
    row.get_by_role("link", name="Fillers").click()
    expect(page).to_have_url(f"/answers/{reported['id']}")


def test_a_session_filters_the_list(page: Page, service: RunningService, reported: dict[str, Any]) -> None:
    other = service.hand_in(b"no recording", title="Elsewhere", session="Another")
    page.goto("/answers")
    expect(page.get_by_role("link", name="Elsewhere")).to_be_visible()
    page.get_by_label("Session").select_option(reported["session"]["id"])
    expect(page.get_by_role("link", name="Elsewhere")).to_have_count(0)
    expect(page.get_by_role("link", name="Fillers")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Fillers")).to_be_visible()
    expect(page.get_by_role("link", name="Elsewhere")).to_have_count(0)
    service.client.delete(f"/api/answers/{other['id']}")


def test_show_more_brings_the_next_page(page: Page, service: RunningService) -> None:
    made = [service.client.post("/api/answers", json={"title": f"Take {n}"}).json()["id"] for n in range(55)]
    page.goto("/answers")
    rows = page.locator(".answer-row")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("link", name="Take 0", exact=True)).to_be_visible()
    for identifier in made:
        service.client.delete(f"/api/answers/{identifier}")
    expect(page.get_by_role("link", name="Take 0", exact=True)).to_have_count(0)


def test_delete_asks_first(page: Page, service: RunningService) -> None:
    answer = service.hand_in(SAMPLES / "too-short.flac", title="Short one")
    page.goto("/answers")
    row = page.locator(".answer-row").filter(has_text="Short one")
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(row).to_have_count(0)
    assert service.client.get(f"/api/answers/{answer['id']}").status_code == 404


def test_an_empty_list_says_what_will_be_here(page: Page) -> None:
    page.route("**/api/answers?*", lambda route: route.fulfill(json={"items": [], "next": None, "total": 0}))
    page.goto("/answers")
    expect(page.get_by_role("heading", name="Your answers will be here.")).to_be_visible()
    page.get_by_role("link", name="Practise a question").click()
    expect(page.get_by_role("button", name="Practise this question")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Hand in a recording").last.click()
    expect(page.get_by_role("heading", name="Hand in a practice answer")).to_be_visible()
