"""The benchmarks of the web run; how fast it is, `greenroom bench web` says."""

import sys
from pathlib import Path

import pytest

from tests.service.in_process import new_database
from tests.tools.benchmarks import first_paint
from tests.tools.benchmarks.answer_list import median_list_milliseconds
from tests.tools.benchmarks.first_paint import NoBrowserError, PaintedPage, median_paint_milliseconds
from tests.tools.benchmarks.hosting import hosting_speed
from tests.tools.benchmarks.hosting_jobs import jobs_an_hour
from tests.tools.benchmarks.hosting_rows import rows_speed
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
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_requests_are_compared_with_the_answers_of_others(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = ""
    if kind == "postgresql":
        address = new_database(request.getfixturevalue("postgresql_server"), "bench_rows")
    speed = rows_speed(tmp_path / "data", 24, address, few=8, each=4, rounds=1)
    assert (speed.few_rows, speed.many_rows, speed.own_rows) == (8, 24, 4)
    assert [growth.request for growth in speed.growth] == [
        "list",
        "list of sessions",
        "search, common word",
        "search, rare word",
        "progress",
    ]
    assert all(growth.few.wall > 0 and growth.wall_ratio > 0 for growth in speed.growth)


@pytest.mark.long
@pytest.mark.postgresql
def test_jobs_are_counted_with_one_and_two_workers(tmp_path: Path, postgresql_server: str) -> None:
    address = new_database(postgresql_server, "bench_jobs")
    found = jobs_an_hour(tmp_path / "data", address, jobs=2, workers=(1, 2), rounds=1)
    assert [(figure.engine, figure.workers) for figure in found] == [
        ("computes", 1),
        ("computes", 2),
        ("sleeps", 1),
        ("sleeps", 2),
    ]
    assert all(figure.jobs > 0 for figure in found)
    assert found[0].share == found[2].share == 1.0


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
