"""The threads of one process write to an SQLite database one after the other, in the order in which they ask.

SQLite lets one writer in at a time and has the others look again after a while, in no order. Of twenty
writers at once, some would wait until their patience ends although the database is never busy for long.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

MOST_WAITING = 30
"""Threads that may wait for a turn that takes long. The server has 40, and the others go on reading."""

LONG_TURN = 1.0
"""Seconds after which a turn takes long: usually another process holds the database."""


class DatabaseBusyError(OperationalError):
    """Other writers did not let this one in within its patience. Nothing was written; it may try again."""

    def __init__(self) -> None:
        super().__init__("BEGIN IMMEDIATE", None, TimeoutError("other threads of this process are writing"))


class WriteQueue:
    """Lets one thread write at a time, the one that has waited longest first."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._writing = False
        self._since = 0.0
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Waits until it is this thread's turn, which lasts until the context is left.

        Args:
            patience: seconds to wait.

        Raises:
            DatabaseBusyError: it was not its turn within that time, or too many wait already for a turn that
                takes long.
        """
        self._wait(patience)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, patience: float) -> None:
        with self._mutex:
            if not self._writing:
                self._writing, self._since = True, time.monotonic()
                return
            takes_long = time.monotonic() - self._since > LONG_TURN
            if takes_long and len(self._waiting) >= MOST_WAITING:
                raise DatabaseBusyError
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(patience):
            return
        with self._mutex:
            if turn in self._waiting:
                self._waiting.remove(turn)
                raise DatabaseBusyError
        # It was given the turn just when its patience ended.

    def _pass_on(self) -> None:
        with self._mutex:
            self._since = time.monotonic()
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._writing = False
