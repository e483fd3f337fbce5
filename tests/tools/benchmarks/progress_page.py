"""Response time of progress over many demo takes: the API, and the pages in a browser."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
from sqlalchemy import select

from analysis.trends.models import FAMILY
from service.db.models import LOCAL_PERSON, Answer
from service.dependencies import Service
from service.progress.demo_data import TAG, add_demo_takes
from service.settings import Settings
from tests.tools.benchmarks.first_paint import (
    PROGRESS,
    REPORT,
    RUNS,
    NoBrowserError,
    PaintedPage,
    median_paint_milliseconds,
)
from tests.tools.benchmarks.served import Served

TAKES = 1000
REQUESTS = 21
PROGRESS_LIMIT = 200.0
"""Milliseconds."""
_SEED = 1
_LAST_DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class ProgressSpeed:
    """Milliseconds, each a median.

    Attributes:
        takes: stored.
        request: of `GET /api/progress` over all of them.
        report_paint, progress_paint: from the start of the navigation until a report's headline, or the
            charts over all takes, are painted; None where that could not be timed.
        missing: why not, in a sentence; empty where it was.
    """

    takes: int
    request: float
    report_paint: float | None
    progress_paint: float | None
    missing: str = ""


def progress_speed(*, takes: int = TAKES, requests: int = REQUESTS, runs: int = RUNS) -> ProgressSpeed:
    """Fills a data folder of its own with made-up takes, serves it and times it.

    Args:
        takes: how many are made up.
        requests: how often progress is asked for; one more is made before, to warm up.
        runs: how often each page is opened; one more before.
    """
    with _served_takes(takes) as (served, longest):
        request = _median_request(served.client, requests)
        address = str(served.client.base_url).rstrip("/")
        pages = [
            PaintedPage(f"{address}/answers/{longest}", REPORT),
            PaintedPage(f"{address}/progress?tag={TAG}", PROGRESS, len(FAMILY)),
        ]
        try:
            report_paint, progress_paint = median_paint_milliseconds(pages, runs=runs)
        except NoBrowserError as error:
            return ProgressSpeed(takes, request, None, None, str(error))
        return ProgressSpeed(takes, request, report_paint, progress_paint)


@contextmanager
def _served_takes(takes: int) -> Iterator[tuple[Served, str]]:
    """A service with made-up takes, and the id of the longest of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data"
        service = Service.open(Settings(data_folder=path, free_space_floor=0))
        add_demo_takes(service.database, LOCAL_PERSON, takes=takes, seed=_SEED, until=_LAST_DAY)
        with service.database.reading() as session:
            longest = session.scalars(select(Answer.id).order_by(Answer.duration.desc()).limit(1)).one()
        service.database.close()
        with Served(path, workers=0) as served:
            yield served, longest


def _median_request(client: httpx.Client, requests: int) -> float:
    times = []
    for _ in range(requests + 1):
        began = time.perf_counter()
        client.get("/api/progress", params={"tag": TAG}).raise_for_status()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])
