"""One report: what it shows, and that every mark and word leads to its sound."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from analysis.trends.models import UsualRange
from analysis.view.progress import usual_view
from tests.browser.conftest import PATIENCE, sent_to, view_of
from tests.service.running import RunningService, eventually


@pytest.fixture
def report_page(page: Page, reported: dict[str, Any]) -> Page:
    page.goto(f"/answers/{reported['id']}")
    expect(page.locator(".mark-pauses").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('audio')?.readyState >= 1")
    return page


def _open_all_figures(report_page: Page) -> None:
    report_page.get_by_text(re.compile(r"^All \d+ figures$")).click()


def _the_report_reads_from_the_top(report_page: Page, reported: dict[str, Any]) -> None:
    report = reported["report"]
    expect(report_page.get_by_role("heading", level=1)).to_have_text("Tell me about yourself.")
    expect(report_page.locator(".headline")).to_have_text(report["headline"])
    expect(report_page.get_by_role("img", name="Length:")).to_be_visible()
    standings = report_page.locator(".main-figure-standing")
    expect(standings).to_have_text(
        ["inside the aim", "inside the guide", "inside the guide", "over the guide"]
    )
    expect(standings.locator(".figure-mark-inside")).to_have_count(3)
    expect(standings.last.locator(".figure-mark-above")).to_have_count(1)
    expect(report_page.locator(".main-figure-to-change dt")).to_have_text("Fillers")
    main = report_page.locator(".next-steps .button-main")
    expect(main).to_have_text("Record it again: stay silent instead of 'um'")
    expect(main).to_have_attribute("href", f"/?again={reported['id']}")
    expect(main).to_be_in_viewport(ratio=1)
    other = report_page.get_by_role("link", name="Next question")
    expect(other).to_have_attribute("href", f"/?next={reported['id']}")
    moments = report_page.locator(".observation-try .moment")
    expect(moments).to_have_count(3)
    moments.last.click()
    last = report["drill"]["moments"][-1]["start"]
    assert sent_to(report_page) == pytest.approx(max(0.0, last - 1), abs=0.01)
    report_page.get_by_role("button", name="Pause", exact=True).click()
    fillers = [filler for filler in report["fillers"] if filler["state"] != "not_filler"]
    assert fillers, "the sample has fillers"
    expect(report_page.locator(".mark-fillers")).to_have_count(len(fillers))
    expect(report_page.locator(".mark-pauses")).to_have_count(len(report["pauses"]))
    written = [filler for filler in fillers if filler["source"] == "transcribed"]
    expect(report_page.locator(".filler:not([data-shape=''])")).to_have_count(len(written))
    expect(report_page.locator("[data-measure]")).to_have_count(len(report["measures"]))
    expect(report_page.locator("[data-measure]").first).to_be_hidden()
    _open_all_figures(report_page)
    expect(report_page.locator("[data-measure=response_latency]")).to_contain_text("Not measurable")


def _a_measure_opens_to_how_it_is_measured(report_page: Page, service: RunningService) -> None:
    definitions = {measure["name"]: measure for measure in service.client.get("/api/measures").json()}
    row = report_page.locator("[data-measure=pause_count]")
    row.locator("summary").click()
    for part in ("definition", "method", "known_error"):
        expect(row).to_contain_text(definitions["pause_count"][part])
    published = definitions["pause_count"]["published"]
    expect(row.locator(".known-error dt")).to_have_text(
        [error["recordings"] for error in published["errors"]]
    )
    expect(row.locator(".known-error dd")).to_have_text([error["text"] for error in published["errors"]])
    expect(row).to_contain_text(f"{int(published['on'][-2:])} ")
    expect(row.get_by_role("button").first).to_be_visible()


def test_an_error_that_was_measured_on_another_build_is_said(
    report_page: Page, reported: dict[str, Any]
) -> None:
    def of_another_build(route: Route) -> None:
        report = {**reported["report"], "analysis_version": "0.0.1"}
        route.fulfill(body=view_of(report), content_type="application/json")

    report_page.route("**/report/view", of_another_build)
    report_page.reload()
    _open_all_figures(report_page)
    row = report_page.locator("[data-measure=filled_pause_count]")
    row.locator("summary").click()
    expect(row).to_contain_text(
        "This report was made by analysis 0.0.1 with base. Its errors may be larger or smaller."
    )


def _a_click_on_a_mark_plays_from_a_second_before(report_page: Page, reported: dict[str, Any]) -> None:
    pause = max(reported["report"]["pauses"], key=lambda pause: pause["start"])
    report_page.locator(".mark-pauses").last.click(force=True)
    assert sent_to(report_page) == pytest.approx(pause["start"] - 1, abs=0.01)


def _arrow_keys_go_from_mark_to_mark(report_page: Page, reported: dict[str, Any]) -> None:
    marks = report_page.locator(".mark-pauses")
    marks.first.focus()
    report_page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    expect(report_page.locator(".mark[tabindex='0']")).to_have_count(1)
    expect(report_page.locator(".timeline-readout")).to_contain_text("Pause of")
    report_page.keyboard.press("End")
    expect(marks.last).to_be_focused()
    report_page.keyboard.press("ArrowDown")
    assert report_page.evaluate("document.activeElement.classList.contains('mark-fillers')")
    report_page.keyboard.press("ArrowUp")
    report_page.keyboard.press("End")
    report_page.keyboard.press("Enter")
    start = reported["report"]["pauses"][-1]["start"]
    assert sent_to(report_page) == pytest.approx(start - 1, abs=0.01)


def _a_click_on_a_word_goes_there(report_page: Page, reported: dict[str, Any]) -> None:
    word = reported["report"]["transcript"]["words"][20]
    element = report_page.locator(".word").nth(20)
    element.click()
    assert sent_to(report_page) == pytest.approx(word["start"], abs=0.01)
    expect(report_page.locator(".word.now, .gap.now")).to_have_count(1)
    expect(report_page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def _the_transcript_can_be_read_by_keyboard(report_page: Page, reported: dict[str, Any]) -> None:
    items = report_page.locator("[data-item]")
    items.first.focus()
    report_page.keyboard.press("ArrowRight")
    expect(items.nth(1)).to_be_focused()
    report_page.keyboard.press("End")
    expect(items.last).to_be_focused()
    report_page.keyboard.press("Enter")
    assert sent_to(report_page) == pytest.approx(
        reported["report"]["transcript"]["words"][-1]["start"], abs=0.01
    )


@pytest.mark.long
def test_the_ends_of_the_answer_can_be_moved_and_put_back(
    report_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    found = reported["report"]["spoken_span"]
    end = report_page.get_by_role("slider", name="End of your answer")
    end.focus()
    for _ in range(5):
        report_page.keyboard.press("PageDown")

    def marked() -> bool:
        # A busy machine may have measured in between with fewer keys pressed.
        span = service.client.get(f"/api/answers/{reported['id']}/report").json().get("spoken_span") or {}
        return bool(
            span.get("source") == "person" and span["end"] == pytest.approx(found["end"] - 5, abs=0.2)
        )

    eventually(marked, PATIENCE / 1000)
    expect(report_page.get_by_text("as you marked it")).to_be_visible(timeout=PATIENCE)
    report_page.get_by_role("button", name="Use what was found").click()
    expect(report_page.get_by_text("as found in the sound")).to_be_visible(timeout=PATIENCE)


@pytest.mark.long
def test_the_words_about_an_answer_can_be_changed(
    report_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    report_page.get_by_role("button", name="Change").click()
    dialog = report_page.get_by_role("dialog")
    dialog.get_by_label("Question").fill("Who are you?")
    dialog.get_by_role("button", name="Save").click()
    expect(report_page.get_by_role("heading", level=1)).to_have_text("Who are you?")
    service.client.patch(f"/api/answers/{reported['id']}", json={"question": reported["question"]})
    expect(report_page.get_by_role("heading", level=1)).to_have_text(reported["question"])


@pytest.mark.long
def test_everything_can_be_taken_away(report_page: Page) -> None:
    report_page.get_by_text("Download or print").click()
    for name, suffix in (
        ("Transcript as text", ".txt"),
        ("Transcript as subtitles (SRT)", ".srt"),
        ("Report as data (JSON)", ".json"),
        ("The recording as you uploaded it", ".flac"),
    ):
        with report_page.expect_download() as download:
            report_page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(suffix)
        assert download.value.path().stat().st_size > 0


@pytest.mark.long
def test_a_failed_stage_keeps_what_earlier_ones_made(page: Page, reported: dict[str, Any]) -> None:
    def fail_measuring(route) -> None:  # type: ignore[no-untyped-def]
        answer = route.fetch()
        body = answer.json()
        body["available"] = ["media", "peaks", "transcript"]
        body["work"] = {"state": "failed", "stage": "measure", "progress": None, "error": None}
        body["work"]["error"] = {"code": "internal_error", "text": "Something went wrong."}
        route.fulfill(response=answer, json=body)

    page.route(f"**/api/answers/{reported['id']}", fail_measuring)
    page.goto(f"/answers/{reported['id']}")
    expect(page.get_by_text("The recording and its transcript are kept.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.locator(".word").nth(10).click()
    assert sent_to(page) > 0
    page.get_by_text("Download or print").click()
    expect(page.get_by_role("link", name="Transcript as text")).to_be_visible()


def test_a_file_that_is_no_recording_says_what_to_do(page: Page, service: RunningService) -> None:
    answer = service.upload(b"words, no sound", title="Notes")
    service.wait_for(answer["id"], "failed")
    page.goto(f"/answers/{answer['id']}")
    expect(page.get_by_role("heading", name="This file could not be read as a recording.")).to_be_visible()
    expect(page.get_by_role("link", name="Choose another recording")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page).to_have_url("/answers")


def test_a_report_is_asked_for_once(page: Page, reported: dict[str, Any]) -> None:
    """The document asks for it before the page's modules are there; they take what came."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"/answers/{reported['id']}")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.locator(".mark-pauses").first).to_be_visible()
    for part in ("", "/report/view", "/peaks"):
        assert asked.count(f"/api/answers/{reported['id']}{part}") == 1


