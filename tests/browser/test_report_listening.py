"""Listening on a report: a stretch round and round, a phrase found, a table, the picture beside."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import SAMPLES, player_time, sent_to, view_of
from tests.media_files.builders import write_sound
from tests.service.running import RunningService, eventually


@pytest.fixture
def report_page(page: Page, reported: dict[str, Any]) -> Page:
    page.goto(f"/answers/{reported['id']}")
    expect(page.locator(".mark-pauses").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    page.evaluate("document.querySelector('audio').muted = true")
    return page


def _loop_values(page: Page) -> list[float]:
    sliders = [page.get_by_role("slider", name=f"{which} of the loop") for which in ("Start", "End")]
    return [float(slider.get_attribute("aria-valuenow") or "nan") for slider in sliders]


def _a_stretch_is_played_round_and_round_until_it_is_ended(report_page: Page) -> None:
    report_page.get_by_role("slider", name="Position").fill("10")
    report_page.get_by_role("button", name="Loop from here").press("Enter")
    assert _loop_values(report_page) == [10, 15]
    end = report_page.get_by_role("slider", name="End of the loop")
    end.focus()
    for key in ("PageDown",) * 4 + ("ArrowRight",) * 2:
        report_page.keyboard.press(key)
    # Said once no key has been pressed for a while; only then it is the stretch that is played.
    expect(report_page.locator("#announcer")).to_have_text("Looping 0:10.0 to 0:11.2.")
    expect(report_page.locator(".loop-words")).to_have_text("Looping 0:10.0 to 0:11.2")
    report_page.evaluate("window.sentTo = []")
    # Both ways round: the second time nobody has pressed anything.
    report_page.wait_for_function("() => window.sentTo.length >= 2")
    for before, after in report_page.evaluate("window.sentTo"):
        assert before >= 11.19, "not before its end"
        assert after == pytest.approx(10)
    report_page.get_by_role("button", name="Looping 0:10–0:11 (end the loop)").press("Enter")
    expect(report_page.get_by_role("slider", name="End of the loop")).to_have_count(0)
    report_page.wait_for_function("() => document.querySelector('audio').currentTime > 11.5")


def _a_mark_can_be_looped_by_keyboard(report_page: Page, reported: dict[str, Any]) -> None:
    pause = reported["report"]["pauses"][5]
    mark = report_page.locator(".mark-pauses").nth(5)
    mark.focus()
    report_page.keyboard.press("Shift+Enter")
    assert _loop_values(report_page) == pytest.approx([pause["start"] - 1, pause["end"] + 1], abs=0.1)
    expect(mark).to_be_focused()


def _a_stretch_is_chosen_by_dragging_and_its_ends_at_the_playhead(report_page: Page) -> None:
    drawing = report_page.locator(".timeline-drawing")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box
    y = box["y"] + box["height"] - 8
    report_page.mouse.move(box["x"] + box["width"] * 0.25, y)
    report_page.mouse.down()
    report_page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=5)
    report_page.mouse.up()
    start, end = _loop_values(report_page)
    duration = report_page.evaluate("document.querySelector('audio').duration")
    assert (start, end) == pytest.approx((duration / 4, duration / 2), abs=1)
    # The click that ends a drag goes nowhere: it plays from the start, which its handle says to a tenth.
    assert sent_to(report_page) == pytest.approx(start, abs=0.06)
    # First stopped, lest it plays on to the end of the loop and back.
    report_page.evaluate("document.querySelector('audio').pause()")
    report_page.get_by_role("slider", name="Position").fill("30")
    here = player_time(report_page)
    report_page.get_by_role("button", name="To here").click()
    assert _loop_values(report_page) == pytest.approx([start, here], abs=0.15)


@pytest.mark.long
def test_a_stretch_is_looped_in_each_way(report_page: Page, reported: dict[str, Any]) -> None:
    _a_stretch_is_played_round_and_round_until_it_is_ended(report_page)
    _a_mark_can_be_looped_by_keyboard(report_page, reported)
    _a_stretch_is_chosen_by_dragging_and_its_ends_at_the_playhead(report_page)


def _the_timeline_is_there_as_a_table(report_page: Page, reported: dict[str, Any]) -> None:
    report = reported["report"]
    report_page.get_by_text("Show as a table").click()
    table = report_page.get_by_role("region", name="The timeline as a table").get_by_role("table")
    rows = table.locator("tbody[data-lane]")
    fillers = [filler for filler in report["fillers"] if filler["state"] != "not_filler"]
    for lane, things in (("pauses", report["pauses"]), ("fillers", fillers), ("pace", report["pace"])):
        expect(rows.and_(table.locator(f"[data-lane={lane}]")).locator("td:first-child")).to_have_count(
            len(things)
        )
    within = [pause for pause in report["pauses"] if pause["place"] == "within"]
    expect(table.get_by_role("row").filter(has_text="within a clause")).to_have_count(len(within))
    expect(table).to_contain_text("guide 100 to 165 words a minute")
    table.get_by_role("button", name=re.compile("^Play from .*: Pause of")).last.click()
    assert sent_to(report_page) == pytest.approx(report["pauses"][-1]["start"] - 1, abs=0.01)


@pytest.mark.long
def test_where_pauses_lie_and_where_fillers_come_from_is_told_by_shape(
    report_page: Page, reported: dict[str, Any]
) -> None:
    def with_every_kind(route: Route) -> None:
        report = {**reported["report"]}
        filler = report["fillers"][0]
        report["fillers"] = [
            filler | {"start": 10.0 + n, "end": 10.3 + n, "text": "um", "kind": "filled_pause"} | changes
            for n, changes in enumerate(
                (
                    {"source": "transcribed", "state": "filler"},
                    {"source": "heard", "state": "filler"},
                    {"source": "heard", "state": "unsure"},
                    {"source": "person", "state": "filler"},
                    {"source": "transcribed", "state": "not_filler"},
                )
            )
        ]
        route.fulfill(body=view_of(report), content_type="application/json")

    report_page.route("**/report/view", with_every_kind)
    report_page.reload()
    fillers = report_page.locator(".mark-fillers")
    expect(fillers).to_have_count(4)
    drawn = [re.sub(r"<!--.*?-->|[\d.]+", "", mark.inner_html()) for mark in fillers.all()]
    assert len(set(drawn)) == 4, "each is drawn differently"
    pauses = reported["report"]["pauses"]
    within = sum(pause["place"] == "within" for pause in pauses)
    assert 0 < within < len(pauses)
    expect(report_page.locator(".mark-pauses .shape-stroke")).to_have_count(within)
    expect(report_page.locator(".passages .gap-within")).to_have_count(within)
    # Only those that stand out, unless all are asked for; that is remembered.
    marked = report_page.locator(".passages .gap")
    long = sum(pause["end"] - pause["start"] >= 1 and pause["place"] == "boundary" for pause in pauses)
    expect(marked).to_have_count(within + long)
    report_page.get_by_role("switch", name="All pauses").check()
    expect(marked).to_have_count(len(pauses))
    report_page.reload()
    expect(marked).to_have_count(len(pauses))
    legend = report_page.get_by_role("list", name="What the shapes mean")
    items = [re.sub(r"\s+", " ", item) for item in legend.get_by_role("listitem").all_inner_texts()]
    assert items[:2] == [
        f"Pause at the end of a sentence or clause {len(pauses) - within}",
        f"Pause within a clause {within}",
    ]
    for words in ("Filled pause, unsure", "heard in the sound, not in the text", "added by you"):
        expect(legend).to_contain_text(words)


def _a_phrase_is_found_and_one_goes_from_match_to_match(report_page: Page) -> None:
    field = report_page.get_by_role("searchbox")
    field.fill("I WOULD")
    status = report_page.get_by_role("search").get_by_role("status")
    expect(status).to_have_text(re.compile(r"^1 of \d+$"))
    total = int((status.text_content() or "").split()[-1])
    assert total > 2
    expect(report_page.locator(".found")).to_have_count(2 * total)
    expect(report_page.locator(".found-now")).to_have_text([re.compile("^I"), re.compile("^would")])
    field.press("Enter")
    expect(status).to_have_text(f"2 of {total}")
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    expect(status).to_have_text(f"{total} of {total}")
    expect(report_page.locator(".found-now").first).to_be_in_viewport()
    expect(field).to_be_focused()
    report_page.get_by_role("button", name="Next match").click()
    expect(status).to_have_text(f"1 of {total}")
    # A phrase, from the beginning of a word, whatever stands between its words.
    field.fill("ould")
    expect(status).to_have_text("Not said")
    field.fill("situation um the")
    expect(status).to_have_text("1 of 1")
    field.press("Escape")
    expect(report_page.locator(".found")).to_have_count(0)


def _copied_text_is_as_typed_text_is(report_page: Page) -> None:
    copied = report_page.locator(".passages").evaluate(
        "passages => { getSelection().selectAllChildren(passages); return getSelection().toString(); }"
    )
    report_page.evaluate("getSelection().removeAllRanges()")
    assert "low-blood sugar" in copied and "  " not in copied
    assert "filled pause" not in copied and "0:16" not in copied


@pytest.mark.long
def test_what_was_said_is_found_and_listed(report_page: Page, reported: dict[str, Any]) -> None:
    _copied_text_is_as_typed_text_is(report_page)
    _the_timeline_is_there_as_a_table(report_page, reported)
    _a_phrase_is_found_and_one_goes_from_match_to_match(report_page)


def test_uncertain_words_are_dotted_and_say_so(page: Page, reported: dict[str, Any]) -> None:
    """The recogniser is sure of every word of the sample, so two are made less sure on their way here."""

    def less_sure(route: Route) -> None:
        report = copy.deepcopy(reported["report"])
        for word in report["transcript"]["words"]:
            word["probability"] = {"ward": 0.3, "coffee": 0.49}.get(word["text"].strip(" .,"), 0.5)
        route.fulfill(body=view_of(report), content_type="application/json")

    page.route(f"**/api/answers/{reported['id']}/report/view", less_sure)
    page.goto(f"/answers/{reported['id']}")
    dotted = page.locator(".passages .uncertain")
    said = [re.compile(rf"^{word}\b.*\(not certain\)") for word in ("ward", "coffee")]
    expect(dotted).to_have_text(said)
    expect(page.get_by_role("list", name="How words are marked")).to_contain_text("was not certain")


def test_it_can_be_used_at_twice_the_size(report_page: Page) -> None:
    """200 % zoom of a window of 1280 by 900 leaves 640 by 450 of the page."""
    report_page.set_viewport_size({"width": 640, "height": 450})
    eventually(lambda: report_page.evaluate("document.documentElement.scrollWidth") == 640)
    mark = report_page.locator(".mark-pauses").last
    mark.focus()
    report_page.keyboard.press("ArrowLeft")
    expect(report_page.locator(".mark:focus")).to_be_in_viewport()
    report_page.get_by_role("button", name="Correct words").click()
    report_page.locator(".passages .word").nth(30).click()
    dialog = report_page.get_by_role("dialog")
    dialog.get_by_role("button", name="Other…").click()
    for name in ("Save", "Cancel", "Add"):
        button = dialog.get_by_role("button", name=name)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()


@pytest.fixture
def film(practice_service: RunningService, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """An answer with a picture, and its report."""
    with av.open(str(SAMPLES / "too-short.flac")) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    samples = np.concatenate(frames, axis=1)[0].astype(np.float32) / 2**15
    kind = {"container": "webm", "codec": "libopus", "picture": "libvpx-vp9"}
    path = write_sound(tmp_path / "film.webm", samples, rate, **kind)
    answer = practice_service.upload(path, title="Film", question="Who are you?")
    practice_service.wait_for(answer["id"], "ready")
    yield answer
    practice_service.client.delete(f"/api/answers/{answer['id']}")


def _box(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box
    return {**box, "right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


@pytest.mark.long
def test_the_picture_stands_beside_the_verdict_and_stays_in_view_while_it_plays(
    browser: Browser, practice_service: RunningService, film: dict[str, Any]
) -> None:
    context = browser.new_context(base_url=practice_service.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"/answers/{film['id']}")
    picture, headline = page.locator("video"), page.locator(".headline")
    expect(headline).to_be_visible()
    eventually(lambda: page.evaluate("document.querySelector('video')?.videoWidth > 0"))
    expect(picture).to_be_in_viewport(ratio=1)
    expect(page.locator(".next-steps .button-main")).to_be_in_viewport(ratio=1)
    assert _box(picture)["right"] - _box(picture)["x"] >= 480
    assert _box(picture)["right"] <= _box(headline)["x"]
    assert _box(picture)["y"] < _box(headline)["bottom"] < _box(picture)["bottom"]
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")
    transcript = page.locator(".passages")
    transcript.evaluate("element => element.scrollIntoView({ block: 'end' })")
    expect(page.locator(".report-media-away")).to_have_count(1)
    expect(picture).to_be_in_viewport(ratio=1)
    assert _box(picture)["x"] >= _box(transcript.locator(".passage p").last)["right"]
    assert not page.evaluate("document.querySelector('video').paused"), "moving would have stopped it"
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.locator(".report-media-away")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("scrollTo(0, 0)")
    eventually(lambda: page.evaluate("document.documentElement.scrollWidth") == 390)
    for part in (picture, headline, page.locator(".next-steps .button-main")):
        expect(part).to_be_in_viewport(ratio=1)
    context.close()


@pytest.mark.long
def test_remarks_stand_in_a_row_of_their_own_and_come_while_the_report_is_open(
    report_page: Page, reported: dict[str, Any], service: RunningService
) -> None:
    address = f"/api/answers/{reported['id']}/remarks"
    expect(report_page.locator(".mark-remarks")).to_have_count(0)
    remarks = [
        service.client.post(address, json={"at": at, "text": text}).json()
        for at, text in ((30.0, "Good pause"), (10.0, "Lost the thread"))
    ]
    marks = report_page.locator(".mark-remarks")
    expect(marks).to_have_count(2)
    expect(report_page.locator(".legend")).to_contain_text("Remark of your interviewer2")
    # By keyboard, from the fillers down; played from two seconds before.
    report_page.locator(".mark-fillers").first.focus()
    for key in ("ArrowDown", "Home", "ArrowRight", "Enter"):
        report_page.keyboard.press(key)
    expect(marks.nth(1)).to_be_focused()
    expect(marks.nth(1)).to_have_attribute("aria-label", "Good pause, a remark at 0:30")
    assert sent_to(report_page) == pytest.approx(28, abs=0.01)
    listed = report_page.get_by_role("region", name="What your interviewer noted").get_by_role("listitem")
    expect(listed).to_have_text(["0:10 Lost the thread", "0:30 Good pause"])
    listed.first.get_by_role("button").click()
    assert sent_to(report_page) == pytest.approx(8, abs=0.01)
    for remark in remarks:
        service.client.delete(f"{address}/{remark['id']}").raise_for_status()
    expect(marks).to_have_count(0)
    expect(listed).to_have_count(0)
