"""Correcting a transcript: what the person says was said, and every figure that follows."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE
from tests.service.running import RunningService

MISHEARD = "problems"
"""A word of the sample that is written once."""
CORRECTED = ".passages .corrected"


@pytest.fixture
def editor_page(page: Page, service: RunningService, reported: dict[str, Any]) -> Iterator[Page]:
    """A report without corrections, before and after the test."""
    page.goto(f"/answers/{reported['id']}")
    expect(page.locator(".mark-pauses").first).to_be_visible()
    yield page
    _put(service, reported, [])


def _put(service: RunningService, reported: dict[str, Any], items: list[dict[str, Any]]) -> None:
    service.client.put(f"/api/answers/{reported['id']}/corrections", json={"items": items}).raise_for_status()


def _corrections(service: RunningService, reported: dict[str, Any]) -> list[dict[str, Any]]:
    report = service.client.get(f"/api/answers/{reported['id']}/report").json()
    corrections: list[dict[str, Any]] = report["corrections"]
    return corrections


def _word(page: Page, text: str) -> Locator:
    return page.locator(".word:not(.filler)").filter(has_text=re.compile(rf"^{text}\b"))


def _filler(page: Page, index: int = 0) -> Locator:
    return page.locator(".filler:not([data-shape=''])").nth(index)


def _start(page: Page) -> Locator:
    page.get_by_role("button", name="Correct words").click()
    return page.get_by_role("dialog")


def test_a_word_is_put_right_and_the_figures_follow(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    dialog = _start(editor_page)
    words = editor_page.locator("[data-measure=spoken_words] strong")
    before = int((words.text_content() or "").split()[1])
    _word(editor_page, MISHEARD).click()
    field = dialog.get_by_label("What you said here")
    expect(field).to_be_focused()
    expect(field).to_have_value(MISHEARD)
    field.fill("blood sugar problems")
    editor_page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(editor_page.locator(CORRECTED)).to_have_count(3)
    expect(editor_page.locator(".word:focus")).to_contain_text("blood")
    expect(words).to_have_text(f"about {before + 2} words")
    expect(editor_page.get_by_text("You made 1 correction.")).to_be_visible()
    expect(editor_page.get_by_role("list", name="How words are marked")).to_contain_text("corrected by you")
    [kept] = _corrections(service, reported)
    assert (kept["kind"], kept["text"]) == ("words", "blood sugar problems")
    # It is the person's from now on, whoever opens the page.
    editor_page.reload()
    expect(editor_page.locator(CORRECTED)).to_have_count(3)


@pytest.mark.long
def test_touching_words_put_right_before_takes_all_of_them(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    dialog = _start(editor_page)
    _word(editor_page, MISHEARD).click()
    dialog.get_by_label("What you said here").fill("blood sugar problems")
    dialog.get_by_role("button", name="Save").click()
    expect(editor_page.locator(".word:focus")).to_contain_text("blood")
    editor_page.locator(CORRECTED).nth(1).click()
    expect(dialog.get_by_label("What you said here")).to_have_value("blood sugar problems")
    dialog.get_by_label("What you said here").fill("troubles")
    dialog.get_by_role("button", name="Save").click()
    expect(editor_page.locator(CORRECTED)).to_have_text([re.compile("^troubles")])
    assert [item["text"] for item in _corrections(service, reported)] == ["troubles"]


@pytest.mark.long
def test_a_run_of_words_by_keyboard_alone(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    word = _word(editor_page, "Some")
    word.focus()
    editor_page.keyboard.press("Shift+ArrowRight")
    expect(editor_page.locator(".chosen")).to_have_count(2)
    editor_page.keyboard.press("Shift+ArrowRight")
    editor_page.keyboard.press("e")
    dialog = editor_page.get_by_role("dialog", name="Correct: “Some medical problems”")
    expect(dialog.get_by_label("What you said here")).to_be_focused()
    editor_page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(word).to_be_focused()
    editor_page.keyboard.press("e")
    one = editor_page.get_by_role("dialog", name="Correct: “Some”")
    one.get_by_role("button", name="Include the word after").press("Enter")
    two = editor_page.get_by_role("dialog", name="Correct: “Some medical”")
    two.get_by_role("button", name="Nothing was said here").press("Enter")
    expect(two).to_be_hidden()
    expect(editor_page.get_by_text("Some medical")).to_have_count(0)
    [kept] = _corrections(service, reported)
    assert kept["text"] == ""


@pytest.mark.long
def test_words_are_chosen_by_dragging(editor_page: Page) -> None:
    _start(editor_page)
    _word(editor_page, "can").scroll_into_view_if_needed()
    first, last = _word(editor_page, "medical").bounding_box(), _word(editor_page, "can").bounding_box()
    assert first and last
    editor_page.mouse.move(first["x"] + 2, first["y"] + first["height"] / 2)
    editor_page.mouse.down()
    editor_page.mouse.move(last["x"] + last["width"] - 2, last["y"] + last["height"] / 2, steps=5)
    editor_page.mouse.up()
    expect(editor_page.get_by_role("dialog", name="Correct: “medical problems can”")).to_be_visible()


@pytest.mark.long
def test_a_filler_that_is_none_counts_no_more(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    dialog = _start(editor_page)
    marks = editor_page.locator(".mark-fillers")
    counted = marks.count()
    text = (_filler(editor_page).text_content() or "").split(",")[0]
    _filler(editor_page).click()
    dialog.get_by_role("button", name="This is not a filler").click()
    expect(marks).to_have_count(counted - 1)
    editor_page.get_by_text("One by one").click()
    undo = editor_page.get_by_role("button", name=f"Undo: “{text.lower()}” is not a filler here.")
    undo.click()
    expect(marks).to_have_count(counted)
    assert _corrections(service, reported) == []


@pytest.mark.long
def test_a_filler_that_was_missed_is_put_in(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    dialog = _start(editor_page)
    rate = editor_page.locator("[data-measure=filler_rate] strong")
    before = float((rate.text_content() or "").split()[0])
    _word(editor_page, MISHEARD).click()
    dialog.get_by_role("button", name="um", exact=True).click()
    expect(editor_page.locator("[data-measure=filler_rate] strong")).not_to_contain_text(f"{before:.1f} ")
    assert float((rate.text_content() or "").split()[0]) > before
    mark = editor_page.get_by_role("button", name=re.compile("^“um” at .*, added by you$"))
    expect(mark).to_have_count(1)
    expect(editor_page.get_by_role("list", name="What the shapes mean")).to_contain_text(
        "Underlined: added by you"
    )
    [kept] = _corrections(service, reported)
    word = next(
        word for word in reported["report"]["transcript"]["words"] if word["text"].startswith(MISHEARD)
    )
    assert (kept["kind"], kept["text"]) == ("filler", "um")
    assert word["end"] - 0.2 < kept["start"] < kept["end"] < word["end"] + 0.5
    # One that the person put there goes without a trace.
    editor_page.locator(".filler-heard").click()
    dialog.get_by_role("button", name="This is not a filler").click()
    expect(mark).to_have_count(0)
    assert _corrections(service, reported) == []


@pytest.mark.long
def test_any_filler_can_be_put_where_the_sound_is(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    dialog = _start(editor_page)
    editor_page.get_by_role("slider", name="Position").fill("30")
    editor_page.get_by_role("button", name="I said a filler at this moment").click()
    dialog.get_by_role("button", name="Other…").click()
    expect(dialog.get_by_label("Which filler")).to_be_focused()
    editor_page.keyboard.type("sort of")
    editor_page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    [kept] = _corrections(service, reported)
    assert (kept["kind"], kept["text"], kept["end"]) == ("filler", "sort of", pytest.approx(30, abs=0.1))


@pytest.mark.long
def test_the_machines_version_stays_and_everything_can_be_taken_back(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    machine = reported["report"]["transcript"]["words"]
    stretches = [(word["start"], word["end"]) for word in (machine[20], machine[40])]
    made = [
        {"kind": "words", "start": start, "end": end, "text": text}
        for (start, end), text in zip(stretches, ("correctedone", "correctedtwo"), strict=True)
    ]
    _put(service, reported, made)
    # The page may not hear yet of what changes elsewhere.
    editor_page.reload()
    expect(editor_page.locator(CORRECTED)).to_have_count(2)
    editor_page.get_by_role("button", name="See the machine's version").click()
    expect(editor_page.get_by_text("This is the machine's version").first).to_be_visible()
    expect(editor_page.locator(CORRECTED)).to_have_count(0)
    expect(editor_page.get_by_role("button", name="Correct words")).to_have_count(0)
    _word(editor_page, MISHEARD).press("e")
    expect(editor_page.get_by_role("dialog")).to_have_count(0)
    editor_page.get_by_role("button", name="Back to yours").last.click()
    expect(editor_page.locator(CORRECTED)).to_have_count(2)
    editor_page.get_by_role("button", name="Undo last").click()
    expect(editor_page.locator(CORRECTED)).to_have_text([re.compile("correctedone")])
    editor_page.get_by_role("button", name="Undo all").click()
    expect(editor_page.get_by_text("All corrections are removed.")).to_be_visible()
    assert _corrections(service, reported) == []
    editor_page.get_by_role("button", name="Put it back").click()
    expect(editor_page.locator(CORRECTED)).to_have_text([re.compile("correctedone")])


@pytest.mark.long
def test_what_was_typed_stays_when_it_cannot_be_saved(editor_page: Page) -> None:
    dialog = _start(editor_page)
    editor_page.route("**/corrections", lambda route: route.abort("connectionreset"))
    _word(editor_page, MISHEARD).click()
    field = dialog.get_by_label("What you said here")
    field.fill("troubles")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Not saved. Greenroom cannot be reached.")
    expect(dialog.get_by_role("alert")).to_contain_text("What you wrote stays here.")
    expect(field).to_have_value("troubles")
    editor_page.unroute("**/corrections")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(editor_page.locator(CORRECTED)).to_have_text([re.compile("^troubles")])


@pytest.mark.long
def test_an_older_report_is_measured_by_a_worker_first(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    """As the service answers where the report is of an older build: later, and with the answer."""
    asked: list[Any] = []

    def later(route: Route) -> None:
        asked.append(route.request.post_data_json)
        answer = service.answer(reported["id"])
        answer["work"] |= {"state": "waiting", "stage": None}
        route.fulfill(status=202, json=answer)

    dialog = _start(editor_page)
    editor_page.route("**/corrections", later)
    _word(editor_page, MISHEARD).click()
    dialog.get_by_label("What you said here").fill("troubles")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(editor_page.get_by_text("Measuring again with your corrections…")).to_be_visible()
    # What was there is still there to read, and the next correction is added to it.
    expect(_word(editor_page, MISHEARD)).to_be_visible()
    _filler(editor_page).click()
    dialog.get_by_role("button", name="This is not a filler").click()
    # It closes with the reply, which must not come after the news of what a worker made.
    expect(dialog).to_be_hidden()
    assert [item["kind"] for item in asked[1]["items"]] == ["words", "not_filler"]
    editor_page.unroute("**/corrections")
    _put(service, reported, asked[1]["items"])
    expect(editor_page.locator(CORRECTED)).to_have_text([re.compile("^troubles")], timeout=PATIENCE)
    expect(editor_page.get_by_text("You made 2 corrections.")).to_be_visible()


@pytest.mark.long
def test_corrections_have_no_accessibility_fault(
    editor_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    word = reported["report"]["transcript"]["words"][20]
    _put(
        service,
        reported,
        [{"kind": "words", "start": word["start"], "end": word["end"], "text": "corrected"}],
    )
    page = editor_page
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    expect(page.locator(CORRECTED)).to_have_count(1)
    page.get_by_role("searchbox").fill("i would")
    expect(page.locator(".found-now")).to_have_count(2)
    page.get_by_text("One by one").click()
    page.get_by_text("Show as a table").click()
    page.get_by_role("button", name="Loop from here").click()
    page.get_by_role("button", name="Correct words").click()
    assert accessibility_faults(page) == []
    _filler(page).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert accessibility_faults(page) == []


def test_corrections_fit_a_phone(editor_page: Page) -> None:
    editor_page.set_viewport_size({"width": 360, "height": 780})
    _start(editor_page)
    _word(editor_page, MISHEARD).click()
    box = editor_page.get_by_role("dialog").bounding_box()
    assert box and (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 780)
    word = editor_page.locator(".chosen").bounding_box()
    assert word and word["y"] > 0 and word["y"] + word["height"] < box["y"], "the word is seen over it"
    assert editor_page.evaluate("document.documentElement.scrollWidth") == 360