def _what_a_screen_reader_finds(report_page: Page, reported: dict[str, Any]) -> None:
    expect(report_page.get_by_role("group", name="Player")).to_match_aria_snapshot(
        """
        - group "Player":
          - button "Play"
          - slider "Position"
          - combobox "Speed":
            - option "0.75×"
            - option "1×" [selected]
            - option "1.25×"
            - option "1.5×"
        """
    )
    timeline = report_page.get_by_role("region", name="Timeline").aria_snapshot()
    for expected in (
        r'group "Timeline of \d min \d+ s: \d+ pauses.*\. Arrow keys go from mark to mark',
        r'- button "\d+ words a minute from \d:\d\d to \d:\d\d"',
        r'- button "Pause of [\d.]+ s at \d:\d\d, at the end of a sentence or clause"',
        r'- button "Pause of [\d.]+ s at \d:\d\d, within a clause"',
        r'- button "“um” at \d:\d\d, a filled pause"',
        r'- slider "Start of your answer"',
        r'- slider "End of your answer"',
        r'- group "Loop":\s+- button "Loop from here"',
        r'- group "Zoom":\s+- button "Wider" \[disabled\]\s+- button "Closer"',
    ):
        assert re.search(expected, timeline), expected
    said = report_page.get_by_role("region", name="What you said").aria_snapshot()
    for expected in (
        r'- searchbox "Find in what you said\.',
        r'- button "Correct words"',
        r'- group "Transcript\. Arrow keys go word by word\. Enter plays from there\. E corrects a word',
        r'- button "Play from 0:00"',
        r'- img "pause of [\d.]+ s"',
        r"um, \(filled pause\)",
        r"[Yy]ou know, \(discourse marker\)",
    ):
        assert re.search(expected, said), expected
    row = report_page.locator("[data-measure=speaking_rate]")
    row.locator("summary").click()
    expect(row).to_contain_text("Known error")
    measure = row.aria_snapshot()
    for expected in ("Speaking pace", r"\d+ words a minute", "Guide 100 to 165", "Measured", "Known error"):
        assert re.search(expected, measure), expected


