"""The confined process: `python -m analysis.confinement.child SOCKET LIFELINE BYTES MODULE...`

Each module has a dictionary `TASKS` of functions that can be called from the other side. They are imported
first; then the process confines itself, and only then it reads a file. It may write up to so many bytes to
a file that it is given.
"""

import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from analysis.confinement.confine import confine
from analysis.confinement.frames import BrokenFrameError, Kind, receive, receive_with_files, send
from analysis.errors import AnalysisError


class Call:
    """What a task is given.

    Attributes:
        arguments: plain values.
        files: open for reading, or also for writing, as the other side opened them.
    """

    def __init__(self, channel: socket.socket, arguments: Mapping[str, Any], files: list[BinaryIO]) -> None:
        self._channel = channel
        self.arguments = arguments
        self.files = files

    def tell(self, kind: int, content: bytes = b"") -> None:
        """Sends a message of the task's own."""
        send(self._channel, kind, content)

    def ask(self, kind: int, content: bytes = b"") -> bytes:
        """Sends a message and waits for its answer."""
        send(self._channel, kind, content)
        return receive(self._channel)[1]

    def ask_for_file(self, kind: int) -> BinaryIO:
        """Sends a message and waits for an open file."""
        send(self._channel, kind)
        _, _, descriptors = receive_with_files(self._channel)
        self.files += [_opened(descriptor) for descriptor in descriptors]
        return self.files[-1]


Task = Callable[[Call], Mapping[str, Any]]


def _end_with_parent(lifeline: int) -> None:
    """Makes the system end this process when the one that started it is gone, whatever it is doing then."""
    import fcntl  # not on Windows, where this module is loaded for its types only

    # The signal of a pipe that is closed at its other end; unhandled, it ends the process.
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _serve(channel: socket.socket, tasks: Mapping[str, Task]) -> None:
    while True:
        _, content, descriptors = receive_with_files(channel)
        request = json.loads(content)
        call = Call(channel, request["arguments"], [_opened(descriptor) for descriptor in descriptors])
        try:
            _answer(channel, tasks[request["task"]], call)
        finally:
            for file in call.files:
                file.close()


def _opened(descriptor: int) -> BinaryIO:
    import fcntl

    read_only = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
    return open(descriptor, "rb" if read_only else "r+b")


def _answer(channel: socket.socket, task: Task, call: Call) -> None:
    try:
        send(channel, Kind.RESULT, json.dumps(task(call)).encode())
    except BrokenFrameError:
        raise
    except AnalysisError as error:
        send(channel, Kind.REFUSAL, json.dumps([error.code, error.text]).encode())
    except OSError as error:
        send(channel, Kind.SYSTEM_ERROR, json.dumps(error.errno or 0).encode())
    except Exception as error:  # noqa: BLE001 - the other side decides what it means
        send(channel, Kind.BROKEN, json.dumps(type(error).__name__).encode())


def main(arguments: list[str]) -> None:
    """Entry point of the process."""
    # Ctrl-C in a terminal reaches every process of the group; the one that started this one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = socket.socket(fileno=int(arguments[0]))
    _end_with_parent(int(arguments[1]))
    tasks: dict[str, Task] = {}
    for module in arguments[3:]:
        tasks |= importlib.import_module(module).TASKS
    in_force = confine(int(arguments[2]))
    try:
        send(channel, Kind.READY, json.dumps(in_force).encode())
        _serve(channel, tasks)
    except BrokenFrameError:
        # Its work is done.
        pass


if __name__ == "__main__":
    main(sys.argv[1:])
