"""The charts of progress: what they draw, what keyboard and pointer meet, and the table that agrees."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from analysis.trends.models import FAMILY
from tests.browser.practice_history import (
    DEMO_TAG,
    MADE_UP_TAKES,
    OWN_TAKES,
    chart,
    report_of,
    show,
    value_of,
    walk,
)
from tests.service.running import RunningService

ROWS = 50
"""Of one page of the table."""


def _every_take_can_be_walked_to_and_says_what_the_table_says(
    progress: Page, history: RunningService
) -> None:
    report = report_of(history)
    assert report["takes"] == OWN_TAKES
    progress.get_by_text("Show all takes as a table").click()
    for trend in report["trends"]:
        names = walk(progress, trend["name"])
        cells = progress.locator(f".progress-table td[data-measure={trend['name']}]")
        expect(cells).to_have_count(OWN_TAKES)
        figures = [cell.evaluate("(cell) => cell.firstChild.nextSibling.textContent") for cell in cells.all()]
        assert len(names) == len(figures) == OWN_TAKES
        for name, figure, point in zip(names, reversed(figures), trend["points"], strict=True):
            assert f"{point['title']}: {figure.strip()}" in name
            assert ("not measurable" in name) == (point["value"] is None)
            assert ("less sure" in name) == bool(point["value"] is not None and point["doubt"])
            assert ("older version" in name) == (not point["current"])


def _dots_stand_where_their_values_and_days_are(progress: Page, history: RunningService) -> None:
    for trend in report_of(history)["trends"]:
        drawing = chart(progress, trend["name"])
        (low, bottom), *_, (high, top) = [
            (value_of(label), float(y or "nan"))
            for label, y in drawing.locator(".tick[dy]").evaluate_all(
                "(all) => all.map((one) => [one.textContent, one.getAttribute('y')])"
            )
        ]
        links = drawing.locator("a circle")
        expect(links).to_have_count(OWN_TAKES)
        places = links.evaluate_all("(all) => all.map((one) => [one.cx.baseVal.value, one.cy.baseVal.value])")
        apart = [later - earlier for (earlier, _), (later, _) in pairwise(places)]
        assert apart == pytest.approx([apart[0]] * len(apart), abs=0.5), "two days lie between any two takes"
        for point, (_, y) in zip(trend["points"], places, strict=True):
            if point["value"] is not None:
                share = (point["value"] - low) / (high - low)
                assert y == pytest.approx(bottom + share * (top - bottom), abs=0.5), trend["name"]


def _what_is_known_of_a_take_is_in_its_shape(progress: Page) -> None:
    shapes = {
        measure: {
            str(mark.get_attribute("class")).split()[-1]: str(mark.get_attribute("d")).count("M")
            for mark in chart(progress, measure).locator("path.take-mark").all()
        }
        for measure in FAMILY
    }
    assert shapes["filler_rate"] == {
        "take-older-unsure": 1,
        "take-older": 3,
        "take-unsure": 1,
        "take-sure": 8,
    }
    assert shapes["speaking_rate"] == {"take-missing": 1, "take-older": 4, "take-sure": 8}
    assert shapes["answer_length"] == {"take-older": 4, "take-sure": 9}
    legend = progress.get_by_role("list", name="What the marks mean")
    for meaning in ("A take", "A take, less sure", "Measured by an older version", "Not measurable"):
        expect(legend.get_by_text(meaning, exact=True)).to_be_visible()


def _the_line_is_broken_where_the_build_changed(progress: Page, history: RunningService) -> None:
    report = report_of(history, tag="made-up")
    assert len(report["breaks"]) == 1
    expect(progress.get_by_text(report["breaks"][0]["text"])).to_be_visible()
    for measure in FAMILY:
        drawing = chart(progress, measure)
        expect(drawing.get_by_text("measured differently from here")).to_have_count(1)
        assert str(drawing.locator(".trend-middle").get_attribute("d")).count("M") == 2
        assert str(drawing.locator(".trend-half").get_attribute("d")).count("Z") == 2


def _a_long_history_keeps_few_links_and_reaches_every_take(progress: Page, history: RunningService) -> None:
    names = walk(progress, "filler_rate")
    points = report_of(history, tag="made-up")["trends"][3]["points"]
    assert len(names) == len(points) == MADE_UP_TAKES
    assert all(point["title"] in name for name, point in zip(names, points, strict=True))
    assert chart(progress, "filler_rate").locator("a").count() < MADE_UP_TAKES
    progress.keyboard.press("PageUp")
    progress.keyboard.press("ArrowUp")
    focused = progress.evaluate("document.activeElement.closest('[data-trend]').dataset.trend")
    assert focused == "long_pause_rate"
    progress.keyboard.press("Enter")
    expect(progress).to_have_url(f"/answers/{points[-11]['answer']}")


def _pointing_at_a_take_reads_it_under_every_chart(progress: Page, history: RunningService) -> None:
    # It comes by itself and stands above the charts, which then lie lower.
    expect(progress.get_by_text("measured by an older version. Analyse")).to_be_visible()
    drawing = chart(progress, "long_pause_rate")
    drawing.scroll_into_view_if_needed()
    place = drawing.locator("a circle").nth(5).bounding_box()
    assert place is not None
    progress.mouse.move(place["x"] + place["width"] / 2 + 3, place["y"] + place["height"] / 2 - 3)
    for measure in FAMILY:
        expect(progress.locator(f"[data-trend={measure}] .trend-readout")).to_contain_text("Take 6")
    progress.mouse.down()
    progress.mouse.up()
    answer = report_of(history)["trends"][0]["points"][5]["answer"]
    expect(progress).to_have_url(f"/answers/{answer}")


def _charts_have_names_and_their_takes_are_links(progress: Page) -> None:
    drawing = chart(progress, "answer_length")
    expect(drawing).to_be_visible()
    tree = drawing.aria_snapshot()
    assert f'group "Answer length: {OWN_TAKES} takes from ' in tree
    assert "guide 1–2 minutes" in tree
    assert tree.count('link "') == OWN_TAKES
    assert 'Take 13: 2 min"' in tree
    section = progress.get_by_role("region", name="Speaking pace, words a minute")
    expect(section.get_by_role("link", name="Take 8: not measurable")).to_have_count(1)
    expect(progress.get_by_role("heading", name="Fillers a minute")).to_be_visible()


@pytest.mark.long
def test_charts_of_few_takes(progress: Page, history: RunningService) -> None:
    show(progress, "/progress")
    _charts_have_names_and_their_takes_are_links(progress)
    _dots_stand_where_their_values_and_days_are(progress, history)
    _what_is_known_of_a_take_is_in_its_shape(progress)
    _every_take_can_be_walked_to_and_says_what_the_table_says(progress, history)
    _pointing_at_a_take_reads_it_under_every_chart(progress, history)


def _the_table_is_one_and_has_pages(progress: Page) -> None:
    progress.get_by_text("Show all takes as a table").click()
    table = progress.get_by_role(
        "table", name=f"Takes 21 to {MADE_UP_TAKES} of {MADE_UP_TAKES}, newest first"
    )
    expect(table.get_by_role("columnheader", name="Fillers a minute")).to_be_visible()
    expect(table.get_by_role("rowheader")).to_have_count(ROWS)
    progress.get_by_role("button", name="Older takes").click()
    table = progress.get_by_role("table", name=f"Takes 1 to 20 of {MADE_UP_TAKES}, newest first")
    expect(table.get_by_role("rowheader")).to_have_count(MADE_UP_TAKES - ROWS)
    expect(progress.get_by_role("button", name="Older takes")).to_be_disabled()


def _the_evidence_stands_under_each_sentence(progress: Page, history: RunningService) -> None:
    report = report_of(history, tag="made-up")
    progress.get_by_text("Have they changed?").click()
    expect(progress.get_by_text(report["headline"])).to_be_visible()
    for trend in report["trends"]:
        section = progress.locator(".changes > div").filter(has_text=trend["label"])
        expect(section.get_by_text(trend["sentence"])).to_be_visible()
        before, after = trend["change"]["before"], trend["change"]["after"]
        expect(section.get_by_text(f"Earlier {before['takes']} takes:")).to_be_visible()
        if trend["unit"] == "per min":
            interval = f"{after['low']:.1f} to {after['high']:.1f}"
            expect(section).to_contain_text(
                f"Later {after['takes']} takes: {after['value']:.1f} a minute ({interval})."
            )
    expect(progress.locator(".progress-method")).to_contain_text(report["method"])


@pytest.mark.long
def test_charts_of_many_takes(progress: Page, history: RunningService) -> None:
    show(progress, DEMO_TAG)
    _the_line_is_broken_where_the_build_changed(progress, history)
    _the_evidence_stands_under_each_sentence(progress, history)
    _the_table_is_one_and_has_pages(progress)
    _a_long_history_keeps_few_links_and_reaches_every_take(progress, history)
