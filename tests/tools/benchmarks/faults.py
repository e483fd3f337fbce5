"""Tests that nothing is lost: a simulated recording page, with faults at random times.

The page behaves like the real one (web/recording): each chunk is kept until it is
acknowledged, sent in order, and sent again. The connection is cut, also in the middle of a request or before
its answer; the tab is closed, and opened again or not; a worker or the whole service is killed. Chunks come
at 20 times their speed. Every run has a seed that reproduces its plan; when exactly a process dies depends on
the machine.
"""

import random
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx

from analysis.audio.decoding import decode
from tests.tools.benchmarks.browser_recording import BrowserRecording, as_browser_sends_it
from tests.tools.benchmarks.served import Served

SPEED = 20.0
INTERRUPTED_AFTER = 3.0
"""Seconds without a chunk after which the service under test marks a recording as interrupted."""
_LONGEST, _SHORTEST = 60.0, 15.0
"""Seconds of a recording."""
_STEP = 0.02
_PATIENCE = 90.0
_TOLERANCE = 0.06
"""Seconds: one packet of sound."""

Kind = Literal["connection", "request", "acknowledgement", "tab", "worker", "service"]
KINDS: tuple[Kind, ...] = ("connection", "request", "acknowledgement", "tab", "worker", "service")


@dataclass(frozen=True)
class Fault:
    """A fault in a run.

    Attributes:
        at: seconds from the start of the run.
        kind: `request` cuts the connection in the middle of one, `acknowledgement` before its answer.
        lasts: seconds until it is over; None for a tab that is never opened again.
    """

    at: float
    kind: Kind
    lasts: float | None


@dataclass
class FaultRun:
    """One run and its outcome.

    Attributes:
        seed: repeats the plan.
        faults: the plan, in order.
        told: seconds of sound that the page had been told are stored.
        reported: seconds of the recording in the report; None without one.
        outcome: the last state of the work, or the code with which it failed.
        problems: what should not be; none in a good run.
    """

    seed: int
    faults: tuple[Fault, ...]
    told: float = 0.0
    reported: float | None = None
    outcome: str = ""
    problems: list[str] = field(default_factory=list)


def run_faults(file: Path, *, runs: int, seed: int) -> Iterator[FaultRun]:
    """Simulates runs against one service with a fake recogniser.

    Args:
        file: the recorded speech.
        runs: how many.
        seed: of the first; the others follow it.

    Raises:
        analysis.errors.MediaError: the file cannot be used.
    """
    recording = as_browser_sends_it(file, _LONGEST)
    with tempfile.TemporaryDirectory(prefix="greenroom-faults-") as folder:
        settings = {
            "engine": "analysis.transcription.fake:FakeEngine",
            "interrupted_after": INTERRUPTED_AFTER,
            "free_space_floor": 0,
        }
        with Served(Path(folder) / "data", **settings) as served:
            for number in range(seed, seed + runs):
                yield _Page(served, recording, number, Path(folder)).run()


def plan(seed: int) -> tuple[float, tuple[Fault, ...]]:
    """Seconds of a run's recording, and its one to three faults."""
    rng = random.Random(seed)
    duration = rng.uniform(_SHORTEST, _LONGEST)
    faults = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.choice(KINDS)
        # Also after the last chunk, while the report is made.
        at = rng.uniform(0.0, 1.3 * duration / SPEED)
        lasts: float | None = rng.uniform(0.1, 1.5)
        if kind == "tab" and rng.random() < 0.4:
            lasts = None
        faults.append(Fault(round(at, 3), kind, lasts if lasts is None else round(lasts, 3)))
    return duration, tuple(sorted(faults, key=lambda fault: fault.at))


