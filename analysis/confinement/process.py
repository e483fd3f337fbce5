"""Starts confined processes ahead of time, and calls tasks in them."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from analysis.confinement.confine import PROTECTIONS, Protection
from analysis.confinement.frames import BrokenFrameError, Kind, receive, send
from analysis.errors import AnalysisError

PATIENCE = 300.0
"""Seconds without a message after which the process is ended: it sends one after each second of sound, and
the longest step without one takes a few seconds."""

_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""Variables that are passed on, and all whose name starts with `PYTHON`. Not the others: addresses and
passwords of a database may be among them."""

LONGEST_TEXT = 400
"""Characters of a text for a person."""


class ConfinedProcessError(Exception):
    """The process ended, made no headway, or answered what it may not."""


class RefusedError(AnalysisError):
    """A task raised an `AnalysisError`; has its code and text."""


class ConfinedProcess:
    """One confined process; a context manager that ends it.

    Args:
        modules: with the tasks, see `analysis.confinement.child`.
        written_bytes: up to which length it may write to files that it is given.
    """

    def __init__(self, modules: Sequence[str], *, written_bytes: int = 0) -> None:
        self._channel, other = socket.socketpair()
        end, self._lifeline = os.pipe()
        try:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "analysis.confinement.child"),
                    *(str(other.fileno()), str(end), str(written_bytes), *modules),
                ],
                pass_fds=(other.fileno(), end),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # Messages of FFmpeg may quote the file.
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        finally:
            other.close()
            os.close(end)
        self._channel.settimeout(PATIENCE)
        self._in_force: tuple[Protection, ...] | None = None
        self._result: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def in_force(self) -> tuple[Protection, ...]:
        """The protections that are in force in it; waits until it is ready.

        Raises:
            ConfinedProcessError: it did not start.
        """
        if self._in_force is None:
            kind, content = self._receive()
            if kind != Kind.READY:
                raise self._broken("it did not start")
            named = json.loads(content)
            self._in_force = tuple(protection for protection in PROTECTIONS if protection in named)
        return self._in_force

    def call(
        self, task: str, arguments: Mapping[str, Any], files: Sequence[int] = ()
    ) -> Iterator[tuple[int, bytes]]:
        """Calls a task and yields the messages that it sends until its end; then `result` is set.

        Args:
            task: name of the function.
            arguments: plain values.
            files: descriptors of open files for it.

        Raises:
            RefusedError: the task says why it cannot do its work.
            OSError: the system refused something, for example because the disk is full.
            ConfinedProcessError: it ended, or is not to be trusted any more.
        """
        _ = self.in_force
        self._send(Kind.CALL, json.dumps({"task": task, "arguments": arguments}).encode(), files)
        while True:
            kind, content = self._receive()
            match kind:
                case Kind.RESULT:
                    self._result = self._parsed(content)
                    return
                case Kind.REFUSAL:
                    raise self._refusal(content)
                case Kind.SYSTEM_ERROR:
                    raise self._system_error(content)
                case Kind.BROKEN:
                    raise self._broken("the task raised an error")
            yield kind, content

    def answer(self, content: bytes = b"", files: Sequence[int] = ()) -> None:
        """Answers the message that `call` yielded last.

        Raises:
            ConfinedProcessError: it ended.
        """
        self._send(Kind.ANSWER, content, files)

    @property
    def result(self) -> Any:
        """What the last task returned."""
        return self._result

    def end(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.wait()
        self._channel.close()
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def _send(self, kind: int, content: bytes, files: Sequence[int] = ()) -> None:
        try:
            send(self._channel, kind, content, files)
        except BrokenFrameError as error:
            raise self._broken(str(error)) from error

    def _receive(self) -> tuple[int, bytes]:
        try:
            return receive(self._channel)
        except BrokenFrameError as error:
            raise self._broken(str(error)) from error

    def _parsed(self, content: bytes) -> Any:
        try:
            return json.loads(content)
        except ValueError as error:
            raise self._broken("an answer is no JSON") from error

    def _refusal(self, content: bytes) -> Exception:
        match self._parsed(content):
            case [str(code), str(text)]:
                return RefusedError(text[:LONGEST_TEXT], code=code)
        return self._broken("a refusal without a reason")

    def _system_error(self, content: bytes) -> Exception:
        number = self._parsed(content)
        return OSError(number, os.strerror(number)) if isinstance(number, int) else self._broken("no number")

    def _broken(self, why: str) -> ConfinedProcessError:
        """Ends the process, of which nothing more is believed."""
        self.end()
        return ConfinedProcessError(f"{why}; exit status {self._process.returncode}")


class ReadyProcesses:
    """Keeps one confined process ready, so that nobody waits for its start; can be used by several threads.

    Each is given away once: what a hostile file did to it cannot reach the next one.

    Args:
        modules, written_bytes: as for `ConfinedProcess`.
    """

    def __init__(self, modules: Sequence[str], *, written_bytes: int = 0) -> None:
        self._modules = tuple(modules)
        self._written_bytes = written_bytes
        self._lock = threading.Lock()
        self._ready: ConfinedProcess | None = None

    def prepare(self) -> None:
        """Starts the next one, if none is ready; returns at once."""
        with self._lock:
            if self._ready is None:
                self._ready = self._start()

    def take(self) -> ConfinedProcess:
        """One that is ready, or about to be. The caller ends it."""
        with self._lock:
            process, self._ready = self._ready, None
        return process or self._start()

    def close(self) -> None:
        """Ends the one that is ready."""
        with self._lock:
            process, self._ready = self._ready, None
        if process is not None:
            process.end()

    def _start(self) -> ConfinedProcess:
        return ConfinedProcess(self._modules, written_bytes=self._written_bytes)


def _environment() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name in _ENVIRONMENT or name.startswith("PYTHON")
    }
