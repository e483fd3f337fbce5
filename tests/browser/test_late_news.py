"""Nothing that happens before a page hears of changes is missed, and old news undoes nothing."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.service.running import RunningService, eventually

UNDER_WAY = {"state": "working", "stage": "measure", "progress": None, "error": None}


def _as_it_was(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it may have been a moment ago, before it had a report."""
    return answer | {"work": UNDER_WAY, "available": ["media", "peaks"], "change": answer["change"] - 1}


def _hold_news(page: Page) -> list[Route]:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/events", hold)
    return held


def _list_as_it_was(page: Page, answer: str) -> None:
    def as_it_was(route: Route) -> None:
        response = route.fetch()
        listed = response.json()
        items = [_as_it_was(item) if item["id"] == answer else item for item in listed["items"]]
        route.fulfill(response=response, json=listed | {"items": items})

    page.route("**/api/answers?*", as_it_was)


def _let_go(page: Page, held: list[Route]) -> None:
    eventually(lambda: page.evaluate("true") and held)
    held[0].continue_()


def test_a_report_that_is_ready_before_the_page_hears_of_it_is_shown(
    page: Page, reported: dict[str, Any]
) -> None:
    held = _hold_news(page)

    def as_it_was(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, json=_as_it_was(response.json()))

    page.route(f"**/api/answers/{reported['id']}", as_it_was, times=1)
    page.goto(f"/answers/{reported['id']}")
    expect(page.get_by_text("Measuring").first).to_be_visible()
    _let_go(page, held)
    expect(page.get_by_text(reported["report"]["headline"])).to_be_visible()


@pytest.mark.parametrize(("address", "rows"), [("/upload", ".work-row"), ("/answers", ".answer-row")])
def test_a_listed_answer_that_is_ready_before_the_page_hears_of_it_is_shown_so(
    page: Page, reported: dict[str, Any], address: str, rows: str
) -> None:
    held = _hold_news(page)
    _list_as_it_was(page, reported["id"])
    page.goto(address)
    row = page.locator(rows).filter(has_text=re.compile(r"^\s*Fillers"))
    expect(row).to_contain_text("Measuring")
    _let_go(page, held)
    expect(row).to_contain_text(
        reported["report"]["headline"] if address == "/upload" else "fillers a minute, over the guide"
    )


def test_an_older_reply_does_not_undo_a_newer_one(
    page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    """The stream's news come at once, the reply to the question that the page asked before them late."""
    waiting: list[tuple[Route, Any]] = []

    def hold(route: Route) -> None:
        waiting.append((route, route.fetch()))

    page.goto(f"/answers/{reported['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(reported["question"])
    page.route(f"**/api/answers/{reported['id']}", hold)
    page.get_by_role("button", name="Change", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Question").fill("Asked first?")
    dialog.get_by_role("button", name="Save").click()
    eventually(lambda: page.evaluate("true") and waiting)
    service.client.patch(f"/api/answers/{reported['id']}", json={"question": "Asked later?"})
    expect(page.get_by_role("heading", level=1)).to_have_text("Asked later?")
    [(route, response)] = waiting
    with page.expect_response(f"**/api/answers/{reported['id']}"):
        route.fulfill(response=response)
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.get_by_role("heading", level=1)).to_have_text("Asked later?")
    service.client.patch(f"/api/answers/{reported['id']}", json={"question": reported["question"]})


def test_what_is_told_while_the_list_is_on_its_way_is_in_it(page: Page, reported: dict[str, Any]) -> None:
    """Of an answer that is listed as it was, one that is new, and one that went."""
    page.goto("/settings")
    titles = page.evaluate(
        """async () => {
          const { AnswerList } = await import("/static/answers/answer-list.js");
          const answer = (id, change, title) =>
            ({ id, change, title, created_at: `2026-01-0${id}`, tags: [] });
          let reply;
          window.fetch = () => new Promise((resolve) => (reply = resolve));
          const list = new AnswerList({}, () => {});
          const loaded = list.load();
          list.take(answer(1, 9, "newer"));
          list.take(answer(3, 8, "new"));
          list.remove(2);
          const items = [answer(2, 5, "gone"), answer(1, 4, "older")];
          reply(Response.json({ items, next: null, total: 2 }));
          await loaded;
          return [list.total, ...list.items.map(({ title }) => title)];
        }"""
    )
    assert titles == [2, "new", "newer"]
