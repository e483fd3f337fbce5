"""A real Chromium against a real service with the real recogniser."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from analysis.report import Report
from analysis.serialization import from_json, to_compact_json
from analysis.view.report import report_view
from tests.browser.browser_paths import find_browser, install_command
from tests.browser.fake_microphone import speech, ticking, with_microphone, write_microphone
from tests.browser.practice_history import fill, serving
from tests.browser.practice_window import SHORT_FORMATS, practice_window
from tests.recogniser import SHARED_WHISPER
from tests.service.running import RunningService, eventually

SAMPLES = Path(__file__).parents[2] / "samples" / "audio"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
OTHER_HOST = "greenroom.test"
"""A name that the service for intake goes by too: over plain http, a page there is no secure one."""
LONGEST_WAIT = 20_000
"""Milliseconds until what a page should do at once counts as not done."""
PATIENCE = 120_000
"""Milliseconds. A sample is transcribed meanwhile, on a machine that may be busy."""
NOTE_WHERE_PLAYERS_GO = """
  const { prototype } = HTMLMediaElement;
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, "currentTime");
  window.sentTo = [];
  Object.defineProperty(prototype, "currentTime", {
    configurable: true,
    get,
    set(time) {
      window.sentTo.push([get.call(this), time]);
      set.call(this, time);
    },
  });
"""
# As long as an action waits for its element: a machine that may be busy.
expect.set_options(timeout=LONGEST_WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that asks for a browser is marked so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium; without one the tests skip with the command that installs it, and fail in CI."""
    path = find_browser()
    if path is None:
        missing = f"no Chromium on this machine; to have one: {install_command()}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    playwright: Playwright = request.getfixturevalue("playwright")
    launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield launched
    launched.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with the real recogniser, shared by all browser tests."""
    running = RunningService(tmp_path_factory.mktemp("browser") / "data", engine=SHARED_WHISPER)
    yield running.start()
    running.kill()


@pytest.fixture(scope="session")
def reported(service: RunningService) -> dict[str, Any]:
    """An answer with fillers and pauses, and its report."""
    answer = service.upload(
        SAMPLES / "many-fillers.flac", title="Fillers", question="Tell me about yourself.", session="Sunday"
    )
    identifier = answer["id"]

    def worked_on() -> bool:
        return service.answer(identifier)["work"]["state"] in {"ready", "failed"}

    eventually(worked_on, PATIENCE / 1000)
    answer = service.answer(identifier)
    assert answer["work"]["state"] == "ready", answer["work"]
    answer["report"] = service.client.get(f"/api/answers/{answer['id']}/report").json()
    return answer


@pytest.fixture
def context(browser: Browser, service: RunningService) -> Iterator[BrowserContext]:
    """A window of its own, which must not ask any other host for anything."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=service.url)
    opened.set_default_timeout(LONGEST_WAIT)
    opened.add_init_script(NOTE_WHERE_PLAYERS_GO)
    hosts: set[str] = set()
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    yield opened
    opened.close()
    assert hosts <= {urlsplit(service.url).netloc, ""}, "the page asked another host"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page without script errors and without anything that the Content-Security-Policy refused."""
    with _faultless_page(context) as opened:
        yield opened


@contextmanager
def _faultless_page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console",
        lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield opened
    assert wrong == []


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with a made-up history and some takes of one's own; it analyses nothing."""
    folder = tmp_path_factory.mktemp("history") / "data"
    fill(folder)
    with serving(folder, workers=0) as running:
        yield running


@pytest.fixture
def progress(browser: Browser, history: RunningService) -> Iterator[Page]:
    """A page onto that history, in a window of its own."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=history.url)
    opened.set_default_timeout(LONGEST_WAIT)
    with _faultless_page(opened) as page:
        yield page
    opened.close()


@pytest.fixture(scope="session")
def microphone_browser(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose microphone hears a tone at every full second, for half a minute from its opening."""
    sound = write_microphone(tmp_path_factory.mktemp("microphone") / "ticking.wav", ticking(30.0))
    with with_microphone(browser, sound) as launched:
        yield launched


@pytest.fixture(scope="session")
def intake_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service that stores and analyses nothing: for what is sent to it."""
    hosts = f"127.0.0.1,{OTHER_HOST}"
    running = RunningService(tmp_path_factory.mktemp("intake") / "data", workers=0, allowed_hosts=hosts)
    yield running.start()
    running.kill()


@pytest.fixture
def intake_page(browser: Browser, intake_service: RunningService) -> Iterator[Page]:
    """A page onto the service for intake, in a window of its own."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=intake_service.url)
    opened.set_default_timeout(LONGEST_WAIT)
    with _faultless_page(opened) as page:
        yield page
    opened.close()


@pytest.fixture(scope="session")
def speaking_browser(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose microphone hears somebody speak, for half a minute from its opening."""
    sound = write_microphone(tmp_path_factory.mktemp("microphone") / "speech.wav", speech(30.0))
    with with_microphone(browser, sound) as launched:
        yield launched


@pytest.fixture(scope="session")
def practice_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service with a recogniser that always writes the same, and with short formats of the person's own."""
    running = RunningService(tmp_path_factory.mktemp("practice") / "data", interrupted_after=2)
    running.data_folder.mkdir()
    (running.data_folder / "formats.toml").write_text(SHORT_FORMATS)
    yield running.start()
    running.kill()


@pytest.fixture
def practice_page(speaking_browser: Browser, practice_service: RunningService) -> Iterator[Page]:
    """A page that can record, in a window of its own, with the microphone checked before."""
    with practice_window(speaking_browser, practice_service.url) as page:
        yield page


def player_time(page: Page) -> float:
    """Seconds at which the player is: where it plays, on a busy machine, that says little."""
    time: float = page.evaluate("document.querySelector('audio').currentTime")
    return time


def sent_to(page: Page) -> float:
    """Seconds to which the player was last sent, however far it has played since."""
    time: float = page.evaluate("window.sentTo.at(-1)[1]")
    return time


def view_of(report: dict[str, Any]) -> str:
    """The view of a report that was changed on its way to the page."""
    return to_compact_json(report_view(from_json(Report, json.dumps(report))))
