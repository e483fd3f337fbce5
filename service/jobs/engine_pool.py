"""One recogniser for several jobs at once, which use it alternately.

A job whose report is being waited for goes first, then a recording in progress, then an upload; within a
priority, the earliest request. Each use is a few windows long, so no job waits for more than a second or two.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.detector import FilledPauseDetector
from analysis.report import ModelDescription, Span
from analysis.transcription.protocol import Engine, WindowText
from analysis.transcription.window_texts import deciding_text

_WINDOWS_ALONE, _WINDOWS_SHARED = 6, 2
"""Windows in one use: as many as the recogniser decodes at once; fewer when other jobs may need it."""
_CHECK_SECONDS = 0.5
"""Seconds between two checks whether a waiting job is still wanted."""


class Priority(IntEnum):
    """The lowest goes first."""

    REPORT_AWAITED = 0
    BEING_RECORDED = 1
    UPLOAD = 2


class EnginePool:
    """Gives one job at a time access to a recogniser.

    Args:
        load: returns the recogniser; loads it the first time.
    """

    def __init__(self, load: Callable[[], Engine]) -> None:
        self._load = load
        self._loading = threading.Lock()
        self._changed = threading.Condition()
        self._in_use = False
        self._waiting: list[EngineRequest] = []
        self._jobs = 0

    def engine(self) -> Engine:
        """The recogniser itself, loaded."""
        with self._loading:
            return self._load()

    @property
    def waiting(self) -> tuple["EngineRequest", ...]:
        """Waiting requests, in order of arrival."""
        with self._changed:
            return tuple(self._waiting)

    @property
    def shared(self) -> bool:
        """Whether several jobs are in progress."""
        return self._jobs > 1

    def register(self) -> None:
        """Counts one more job in progress."""
        with self._changed:
            self._jobs += 1

    def unregister(self) -> None:
        """Counts one job fewer in progress."""
        with self._changed:
            self._jobs -= 1

    def acquire(self, request: "EngineRequest") -> None:
        """Waits until the recogniser is free for this request; `release` it afterwards.

        Raises:
            Exception: whatever the request's `check_wanted` raises; nothing was acquired then.
        """
        with self._changed:
            self._waiting.append(request)
            try:
                while self._in_use or self._first() is not request:
                    self._changed.wait(_CHECK_SECONDS)
                    request.check_wanted()
                self._in_use = True
            finally:
                self._waiting.remove(request)
                self._changed.notify_all()

    def release(self) -> None:
        """Lets the next request use the recogniser."""
        with self._changed:
            self._in_use = False
            self._changed.notify_all()

    def _first(self) -> "EngineRequest":
        # `min` keeps the order of arrival among equals.
        return min(self._waiting, key=lambda request: request.priority)


class EngineRequest:
    """One job's requests for the recogniser.

    Args:
        priority: may change while the request waits.
        check_wanted: raises an exception once the work is no longer wanted; called while the request waits.
        check_going_on: the same, called before each use.
    """

    def __init__(
        self,
        priority: Priority,
        check_wanted: Callable[[], None],
        check_going_on: Callable[[], None] = lambda: None,
    ) -> None:
        self.priority = priority
        self.check_wanted = check_wanted
        self.check_going_on = check_going_on


class PooledEngine:
    """An `Engine` that waits until the pool lets it use the recogniser.

    Args:
        pool: holds the recogniser.
        request: of the job that it is used for.
    """

    def __init__(self, pool: EnginePool, request: EngineRequest) -> None:
        self._pool = pool
        self._request = request
        self._engine = pool.engine()

    @property
    def description(self) -> ModelDescription:
        """See `Engine.description`."""
        return self._engine.description

    @property
    def detector(self) -> FilledPauseDetector | None:
        """See `Engine.detector`."""
        return self._engine.detector

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`."""
        rest = list(windows)
        while rest:
            together = _WINDOWS_SHARED if self._pool.shared else _WINDOWS_ALONE
            batch, rest = rest[:together], rest[together:]
            self._request.check_going_on()
            self._pool.acquire(self._request)
            try:
                texts = list(self._engine.transcribe(samples, batch, language=language))
            finally:
                self._pool.release()
            decisive = deciding_text(texts)
            if language is None and decisive is not None:
                language = decisive.language
            yield from texts
