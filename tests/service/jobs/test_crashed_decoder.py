"""A file that ends the process which decodes it costs one answer, and the worker goes on."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from analysis.audio.confined_decoder import ConfinedDecoders
from analysis.audio.decoding import decode
from analysis.confinement.process import ConfinedProcess, ReadyProcesses
from service.dependencies import Service
from service.jobs.engine_pool import EnginePool
from service.jobs.stages import AnswerWork
from service.jobs.worker_jobs import WorkerJobs
from service.recordings.playable_media import TASK_MODULE
from tests.media_files import builders
from tests.service.engines import fake

pytestmark = pytest.mark.skipif(os.name != "posix", reason="decoding is not confined here")


@pytest.fixture
def decoders() -> Iterator[ConfinedDecoders]:
    decoders = ConfinedDecoders([TASK_MODULE], written_bytes=1 << 20)
    yield decoders
    decoders.close()


@pytest.fixture
def work_once(service: Service, decoders: ConfinedDecoders) -> Callable[[], None]:
    jobs = WorkerJobs(service.database, "worker", lease=30.0)
    work = AnswerWork(
        jobs, service.storage, service.settings, EnginePool(lambda: fake("base")), decoders=decoders
    )

    def run() -> None:
        job = jobs.next()
        assert job is not None
        work.run(job)

    return run


def upload(client: TestClient, content: bytes) -> str:
    return str(client.post("/api/uploads", files={"file": ("answer", content)}).json()["id"])


def test_a_killed_decoder_is_one_error_of_one_answer(
    client: TestClient, work_once: Callable[[], None], speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As much as this service takes.
    answer = upload(client, speech.read_bytes()[:90_000])
    take = ReadyProcesses.take

    def take_and_kill(ready: ReadyProcesses) -> ConfinedProcess:
        process = take(ready)
        os.kill(process.pid, signal.SIGKILL)
        return process

    with monkeypatch.context() as patched:
        patched.setattr(ReadyProcesses, "take", take_and_kill)
        work_once()
    failed = client.get(f"/api/answers/{answer}").json()["work"]
    assert (failed["state"], failed["error"]["code"]) == ("failed", "decoder_crashed")
    client.post(f"/api/answers/{answer}/retry").raise_for_status()
    work_once()
    assert client.get(f"/api/answers/{answer}").json()["work"]["state"] == "ready"


def test_a_crash_while_the_copy_is_made_costs_no_report(
    client: TestClient,
    work_once: Callable[[], None],
    speech: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recorded = builders.browser_webm(
        tmp_path / "recorded", np.repeat(decode(speech).samples[: 5 * 16_000], 3)
    )
    answer = upload(client, recorded.read_bytes())
    call = ConfinedProcess.call
    called = []

    def call_and_kill(process: ConfinedProcess, task: str, *arguments: Any) -> Any:
        called.append(task)
        if task == "write_playable":
            os.kill(process.pid, signal.SIGKILL)
        return call(process, task, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(ConfinedProcess, "call", call_and_kill)
        work_once()
    assert called[-1] == "write_playable"
    failed = client.get(f"/api/answers/{answer}").json()
    assert (failed["work"]["stage"], failed["work"]["error"]["code"]) == ("playable", "decoder_crashed")
    assert "report" in failed["available"]
    assert not list(tmp_path.rglob("playable*"))
    client.post(f"/api/answers/{answer}/retry").raise_for_status()
    work_once()
    assert client.get(f"/api/answers/{answer}").json()["work"]["state"] == "ready"
    media = client.get(f"/api/answers/{answer}/media")
    assert media.headers["content-type"] == "audio/webm"
    assert media.content != recorded.read_bytes()
