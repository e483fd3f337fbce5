"""A worker or the service may die at any point: the answer is analysed again, exactly once."""

import os
import signal
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.faults.conftest import STAGES, Starter, Troubles
from tests.service.running import PATIENCE, RunningService, eventually

TWO_STAGES = ("playable", "measure")
"""One stage that has others after it, and the last one; each new worker takes seconds to start."""
LEASE = 3600
"""Seconds: longer than any test takes."""


def attempts_at(service: RunningService, answer: str) -> int:
    """Number of attempts at an answer."""
    with sqlite3.connect(service.data_folder / "greenroom.sqlite3") as database:
        (attempts,) = database.execute("SELECT attempt FROM jobs WHERE answer_id = ?", (answer,)).fetchone()
    return int(attempts)


def saved_stages(service: RunningService, answer: str) -> list[str]:
    """The stages whose results are saved, a line for each result."""
    with sqlite3.connect(service.data_folder / "greenroom.sqlite3") as database:
        rows = database.execute("SELECT stage FROM stage_results WHERE answer_id = ?", (answer,))
        return sorted(stage for (stage,) in rows)


@pytest.mark.parametrize(
    "stages", [pytest.param(TWO_STAGES, id="two"), pytest.param(STAGES, id="any", marks=pytest.mark.long)]
)
def test_a_worker_killed_in_a_stage_is_replaced_and_the_answer_finished(
    troubled: Starter, troubles: Troubles, speech: Path, stages: Sequence[str]
) -> None:
    service = troubled()
    for stage in stages:
        troubles.make("hold", stage)
        answer = service.upload(speech)["id"]
        eventually(lambda stage=stage: troubles.reached(stage))
        saved = saved_stages(service, answer)
        [worker] = service.workers()
        worker.kill()
        eventually(lambda worker=worker: service.workers() and service.workers() != [worker])
        troubles.end()
        ready = service.wait_for(answer, "ready", "failed")
        assert ready["work"]["state"] == "ready", stage
        assert attempts_at(service, answer) == 2, stage
        assert saved_stages(service, answer) == ["acoustics", "activity", "measure", "transcribe"], stage
        # The second attempt continues where the first one stopped.
        if stage == "measure":
            assert saved == ["activity", "transcribe"]
        assert [done for done in saved if troubles.reached(done)] == [], stage
    assert not list((service.data_folder / "work").iterdir())


