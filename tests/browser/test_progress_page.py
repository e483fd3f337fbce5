"""Progress around its charts: filters, the week and its focus, days of practice, analysing again."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE
from tests.browser.practice_history import DEMO_TAG, OWN_TAKES, chart, few, outdate, report_of, serving, show
from tests.service.running import RunningService, eventually
from tests.service.speech_files import write_speech

WIDTHS = {"phone": 360, "reflow": 320, "zoomed": 640}
"""Pixels. 640 is a window of 1280 at 200 %; 320 is one at 400 %."""


@pytest.mark.long
def test_filters_stand_in_the_address_and_change_what_is_shown(
    progress: Page, history: RunningService
) -> None:
    show(progress, "/progress")
    drawing = chart(progress, "answer_length")
    expect(drawing.locator("a")).to_have_count(OWN_TAKES)
    progress.get_by_label("First language").select_option("Hindi")
    expect(progress).to_have_url("/progress?language=Hindi")
    expect(drawing.locator("a")).to_have_count(report_of(history, language="Hindi")["takes"])
    progress.get_by_label("Time limit").select_option("timed")
    wanted = report_of(history, language="Hindi", timing="timed")["takes"]
    assert 0 < wanted < OWN_TAKES
    expect(drawing.locator("a")).to_have_count(wanted)
    progress.reload()
    expect(progress.get_by_label("Time limit")).to_have_value("timed")
    expect(drawing.locator("a")).to_have_count(wanted)
    progress.get_by_role("button", name="Show all").click()
    expect(progress).to_have_url("/progress")
    expect(drawing.locator("a")).to_have_count(OWN_TAKES)
    expect(progress.get_by_label("Spoken language")).to_have_count(0)


@pytest.mark.long
def test_a_choice_that_leaves_nothing_says_so(progress: Page) -> None:
    progress.goto("/progress?until=2001-01-01")
    expect(progress.get_by_role("heading", name="No take fits.")).to_be_visible()
    progress.get_by_role("button", name="Show all takes").click()
    expect(progress.locator(".trend")).to_have_count(4)


@pytest.mark.long
def test_a_made_up_history_says_that_it_is_one(progress: Page) -> None:
    show(progress, "/progress")
    expect(progress.locator(".trend")).to_have_count(4)
    expect(progress.get_by_text("This history is made up.")).to_have_count(0)
    progress.get_by_label("Tag").select_option("made-up")
    expect(progress.get_by_text("This history is made up.")).to_be_visible()


@pytest.mark.long
def test_the_weeks_focus_is_chosen_and_kept(progress: Page) -> None:
    show(progress, "/progress")
    focus = progress.get_by_role("region", name="Focus of the week")
    focus.get_by_role("button", name="Fillers a minute").click()
    expect(focus.get_by_text("No takes since you chose it.")).to_be_visible()
    focus.get_by_label("Your plan").fill("Breathe first.")
    expect(focus.get_by_text("Saved.")).to_have_count(1)
    focus.get_by_label("How it went").fill("Calmer.")
    expect(focus.get_by_text("Saved.")).to_have_count(2)
    progress.reload()
    expect(focus.get_by_label("Your plan")).to_have_value("Breathe first.")
    expect(focus.get_by_label("How it went")).to_have_value("Calmer.")
    focus.get_by_role("button", name="Choose another").click()
    focus.get_by_role("button", name="Speaking pace").click()
    expect(focus.locator(".focus-measure")).to_have_text("Speaking pace")
    expect(focus.get_by_label("Your plan")).to_have_value("Breathe first.")
    focus.get_by_role("button", name="No focus this week").click()
    expect(focus.get_by_role("button", name="Answer length")).to_be_visible()


@pytest.mark.long
def test_two_fields_saved_at_once_do_not_undo_each_other(progress: Page) -> None:
    show(progress, "/progress")
    focus = progress.get_by_role("region", name="Focus of the week")
    focus.get_by_role("button", name="Fillers a minute").click()
    expect(focus.get_by_text("No takes since you chose it.")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "PUT" and not held:
            held.append(route)
        else:
            route.continue_()

    progress.route("**/focus/*", hold)
    focus.get_by_label("Your plan").fill("Breathe first.")
    eventually(lambda: progress.evaluate("true") and held)
    focus.get_by_label("How it went").fill("Calmer.")
    focus.get_by_label("How it went").blur()
    # Time for the second to go out, which it must not do before the first has arrived.
    progress.wait_for_timeout(500)
    held[0].continue_()
    expect(focus.get_by_text("Saved.")).to_have_count(2)
    progress.reload()
    expect(focus.get_by_label("Your plan")).to_have_value("Breathe first.")
    expect(focus.get_by_label("How it went")).to_have_value("Calmer.")
    focus.get_by_role("button", name="No focus this week").click()
    expect(focus.get_by_role("button", name="Answer length")).to_be_visible()


def test_one_can_go_back_to_weeks_before(progress: Page, history: RunningService) -> None:
    show(progress, DEMO_TAG)
    week = progress.locator(".week")
    expect(week.get_by_role("heading", name="This week")).to_be_visible()
    expect(week.get_by_role("row", name="Fillers a minute")).to_be_visible()
    expect(week.get_by_role("button", name="Week after")).to_be_disabled()
    week.get_by_role("button", name="Week before").click()
    expect(week.get_by_role("heading", name="Last week")).to_be_visible()
    expect(week.get_by_text("None was chosen.")).to_be_visible()
    week.get_by_role("button", name="Week after").click()
    expect(week.get_by_role("heading", name="This week")).to_be_visible()


def test_days_of_practice_are_counted_and_others_are_blank(progress: Page, history: RunningService) -> None:
    show(progress, "/progress")
    calendar = progress.get_by_role("table", name="Takes by day")
    expect(calendar.locator(".calendar-dot")).to_have_count(OWN_TAKES)
    for point in report_of(history)["trends"][0]["points"]:
        day = datetime.fromisoformat(point["at"]).astimezone()
        row = calendar.get_by_role("row").filter(has=progress.get_by_role("rowheader", name=f"{day:%A}"))
        name = f"{day:%A} {day.day} {day:%B}: 1 take, 1 min 30 s"
        expect(row.get_by_role("cell", name=name)).to_have_count(1)
    cells = calendar.get_by_role("cell").all_inner_texts()
    assert sum(not text.strip() for text in cells) == len(cells) - OWN_TAKES


def test_all_takes_can_be_taken_along(progress: Page) -> None:
    progress.goto("/progress?timing=timed")
    with progress.expect_download() as download:
        progress.get_by_role("link", name="These takes with every measure (CSV)").click()
    lines = Path(download.value.path()).read_text().splitlines()
    assert len(lines) == 1 + OWN_TAKES // 2


def test_without_verdicts_the_values_stay(progress: Page, history: RunningService) -> None:
    history.client.patch("/api/preferences", json={"speaks_differently": True}).raise_for_status()
    try:
        show(progress, DEMO_TAG)
        progress.get_by_text("Have they changed?").click()
        section = progress.locator(".changes")
        expect(section).to_contain_text("Earlier")
        expect(section.get_by_text("clear change")).to_have_count(0)
        expect(section.get_by_text("robably")).to_have_count(0)
    finally:
        history.client.patch("/api/preferences", json={"speaks_differently": False}).raise_for_status()


def test_what_cannot_be_reached_can_be_tried_again(progress: Page) -> None:
    progress.route("**/api/progress?*", lambda route: route.abort())
    progress.goto("/progress")
    expect(progress.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    progress.unroute("**/api/progress?*")
    progress.get_by_role("button", name="Try again").click()
    expect(progress.locator(".trend")).to_have_count(4)


@pytest.mark.long
def test_no_accessibility_fault_with_everything_open(progress: Page) -> None:
    progress.emulate_media(reduced_motion="reduce")
    show(progress, DEMO_TAG)
    progress.get_by_text("Show all takes as a table").click()
    progress.get_by_text("Have they changed?").click()
    chart(progress, "filler_rate").locator("a[tabindex='0']").focus()
    expect(progress.locator(".calendar-dot").first).to_be_visible()
    expect(progress.locator(".focus-offer").first).to_be_visible()
    assert accessibility_faults(progress) == []


@pytest.mark.parametrize(
    "name", ["phone", *(pytest.param(w, marks=pytest.mark.long) for w in WIDTHS if w != "phone")]
)
def test_nothing_scrolls_sideways(progress: Page, name: str) -> None:
    progress.set_viewport_size({"width": WIDTHS[name], "height": 780})
    show(progress, DEMO_TAG)
    progress.get_by_text("Show all takes as a table").click()
    expect(progress.locator(".progress-table table")).to_be_visible()
    progress.get_by_role("button", name="Choose takes").click()
    expect(progress.get_by_label("First language")).to_be_visible()
    expect(progress.locator(".calendar-dot").first).to_be_visible()
    assert progress.evaluate("document.documentElement.scrollWidth") == WIDTHS[name]
    for drawing in progress.locator(".trend-drawing").all():
        box = drawing.bounding_box()
        assert box is not None and box["x"] + box["width"] <= WIDTHS[name]


@pytest.mark.long
def test_an_empty_page_says_what_will_be_here(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path / "data", workers=0) as running:
        page = browser.new_page(base_url=running.url)
        page.goto("/progress")
        expect(page.get_by_role("heading", name="Your takes over time will be here.")).to_be_visible()
        expect(page.locator(".trend")).to_have_count(0)
        page.get_by_role("link", name="Practise a question").click()
        expect(page.get_by_role("button", name="Practise this question")).to_be_visible()
        page.close()


@pytest.mark.long
def test_a_few_takes_are_dots_and_how_many_more(browser: Browser, tmp_path: Path) -> None:
    few(tmp_path / "data", takes=3)
    with serving(tmp_path / "data", workers=0) as running:
        page = browser.new_page(base_url=running.url)
        page.goto("/progress")
        for trend in report_of(running)["trends"]:
            drawing = chart(page, trend["name"])
            expect(drawing.locator("a")).to_have_count(3)
            assert drawing.locator(".trend-middle").get_attribute("d") == ""
            change = page.locator(".changes > div").filter(has_text=trend["label"])
            expect(change).to_contain_text("more")
            expect(change.locator(".quiet")).to_have_count(0)
        page.close()


@pytest.mark.long
def test_older_takes_are_analysed_again_and_new_ones_appear(browser: Browser, tmp_path: Path) -> None:
    speech = write_speech(tmp_path / "speech.wav")
    with serving(tmp_path / "data") as running:
        answers = [running.upload(speech, title=f"Take {number}")["id"] for number in range(2)]
        for answer in answers:
            running.wait_for(answer, "ready")
            outdate(tmp_path / "data", answer)
        page = browser.new_page(base_url=running.url)
        page.goto("/progress")
        expect(page.get_by_text("2 takes were measured by an older version.")).to_be_visible()
        page.get_by_role("button", name="Analyse again").click()
        expect(page.get_by_text("All takes are measured by the same version now.")).to_be_visible(
            timeout=PATIENCE
        )
        expect(page.locator(".take-older")).to_have_count(0)
        expect(chart(page, "answer_length").locator("a")).to_have_count(2)
        running.upload(speech, title="One more")
        expect(chart(page, "answer_length").locator("a")).to_have_count(3, timeout=PATIENCE)
        page.close()
