"""The report to print or keep: two pages of paper, one file that stands alone, readable for everybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from analysis.measures.registry import DEFINITIONS
from analysis.report import Pause, RecordingDescription, Report, Transcript
from service.db.models import Answer
from service.exports.printed_report import report_page
from tests.analysis.cli.example_reports import silent_report, usual_report, words_of
from tests.browser.accessibility import accessibility_faults
from tests.browser.conftest import PATIENCE, SAMPLES
from tests.service.running import RunningService, eventually

A4_POINTS = (595, 842)
QUESTION = "Why did you choose family medicine?"


@pytest.fixture(scope="module")
def good_answer(service: RunningService) -> str:
    """An answer of 93 s with its report."""
    identifier = str(service.upload(SAMPLES / "good-answer.flac", question=QUESTION)["id"])
    eventually(lambda: service.answer(identifier)["work"]["state"] in {"ready", "failed"}, PATIENCE / 1000)
    return identifier


@pytest.fixture
def document(browser: Browser, service: RunningService, good_answer: str) -> Iterator[Page]:
    """Its page, with everything that it asks for and that a browser finds wrong with it."""
    context = browser.new_context(base_url=service.url, reduced_motion="reduce")
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"/api/answers/{good_answer}/report.html")
    yield page
    context.close()
    asked = [url for url in asked if not url.startswith("data:")]
    assert asked == [f"{service.url}/api/answers/{good_answer}/report.html"], "it asked for more than itself"
    assert wrong == []


def printed(page: Page) -> list[str]:
    """The text of each page of paper."""
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = []
    for sheet in pdf:
        assert tuple(round(side) for side in sheet.get_size()) == A4_POINTS
        texts.append(" ".join(sheet.get_textpage().get_text_bounded().split()))
    pdf.close()
    return texts


def from_file(page: Page, folder: Path, report: Report, **fields: Any) -> Page:
    """A report made by hand, opened as the file that somebody kept."""
    usual = {"title": "Kept", "question": QUESTION, "take": 3, "created_at": datetime(2026, 1, 2, tzinfo=UTC)}
    file = folder / "report.html"
    file.write_text(report_page(report, Answer(**(usual | fields)), None, now=datetime.now(UTC)))
    page.goto(file.as_uri())
    return page


def of_length(seconds: float, *, words_a_minute: float = 165.0) -> Report:
    """An answer of this length with a pause of a second in every ten."""
    step = 60.0 / words_a_minute
    sentence = "and then we asked her what she thought would help, and she told us about a garden. "
    text = (sentence * round(seconds / step / 16 + 1)).split()[: round(seconds / step)]
    usual = usual_report()
    return replace(
        usual,
        recording=RecordingDescription(seconds + 1, seconds + 1, "opus", 48_000, 1),
        transcript=Transcript("en", words_of(" ".join(text), step=step), ()),
        pauses=tuple(Pause(10.0 * n, 10.0 * n + 1.2, "within") for n in range(1, int(seconds / 10))),
        fillers=(),
    )


def full(report: Report) -> Report:
    """The same with a value for every measure there is."""
    measure = usual_report().measures["filler_rate"]
    return replace(report, measures={name: report.measures.get(name, measure) for name in DEFINITIONS})


@pytest.mark.long
def test_an_answer_is_two_pages_of_text(document: Page) -> None:
    first, second = printed(document)
    for part in (
        QUESTION,
        "are all inside the guides.",
        "Keep",
        "Sound and pauses",
        "What was measured",
    ):
        assert part in first, part
    for part in ("Answer length", "Sound cut off", "Not measurable: Time to first word", "Page 1 of 2"):
        assert part in first, part
    assert "What you said" not in first
    for part in ("What you said", "How it was measured", "Made by Greenroom on", "Page 2 of 2"):
        assert part in second, part
    # What is said to listeners only is not on paper.
    assert "filled pause, unsure)" not in second and "The timeline as a table" not in first


@pytest.mark.parametrize("seconds", [60, pytest.param(120, marks=pytest.mark.long), 180])
def test_up_to_three_minutes_fit_on_two_pages(page: Page, tmp_path: Path, seconds: int) -> None:
    texts = printed(from_file(page, tmp_path, full(of_length(seconds))))
    assert len(texts) == 2
    assert "Sound cut off" not in texts[1] and "What you said" in texts[1]


@pytest.mark.parametrize(
    "lines", [pytest.param(n, marks=() if n in {0, 4, 8} else pytest.mark.long) for n in range(9)]
)
def test_notices_never_leave_a_page_nearly_empty(page: Page, tmp_path: Path, lines: int) -> None:
    notice = replace(silent_report().notices[0], text="A plain notice of one line and a bit more. " * 2)
    everything = replace(of_length(120), fillers=usual_report().fillers, notices=(notice,) * lines)
    texts = printed(from_file(page, tmp_path, full(everything)))
    assert len(texts) == 2
    if lines == 0:
        assert texts[1].startswith("Greenroom Page 2 of 2 What you said 0:00 and then")


def test_a_long_answer_flows_on_and_loses_nothing(page: Page, tmp_path: Path) -> None:
    report = of_length(900)
    texts = printed(from_file(page, tmp_path, report))
    assert 3 <= len(texts) <= 7
    assert [f"Page {number} of {len(texts)}" in text for number, text in enumerate(texts, 1)] == [True] * len(
        texts
    )
    assert sum(text.count("garden") for text in texts) == sum(
        "garden" in w.text for w in report.transcript.words
    )
    assert "Made by Greenroom" in texts[-1]


def test_where_much_is_said_first_the_words_follow_at_once(page: Page, tmp_path: Path) -> None:
    usual = of_length(90)
    notice = replace(silent_report().notices[0], text="A plain notice of more than one line. " * 6)
    texts = printed(from_file(page, tmp_path, replace(usual, notices=(notice,) * 4)))
    assert len(texts) == 2
    # A row is on one page as a whole.
    for label, value in (("Speaking pace", "142 words a minute"), ("Share of time speaking", "81 %")):
        assert sum(label in text and value in text for text in texts) == 1


def test_without_speech_it_is_one_page(page: Page, tmp_path: Path) -> None:
    (text,) = printed(from_file(page, tmp_path, silent_report()))
    assert text.index("Nobody speaks in this recording.") < text.index(
        "No speech was heard. Check the microphone"
    )


@pytest.mark.long
def test_a_kept_file_looks_as_the_page_did(page: Page, document: Page, tmp_path: Path) -> None:
    file = tmp_path / "kept.html"
    file.write_text(document.content())
    page.goto(file.as_uri())
    style = "getComputedStyle(document.querySelector('main'))"
    look = f"[{style}.display, {style}.maxWidth]"
    assert page.evaluate(look) == document.evaluate(look) == ["grid", "832px"]
    assert len(printed(page)) == 2


@pytest.mark.long
@pytest.mark.parametrize("width", [360, 720, 1280])
def test_it_is_readable_at_every_width(document: Page, width: int) -> None:
    document.set_viewport_size({"width": width, "height": 780})
    assert document.evaluate("document.documentElement.scrollWidth") == width
    document.locator("details").evaluate("details => { details.open = true; }")
    assert document.evaluate("document.documentElement.scrollWidth") == width
    assert accessibility_faults(document) == []


@pytest.mark.long
def test_letters_of_the_drawings_keep_their_size_on_a_phone(document: Page) -> None:
    document.set_viewport_size({"width": 360, "height": 780})
    ticks = document.get_by_role("img", name="Timeline of").locator("text")
    assert ticks.count() >= 8
    heights = [ticks.nth(number).evaluate("text => text.getBBox().height") for number in range(ticks.count())]
    assert min(heights) > 10


@pytest.mark.long
def test_drawings_and_table_can_be_listened_to(
    document: Page, service: RunningService, good_answer: str
) -> None:
    report = service.client.get(f"/api/answers/{good_answer}/report").json()
    pauses = len(report["pauses"])
    expect(document.get_by_role("img", name=f"Timeline of 1 min 35 s: {pauses} pauses")).to_be_visible()
    expect(document.get_by_role("img", name="Length: 1 min 33 s")).to_be_visible()
    with_value = [measure for measure in report["measures"].values() if measure["value"] is not None]
    table = document.get_by_role("table").filter(has_text="Speaking pace")
    expect(table.get_by_role("row")).to_have_count(len(with_value) + 1)
    expect(table.get_by_role("rowheader", name="Speaking pace")).to_be_visible()
    # On a phone the rows are laid out differently, and stay rows.
    document.set_viewport_size({"width": 360, "height": 780})
    expect(table.get_by_role("row")).to_have_count(len(with_value) + 1)
    expect(table.get_by_role("cell", name="157 words a minute")).to_be_visible()


@pytest.mark.long
def test_the_timeline_can_be_read_by_keyboard(
    document: Page, service: RunningService, good_answer: str
) -> None:
    report = service.client.get(f"/api/answers/{good_answer}/report").json()
    document.keyboard.press("Tab")
    expect(document.locator("summary")).to_be_focused()
    document.keyboard.press("Enter")
    fillers = [filler for filler in report["fillers"] if filler["state"] != "not_filler"]
    expect(document.locator(".moments tbody tr")).to_have_count(
        len(report["pauses"]) + len(fillers) + len(report["pace"])
    )
    document.keyboard.press("Tab")
    expect(document.get_by_role("link", name="Source 1")).to_be_focused()
    document.keyboard.press("Enter")
    expect(document.locator("#usual-1")).to_be_in_viewport()


@pytest.mark.long
def test_the_report_leads_to_it(context: BrowserContext, page: Page, good_answer: str) -> None:
    page.goto(f"/answers/{good_answer}")
    page.get_by_text("Download or print").click()
    with context.expect_page() as opened:
        page.get_by_role("link", name="Print it or save it as a PDF").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(QUESTION)
    for name, ending in (("The report as one page (HTML)", ".html"), ("Measures as a table (CSV)", ".csv")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
        assert download.value.path().stat().st_size > 1000
