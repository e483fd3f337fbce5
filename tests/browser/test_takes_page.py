"""All takes of a question, and two of them side by side."""

from typing import Any

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE, SAMPLES, sent_to
from tests.service.running import RunningService, eventually

# No other file asks it: the takes of a question are all takes in the folder.
QUESTION = "What drew you to family medicine?"
OTHER_WORDS = "[data-side='B'] .said-marked"
PLAYING = "[...document.querySelectorAll('.takes-player')].map((p) => p.textContent.includes('Pause'))"
STAND_STILL = """() => {
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    window.playing = this;
    this.playbackRate = 0;
    return play.call(this);
  };
}"""
"""What is played stays where it was sent: a short passage is over before a busy machine has looked."""
MOVE = """(time) => new Promise((resolve) => {
  window.playing.addEventListener("seeked", resolve, { once: true });
  window.playing.currentTime = time;
})"""
LAST_LINE = """(element) => {
  element.scrollIntoView({ block: "center" });
  const { left, top, width, height } = [...element.getClientRects()].at(-1);
  return [left + width / 2, top + height / 2];
}"""

# The recordings of takes are analysed first, which takes half a minute.
pytestmark = pytest.mark.long


@pytest.fixture(scope="session")
def takes(service: RunningService, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Three takes of one question: the second says a part in other words, the third something else."""
    folder = tmp_path_factory.mktemp("takes")
    story, rate = soundfile.read(SAMPLES / "good-answer.flac", frames=34 * 44_100)
    story = story[: 34 * rate]
    other, other_rate = soundfile.read(SAMPLES / "too-short.flac")
    assert rate == other_rate
    second = np.concatenate([story[: 14 * rate], other[1 * rate : 7 * rate], story[20 * rate :]])
    made = []
    for number, sound in enumerate((story, second, other), start=1):
        path = folder / f"take-{number}.wav"
        soundfile.write(path, sound, rate, subtype="PCM_16")
        made.append(service.upload(path, question=QUESTION, title=f"Number {number}")["id"])
    for answer in made:
        eventually(lambda answer=answer: service.answer(answer)["work"]["state"] == "ready", PATIENCE / 1000)
    return made


@pytest.fixture
def comparison(service: RunningService, takes: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = service.client.get(
        f"/api/answers/{takes[0]}/comparison", params={"with": takes[1]}
    ).json()
    return found


@pytest.fixture
def takes_page(page: Page, takes: list[str]) -> Page:
    """With the first take as A and the second as B."""
    page.goto(f"/answers/{takes[0]}/takes?with={takes[1]}")
    expect(page.locator(".wording")).to_be_visible()
    return page


def _all_takes_are_in_a_table_and_two_of_them_side_by_side(
    takes_page: Page, takes: list[str], comparison: dict[str, Any]
) -> None:
    expect(takes_page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(takes_page).to_have_title(f"Takes: {QUESTION} · Greenroom")
    table = takes_page.get_by_role("table", name="All takes")
    expect(table.get_by_role("row")).to_have_count(1 + len(takes))
    for column in ("Take", "Length", "Pace", "Pauses", "Fillers"):
        expect(table.get_by_role("columnheader", name=column, exact=True)).to_be_visible()
    expect(table.get_by_role("row").nth(1).locator("[data-figure] svg")).to_have_count(4)
    expect(takes_page.get_by_role("radio", name="Take 1 as A")).to_be_checked()
    expect(takes_page.get_by_role("radio", name="Take 2 as B")).to_be_checked()
    # What differs is said before everything else, in the words of the analysis.
    differs = takes_page.get_by_role("region", name="What differs")
    expect(differs.locator(".takes-difference")).to_have_text(comparison["view"]["difference"])
    if chance := comparison["view"]["chance"]:
        expect(differs).to_contain_text(chance)
    measures = takes_page.get_by_role("table", name="Length, pace, pauses and fillers in both takes")
    expect(measures).to_be_hidden()
    takes_page.get_by_text("How sure this is, and more figures").click()
    for measure in comparison["measures"][:4]:
        row = measures.locator(f"[data-measure={measure['name']}]")
        expect(row).to_contain_text(measure["sentence"])
        expect(row.get_by_role("rowheader")).to_have_text(measure["label"])
        expect(row.locator("strong")).to_have_count(2)
    expect(takes_page.get_by_text(comparison["method"])).to_be_visible()
    more = takes_page.get_by_role("table", name="More figures of both takes")
    expect(more.get_by_role("row")).to_have_count(1 + len(comparison["measures"]) - 4)


def _what_was_said_in_other_words_is_marked_and_said(takes_page: Page, comparison: dict[str, Any]) -> None:
    wording = comparison["wording"]
    assert 0.5 < wording["same_share"] < 0.95
    expect(takes_page.locator(".wording-share")).to_have_text(wording["sentence"])
    changed = [
        said["text"]
        for passage in wording["passages"]
        if passage["kind"] == "changed"
        for said in passage["second"]
    ]
    assert changed
    marked = takes_page.locator(OTHER_WORDS)
    expect(marked).to_have_text([f"Differently: {text}" for text in changed])
    expect(takes_page.get_by_role("button", name=f"Differently: {changed[0]}", exact=True)).to_be_visible()
    same = takes_page.locator("[data-side='B'] .said:not(.said-marked)").first
    lines = "(element) => getComputedStyle(element).textDecorationLine"
    assert (marked.first.evaluate(lines), same.evaluate(lines)) == ("underline", "none")


def _only_one_take_plays_at_a_time(takes_page: Page) -> None:
    first, second = (takes_page.get_by_role("group", name=f"Player of Take {number}") for number in (1, 2))
    first.get_by_role("button", name="Play").click()
    expect(first.get_by_role("button", name="Pause")).to_be_visible()
    second.get_by_role("button", name="Play").click()
    expect(second.get_by_role("button", name="Pause")).to_be_visible()
    expect(first.get_by_role("button", name="Play")).to_be_visible()
    assert takes_page.evaluate(PLAYING) == [False, True]


def test_a_passage_is_heard_in_its_own_take_and_no_further(
    takes_page: Page, comparison: dict[str, Any]
) -> None:
    passages = comparison["wording"]["passages"]
    said = next(
        said
        for passage in passages
        for said in passage["second"]
        if 1.0 < said["end"] - said["start"] < 4.0 and said["start"] > 3.0
    )
    takes_page.evaluate(STAND_STILL)
    piece = takes_page.locator("[data-side='B'] .said").filter(has_text=said["text"]).first
    # Its middle may lie beside it: a passage runs over several lines.
    x, y = piece.evaluate(LAST_LINE)
    takes_page.mouse.click(x, y)
    expect(piece).to_have_class("said said-marked now" if "Differently" in piece.inner_text() else "said now")
    first, second = (takes_page.get_by_role("group", name=f"Player of Take {number}") for number in (1, 2))
    expect(second.get_by_role("button", name="Pause")).to_be_visible()
    expect(first.get_by_role("button", name="Play")).to_be_visible()
    assert sent_to(takes_page) == pytest.approx(said["start"], abs=0.01)
    # Its last word is heard to the end, and then it stops: how far it went meanwhile is the machine's doing.
    takes_page.evaluate(MOVE, said["end"])
    assert takes_page.evaluate("window.playing.paused") is False
    takes_page.evaluate("window.playing.playbackRate = 1")
    expect(second.get_by_role("button", name="Play")).to_be_visible()
    at = takes_page.evaluate("window.playing.currentTime")
    assert said["end"] <= at < takes_page.evaluate("window.playing.duration")
    expect(takes_page.locator(".said.now")).to_have_count(0)
    # Played on from there by its own button, it goes on.
    second.get_by_role("button", name="Play").click()
    takes_page.evaluate("window.playing.playbackRate = 1")
    takes_page.wait_for_function("(at) => window.playing.currentTime > at + 1", arg=at)
    assert takes_page.evaluate("window.playing.paused") is False
    assert takes_page.evaluate(PLAYING) == [False, True]


def _the_best_stretch_is_heard_from_its_start(takes_page: Page, comparison: dict[str, Any]) -> None:
    section = takes_page.get_by_role("region", name="The best stretch of each")
    stretches = comparison["best_stretches"]
    for number, side in ((1, "first"), (2, "second")):
        button = section.get_by_role("button", name=f"Hear it: the stretch of take {number}")
        expect(button).to_have_count(1 if stretches[side] else 0)
        if stretches[side]:
            button.click()
            player = takes_page.get_by_role("group", name=f"Player of Take {number}")
            expect(player.get_by_role("button", name="Pause")).to_be_visible()
            assert sent_to(takes_page) == pytest.approx(stretches[side]["start"], abs=0.01)
    assert any(stretches.values()), "the sample has one"


def _another_pair_is_chosen_by_keyboard_and_stays_in_the_address(takes_page: Page, takes: list[str]) -> None:
    takes_page.get_by_role("radio", name="Take 2 as B").focus()
    takes_page.keyboard.press("ArrowDown")
    expect(takes_page.get_by_role("radio", name="Take 3 as B")).to_be_checked()
    expect(takes_page.get_by_role("group", name="Player of Take 3")).to_be_visible()
    expect(takes_page.locator(".wording-share")).to_contain_text("Hardly any of the wording")
    # Of two takes that share little, it is the shared part that is marked.
    expect(takes_page.locator(".wording-alike")).to_have_count(0)
    # The earlier one is always A: the choice of a later take for A swaps them.
    takes_page.get_by_role("radio", name="Take 3 as A").click()
    expect(takes_page.get_by_role("radio", name="Take 1 as A")).to_be_checked()
    expect(takes_page.get_by_role("radio", name="Take 3 as B")).to_be_checked()
    takes_page.get_by_role("radio", name="Take 2 as A").check()
    expect(takes_page).to_have_url(f"/answers/{takes[1]}/takes?with={takes[2]}")
    takes_page.reload()
    expect(takes_page.get_by_role("radio", name="Take 2 as A")).to_be_checked()
    expect(takes_page.get_by_role("group", name="Player of Take 3")).to_be_visible()


def test_two_takes_are_read_and_heard_side_by_side(
    takes_page: Page, takes: list[str], comparison: dict[str, Any]
) -> None:
    _all_takes_are_in_a_table_and_two_of_them_side_by_side(takes_page, takes, comparison)
    _what_was_said_in_other_words_is_marked_and_said(takes_page, comparison)
    _only_one_take_plays_at_a_time(takes_page)
    _the_best_stretch_is_heard_from_its_start(takes_page, comparison)
    _another_pair_is_chosen_by_keyboard_and_stays_in_the_address(takes_page, takes)


def test_passages_are_reached_by_keyboard(takes_page: Page) -> None:
    takes_page.evaluate(STAND_STILL)
    pieces = takes_page.locator("[data-side='A'] .said")
    expect(takes_page.locator(".said[tabindex='0']")).to_have_count(2)
    pieces.first.focus()
    takes_page.keyboard.press("ArrowRight")
    expect(pieces.nth(1)).to_be_focused()
    takes_page.keyboard.press("End")
    expect(pieces.last).to_be_focused()
    takes_page.keyboard.press("ArrowRight")
    expect(pieces.last).to_be_focused()
    takes_page.keyboard.press("Enter")
    takes_page.wait_for_function(f"() => String({PLAYING}) === 'true,false'")
    takes_page.keyboard.press("Home")
    expect(pieces.first).to_be_focused()
    expect(takes_page.locator(".said[tabindex='0']")).to_have_count(2)


def test_two_takes_side_by_side_have_no_accessibility_fault(takes_page: Page) -> None:
    for summary in takes_page.locator(".takes-more summary").all():
        summary.click()
    assert accessibility_faults(takes_page) == []


@pytest.mark.parametrize("width", [360, 640])
def test_on_a_phone_everything_stands_one_below_the_other(takes_page: Page, width: int) -> None:
    takes_page.set_viewport_size({"width": width, "height": 780})
    for summary in takes_page.locator(".takes-more summary").all():
        summary.click()
    assert takes_page.evaluate("document.documentElement.scrollWidth") == width
    # Laid out differently, a table is still one for those who cannot see it.
    table = takes_page.get_by_role("table", name="All takes")
    row = table.get_by_role("row").filter(has=takes_page.get_by_role("rowheader", name="Take 1"))
    expect(row.get_by_role("cell").filter(has_text="Length")).to_be_visible()
    players = takes_page.locator(".takes-player")
    boxes = [players.nth(place).bounding_box() for place in (0, 1)]
    assert boxes[0] is not None and boxes[1] is not None
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]


def test_without_verdicts_only_facts_are_said(page: Page, service: RunningService, takes: list[str]) -> None:
    service.client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    try:
        page.goto(f"/answers/{takes[0]}/takes?with={takes[1]}")
        expect(page.get_by_role("heading", name="The longest stretch of each")).to_be_visible()
        row = page.locator("[data-measure=filler_rate]")
        expect(row.locator(".compared-says")).to_contain_text("Fillers:")
        expect(row.locator(".compared-says")).not_to_contain_text("tell")
        expect(row.locator(".verdict-mark")).to_have_count(0)
    finally:
        service.client.patch("/api/preferences", json={"speaks_differently": False}).raise_for_status()


def test_a_report_leads_to_the_other_takes(page: Page, takes: list[str], reported: dict[str, Any]) -> None:
    for answer in (takes[0], takes[2]):
        page.goto(f"/answers/{answer}")
        page.get_by_role("link", name="Compare takes").click()
        # Without another word it begins with the first and the newest.
        expect(page.get_by_role("radio", name="Take 1 as A")).to_be_checked()
        expect(page.get_by_role("radio", name="Take 3 as B")).to_be_checked()
    page.goto(f"/answers/{reported['id']}")
    expect(page.locator(".next-steps")).to_be_visible()
    expect(page.get_by_role("link", name="Compare takes")).to_have_count(0)


def test_one_take_alone_says_what_will_be_here(page: Page, service: RunningService) -> None:
    fields = {"question": "Asked only once?", "title": "Once"}
    alone = service.client.post("/api/answers", json=fields).json()["id"]
    free = service.client.post("/api/answers", json={"title": "Free"}).json()["id"]
    page.goto(f"/answers/{alone}/takes")
    expect(page.get_by_role("heading", name="There is one take so far.")).to_be_visible()
    expect(page.get_by_role("link", name="Practise again")).to_have_attribute("href", f"/?again={alone}")
    page.goto(f"/answers/{free}/takes")
    expect(page.get_by_role("heading", name="This answer has no question.")).to_be_visible()
    for answer in (alone, free):
        service.client.delete(f"/api/answers/{answer}")
    page.goto(f"/answers/{alone}/takes")
    expect(page.get_by_role("heading", name="This answer is not here.")).to_be_visible()


def test_takes_without_a_report_are_waited_for(page: Page, takes: list[str]) -> None:
    def still_worked_on(route: Route) -> None:
        listed = route.fetch().json()
        for take in listed["takes"][1:]:
            take |= {"available": [], "state": "working", "measures": {}}
        route.fulfill(json=listed)

    page.route(f"**/api/answers/{takes[0]}/takes", still_worked_on)
    page.goto(f"/answers/{takes[0]}/takes")
    expect(page.get_by_text("as soon as two of them have a report")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="being analysed")).to_have_count(2)
    expect(page.get_by_role("radio")).to_have_count(0)


def test_a_comparison_that_fails_is_said_and_the_list_stays(page: Page, takes: list[str]) -> None:
    page.route("**/comparison?*", lambda route: route.abort())
    page.goto(f"/answers/{takes[0]}/takes")
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    expect(page.get_by_role("table", name="All takes")).to_be_visible()
    expect(page.get_by_role("group", name="Player of Take 1")).to_be_visible()