def test_a_report_is_read_and_heard_by_mouse_and_keyboard(
    report_page: Page, service: RunningService, reported: dict[str, Any]
) -> None:
    """Opening the page again for each of these would take longer than all of them."""
    _the_report_reads_from_the_top(report_page, reported)
    _what_a_screen_reader_finds(report_page, reported)
    _a_measure_opens_to_how_it_is_measured(report_page, service)
    _arrow_keys_go_from_mark_to_mark(report_page, reported)
    _the_transcript_can_be_read_by_keyboard(report_page, reported)
    _a_click_on_a_mark_plays_from_a_second_before(report_page, reported)
    _a_click_on_a_word_goes_there(report_page, reported)


def test_on_a_phone_the_first_screen_has_the_verdict_and_the_next_step(report_page: Page) -> None:
    report_page.set_viewport_size({"width": 390, "height": 844})
    eventually(lambda: report_page.evaluate("document.documentElement.scrollWidth") == 390)
    for part in (".headline", ".main-figures", ".next-steps .button-main"):
        expect(report_page.locator(part)).to_be_in_viewport(ratio=1)


@pytest.mark.long
def test_ones_own_usual_stands_beside_the_figure(report_page: Page) -> None:
    # Whatever other tests have uploaded, at first nothing is usual.
    report_page.route("**/usual", lambda route: route.fulfill(json={"takes": 0, "measures": {}, "view": {}}))
    with report_page.expect_response("**/usual"):
        report_page.reload()
    expect(report_page.locator(".main-table")).to_be_visible()
    expect(report_page.locator(".main-table")).not_to_contain_text("Your usual")
    expect(report_page.locator(".measure-usual")).to_have_count(0)
    ranges = {"filler_rate": UsualRange(5.1, 6.0, 7.0, 9)}
    view = {name: vars(usual) for name, usual in usual_view(ranges, {"filler_rate": "per min"}).items()}
    usual = {"takes": 9, "measures": {}, "view": view}
    report_page.route("**/usual", lambda route: route.fulfill(json=usual))
    report_page.reload()
    main = report_page.locator(".main-table").get_by_role("row")
    expect(main.filter(has_text="Fillers")).to_contain_text("5.1 to 7.0")
    _open_all_figures(report_page)
    row = report_page.locator("[data-measure=filler_rate]")
    expect(row.locator(".measure-usual")).to_have_text("Your usual 5.1 to 7.0")
    expect(report_page.locator("[data-measure=pause_rate] .measure-usual")).to_be_empty()
    row.locator("summary").click()
    expect(row).to_contain_text("5.1 to 7.0 in the middle half of your 9 other takes.")


