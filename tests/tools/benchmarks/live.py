"""Time from the end of speech to the transcript and to the report, and the cost of live analysis.

A recording is played into a running service in real time, a chunk a second as a browser sends them. After
each live answer the same audio goes through plain Whisper in this process, so that other load on the machine
affects both equally; and the same bytes are uploaded whole, to compare the texts. Each run stops at
another time, as where the last window ends is chance.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import psutil
from rapidfuzz.distance import Levenshtein

from analysis.transcription.whisper import WhisperEngine
from tests.tools.benchmarks.browser_recording import BrowserRecording, as_browser_sends_it
from tests.tools.benchmarks.served import Served

HURRY_SPEED, REAL_TIME_END = 10.0, 60.0
"""For shorter benchmarks: the speed at which all but the last seconds are played, and the number of those. By
then everything before them has been analysed, as it would have been in real time."""
STOP_STEP = 1.9
"""Seconds between the ends of successive runs: not a whole number of chunks."""
_POLL_SECONDS = 0.02
_PATIENCE = 300.0


@dataclass(frozen=True)
class LiveRun:
    """One live answer.

    Attributes:
        duration: seconds of it.
        to_transcript: seconds from when the last chunk was sent until the transcript could be fetched: an
            interviewer's follow-up is decided on it.
        to_report: seconds from when the last chunk was sent until the report could be fetched.
        processor: seconds of processor time of the service and its worker, from the first chunk to the end of
            the work.
        plain: seconds of processor time of plain `WhisperModel.transcribe` on the same sound.
        words: of the live report.
        differing: words to change to get those of the same bytes uploaded whole.
    """

    duration: float
    to_transcript: float
    to_report: float
    processor: float
    plain: float
    words: int
    differing: int


@dataclass(frozen=True)
class Live:
    """All live answers.

    Attributes:
        runs: in order.
        median, worst: seconds to the report.
        median_transcript: seconds to the transcript.
        processor_ratio: processor time for that of plain Whisper, median.
        differing_share: of all words, those that differ from the same bytes uploaded whole.
        with_upload: whether another job ran at the same time.
    """

    runs: tuple[LiveRun, ...]
    median: float
    worst: float
    median_transcript: float
    processor_ratio: float
    differing_share: float
    with_upload: bool


def summarise(runs: list[LiveRun], *, with_upload: bool) -> Live:
    """The figures of at least one run."""
    return Live(
        runs=tuple(runs),
        median=median(run.to_report for run in runs),
        worst=max(run.to_report for run in runs),
        median_transcript=median(run.to_transcript for run in runs),
        processor_ratio=median(run.processor / run.plain for run in runs),
        differing_share=sum(run.differing for run in runs) / max(1, sum(run.words for run in runs)),
        with_upload=with_upload,
    )


def run_live(
    file: Path, *, model: str, duration: float, runs: int, with_upload: bool = False, hurry: bool = False
) -> Iterator[LiveRun]:
    """Plays a recording repeatedly into a service started for it.

    Args:
        file: the recording; played again from its start where it is too short.
        model: the recogniser.
        duration: seconds of the longest run.
        runs: how many; one short one is made before, to warm up.
        with_upload: an hour of the same sound is uploaded first and analysed meanwhile.
        hurry: all but the last minute is played faster.

    Raises:
        analysis.errors.AnalysisError: the recording or the recogniser cannot be used.
        httpx.HTTPError: the service does not answer.
    """
    engine = WhisperEngine.load(model)
    with (
        tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder,
        Served(Path(folder) / "data", model=model) as served,
    ):
        _play(served, as_browser_sends_it(file, 25.0), real_time_end=0.0)
        for number in range(runs):
            recording = as_browser_sends_it(file, duration - number * STOP_STEP)
            beside = _upload(served, as_browser_sends_it(file, 3500.0)) if with_upload else None
            end = REAL_TIME_END if hurry else recording.duration
            yield _measure(served, recording, engine, Path(folder) / "same.webm", real_time_end=end)
            if beside is not None:
                served.client.delete(f"/api/answers/{beside}").raise_for_status()


def _measure(
    served: Served, recording: BrowserRecording, engine: WhisperEngine, same: Path, *, real_time_end: float
) -> LiveRun:
    used = served.processor_time()
    answer, to_transcript, to_report = _play(served, recording, real_time_end=real_time_end)
    _wait(served, answer, lambda found: found["work"]["state"] == "ready")
    processor = served.processor_time() - used
    live = _words(served, answer)
    same.write_bytes(b"".join(recording.chunks))
    plain = _plain_processor_time(engine, same)
    whole = _upload(served, recording)
    _wait(served, whole, lambda found: found["work"]["state"] == "ready")
    differing = int(Levenshtein.distance(live, _words(served, whole)))
    return LiveRun(recording.duration, to_transcript, to_report, processor, plain, len(live), differing)


def _play(served: Served, recording: BrowserRecording, *, real_time_end: float) -> tuple[str, float, float]:
    """Sends a recording live; the answer, and the seconds to its transcript and to its report."""
    answer, stopped = send_live(served, recording, real_time_end=real_time_end)
    _wait(served, answer, lambda found: "transcript" in found["available"])
    to_transcript = time.perf_counter() - stopped
    wait_for_report(served, answer)
    served.client.get(f"/api/answers/{answer}/report").raise_for_status()
    return answer, to_transcript, time.perf_counter() - stopped


def send_live(
    served: Served,
    recording: BrowserRecording,
    *,
    real_time_end: float,
    new: dict[str, object] | None = None,
) -> tuple[str, float]:
    """Sends each chunk when it would have been recorded, and finishes.

    Args:
        real_time_end: seconds at the end that are played in real time; those before it, `HURRY_SPEED` times
            as fast.
        new: of the answer, as `POST /api/answers` takes it.

    Returns:
        The answer, and the time of `time.perf_counter` at which its last chunk was there to be sent.
    """
    hurried = max(0.0, recording.duration - real_time_end)
    client = served.client
    new = {"source": "recording", **(new or {})}
    answer: str = client.post("/api/answers", json=new).raise_for_status().json()["id"]
    began = time.perf_counter()
    for number, (chunk, end) in enumerate(zip(recording.chunks, recording.ends, strict=True)):
        due = min(end, hurried) / HURRY_SPEED + max(0.0, end - hurried)
        time.sleep(max(0.0, began + due - time.perf_counter()))
        stopped = time.perf_counter()
        client.put(f"/api/answers/{answer}/chunks/{number}", content=chunk).raise_for_status()
    finish = {"chunks": len(recording.chunks)}
    client.post(f"/api/answers/{answer}/finish", json=finish).raise_for_status()
    return answer, stopped


def wait_for_report(served: Served, answer: str) -> None:
    """Waits until an answer has its report.

    Raises:
        httpx.HTTPError: it has none after all that time, or gets none.
    """
    _wait(served, answer, lambda found: "report" in found["available"])


def _upload(served: Served, recording: BrowserRecording) -> str:
    files = {"file": ("same.webm", b"".join(recording.chunks))}
    answer: str = served.client.post("/api/uploads", files=files).raise_for_status().json()["id"]
    return answer


def _wait(served: Served, answer: str, done: Any) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not done(found := served.answer(answer)):
        if found["work"]["state"] == "failed" or time.monotonic() > deadline:
            raise httpx.HTTPError(f"the answer is {found['work']}")
        time.sleep(_POLL_SECONDS)


def _words(served: Served, answer: str) -> list[str]:
    return [word["text"] for word in served.report(answer)["transcript"]["words"]]


def _plain_processor_time(engine: WhisperEngine, file: Path) -> float:
    process = psutil.Process(os.getpid())
    before = sum(process.cpu_times()[:2])
    segments, _ = engine.model.transcribe(str(file), beam_size=5, word_timestamps=True)
    for _ in segments:
        pass  # each is transcribed when it is asked for
    return float(sum(process.cpu_times()[:2]) - before)