class _Page:
    """The simulated page, which also injects the faults."""

    def __init__(self, served: Served, recording: BrowserRecording, seed: int, folder: Path) -> None:
        self._served = served
        self._folder = folder
        self._duration, faults = plan(seed)
        self._chunks = [
            chunk
            for chunk, end in zip(recording.chunks, recording.ends, strict=True)
            if end <= self._duration
        ]
        self._ends = recording.ends
        self._run = FaultRun(seed, faults)
        self._due = list(faults)
        self._recorded = 0
        self._stored = 0
        self._cut_until = 0.0
        self._next_cut: Kind | None = None
        self._answer: str | None = None
        self._began = 0.0

    def run(self) -> FaultRun:
        """Records with the faults, comes back or not, and checks what was stored."""
        self._began = time.monotonic()
        never_back = self._record()
        for fault in self._due:
            if fault.kind in {"worker", "service"}:
                self._make(fault)
        if self._answer is None:
            self._run.outcome = "nothing was ever sent"
            return self._run
        if never_back:
            self._come_upon_interrupted()
        self._check()
        return self._run

    def _record(self) -> bool:
        """Records until everything is finished; True if the tab was closed for good."""
        finished = False
        while not finished:
            now = time.monotonic() - self._began
            while self._due and self._due[0].at <= now:
                fault = self._due.pop(0)
                if fault.kind == "tab" and self._recorded < len(self._chunks):
                    # Recording ends with the tab; stored chunks are sent when it is opened again.
                    self._chunks = self._chunks[: self._recorded]
                    if fault.lasts is None or not self._chunks:
                        return True
                    time.sleep(fault.lasts)
                else:
                    self._make(fault)
            while self._recorded < len(self._chunks) and self._ends[self._recorded] / SPEED <= now:
                self._recorded += 1
            with suppress(httpx.TransportError):
                finished = self._send()
            time.sleep(_STEP)
        return False

    def _send(self) -> bool:
        """Sends the chunks that are due; True once the recording is finished."""
        if time.monotonic() < self._cut_until:
            return False
        client = self._served.client
        if self._answer is None:
            made = client.post("/api/answers", json={"source": "recording"})
            self._answer = str(made.raise_for_status().json()["id"])
        while self._stored < self._recorded:
            address = f"/api/answers/{self._answer}/chunks/{self._stored}"
            if self._next_cut is not None:
                self._cut_short(address, self._chunks[self._stored])
                return False
            client.put(address, content=self._chunks[self._stored]).raise_for_status()
            self._stored += 1
        if self._recorded < len(self._chunks):
            return False
        finish = {"chunks": len(self._chunks)}
        client.post(f"/api/answers/{self._answer}/finish", json=finish).raise_for_status()
        return True

    def _cut_short(self, address: str, body: bytes) -> None:
        """A request that is cut off in the middle, or whose response never arrives."""
        whole = self._next_cut == "acknowledgement"
        self._next_cut = None
        target = urlsplit(str(self._served.client.base_url))
        head = f"PUT {address} HTTP/1.1\r\nHost: {target.netloc}\r\nContent-Length: {len(body)}\r\n\r\n"
        with suppress(OSError), socket.create_connection((target.hostname, target.port), 5) as connection:
            connection.sendall(head.encode() + (body if whole else body[: len(body) // 2]))
            if whole:
                connection.settimeout(0.2)
                with suppress(TimeoutError):
                    connection.recv(1)

    def _make(self, fault: Fault) -> None:
        lasts = fault.lasts or 0.0
        match fault.kind:
            case "connection":
                self._cut_until = time.monotonic() + lasts
            case "request" | "acknowledgement":
                self._next_cut = fault.kind
            case "worker":
                for worker in self._served.workers():
                    worker.kill()
            case "service":
                self._served.kill()
                time.sleep(lasts)
                self._served.start()

    def _come_upon_interrupted(self) -> None:
        """Checks that an abandoned recording can be played, and finished from the list."""
        client = self._served.client
        if self._stored == 0:
            client.delete(f"/api/answers/{self._answer}").raise_for_status()
            return
        found = self._wait(lambda a: a["intake"] == "interrupted" and "media" in a["available"])
        if found["intake"] != "interrupted" or "media" not in found["available"]:
            self._run.problems.append(f"not playable when interrupted: {found['intake']}, {found['work']}")
        unfinished = client.get("/api/answers?unfinished=true").raise_for_status().json()["items"]
        if self._answer not in {item["id"] for item in unfinished}:
            self._run.problems.append("not in the list of unfinished recordings")
        client.post(f"/api/answers/{self._answer}/finish", json={"chunks": None}).raise_for_status()

    def _check(self) -> None:
        run = self._run
        if self._stored == 0:
            run.outcome = "nothing was stored"
            return
        told = self._folder / "told.webm"
        told.write_bytes(b"".join(self._chunks[: self._stored]))
        run.told = decode(told).duration
        found = self._wait(lambda answer: answer["work"]["state"] in {"ready", "failed"})
        work = found["work"]
        run.outcome = work["error"]["code"] if work["state"] == "failed" else work["state"]
        if work["state"] != "ready":
            run.problems.append(f"not ready: {work}")
        if "report" not in found["available"]:
            run.problems.append("no report")
            return
        run.reported = self._served.report(found["id"])["recording"]["duration"]
        if run.reported < run.told - _TOLERANCE:
            run.problems.append(f"{run.told - run.reported:.2f} s were lost")
        original = self._served.client.get(f"/api/answers/{found['id']}/original").raise_for_status().content
        if not original.startswith(told.read_bytes()):
            run.problems.append("other bytes are kept than were sent")

    def _wait(self, reached: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The answer once it meets the condition, or as it is at the timeout."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            with suppress(httpx.TransportError):
                found = self._served.answer(str(self._answer))
                if reached(found) or time.monotonic() > deadline:
                    return found
            time.sleep(_STEP)
