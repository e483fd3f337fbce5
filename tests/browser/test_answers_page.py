"""All answers: what is there, by session, by tag, by what was said in them, and away with one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE, SAMPLES, player_time, sent_to
from tests.service.running import RunningService, eventually


def test_an_answer_is_listed_with_its_four_figures(page: Page, reported: dict[str, Any]) -> None:
    page.goto("/answers")
    row = page.locator(".answer-row").filter(has=page.get_by_role("link", name="Fillers", exact=True))
    expect(row).to_contain_text("Tell me about yourself.")
    figures = row.get_by_role("list").first.get_by_role("listitem")
    expect(figures).to_have_count(4)
    standings = {"inside": "inside", "near": "close to", "outside": "over", "unknown": "not measured"}
    for number, figure in enumerate(reported["report"]["figures"]):
        expect(figures.nth(number)).to_contain_text(standings[figure["standing"]])
        expect(figures.nth(number).locator("svg")).to_have_count(1)
    expect(row).to_contain_text("Uploaded")
    row.get_by_role("link", name="Fillers").click()
    expect(page).to_have_url(f"/answers/{reported['id']}")


def test_a_session_filters_the_list(page: Page, service: RunningService, reported: dict[str, Any]) -> None:
    other = service.upload(b"no recording", file_name="cv.pdf", session="Another")
    page.goto("/answers")
    # What cannot be read is no answer: its file, the reason and what to do.
    stopped = page.locator(".answer-stopped").filter(has_text=other["file_name"])
    expect(stopped).to_contain_text("This file could not be read as a recording.", timeout=PATIENCE)
    expect(stopped).to_contain_text("Upload it in another format")
    expect(stopped.get_by_role("link", name="Upload another file")).to_have_attribute("href", "/upload")
    expect(stopped.get_by_role("button", name=f"Delete {other['file_name']}")).to_be_visible()
    expect(stopped.get_by_role("button", name=re.compile("Try again"))).to_have_count(0)
    page.get_by_label("Session").select_option(reported["session"]["id"])
    expect(stopped).to_have_count(0)
    expect(page.get_by_role("link", name="Fillers")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Fillers")).to_be_visible()
    expect(stopped).to_have_count(0)
    service.client.delete(f"/api/answers/{other['id']}")


@pytest.mark.long
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
    answer = service.upload(SAMPLES / "too-short.flac", title="Short one")
    page.goto("/answers")
    row = page.locator(".answer-row").filter(has_text="Short one")
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(row).to_have_count(0)
    assert service.client.get(f"/api/answers/{answer['id']}").status_code == 404


def test_what_could_not_be_deleted_stays_and_says_so(page: Page, reported: dict[str, Any]) -> None:
    page.route(
        f"**/api/answers/{reported['id']}",
        lambda route: route.abort() if route.request.method == "DELETE" else route.continue_(),
    )
    page.goto("/answers")
    row = page.locator(".answer-row").filter(has=page.get_by_role("link", name="Fillers", exact=True))
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    expect(row).to_be_visible()
    expect(page.get_by_text("Deleted.")).to_have_count(0)


@pytest.mark.long
def test_a_session_that_could_not_be_deleted_stays_chosen(page: Page, reported: dict[str, Any]) -> None:
    page.route("**/api/sessions/*", lambda route: route.abort())
    page.goto(f"/answers?session={reported['session']['id']}")
    page.get_by_role("button", name="Delete session").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete all of it").click()
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    # Time to go back to all answers, which it must not do.
    page.wait_for_timeout(500)
    expect(page.get_by_label("Session")).to_have_value(reported["session"]["id"])


@pytest.mark.long
def test_an_empty_list_says_what_will_be_here(page: Page) -> None:
    # News of what other tests left behind would be put into the list.
    page.route("**/api/events", lambda route: route.abort())
    page.route("**/api/answers?*", lambda route: route.fulfill(json={"items": [], "next": None, "total": 0}))
    page.goto("/answers")
    expect(page.get_by_role("heading", name="Your answers will be here.")).to_be_visible()
    page.get_by_role("link", name="Practise a question").click()
    expect(page.get_by_role("button", name="Practise this question")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Upload a recording").last.click()
    expect(page.get_by_role("heading", name="Upload a practice answer")).to_be_visible()


def _search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search what you said").fill(words)


@pytest.mark.long
def test_what_was_said_is_found_and_heard(page: Page, reported: dict[str, Any]) -> None:
    # Chromium forgets after 5 s that somebody pressed; a busy machine may take longer to open the report.
    page.add_init_script("Object.defineProperty(navigator, 'userActivation', { value: { isActive: true } })")
    page.goto("/answers")
    _search(page, "blood sugars")
    row = page.locator(".found-row").filter(has=page.get_by_role("link", name="Fillers", exact=True))
    expect(row.locator("mark")).to_have_text(["blood", "sugar"])
    expect(row.locator(".snippet")).to_contain_text(re.compile(r"low[ -]+blood sugar"))
    expect(page.get_by_role("status").filter(has_text="with “blood sugars”")).to_have_text(
        re.compile(r"^\d+ answers? with")
    )
    expect(page).to_have_url("/answers?words=blood+sugars")
    words = reported["report"]["transcript"]["words"]
    start = next(word["start"] for word in words if "blood" in word["text"])
    row.get_by_role("link", name=re.compile("blood”: listen in Fillers$")).press("Enter")
    expect(page).to_have_url(f"/answers/{reported['id']}?at={start:.1f}")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    assert sent_to(page) == pytest.approx(start - 1, abs=0.1)
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("blood sugars")
    expect(row).to_be_visible()


@pytest.mark.long
def test_a_report_that_is_loaded_at_a_time_waits_there(page: Page, reported: dict[str, Any]) -> None:
    # Driving the browser counts as a person's doing.
    page.add_init_script("Object.defineProperty(navigator, 'userActivation', { value: { isActive: false } })")
    page.goto(f"/answers/{reported['id']}?at=12.5")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    eventually(lambda: page.evaluate("document.querySelector('audio').readyState") > 0)
    assert player_time(page) == pytest.approx(12.5, abs=0.01)
    assert page.evaluate("document.querySelector('audio').paused")


@pytest.mark.long
def test_a_search_is_cleared_and_finds_nothing_in_plain_words(page: Page, reported: dict[str, Any]) -> None:
    page.goto("/answers")
    _search(page, "hippopotamus NEAR(")
    expect(page.get_by_text("Nothing found for “hippopotamus NEAR(”.")).to_be_visible()
    expect(page.get_by_text("Endings do not matter")).to_be_visible()
    page.get_by_role("button", name="Clear the search").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".answer-row .answer-title", has_text="Fillers")).to_be_visible()
    expect(page).to_have_url("/answers")
    _search(page, "sugar")
    expect(page.locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("mark")).to_have_count(0)
    expect(page).to_have_url("/answers")


@pytest.mark.long
def test_a_late_answer_of_an_earlier_search_is_not_shown(page: Page, reported: dict[str, Any]) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/search?words=sugar", hold)
    page.goto("/answers")
    _search(page, "sugar")
    [late] = eventually(lambda: page.evaluate("true") and held)
    _search(page, "hippopotamus")
    expect(page.get_by_text("Nothing found for “hippopotamus”.")).to_be_visible()
    with page.expect_response("**/api/search?words=sugar") as answered:
        late.continue_()
    answered.value.finished()
    # What came is read and drawn, or dropped, within a frame or two.
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    expect(page.get_by_text("Nothing found for “hippopotamus”.")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def test_a_search_that_does_not_work_says_so(page: Page, reported: dict[str, Any]) -> None:
    page.route("**/api/search?*", lambda route: route.abort())
    page.goto("/answers?words=sugar")
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    page.unroute("**/api/search?*")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.fixture
def tagged(service: RunningService, reported: dict[str, Any]) -> Iterator[str]:
    """An answer with a tag beside the reported one, which has none before and after."""
    other = service.client.post("/api/answers", json={"title": "Tagged before"}).json()["id"]
    service.client.patch(f"/api/answers/{other}", json={"tags": ["MMI"]})
    yield other
    service.client.delete(f"/api/answers/{other}")
    service.client.patch(f"/api/answers/{reported['id']}", json={"tags": []})


@pytest.mark.long
def test_tags_are_put_on_and_taken_off_by_keyboard(
    page: Page, service: RunningService, reported: dict[str, Any], tagged: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.goto("/answers")
    # The window offers the tags that are known when it opens.
    expect(page.get_by_role("combobox", name="Tag").get_by_role("option", name="MMI")).to_have_count(1)
    row = page.locator(".answer-row").filter(has=page.get_by_role("link", name="Fillers", exact=True))
    row.get_by_role("button", name="Tags of Fillers").press("Enter")
    dialog = page.get_by_role("dialog", name="Tags of “Fillers”")
    field = dialog.get_by_role("combobox", name="Add a tag")
    expect(field).to_be_focused()
    page.keyboard.type("Ethics, to do again")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("list", name="On this answer").get_by_role("listitem")).to_have_count(2)
    expect(dialog.get_by_role("status")).to_have_text("Added Ethics, to do again.")
    dialog.get_by_role("button", name="Add MMI").press("Enter")
    dialog.get_by_role("button", name="Remove to do again").press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("mmi")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(row.get_by_role("list", name="Tags").get_by_role("link")).to_have_text(["Ethics", "MMI"])
    expect(row.get_by_role("button", name="Tags of Fillers")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Tags saved.")
    assert service.answer(reported["id"])["tags"] == ["Ethics", "MMI"]

    row.get_by_role("button", name="Tags of Fillers").click()
    dialog.get_by_role("button", name="Remove Ethics").click()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert asked.count("PATCH") == 1, "the one from before"
    assert service.answer(reported["id"])["tags"] == ["Ethics", "MMI"]


@pytest.mark.long
def test_a_tag_filters_the_list(
    page: Page, service: RunningService, reported: dict[str, Any], tagged: str
) -> None:
    page.goto("/answers")
    expect(page.get_by_role("link", name="Fillers")).to_be_visible()
    page.get_by_role("combobox", name="Tag").select_option("MMI")
    expect(page.get_by_role("link", name="Fillers")).to_have_count(0)
    expect(page).to_have_url("/answers?tag=MMI")
    page.goto("/answers?tag=mmi")
    expect(page.get_by_role("link", name="Tagged before")).to_be_visible()
    expect(page.get_by_role("combobox", name="Tag")).to_have_value("MMI")

    # What gets the tag comes in, what loses it goes, and the heading takes the focus.
    service.client.patch(f"/api/answers/{reported['id']}", json={"tags": ["mmi"]})
    page.reload()
    row = page.locator(".answer-row").filter(has=page.get_by_role("link", name="Fillers", exact=True))
    row.get_by_role("button", name="Tags of Fillers").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove mmi").click()
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(row).to_have_count(0)
    expect(page.get_by_role("heading", name="Answers")).to_be_focused()

    page.get_by_role("link", name="MMI").click()
    expect(page).to_have_url("/answers?tag=MMI")
    page.goto("/answers?tag=nowhere")
    expect(page.get_by_role("heading", name="No answer fits.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Tag")).to_have_value("nowhere")
    page.get_by_role("link", name="Show all answers").click()
    expect(page.get_by_role("link", name="Fillers")).to_be_visible()


@pytest.mark.long
def test_tags_can_be_changed_from_the_report_too(
    page: Page, service: RunningService, reported: dict[str, Any], tagged: str
) -> None:
    path = f"/api/answers/{reported['id']}"
    service.client.patch(path, json={"tags": ["a, b", "MMI"]})
    page.goto(f"/answers/{reported['id']}")
    page.get_by_role("button", name="Change", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Tags")).to_have_value("a, b, MMI")
    _save(page)
    assert service.answer(reported["id"])["tags"] == ["a, b", "MMI"]
    page.get_by_role("button", name="Change", exact=True).click()
    dialog.get_by_label("Tags").fill(" Ethics ,, MMI, ethics")
    _save(page)
    assert service.answer(reported["id"])["tags"] == ["Ethics", "MMI"]
    assert service.answer(reported["id"])["title"] == "Fillers"


def _save(page: Page) -> None:
    """Saves what the window holds, and waits until the service has it."""
    with page.expect_response(lambda response: response.request.method == "PATCH"):
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.long
def test_search_and_tags_have_no_accessibility_fault(
    page: Page, reported: dict[str, Any], tagged: str
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto("/answers?words=sugar")
    expect(page.locator("mark").first).to_be_visible()
    _assert_sound(page)
    _search(page, "hippopotamus")
    expect(page.get_by_text("Endings do not matter")).to_be_visible()
    _assert_sound(page)
    page.goto("/answers")
    page.get_by_role("button", name="Tags of Tagged before").click()
    _assert_sound(page)


def _assert_sound(page: Page) -> None:
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
