"""A file that ends the process which decodes it costs one answer, and the worker goes on."""

import os
import signal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from analysis.audio.confined_decoder import ConfinedDecoders
from analysis.confinement.process import ConfinedProcess, ReadyProcesses
from service.dependencies import Service
from service.jobs.engine_pool import EnginePool
from service.jobs.stages import AnswerWork
from service.jobs.worker_jobs import WorkerJobs
from tests.service.engines import fake

pytestmark = pytest.mark.skipif(os.name != "posix", reason="decoding is not confined here")


def test_a_killed_decoder_is_one_error_of_one_answer(
    client: TestClient, service: Service, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As much as this service takes.
    sound = speech.read_bytes()[:90_000]
    answer = client.post("/api/uploads", files={"file": ("answer.wav", sound)}).json()["id"]
    take = ReadyProcesses.take

    def take_and_kill(ready: ReadyProcesses) -> ConfinedProcess:
        process = take(ready)
        os.kill(process.pid, signal.SIGKILL)
        return process

    jobs = WorkerJobs(service.database, "worker", lease=30.0)
    decoders = ConfinedDecoders()
    work = AnswerWork(
        jobs, service.storage, service.settings, EnginePool(lambda: fake("base")), decoders=decoders
    )
    try:
        with monkeypatch.context() as patched:
            patched.setattr(ReadyProcesses, "take", take_and_kill)
            job = jobs.next()
            assert job is not None
            work.run(job)
        failed = client.get(f"/api/answers/{answer}").json()["work"]
        assert (failed["state"], failed["error"]["code"]) == ("failed", "decoder_crashed")
        client.post(f"/api/answers/{answer}/retry").raise_for_status()
        job = jobs.next()
        assert job is not None
        work.run(job)
    finally:
        decoders.close()
    assert client.get(f"/api/answers/{answer}").json()["work"]["state"] == "ready"
