"""Uploading: a recording goes from the person's disk to its report, with words all the way."""

import re
from pathlib import Path

import pytest
import soundfile
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PATIENCE, SAMPLES
from tests.browser.fake_microphone import window
from tests.service.running import RunningService, eventually

COLLECT_WORDS = """() => {
  window.seenWords = new Set();
  new MutationObserver(() => {
    for (const element of document.querySelectorAll(".work-words")) {
      window.seenWords.add(element.textContent.trim());
    }
  }).observe(document.getElementById("main"), { childList: true, subtree: true, characterData: true });
}"""


def test_a_recording_is_sent_and_analysed_and_leads_to_its_report(page: Page, tmp_path: Path) -> None:
    samples, rate = soundfile.read(SAMPLES / "too-short.flac")
    recording = tmp_path / "too-short.flac"
    # Not the samples of any other test: their text would be there at once, without progress to show.
    soundfile.write(recording, 0.97 * samples, rate)
    page.goto("/upload")
    page.evaluate(COLLECT_WORDS)
    page.get_by_label("Question").fill("Why medicine?")
    page.get_by_label("Session").fill("Evening")
    page.set_input_files("#files", recording)

    report_link = page.get_by_role("link", name="Open the report")
    expect(report_link).to_be_visible(timeout=PATIENCE)
    seen = " / ".join(page.evaluate("[...window.seenWords]"))
    assert "Sending, " in seen or "Sent" in seen
    assert re.search(r"(Transcribing|Reading the sound|Finding where you speak), \d+ of \d+ s", seen), seen

    report_link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why medicine?")
    expect(page.locator(".headline")).not_to_be_empty()
    expect(page.get_by_role("link", name="Evening")).to_be_visible()


def test_several_files_at_once_and_one_that_is_none(page: Page, tmp_path: Path) -> None:
    text = tmp_path / "notes.wav"
    text.write_text("These are notes and no recording.")
    empty = tmp_path / "empty.wav"
    empty.touch()
    page.goto("/upload")
    page.set_input_files("#files", [text, empty])
    rows = page.locator(".work-row")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="empty")).to_contain_text("This file is empty.")
    expect(rows.filter(has_text="notes")).to_contain_text(
        "This file could not be read as a recording.", timeout=PATIENCE
    )


def test_a_file_over_the_limit_is_refused_before_it_is_sent(page: Page) -> None:
    def shrink(route) -> None:  # type: ignore[no-untyped-def]
        answer = route.fetch()
        about = answer.json()
        about["limits"]["maximum_bytes"] = 1000
        route.fulfill(response=answer, json=about)

    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.route("**/api/about", shrink)
    page.goto("/upload")
    page.set_input_files("#files", SAMPLES / "too-short.flac")
    expect(page.locator(".work-row")).to_contain_text("This file is too large.")
    assert set(sent) == {"GET"}


@pytest.mark.long
def test_dropped_files_are_taken_and_sending_goes_on_after_a_lost_connection(page: Page) -> None:
    lost = iter([True, True])

    def lose_twice(route) -> None:  # type: ignore[no-untyped-def]
        if next(lost, False):
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/chunks/*", lose_twice)
    page.goto("/upload")
    data = page.evaluate_handle(
        """() => {
          const transfer = new DataTransfer();
          transfer.items.add(new File(["not a recording"], "dropped.mp3"));
          return transfer;
        }"""
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": data})
    expect(page.locator(".work-row")).to_contain_text(
        "This file could not be read as a recording.", timeout=PATIENCE
    )


@pytest.mark.parametrize("at", ["its chunks", "its beginning"])
def test_cancelling_leaves_nothing_behind(page: Page, service: RunningService, at: str) -> None:
    before = _listed(service)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/chunks/*" if at == "its chunks" else "**/api/answers", hold)
    page.goto("/upload")
    page.set_input_files("#files", SAMPLES / "too-short.flac")
    eventually(lambda: page.evaluate("true") and waiting)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".work-row")).to_contain_text("Cancelled. Nothing is kept.")
    if at == "its beginning":
        # What was asked for is made all the same, and its reply comes after the click.
        with page.expect_response(lambda response: response.request.method == "DELETE"):
            waiting[0].continue_()
    eventually(lambda: _listed(service) <= before)


def test_what_could_not_be_deleted_is_said(page: Page, service: RunningService) -> None:
    before = _listed(service)

    def refuse(route: Route) -> None:
        if route.request.method == "DELETE":
            route.abort()
        else:
            route.continue_()

    page.route("**/chunks/*", lambda route: None)
    page.route("**/api/answers/*", refuse)
    page.goto("/upload")
    page.set_input_files("#files", SAMPLES / "too-short.flac")
    [begun] = eventually(lambda: page.evaluate("true") and _listed(service) - before)
    page.get_by_role("button", name="Cancel").click()
    row = page.locator(".work-row")
    expect(row).to_contain_text("could not be deleted. It is under Answers, where you can delete it.")
    service.client.delete(f"/api/answers/{begun}").raise_for_status()


@pytest.mark.long
def test_a_row_that_could_not_be_deleted_stays_and_says_so(page: Page, service: RunningService) -> None:
    page.goto("/upload")
    page.set_input_files("#files", {"name": "No sound.wav", "mimeType": "audio/wav", "buffer": b"no sound"})
    row = page.locator(".work-row").filter(has_text="No sound")
    delete = row.get_by_role("button", name="Delete")
    expect(delete).to_be_visible()
    page.route("**/api/answers/*", lambda route: route.abort())
    delete.click()
    expect(page.get_by_role("alert")).to_contain_text("Greenroom cannot be reached.")
    expect(delete).to_be_visible()
    page.unroute("**/api/answers/*")
    delete.click()
    expect(row).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def _listed(service: RunningService) -> set[str]:
    return {answer["id"] for answer in service.client.get("/api/answers?limit=200").json()["items"]}


@pytest.mark.long
def test_a_name_with_markup_stays_text(page: Page, service: RunningService, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>"
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    answer = service.upload(b"no recording", title=name, question=name, session=name, file_name=name)
    shown = page.locator(".work-title, .answer-title, .answer-file, h1").filter(has_text=name)

    def under_way(route: Route) -> None:
        # Else it has failed by now, and the page that sends lists only what goes on.
        listed = route.fetch().json()
        for item in listed["items"]:
            item["work"] |= {"state": "waiting", "stage": None, "error": None}
        route.fulfill(json=listed)

    page.route("**/api/answers?limit=20", under_way)
    for path in ("/upload", "/answers", f"/answers/{answer['id']}"):
        page.goto(path)
        expect(shown).to_be_visible()
        assert page.locator("main img").count() == 0
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert alarms == []
    service.client.delete(f"/api/answers/{answer['id']}")


@pytest.mark.long
def test_pages_say_how_long_the_analysis_will_take(browser: Browser, intake_service: RunningService) -> None:
    answer = intake_service.upload(b"sound", title="Waits")["id"]
    said = ["about 3 minutes left", "about 2 minutes left"]
    with window(browser, intake_service.url) as context:
        page = context.new_page()

        def tell(route: Route) -> None:
            text = said.pop(0) if len(said) > 1 else said[0]
            route.fulfill(json={"items": [{"answer": answer, "seconds": 100.0, "text": text}]})

        page.route("**/api/work", tell)
        for address in ("/upload", "/answers", f"/answers/{answer}"):
            page.goto(address)
            expect(page.locator("main")).to_contain_text(
                "Waiting to start, about 2 minutes left", timeout=15_000
            )
    intake_service.client.delete(f"/api/answers/{answer}")
