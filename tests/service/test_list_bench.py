"""The benchmarks of the web run; how fast it is, `greenroom bench web` says."""

import sys
from pathlib import Path

import pytest

from tests.tools.benchmarks import first_paint
from tests.tools.benchmarks.answer_list import median_list_milliseconds
from tests.tools.benchmarks.first_paint import NoBrowserError, PaintedPage, median_paint_milliseconds
from tests.tools.benchmarks.hosting import hosting_speed
from tests.tools.benchmarks.progress_page import progress_speed

PAGE = PaintedPage("http://127.0.0.1:1/", "h1")


def test_the_list_benchmark_gives_a_time() -> None:
    assert median_list_milliseconds(answers=20, requests=3) > 0


@pytest.mark.long
def test_the_hosting_benchmark_gives_processor_times(tmp_path: Path) -> None:
    speed = hosting_speed(tmp_path / "data", people=3, requests=2)
    assert speed.list_page > 0 and speed.chunk > 0
    assert (speed.streams, speed.latest >= speed.latency >= 0) == (3, True)


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.skipif(first_paint.find_chromium() is None, reason="there is no Chromium here")
def test_progress_and_both_pages_are_timed() -> None:
    speed = progress_speed(takes=8, requests=2, runs=1)
    assert (speed.takes, speed.missing) == (8, "")
    assert speed.request > 0
    assert speed.report_paint is not None and speed.report_paint > 0
    assert speed.progress_paint is not None and speed.progress_paint > 0


def test_without_a_browser_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_paint, "find_chromium", lambda: "/no/such/chromium")
    with pytest.raises(NoBrowserError, match="no Chromium here"):
        median_paint_milliseconds([PAGE])


def test_without_playwright_it_is_said_and_the_rest_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    speed = progress_speed(takes=2, requests=2)
    assert speed.request > 0
    assert (speed.report_paint, speed.progress_paint) == (None, None)
    assert "Playwright is missing" in speed.missing
