"""One recogniser for several answers at once, in turns.

Who waits for a report goes first, then whoever still speaks, then what was uploaded; among equals, whoever
asked first. A turn is a few windows long, so nobody waits for more than a second or two.
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
"""Windows in one turn: as many as the recogniser decodes at once; fewer when others may ask."""
_LOOK_SECONDS = 0.5
"""How long a waiting run goes without asking whether it is still wanted."""


class Urgency(IntEnum):
    """Who goes first."""

    SOMEBODY_WAITS = 0
    SOMEBODY_SPEAKS = 1
    UPLOAD = 2


class Turns:
    """Hands one recogniser out.

    Args:
        load: gives the recogniser; loads it the first time.
    """

    def __init__(self, load: Callable[[], Engine]) -> None:
        self._load = load
        self._loading = threading.Lock()
        self._changed = threading.Condition()
        self._taken = False
        self._waiting: list[Ticket] = []
        self._guests = 0

    def engine(self) -> Engine:
        """The recogniser itself, loaded."""
        with self._loading:
            return self._load()

    @property
    def waiting(self) -> tuple["Ticket", ...]:
        """Who waits, in order of arrival."""
        with self._changed:
            return tuple(self._waiting)

    @property
    def shared(self) -> bool:
        """Whether several answers are worked on."""
        return self._guests > 1

    def arrive(self) -> None:
        """One more answer is worked on."""
        with self._changed:
            self._guests += 1

    def leave(self) -> None:
        """One less."""
        with self._changed:
            self._guests -= 1

    def take(self, ticket: "Ticket") -> None:
        """Waits for a turn; `give_back` it.

        Raises:
            Exception: whatever the ticket's `still_wanted` raises; there is no turn then.
        """
        with self._changed:
            self._waiting.append(ticket)
            try:
                while self._taken or self._first() is not ticket:
                    self._changed.wait(_LOOK_SECONDS)
                    ticket.still_wanted()
                self._taken = True
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def give_back(self) -> None:
        """Ends a turn."""
        with self._changed:
            self._taken = False
            self._changed.notify_all()

    def _first(self) -> "Ticket":
        # `min` keeps the order of arrival among equals.
        return min(self._waiting, key=lambda ticket: ticket.urgency)


class Ticket:
    """One answer's place in the queue.

    Args:
        urgency: may change while it waits.
        still_wanted: raises where the work is no longer wanted.
    """

    def __init__(self, urgency: Urgency, still_wanted: Callable[[], None]) -> None:
        self.urgency = urgency
        self.still_wanted = still_wanted


class SharedEngine:
    """An `Engine` that waits for its turn.

    Args:
        turns: the recogniser.
        ticket: whose turns.
    """

    def __init__(self, turns: Turns, ticket: Ticket) -> None:
        self._turns = turns
        self._ticket = ticket
        self._engine = turns.engine()

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
            together = _WINDOWS_SHARED if self._turns.shared else _WINDOWS_ALONE
            batch, rest = rest[:together], rest[together:]
            self._turns.take(self._ticket)
            try:
                texts = list(self._engine.transcribe(samples, batch, language=language))
            finally:
                self._turns.give_back()
            decisive = deciding_text(texts)
            if language is None and decisive is not None:
                language = decisive.language
            yield from texts
