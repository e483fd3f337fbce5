"""A worker that is told to stop finishes what it is at and gives its answers back, which is no crash."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.faults.conftest import Starter, Troubles
from tests.service.running import PATIENCE, REPOSITORY, RunningService, eventually

FEW_SECONDS = 8.0
"""In which everything has stopped, also on a busy machine: alone it takes less than one."""


@pytest.fixture
def worker(tmp_path: Path, troubles: Troubles) -> Iterator[subprocess.Popen[bytes]]:
    """`greenroom worker` on the data folder of `troubled`'s service."""
    environment = {
        **os.environ,
        "GREENROOM_DATA_FOLDER": str(tmp_path / "data"),
        "GREENROOM_ENGINE": "tests.faults.troubled_engine:fake",
        "TROUBLE_FOLDER": str(troubles.folder),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "service.cli.application", "worker"], cwd=REPOSITORY, env=environment
    )
    yield process
    process.kill()
    process.wait(PATIENCE)


def jobs_of(service: RunningService) -> list[tuple[str, int, int]]:
    """State, crashes and attempts of each job."""
    with closing(sqlite3.connect(service.data_folder / "greenroom.sqlite3")) as database:
        return sorted(database.execute("SELECT state, crashes, attempt FROM jobs").fetchall())


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "ctrl-c"])
def test_a_worker_begins_nothing_more_and_gives_its_answers_back(
    troubled: Starter, troubles: Troubles, worker: subprocess.Popen[bytes], speech: Path, number: int
) -> None:
    service = troubled(workers=0)
    troubles.make("hold", "transcribe")
    for _ in range(2):
        service.upload(speech)
    eventually(lambda: troubles.reached("transcribe"))
    children = psutil.Process(worker.pid).children()
    begun = time.monotonic()
    worker.send_signal(number)
    # The window that it is at ends a little later.
    threading.Timer(0.5, troubles.end).start()
    assert worker.wait(PATIENCE) == 0
    assert time.monotonic() - begun < FEW_SECONDS
    assert not any(child.is_running() for child in children)
    assert not troubles.reached("measure")
    assert jobs_of(service) == [("waiting", 0, 0), ("waiting", 0, 1)]
    shown = service.client.get("/api/answers").json()["items"]
    assert {each["work"]["state"] for each in shown} == {"waiting"}


@pytest.mark.long
def test_a_service_that_hangs_in_a_stage_still_stops(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled()
    troubles.make("hold", "transcribe")
    answer = service.upload(speech)["id"]
    eventually(lambda: troubles.reached("transcribe"))
    begun = time.monotonic()
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(PATIENCE) == 0
    assert time.monotonic() - begun < FEW_SECONDS
    assert jobs_of(service) == [("waiting", 0, 1)]
    troubles.end()
    assert troubled().wait_for(answer, "ready")
