"""Processes of other programs and of Greenroom's own, started, watched and ended one by one."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PATIENCE = 90.0
"""Seconds within which a program has to be ready, or to have ended."""

_LOOK_SECONDS = 0.05


class MissingProgramError(Exception):
    """A program that the set-up needs isn't installed."""


class DidNotStartError(Exception):
    """A program ended, or was not ready in time."""


@dataclass
class Program:
    """One program that runs until it is told to stop.

    Attributes:
        name: what it is called in messages; its output goes to `NAME.log`.
        command: the program and its arguments.
        logs: folder of the output.
        is_ready: whether it does its work; asked until it says yes.
        environment: of the process, as a whole.
        user: the account of the system that it runs as; None: that of this process.
        stop_signal: what asks it to end.
    """

    name: str
    command: Sequence[str]
    logs: Path
    is_ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """The file of its output, of all its starts."""
        return self.logs / f"{self.name}.log"

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Number of the process.

        Raises:
            ValueError: it does not run.
        """
        if self._process is None:
            raise ValueError(f"{self.name} does not run")
        return self._process.pid

    def start(self) -> None:
        """Starts it, without waiting until it is ready. Nothing happens where it runs."""
        if self.runs:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.environment),
                cwd="/" if self.user else None,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                # A Ctrl+C in the terminal is for whoever started these programs, who ends them in order.
                start_new_session=True,
            )

    def wait_until_ready(self, patience: float = PATIENCE) -> None:
        """Waits until it does its work.

        Raises:
            DidNotStartError: it ended, or took too long.
        """
        deadline = time.monotonic() + patience
        while not self.is_ready():
            if not self.runs or time.monotonic() > deadline:
                end = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
                raise DidNotStartError(f"{self.name} did not start. The end of {self.log}:\n{end}")
            time.sleep(_LOOK_SECONDS)

    def ask_to_stop(self) -> None:
        """Sends the signal, and returns at once."""
        if self._process is not None and self.runs:
            self._process.send_signal(self.stop_signal)

    def stop(self, patience: float = PATIENCE) -> int | None:
        """Asks it to stop and waits for its end; one that takes too long is killed.

        Returns:
            Its exit status; None where it was never started.
        """
        self.ask_to_stop()
        if self._process is None:
            return None
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()

    def kill(self) -> None:
        """Ends it and every process that it started, as a power cut does."""
        if self._process is None:
            return
        family = []
        try:
            own = psutil.Process(self._process.pid)
            # Stopped first, so that it starts nothing in place of what is killed.
            own.suspend()
            family = [*own.children(recursive=True), own]
        except psutil.NoSuchProcess:
            pass
        for process in family:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        self._process.wait()
        psutil.wait_procs(family, timeout=PATIENCE)


def listens(port: int) -> bool:
    """Whether something accepts connections on this port of the machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_ports(number: int) -> list[int]:
    """Ports on which nothing listens now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports: list[int] = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def find_program(name: str, how: str) -> str:
    """Where a program is: beside Python, or on the path; Debian has nginx in a folder for administrators.

    Args:
        how: the command that installs it.

    Raises:
        MissingProgramError: it is not there.
    """
    search = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", ""), "/usr/sbin"])
    found = shutil.which(name, path=search)
    if found is None:
        raise MissingProgramError(f"{name} is not installed: {how}")
    return found


def account_for(name: str) -> str | None:
    """The account to run a program as, where this process is root's. None: that of this process."""
    return name if os.geteuid() == 0 else None


def write_private(file: Path, text: str) -> None:
    """Writes a file that only its owner can read."""
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(text, encoding="utf-8")
