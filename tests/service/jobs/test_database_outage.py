"""A database that is away while a stage runs costs an answer nothing: it waits for the next attempt."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError

from service.dependencies import Service
from service.jobs.engine_pool import EnginePool
from service.jobs.stages import AnswerWork
from service.jobs.worker_jobs import WorkerJobs
from tests.service.engines import fake


class _LockedError(Exception):
    sqlite_errorname = "SQLITE_BUSY"


def test_an_outage_in_a_stage_puts_the_answer_back(
    client: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = client.post("/api/uploads", files={"file": ("a.wav", b"sound")}).raise_for_status()
    answer = f"/api/answers/{upload.json()['id']}"
    jobs = WorkerJobs(service.database, "worker", lease=30)

    def away(*_: object) -> None:
        raise OperationalError("", {}, _LockedError())

    def attempt() -> dict[str, object]:
        job = jobs.next()
        assert job is not None
        AnswerWork(jobs, service.storage, service.settings, EnginePool(lambda: fake(""))).run(job)
        work: dict[str, object] = client.get(answer).json()["work"]
        return work

    with monkeypatch.context() as during:
        during.setattr(AnswerWork, "_work_on", away)
        assert attempt()["state"] == "waiting"
    # It is claimed again, and what is wrong with it is told.
    ended = attempt()
    assert (ended["state"], ended["error"]["code"]) == ("failed", "unreadable_media")  # type: ignore[index]
