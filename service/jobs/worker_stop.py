"""How a worker process stops in order: it claims nothing more and finishes the window that it is at."""

import os
import signal
import sys
import threading
from types import FrameType

WORD = b"stop\n"
"""What the supervisor writes to a worker's standard input, before it closes it."""

LONGEST = 3.0
"""Seconds that the threads of a worker may still take: a window of speech takes one or two."""


class StopRequest:
    """Tells the threads of a worker that it is to stop."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._woken = threading.Event()

    @property
    def made(self) -> bool:
        """Whether the worker is to stop."""
        return self._asked.is_set()

    def make(self) -> None:
        """Asks the worker to stop."""
        self._asked.set()
        self.wake()

    def wake(self) -> None:
        """Ends the wait of the main thread, which has something to look at."""
        self._woken.set()

    def wait(self, seconds: float) -> None:
        """Waits for so long, until it is woken, or until the worker is to stop. For one thread."""
        self._woken.wait(seconds)
        self._woken.clear()

    def listen(self) -> None:
        """Makes the request at SIGTERM, or when the supervisor says so; call it in the main thread.

        If the supervisor dies without a word, the process ends.
        """
        # Ctrl+C in a terminal reaches every process of the group; the supervisor stops its workers itself.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._handle)
        threading.Thread(target=self._watch_supervisor, name="supervisor-watch", daemon=True).start()

    def _handle(self, number: int, frame: FrameType | None) -> None:
        # In a thread: the handler may interrupt the main thread while it holds the lock of the event.
        threading.Thread(target=self.make, name="stop").start()

    def _watch_supervisor(self) -> None:
        if sys.stdin.buffer.read() == WORD:
            self.make()
            return
        # At once: another worker may claim this job at any moment, and nothing here needs cleaning up.
        os._exit(0)