def test_who_speaks_differently_sees_facts_and_no_verdicts(
    report_page: Page, service: RunningService
) -> None:
    expect(report_page.locator(".pace-band")).to_have_count(1)
    service.client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    try:
        report_page.reload()
        expect(report_page.locator(".pace-line")).to_have_count(1)
        expect(report_page.locator(".pace-band, .band-label")).to_have_count(0)
        expect(report_page.locator(".main-figure-standing")).to_have_text(["inside the aim"])
        expect(report_page.locator(".next-steps .button-main")).to_have_text("Next question")
        _open_all_figures(report_page)
        for name in ("speaking_rate", "filler_rate", "pause_rate"):
            row = report_page.locator(f"[data-measure={name}]")
            expect(row.locator("strong")).to_be_visible()
            expect(row.locator(".measure-guide")).to_be_empty()
        expect(report_page.locator(".mark-fillers").first).to_be_visible()
        expect(report_page.locator(".length-aim")).to_be_visible()
        expect(report_page.locator(".observations")).not_to_contain_text("filler")
    finally:
        service.client.patch("/api/preferences", json={"speaks_differently": False})


@pytest.mark.long
def test_print_opens_a_page_of_its_own_and_prints_it(context: BrowserContext, report_page: Page) -> None:
    context.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    with context.expect_page() as opened:
        report_page.get_by_text("Download or print").click()
        report_page.get_by_role("link", name="Print it or save it as a PDF").click()
    opened.value.wait_for_function("() => window.printed === 1")
    expect(opened.value.locator("body")).to_contain_text("Tell me about yourself.")