@pytest.mark.long
def test_a_killed_service_continues_its_jobs_at_the_next_start(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    # The lease lasts longer than this test waits: a restart must not wait for its end.
    service = troubled(lease=LEASE)
    troubles.make("hold", "transcribe")
    first = service.upload(speech)["id"]
    second = service.upload(speech)["id"]
    eventually(lambda: troubles.reached("transcribe"))
    orphans = service.workers()
    service.kill()
    _, still_there = psutil.wait_procs(orphans, timeout=PATIENCE)
    assert not still_there
    troubles.end()
    again = troubled(lease=LEASE)
    for answer in (first, second):
        assert again.wait_for(answer, "ready", "failed")["work"]["state"] == "ready"
    assert attempts_at(again, first) == 2


@pytest.mark.long
def test_the_service_stops_on_request_with_its_worker(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled()
    troubles.make("hold", "transcribe")
    answer = service.upload(speech)["id"]
    eventually(lambda: troubles.reached("transcribe"))
    workers = service.workers()
    with service.client.stream("GET", "/api/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        service.process.send_signal(signal.SIGINT)
        # The service ends the stream itself: one that held it up would be cut off, which httpx raises.
        for _ in lines:
            pass
    assert service.process.wait(PATIENCE) == 0
    assert not any(worker.is_running() for worker in workers)
    with sqlite3.connect(service.data_folder / "greenroom.sqlite3") as database:
        assert database.execute("SELECT crashes FROM jobs").fetchone() == (0,)
    troubles.end()
    again = troubled()
    assert again.wait_for(answer, "ready")


def row(service: RunningService, answer: str) -> tuple[object, ...]:
    """All columns of an answer; one of them increases whenever anything is saved."""
    with sqlite3.connect(service.data_folder / "greenroom.sqlite3") as database:
        found: tuple[object, ...] = database.execute(
            "SELECT * FROM answers WHERE id = ?", (answer,)
        ).fetchone()
    return found


def stop_until_the_lease_ends(service: RunningService, workers: list[psutil.Process], answer: str) -> None:
    """Suspends workers, and makes their leases expire meanwhile."""
    address = service.data_folder / "greenroom.sqlite3"
    with closing(sqlite3.connect(address, timeout=PATIENCE, isolation_level=None)) as database:
        # A worker suspended during a write would block every other process.
        database.execute("BEGIN IMMEDIATE")
        for worker in workers:
            os.kill(worker.pid, signal.SIGSTOP)
        eventually(lambda: all(worker.status() == psutil.STATUS_STOPPED for worker in workers))
        database.execute(
            "UPDATE jobs SET lease_until = lease_until - ? WHERE answer_id = ?",
            (LEASE + PATIENCE, answer),
        )
        database.execute("COMMIT")


@pytest.mark.long
def test_a_worker_that_resumes_late_saves_nothing(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    # So long that no lease expires by itself on a slow machine.
    service = troubled(workers=2, lease=LEASE)
    troubles.make("hold", "transcribe")
    answer = service.upload(speech)["id"]
    eventually(lambda: troubles.reached("transcribe"))
    workers = service.workers()
    try:
        # Both are suspended; the lease of the one that has the answer expires.
        stop_until_the_lease_ends(service, workers, answer)
        eventually(lambda: service.answer(answer)["work"]["state"] == "waiting")
        troubles.end()
        third = troubled(workers=1, lease=LEASE)
        third.wait_for(answer, "ready")
        ready = row(third, answer)
        troubles.make("hold", "decode")
    finally:
        for worker in workers:
            os.kill(worker.pid, signal.SIGCONT)
    # A worker does one upload at a time: once each has a new one, the late one has finished with the old one.
    more = [third.upload(speech)["id"] for _ in range(3)]
    eventually(lambda: all(third.answer(each)["work"]["state"] == "working" for each in more))
    assert row(third, answer) == ready
    assert attempts_at(third, answer) == 2
    assert saved_stages(third, answer) == ["acoustics", "activity", "measure", "transcribe"]


@pytest.mark.long
def test_three_crashes_fail_the_answer_and_not_the_service(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled()
    troubles.make("crash", "activity")
    answer = service.upload(speech)["id"]
    failed = service.wait_for(answer, "failed")
    assert failed["work"]["error"]["code"] == "worker_crashed"
    assert failed["work"]["stage"] == "activity"
    assert attempts_at(service, answer) == 3
    assert "media" in failed["available"]
    troubles.end()
    service.wait_for(service.upload(speech)["id"], "ready")
    service.client.post(f"/api/answers/{answer}/retry").raise_for_status()
    assert service.wait_for(answer, "ready")["work"]["error"] is None


@pytest.mark.long
def test_a_worker_over_its_memory_limit_is_stopped(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled(worker_memory=900 * 1024 * 1024)
    troubles.make("eat", "activity")
    answer = service.upload(speech)["id"]
    assert service.wait_for(answer, "failed")["work"]["error"]["code"] == "worker_out_of_memory"


@pytest.mark.long
def test_work_that_takes_too_long_is_stopped_at_once(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled(time_limit=1)
    troubles.make("hold", "decode")
    answer = service.upload(speech)["id"]
    failed = service.wait_for(answer, "failed")
    assert failed["work"]["error"]["code"] == "took_too_long"
    assert attempts_at(service, answer) == 1


@pytest.mark.long
def test_a_failed_stage_keeps_the_results_of_the_others(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled()
    for stage, kept in {
        "decode": [],
        "playable": ["peaks", "transcript", "report"],
        "activity": ["media", "peaks"],
        "transcribe": ["media", "peaks"],
        "measure": ["media", "peaks", "transcript"],
    }.items():
        troubles.make("fail", stage)
        answer = service.upload(speech, title="secret title")["id"]
        failed = service.wait_for(answer, "failed", "ready")
        assert (failed["work"]["state"], failed["work"]["stage"]) == ("failed", stage)
        assert failed["work"]["error"]["code"] == "internal_error"
        assert failed["available"] == kept
        for part in kept:
            assert service.client.get(f"/api/answers/{answer}/{part}").status_code == 200
        troubles.end()
        service.client.post(f"/api/answers/{answer}/retry").raise_for_status()
        whole = ["media", "peaks", "transcript", "report"]
        assert service.wait_for(answer, "ready")["available"] == whole
    assert "secret" not in service.log.read_text()


@pytest.mark.long
def test_an_answer_deleted_while_it_is_worked_on_is_gone(
    troubled: Starter, troubles: Troubles, speech: Path
) -> None:
    service = troubled()
    for stage in ("playable", "transcribe"):
        troubles.make("hold", stage)
        answer = service.upload(speech)["id"]
        eventually(lambda stage=stage: troubles.reached(stage))
        assert service.client.delete(f"/api/answers/{answer}").status_code == 204
        troubles.end()
        service.wait_for(service.upload(speech)["id"], "ready")
        assert [path for path in service.data_folder.rglob("*") if answer in str(path)] == []
    assert not list((service.data_folder / "trash").iterdir())
