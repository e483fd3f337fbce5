"""Time until a page shows its main content, words or charts, in a real Chromium.

A page counts as painted in the frame after its content stands in the document: a frame is drawn once the
callbacks before it have run, so the callback of the next frame comes after the content was drawn. Each run
has a browser context of its own, so nothing is cached; the browser itself is warm, as it is for a person.
"""

import shutil
import statistics
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # A dependency of the tests only.
    from playwright.sync_api import Browser

RUNS = 5
LIMIT = 1000.0
"""Milliseconds."""
REPORT = ".report-verdict .headline"
PROGRESS = ".trends svg"
"""Where a page's real content is, as CSS selectors."""

_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_PATIENCE = 60_000.0
"""Milliseconds after which a page is abandoned."""
_VIEWPORT = 1280, 900
_WATCH = """(([selector, count]) => {
  globalThis.painted = new Promise((resolve) => {
    const look = () => {
      const found = [...document.querySelectorAll(selector)];
      if (found.filter((each) => each.getBoundingClientRect().height > 0).length >= count) {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
      } else {
        requestAnimationFrame(look);
      }
    };
    look();
  });
})"""


class NoBrowserError(Exception):
    """There is no browser; the message is a sentence for people."""


@dataclass(frozen=True)
class PaintedPage:
    """A page to time.

    Attributes:
        address: in full.
        content: CSS selector of what it is about.
        count: elements of it that must be visible.
    """

    address: str
    content: str
    count: int = 1


def median_paint_milliseconds(pages: Sequence[PaintedPage], *, runs: int = RUNS) -> list[float]:
    """Milliseconds from the start of the navigation until each page's content is painted.

    Args:
        pages: each is opened once before, to warm up the service and the browser.
        runs: the median is over as many.

    Raises:
        NoBrowserError: Playwright or a Chromium is missing.
    """
    # In a separate thread: Playwright refuses one in which another instance is running.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_medians, pages, runs).result()


def _medians(pages: Sequence[PaintedPage], runs: int) -> list[float]:
    with chromium() as browser:
        medians = []
        for page in pages:
            times = [_paint(browser, page) for _ in range(runs + 1)]
            medians.append(statistics.median(times[1:]))
        return medians


def find_chromium() -> str | None:
    """Path of a Chromium or Chrome; None where there is none on the path."""
    return next((path for path in map(shutil.which, _COMMANDS) if path), None)


@contextmanager
def chromium(*arguments: str) -> "Iterator[Browser]":
    """A browser, closed at the end.

    Args:
        arguments: for its command line, besides the usual ones.

    Raises:
        NoBrowserError: Playwright or a Chromium is missing.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError as error:
        raise NoBrowserError(
            "Pages were not timed: Playwright is missing. Install Greenroom with its test extra."
        ) from error
    path = find_chromium()
    with sync_playwright() as playwright:
        try:
            # Without one on the path: Playwright's own, if it is installed.
            browser = playwright.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *arguments])
        except Error as error:
            raise NoBrowserError(
                "Pages were not timed: there is no Chromium here. Install chromium or Chrome."
            ) from error
        try:
            yield browser
        finally:
            browser.close()


def _paint(browser: "Browser", page: PaintedPage) -> float:
    width, height = _VIEWPORT
    context = browser.new_context(viewport={"width": width, "height": height})
    try:
        tab = context.new_page()
        tab.set_default_timeout(_PATIENCE)
        tab.add_init_script(f"{_WATCH}({[page.content, page.count]!r})")
        tab.goto(page.address, wait_until="commit")
        # A promise, so that the page is not polled while it is loading.
        painted: float = tab.evaluate("() => globalThis.painted")
        return painted
    finally:
        context.close()
