"""The words of every page, with all folds open: short sentences, common words, a grade of 8 at most."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis import serialization
from service.db.models import LOCAL_PERSON, StageResult
from service.practice.questions import bank
from service.prepare.demo_season import add_demo_season
from service.settings import Settings
from tests.analysis.view.edge_reports import EDGE_REPORTS
from tests.browser.conftest import SAMPLES
from tests.browser.practice_history import DEMO_TAG, fill, opened, serving
from tests.browser.practice_window import SHORT_FORMATS, button, heading, practice_window, wait_until
from tests.reading.page_text import blocks_of
from tests.reading.readability import faults_of
from tests.service.made_takes import add_take
from tests.service.running import RunningService, eventually

QUESTION = "Which book did you read last?"
SESSION = "Monday evening"
TITLES = ("Quiet kitchen", "Loud kitchen", "Not a recording")
SAMPLE_COUNT = 6
EDGES = ("no speech", "less sure", "marks")
THEIRS = (QUESTION, SESSION, *TITLES, *EDGES, *(question.text for question in bank().questions))

_STANDS_STILL = """() => new Promise((resolve) => {
  let timer = setTimeout(resolve, 200);
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(resolve, 200);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})"""
"""Waits until nothing has been drawn for 200 ms."""

Pages = tuple[RunningService, dict[str, str]]


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """A service with a history, all kinds of report and a file that is none; addresses of its pages."""
    folder = tmp_path_factory.mktemp("words") / "data"
    fill(folder)
    (folder / "formats.toml").write_text(SHORT_FORMATS)
    addresses = {
        "upload": "/upload",
        "answers": "/answers",
        "progress": "/progress",
        "made-up progress": DEMO_TAG,
        "settings": "/settings",
        "prepare": "/prepare",
        "new interview": "/prepare/interviews/new",
        "set-up check": "/prepare/set-up",
        "no page": "/answers/none",
    }
    with opened(folder) as service:
        season = add_demo_season(service.database, LOCAL_PERSON, datetime.now(UTC))
        addresses |= {f"interview {number}": f"/prepare/interviews/{id}" for number, id in enumerate(season)}
        for name in EDGES:
            report = EDGE_REPORTS[name]
            media = {"media_file": "none.opus", "media_type": "audio/ogg", "duration": 90.0}
            answer = add_take(service, title=name, columns=media)
            addresses[f"report, {name}"] = f"/answers/{answer}"
            with service.database.writing() as session:
                written = serialization.to_json(report)
                session.add(
                    StageResult(answer_id=answer, stage="measure", analysis_version="1", result=written)
                )
    with serving(folder) as running:
        sound = (SAMPLES / "many-fillers.flac", SAMPLES / "too-short.flac", b"Not a recording.")
        made = [
            running.upload(content, question=QUESTION, session=SESSION, title=title)
            for content, title in zip(sound, TITLES, strict=True)
        ]
        for answer in made:
            running.wait_for(answer["id"], "ready", "failed")
        first, second, failed = (f"/answers/{answer['id']}" for answer in made)
        addresses |= {
            "report": first,
            "report of a short answer": second,
            "report that cannot be made": failed,
            "printed report": f"/api{first}/report.html",
            "takes": f"{first}/takes?with={made[1]['id']}",
            "session report": f"/sessions/{made[0]['session']['id']}",
        }
        yield running, addresses


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """A service in which nobody has practised yet."""
    with serving(tmp_path_factory.mktemp("fresh") / "data", workers=0) as running:
        yield running, {name: f"/{name}" for name in ("", "answers", "progress", "prepare", "upload")}


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


class Faults:
    """What is not plain on some pages, together."""

    def __init__(self) -> None:
        self._found: list[str] = []

    def look(self, page: Page, name: str) -> None:
        """Looks at a page as it stands."""
        blocks = blocks_of(page, left_out=THEIRS)
        assert blocks, f"{name} has no words"
        self._found += [f"{name}: {fault}" for fault in faults_of(blocks)]

    def check(self) -> None:
        """Fails with all that was found."""
        assert not self._found, "\n".join(self._found)


def _show(page: Page, address: str) -> None:
    page.goto(address)
    expect(heading(page)).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)
    page.evaluate(_STANDS_STILL)


@pytest.mark.long
def test_pages_of_somebody_who_has_practised(window: Page, practised: Pages) -> None:
    running, addresses = practised
    faults = Faults()
    for name, address in addresses.items():
        _show(window, running.url + address)
        faults.look(window, name)
        if name == "report":
            button(window, "Correct words").click()
            window.locator("[data-item]").first.click()
            expect(window.get_by_role("dialog")).to_be_visible()
            faults.look(window, "correcting a word")
        if name == "settings":
            button(window, "Delete everything").click()
            expect(window.get_by_role("dialog")).to_be_visible()
            faults.look(window, "deleting everything")
    faults.check()


@pytest.mark.long
def test_pages_of_somebody_who_begins(window: Page, fresh: Pages) -> None:
    running, addresses = fresh
    faults = Faults()
    for name, address in addresses.items():
        _show(window, running.url + address)
        faults.look(window, f"{name or 'practise'}, at the beginning")
    faults.check()


@pytest.mark.long
def test_steps_of_practice(speaking_browser: Browser, practised: Pages) -> None:
    faults = Faults()
    new = {"question": "tell-me-about-yourself"}
    with practice_window(speaking_browser, practised[0].url, new) as page:
        _show(page, "/")
        faults.look(page, "practise")
        button(page, "Choose another").click()
        faults.look(page, "questions")
        page.keyboard.press("Escape")
        page.get_by_label("Format").select_option("short-interview")
        faults.look(page, "practise, an interview")
        page.get_by_label("Format").select_option("free")
        button(page, "Practise this question").click()
        expect(heading(page)).to_have_text("Can you be heard?")
        faults.look(page, "microphone")
        button(page, "Test for 3 seconds").click()
        expect(button(page, "Test again")).to_be_visible()
        faults.look(page, "microphone, tested")
        page.locator(".check .button-main").click()
        expect(button(page, "Start recording")).to_be_visible()
        faults.look(page, "before the recording")
        button(page, "Start recording").click()
        wait_until(page, 2)
        faults.look(page, "recording")
        page.keyboard.press("p")
        expect(page.get_by_text("Paused", exact=True)).to_be_visible()
        faults.look(page, "recording, paused")
        page.keyboard.press("s")
        expect(button(page, "See the report")).to_be_visible()
        faults.look(page, "after the recording")
        page.get_by_label("About right").check()
        button(page, "Discard this take").click()
        faults.look(page, "discarding a take")
        page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
        button(page, "See the report").click()
        expect(page.locator(".headline")).not_to_be_empty()
        page.evaluate(_STANDS_STILL)
        faults.look(page, "report of a recording")
    faults.check()


def _ready(running: RunningService) -> list[dict[str, Any]]:
    """The sample answers, once all of them have their reports."""
    items = running.client.get("/api/answers").json()["items"]
    return items if len(items) == SAMPLE_COUNT and all(i["work"]["state"] == "ready" for i in items) else []


@pytest.mark.long
def test_the_first_start_and_the_reports_of_the_samples(
    window: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("samples") / "data"
    # Their results came with Greenroom, for this recogniser; no worker is needed.
    engine = Settings.model_fields["engine"].default
    running = RunningService(folder, "--samples", engine=engine, workers=0).start()
    faults = Faults()
    try:
        items = eventually(lambda: _ready(running))
        addresses = {"practise": "/", "answers": "/answers", "progress": "/progress"}
        for item in items:
            addresses[item["title"]] = f"/answers/{item['id']}"
            addresses[f"{item['title']}, printed"] = f"/api/answers/{item['id']}/report.html"
        for name, address in addresses.items():
            _show(window, running.url + address)
            faults.look(window, f"{name}, of the samples")
    finally:
        running.kill()
    faults.check()
