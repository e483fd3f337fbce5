"""The queue of an earlier version becomes jobs: answers keep their state, and half-done work continues."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, select, text

from service.db import migrations
from service.db.models import Job
from service.dependencies import Service
from service.jobs import recovery
from service.jobs.queue import Lease, LeaseLostError
from service.jobs.worker_jobs import WorkerJobs
from service.settings import Settings
from tests.service.in_process import client_of

MADE = "2024-05-01 10:00:0"
ELSEWHERE = "elsewhere/1/2.00/3"

ROWS: dict[str, dict[str, Any]] = {
    "ready": {"work_state": "ready", "run": 2, "report_ready": True},
    "failed": {
        **{"work_state": "failed", "work_stage": "decode", "run": 4, "crashes": 3},
        **{"error_code": "worker_crashed", "error_text": "It stopped."},
    },
    "receiving": {"intake": "receiving", "source": "recording", "run": 1},
    "half-analysed": {"run": 1, "crashes": 1},
    "claimed": {
        **{"work_state": "working", "work_stage": "transcribe", "run": 3, "worker": ELSEWHERE},
        **{"claimed_at": 1000.5, "lease_until": 1030.5, "progress_done": 3.0, "progress_total": 9.0},
    },
    "asked-again": {"run": 1, "anew": True, "report_ready": True},
}


def add(connection: Connection, number: int, answer: str, columns: dict[str, Any]) -> None:
    values = {
        **{"id": answer, "person_id": "local", "sequence": number, "run": 0, "crashes": 0, "anew": False},
        **{"title": "T", "source": "upload", "span_version": 0, "work_state": "waiting"},
        **{"created_at": f"{MADE}{number}", "received_at": f"{MADE}{number}"},
        **{"intake": "complete", "bytes": 5, "chunk_count": 1},
        **{"peaks_ready": False, "transcript_ready": False, "report_ready": False},
        **columns,
    }
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO answers ({', '.join(values)}) VALUES ({places})"), values)
    connection.exec_driver_sql(f"INSERT INTO chunks VALUES ('{answer}', 0, 5, 'sum')")
    connection.exec_driver_sql(f"INSERT INTO stage_results VALUES ('{answer}', 'activity', '1', 0, '{{}}')")


@pytest.fixture
def config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


@pytest.fixture
def earlier(address: str, config: Config) -> str:
    """A database of revision 0003 with an answer in every state; its address."""
    engine = create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.exec_driver_sql(
            "INSERT INTO people (id, created_at, changes, deletions_forgotten, samples_given) "
            f"VALUES ('local', '{MADE}0', 9, 0, true)"
        )
        for number, (answer, columns) in enumerate(ROWS.items()):
            add(connection, number, answer, columns)
    engine.dispose()
    return address


@pytest.fixture
def migrated(earlier: str, tmp_path: Path) -> Iterator[Service]:
    service = Service.open(Settings(data_folder=tmp_path / "data", database_url=earlier, free_space_floor=0))
    yield service
    service.database.close()


def jobs(service: Service) -> dict[str, Job]:
    with service.database.reading() as session:
        return {job.answer_id: job for job in session.scalars(select(Job))}


def test_every_row_becomes_a_job(migrated: Service) -> None:
    found = {
        answer: (job.kind, job.state, job.attempt, job.crashes, job.reanalysis_requested)
        for answer, job in jobs(migrated).items()
    }
    assert found == {
        "ready": ("upload", "done", 2, 0, False),
        "failed": ("upload", "dead", 4, 3, False),
        "receiving": ("recording", "waiting", 1, 0, False),
        "half-analysed": ("upload", "waiting", 1, 1, False),
        "claimed": ("upload", "leased", 3, 0, False),
        "asked-again": ("upload", "waiting", 1, 0, True),
    }
    claimed = jobs(migrated)["claimed"]
    assert (claimed.worker, claimed.claimed_at, claimed.lease_until) == (ELSEWHERE, 1000.5, 1030.5)


def test_pages_show_what_they_showed(migrated: Service) -> None:
    client = client_of(migrated)
    work = {answer: client.get(f"/api/answers/{answer}").json()["work"] for answer in ROWS}
    assert {answer: shown["state"] for answer, shown in work.items()} == {
        **dict.fromkeys(("receiving", "half-analysed", "asked-again"), "waiting"),
        **{"ready": "ready", "failed": "failed", "claimed": "working"},
    }
    assert work["failed"]["error"] == {"code": "worker_crashed", "text": "It stopped."}
    assert work["claimed"]["progress"] == {"done": 3.0, "total": 9.0}
    with migrated.database.reading() as session:
        assert session.scalar(text("SELECT COUNT(*) FROM chunks")) == len(ROWS)
        assert session.scalar(text("SELECT COUNT(*) FROM stage_results")) == len(ROWS)


def test_half_done_work_continues_and_late_results_are_refused(migrated: Service) -> None:
    worker = WorkerJobs(migrated.database, "machine/1/2.00/4", lease=30)
    assert (first := worker.next()) is not None and first.answer == "half-analysed"
    assert first.lease.crashes == 1 and first.lease.attempt == 2
    assert (second := worker.next()) is not None and second.answer == "asked-again"
    assert second.lease.reanalysis_requested
    assert worker.next() is None

    recovery.record_expired_leases(migrated.database)
    third = worker.next()
    assert third is not None
    assert (third.answer, third.lease.attempt, third.lease.crashes) == ("claimed", 4, 1)
    old = Lease("claimed", "upload", ELSEWHERE, 3, 1000.5, 1030.5, 0, False)
    late = WorkerJobs(migrated.database, ELSEWHERE, lease=30)
    with pytest.raises(LeaseLostError):
        late.save_result(replace(third, lease=old), "measure", "{}", report_ready=True)
    worker.finish(third)
    assert jobs(migrated)["claimed"].state == "done"


def test_the_downgrade_keeps_every_row(earlier: str, config: Config) -> None:
    engine = create_engine(earlier)
    with engine.begin() as connection:
        before = _rows(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        command.downgrade(config, "0003")
        assert _rows(connection) == before
    engine.dispose()


def _rows(connection: Connection) -> list[tuple[Any, ...]]:
    columns = (
        "id, work_state, work_stage, error_code, run, worker, claimed_at, lease_until, crashes, anew, intake"
    )
    return [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM answers ORDER BY id"))]
