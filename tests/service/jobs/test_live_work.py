"""A recording is analysed while it is being made; its report is that of the complete file."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.media_files import builders
from tests.recogniser import SHARED_WHISPER
from tests.service.running import PATIENCE, RunningService, eventually
from tests.tools.benchmarks.browser_recording import BrowserRecording, as_browser_sends_it

TRANSCRIBED = 2 * PATIENCE
"""Seconds within which the real recogniser has written down 45 s."""
SAMPLES = Path(__file__).parents[3] / "samples" / "audio"


def begin(service: RunningService, **fields: Any) -> str:
    made = service.client.post("/api/answers", json={"source": "recording", **fields})
    return str(made.raise_for_status().json()["id"])


def send(
    service: RunningService, answer: str, chunks: list[bytes], first: int = 0, wait: float = 0.0
) -> None:
    for number, chunk in enumerate(chunks, first):
        service.client.put(f"/api/answers/{answer}/chunks/{number}", content=chunk).raise_for_status()
        time.sleep(wait)


def finish(service: RunningService, answer: str, chunks: int | None, **fields: Any) -> dict[str, Any]:
    body = {"chunks": chunks, **fields}
    response = service.client.post(f"/api/answers/{answer}/finish", json=body)
    found: dict[str, Any] = response.raise_for_status().json()
    return found


def go_away(service: RunningService, answer: str) -> None:
    """Makes it look as if nothing had been added to a recording for years."""
    with sqlite3.connect(service.data_folder / "greenroom.sqlite3", timeout=PATIENCE) as database:
        database.execute("UPDATE answers SET received_at = '2024-05-01 10:00:00' WHERE id = ?", (answer,))


def wait_until_left(service: RunningService, answer: str) -> dict[str, Any]:
    """Waits until a recording counts as interrupted, can be played and is not leased."""

    def reached() -> dict[str, Any] | None:
        found = service.answer(answer)
        left = (found["intake"], found["work"]["state"]) == ("interrupted", "waiting")
        return found if left and "media" in found["available"] else None

    found: dict[str, Any] = eventually(reached)
    return found


def report(service: RunningService, answer: str) -> dict[str, Any]:
    found: dict[str, Any] = service.client.get(f"/api/answers/{answer}/report").raise_for_status().json()
    return found


@pytest.fixture(scope="module")
def recording() -> BrowserRecording:
    return as_browser_sends_it(SAMPLES / "many-fillers.flac", 45.0)


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    folder = tmp_path_factory.mktemp("live") / "data"
    service = RunningService(folder, engine=SHARED_WHISPER, interrupted_after=3600)
    yield service.start()
    service.kill()


@pytest.mark.long
@pytest.mark.engine
def test_live_and_whole_give_one_report(
    whisper: RunningService, recording: BrowserRecording, tmp_path: Path
) -> None:
    live = begin(whisper)
    chunks = list(recording.chunks)
    send(whisper, live, chunks[:-1], wait=0.1)
    # Most of it is transcribed before its end arrives.
    eventually(lambda: (whisper.answer(live)["work"]["progress"] or {"done": 0})["done"] > 20.0, TRANSCRIBED)
    assert whisper.answer(live)["intake"] == "receiving"
    send(whisper, live, chunks[-1:], first=len(chunks) - 1)
    finish(whisper, live, len(chunks))
    eventually(lambda: "report" in whisper.answer(live)["available"], TRANSCRIBED)
    whole = tmp_path / "whole.webm"
    whole.write_bytes(b"".join(chunks))
    uploaded = whisper.upload(whole)["id"]
    eventually(lambda: whisper.answer(uploaded)["work"]["state"] == "ready", TRANSCRIBED)
    one, other = report(whisper, live), report(whisper, uploaded)
    latency = one["measures"].pop("response_latency")
    assert latency["value"] is not None and other["measures"].pop("response_latency")["value"] is None
    assert one == other
    assert whisper.wait_for(live, "ready")["available"] == ["media", "peaks", "transcript", "report"]


@pytest.mark.long
def test_several_recordings_and_an_upload_are_analysed_at_once(
    running_service: RunningService, recording: BrowserRecording, speech: Path
) -> None:
    chunks = list(recording.chunks)
    answers = [begin(running_service) for _ in range(3)]
    uploaded = running_service.upload(speech)["id"]
    for answer in answers:
        send(running_service, answer, chunks[:1])
    # Already now, because a recording to which nothing is added goes back to the queue.
    eventually(lambda: all(running_service.answer(a)["work"]["state"] == "working" for a in answers))
    for number, chunk in enumerate(chunks[1:], 1):
        for answer in answers:
            send(running_service, answer, [chunk], first=number)
    for answer in answers:
        finish(running_service, answer, len(chunks))
    for answer in [*answers, uploaded]:
        assert running_service.wait_for(answer, "ready", "failed")["work"]["state"] == "ready"
    reports = [report(running_service, answer) for answer in answers]
    assert reports[0] == reports[1] == reports[2]
    assert reports[0]["recording"]["duration"] == pytest.approx(45.0, abs=0.1)


@pytest.mark.long
def test_an_abandoned_recording_can_be_played_resumed_and_finished(
    start_service: Callable[..., RunningService], recording: BrowserRecording
) -> None:
    # So long that it never passes between two steps.
    service = start_service(interrupted_after=3600)
    chunks = list(recording.chunks)
    answer = begin(service)
    send(service, answer, chunks[:10])
    assert service.answer(answer)["intake"] == "receiving"
    go_away(service, answer)
    assert wait_until_left(service, answer)["duration"] == pytest.approx(9.5, abs=0.6)
    assert [a["id"] for a in service.client.get("/api/answers?unfinished=true").json()["items"]] == [answer]
    # More arrives after all: the copy of the beginning is discarded.
    send(service, answer, chunks[10:20], first=10)
    assert service.answer(answer)["intake"] == "receiving"
    assert "media" not in service.answer(answer)["available"]
    go_away(service, answer)
    wait_until_left(service, answer)
    finish(service, answer, None, paused_at=[4.5])
    ready = service.wait_for(answer, "ready", "failed")
    assert ready["work"]["state"] == "ready"
    assert ready["duration"] == pytest.approx(19.5, abs=0.6)
    assert "recording_paused" in [notice["code"] for notice in report(service, answer)["notices"]]
    assert len(service.client.get(f"/api/answers/{answer}/media").content) > 0


@pytest.mark.long
def test_a_missing_chunk_costs_only_its_own_sound(
    running_service: RunningService, recording: BrowserRecording
) -> None:
    chunks = list(recording.chunks)
    answer = begin(running_service)
    send(running_service, answer, chunks[:10])
    send(running_service, answer, chunks[12:20], first=12)
    refused = running_service.client.post(f"/api/answers/{answer}/finish", json={"chunks": 20})
    assert refused.json()["missing"] == [10, 11]
    finish(running_service, answer, None)
    assert running_service.wait_for(answer, "ready", "failed")["work"]["state"] == "ready"
    assert report(running_service, answer)["recording"]["duration"] == pytest.approx(19.5, abs=0.6)


@pytest.mark.long
def test_a_container_that_cannot_be_streamed_is_analysed_at_its_end(
    running_service: RunningService, tmp_path: Path
) -> None:
    sound = builders.tone_bursts(8.0, [1.0, 3.0, 5.0])
    data = builders.phone_m4a(tmp_path / "a.m4a", sound).read_bytes()
    answer = begin(running_service)
    send(running_service, answer, [data[:4000], data[4000:]])
    finish(running_service, answer, 2)
    assert running_service.wait_for(answer, "ready", "failed")["work"]["state"] == "ready"
    assert report(running_service, answer)["recording"]["codec"] == "aac"


def test_a_file_that_is_not_a_recording_fails_with_its_code(running_service: RunningService) -> None:
    answer = begin(running_service)
    send(running_service, answer, [b"no sound at all" * 100])
    finish(running_service, answer, 1)
    failed = running_service.wait_for(answer, "failed")
    assert failed["work"]["error"]["code"] == "unreadable_media"


def test_a_recording_can_be_deleted_while_it_is_being_made(
    running_service: RunningService, recording: BrowserRecording
) -> None:
    answer = begin(running_service)
    send(running_service, answer, list(recording.chunks[:5]))
    eventually(lambda: running_service.answer(answer)["work"]["state"] == "working")
    running_service.client.delete(f"/api/answers/{answer}").raise_for_status()
    late = running_service.client.put(f"/api/answers/{answer}/chunks/5", content=recording.chunks[5])
    assert late.status_code == 404
    eventually(lambda: not (running_service.data_folder / "work" / answer).exists())
    assert not (running_service.data_folder / "answers" / answer).exists()


@pytest.mark.long
def test_a_killed_worker_loses_no_transcribed_window(
    start_service: Callable[..., RunningService], recording: BrowserRecording
) -> None:
    service = start_service()
    chunks = list(recording.chunks)
    answer = begin(service)
    send(service, answer, chunks[:43])
    done = eventually(lambda: (service.answer(answer)["work"]["progress"] or {}).get("done"))
    [killed] = service.workers()
    killed.kill()
    # The next worker comes once the progress of this one is forgotten.
    eventually(lambda: [worker.pid for worker in service.workers()] not in ([], [killed.pid]))
    # However long that took, a chunk makes the job ready to be claimed again.
    send(service, answer, chunks[43:44], first=43)
    eventually(lambda: (service.answer(answer)["work"]["progress"] or {"done": 0})["done"] >= done)
    send(service, answer, chunks[44:], first=44)
    finish(service, answer, len(chunks))
    assert service.wait_for(answer, "ready", "failed")["work"]["state"] == "ready"
