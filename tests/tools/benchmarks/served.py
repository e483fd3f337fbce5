"""A service in a separate process, started as a person would start it, for benchmarks."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

_PATIENCE = 60.0


class Served:
    """`greenroom serve` on a data folder; started again it listens at the same address.

    Args:
        folder: of the data.
        settings: by their names in lower case.
    """

    def __init__(self, folder: Path, **settings: object) -> None:
        self._port = _free_port()
        values = {"data_folder": folder, "port": self._port, **settings}
        self._environment = {f"GREENROOM_{name.upper()}": str(value) for name, value in values.items()}
        self._process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self._port}", timeout=10.0)

    def __enter__(self) -> "Served":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.client.close()

    def start(self) -> None:
        """Starts the service and waits until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "service.cli.application", "serve"],
            env={**os.environ, **self._environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                self.client.get("/api/about").raise_for_status()
                return
            except httpx.HTTPError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """Kills the service as a power cut would; its workers notice and end."""
        if self._process is not None:
            workers = self.workers()
            self._process.kill()
            self._process.wait()
            psutil.wait_procs(workers, timeout=10)
            self._process = None

    def workers(self) -> list[psutil.Process]:
        """Its worker processes."""
        if self._process is None:
            return []
        try:
            return [child for child in psutil.Process(self._process.pid).children() if _lives(child)]
        except psutil.NoSuchProcess:
            return []

    def processor_time(self) -> float:
        """Seconds of processor time that the service and its workers have used."""
        if self._process is None:
            return 0.0
        processes = [psutil.Process(self._process.pid), *self.workers()]
        return sum(sum(process.cpu_times()[:2]) for process in processes)

    def answer(self, identifier: str) -> dict[str, Any]:
        """An answer as the API describes it now."""
        found: dict[str, Any] = self.client.get(f"/api/answers/{identifier}").raise_for_status().json()
        return found

    def report(self, identifier: str) -> dict[str, Any]:
        """The report of an answer that has one."""
        path = f"/api/answers/{identifier}/report"
        found: dict[str, Any] = self.client.get(path).raise_for_status().json()
        return found


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
