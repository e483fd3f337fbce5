"""A real service in a process of its own, with a real worker, for tests over HTTP and in a browser."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

import httpx
import psutil

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds to wait for what should take one or two: test machines can be busy, and a stall should show."""


class RunningService:
    """`greenroom serve` on a free port.

    Args:
        data_folder: where it keeps everything.
        settings: further settings by their short names, for example `lease=2`.
        arguments: for the command line.
    """

    def __init__(self, data_folder: Path, *arguments: str, **settings: object) -> None:
        self.data_folder = data_folder
        self.log = data_folder.with_name(f"{data_folder.name}.log")
        self._arguments = arguments
        self._environment = {
            **os.environ,
            "GREENROOM_DATA_FOLDER": str(data_folder),
            "GREENROOM_PORT": "0",
            "GREENROOM_ENGINE": "tests.service.engines:fake",
            **{f"GREENROOM_{name.upper()}": str(value) for name, value in settings.items()},
        }
        self._process: subprocess.Popen[str] | None = None
        self.url = ""
        self.output: list[str] = []
        self.client = httpx.Client()

    def start(self) -> Self:
        """Starts it and waits until it says where it listens."""
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service.cli.application", "serve", *self._arguments],
                cwd=REPOSITORY,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        self.url = self._wait_for_address(lines)
        self.client = httpx.Client(base_url=self.url, timeout=PATIENCE)
        return self

    def stop(self) -> int:
        """Asks it to stop, as Ctrl+C does, and returns its exit status."""
        self.client.close()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Ends it at once, as a power cut does."""
        self.client.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE)

    @property
    def process(self) -> subprocess.Popen[str]:
        """The serving process."""
        assert self._process is not None
        return self._process

    def workers(self) -> list[psutil.Process]:
        """The worker processes that run now."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if _lives(child)]

    def upload(self, recording: Path | bytes, **fields: str) -> dict[str, Any]:
        """Uploads a recording in one request."""
        name = fields.pop("file_name", recording.name if isinstance(recording, Path) else "recording")
        content = recording.read_bytes() if isinstance(recording, Path) else recording
        response = self.client.post("/api/uploads", files={"file": (name, content)}, data=fields)
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer

    def answer(self, identifier: str) -> dict[str, Any]:
        """An answer as it is now."""
        response = self.client.get(f"/api/answers/{identifier}")
        response.raise_for_status()
        answer: dict[str, Any] = response.json()
        return answer

    def wait_for(self, identifier: str, *states: str, stage: str | None = None) -> dict[str, Any]:
        """Waits until an answer's work is in one of these states, and in this stage."""

        def reached() -> dict[str, Any] | None:
            answer = self.answer(identifier)
            fits = answer["work"]["state"] in states and stage in {None, answer["work"]["stage"]}
            return answer if fits else None

        found: dict[str, Any] = eventually(reached)
        return found

    def left_on_disk(self, needle: str) -> list[Path]:
        """Files of the data folder that hold these words anywhere, in UTF-8."""
        files = [path for path in self.data_folder.rglob("*") if path.is_file()]
        return [path for path in files if needle.encode() in path.read_bytes()]

    def _read(self, lines: "queue.Queue[str]") -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output.append(line.rstrip())
            lines.put(line)

    def _wait_for_address(self, lines: "queue.Queue[str]") -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and (self.process.poll() is None or not lines.empty()):
            try:
                line = lines.get(timeout=0.2)
            except queue.Empty:
                continue
            if "http://" in line:
                return line[line.index("http://") :].strip()
        status = self.process.poll()
        raise AssertionError(f"the service did not start, {status=}: {self.output} {self.log.read_text()}")


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def eventually(condition: Any, patience: float = PATIENCE) -> Any:
    """Asks again and again until the answer is true, and returns it."""
    deadline = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < deadline, f"still not after {patience} s: {condition}"
        time.sleep(0.05)


def greenroom(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command on a data folder, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "service.cli.application", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "GREENROOM_DATA_FOLDER": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
