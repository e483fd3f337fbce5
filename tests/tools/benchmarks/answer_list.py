"""Response time of the list of answers, over HTTP, with many answers stored."""

import statistics
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from analysis.feedback.verdict import with_verdict
from service.answers.measuring import MeasuredAnswer
from service.answers.repository import Answers
from service.app import create_application
from service.db.models import LOCAL_PERSON, Answer, StageResult
from service.dependencies import Service
from service.schemas import NewAnswer
from service.settings import Settings
from tests.analysis.comparison.take_reports import take_report

ANSWERS = 1000
REQUESTS = 21
PAGE = 50
_REPORT_BYTES = 200_000
"""Roughly the size of the report of a five-minute answer, which a list must not read."""


def median_list_milliseconds(*, answers: int = ANSWERS, requests: int = REQUESTS) -> float:
    """Fills a database of its own with answers and asks for its first page again and again.

    Args:
        answers: how many are stored.
        requests: how often the list is asked for; one more is made before, to warm up.

    Returns:
        Milliseconds, the median over the requests.
    """
    with tempfile.TemporaryDirectory() as folder:
        service = Service.open(Settings(data_folder=Path(folder), free_space_floor=0))
        fill(service, answers)
        config = uvicorn.Config(
            create_application(service), host="127.0.0.1", port=0, log_level="error", access_log=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        try:
            return _median(server, requests)
        finally:
            server.should_exit = True
            thread.join()
            service.database.close()


def _median(server: uvicorn.Server, requests: int) -> float:
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    times = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(requests + 1):
            began = time.perf_counter()
            client.get("/api/answers", params={"limit": PAGE}).raise_for_status()
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[1:])


def fill(service: Service, count: int, *, person: str = LOCAL_PERSON) -> None:
    """Stores as many answers of a person, each with a report."""
    columns = MeasuredAnswer(with_verdict(take_report()), None, 0).columns()
    with service.database.writing(person) as session:
        answers = Answers(session, person)
        for number in range(count):
            row = answers.create(NewAnswer(title=f"Answer {number}", session=f"Session {number % 20}"))
            _make_ready(row, columns)
            session.add(
                StageResult(
                    answer_id=row.id, stage="measure", analysis_version="", result="x" * _REPORT_BYTES
                )
            )


def _make_ready(row: Answer, columns: Mapping[str, Any]) -> None:
    row.intake, row.work_state = "complete", "ready"
    row.duration, row.bytes = 102.0, 1_500_000
    row.media_file, row.media_type = "playable.m4a", "audio/mp4"
    row.peaks_ready = row.transcript_ready = True
    for name, value in columns.items():
        setattr(row, name, value)
