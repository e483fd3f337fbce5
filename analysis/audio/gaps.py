"""Tells gaps in a recording from timestamps that are merely wrong.

Timestamps go wrong where no sound is missing: Matroska rounds to 1 ms, recorders stamp packets by a clock of
their own and late by up to a few packets, fragments of an MP4 begin some milliseconds after the last one
ended, Ogg pages count another sample rate, joined files start again from 0. So the number of samples decides
where audio goes, and the timestamps only show gaps. What counts is how far a timestamp lies ahead of the
audio so far, and whether it stays there:

- ahead by more than `SMALLEST_GAP` for `GAP_EVIDENCE` of sound: a gap;
- ahead by less, or for a moment: the audio is joined, as for a clock that drifts;
- behind: the audio is appended. Nothing is ever dropped.

Decoding places frames by these rules, and the service packets, so that a player has the times of the report.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from analysis.report import Span

STAMP_TOLERANCE = 0.04
"""Seconds by which the audio may start after the picture and still start with it: two Opus packets."""

SMALLEST_GAP = 0.12
"""Seconds. The longest packet of the codecs accepted here (Opus), and half of the shortest pause: timestamps
that differ by less show at most one lost packet. Silence put into a word for it would do more harm than
joining both sides does."""

GAP_EVIDENCE = 1.0
"""Seconds of sound that are compared before and after a gap. Recorders bunch their packets for up to about
half a second when the machine is busy; then the timestamps return to where they were."""

LEAST_EVIDENCE = 0.1
"""Seconds of sound after a gap that are enough at the end of a file."""

Piece = TypeVar("Piece")


class PastLimitError(Exception):
    """A gap reaches beyond the longest recording that is accepted."""


@dataclass(frozen=True)
class Placed(Generic[Piece]):
    """A piece of audio (a frame or a packet) in its place.

    Attributes:
        piece: as it was given.
        start: seconds from the start of the recording.
        gap: that ends where the piece starts; None if the piece continues the one before.
    """

    piece: Piece
    start: float
    gap: Span | None = None


class GapFinder(Generic[Piece]):
    """Takes pieces of audio in file order and places each after the one before, or after a gap.

    Args:
        smallest_gap: seconds; see `SMALLEST_GAP`.
        limit: seconds that no gap may pass.

    Attributes:
        end: seconds at which the pieces that have been placed end.
        lead: seconds by which the timestamps came to be ahead of the audio, gaps aside: the sum of all small
            gaps that were joined.
        lag: seconds by which they came to be behind it: timestamps that started again, or run slow.
    """

    def __init__(self, *, smallest_gap: float = SMALLEST_GAP, limit: float = float("inf")) -> None:
        self._smallest_gap = smallest_gap
        self._limit = limit
        self._recent = _RecentOffsets()
        self._doubtful: list[tuple[Piece, float, float]] = []
        self._doubtful_length = 0.0
        self._gaps: list[Span] = []
        self._started = False
        self.end = 0.0
        self.lead = 0.0
        self.lag = 0.0

    @property
    def heard(self) -> float:
        """Seconds at which all pieces so far end, those included that are not placed yet."""
        return self.end + self._doubtful_length

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Gaps so far, in order."""
        return tuple(self._gaps)

    def place(self, stamp: float) -> float:
        """Seconds at which audio with this timestamp would go if what is missing before it were a gap."""
        return max(self.heard, stamp - self._recent.least)

    def add(self, piece: Piece, length: float, stamp: float | None) -> Iterator[Placed[Piece]]:
        """Adds a piece and yields those whose place is now certain.

        Args:
            piece: the next one.
            length: its seconds.
            stamp: seconds from the start of the recording; None continues the audio before.

        Raises:
            PastLimitError: there is a gap that reaches beyond the limit.
        """
        if stamp is not None:
            offset = stamp - self.heard
        else:
            offset = self._doubtful[-1][2] if self._doubtful else self._recent.latest
        yield from self._weigh(piece, length, offset)

    def finish(self) -> Iterator[Placed[Piece]]:
        """Yields the rest.

        Raises:
            PastLimitError: as for `add`.
        """
        while self._doubtful_length >= LEAST_EVIDENCE:
            yield from self._open_gap()
        yield from self._join_doubtful()

    def _weigh(self, piece: Piece, length: float, offset: float) -> Iterator[Placed[Piece]]:
        """Places a piece whose timestamp is `offset` seconds ahead, or waits whether they stay there."""
        if offset > self._threshold():
            self._doubtful.append((piece, length, offset))
            self._doubtful_length += length
            if self._doubtful_length >= GAP_EVIDENCE:
                yield from self._open_gap()
            return
        yield from self._join_doubtful()
        yield self._placed(piece, length, offset)

    def _threshold(self) -> float:
        """The offset above which a gap is likely."""
        return self._recent.greatest + self._smallest_gap if self._started else STAMP_TOLERANCE

    def _open_gap(self) -> Iterator[Placed[Piece]]:
        missing = min(offset for _, _, offset in self._doubtful) - self._recent.least
        gap = Span(self.end, self.end + missing)
        if gap.end > self._limit:
            raise PastLimitError
        self._gaps.append(gap)
        self.end = gap.end
        (first, length, offset), *others = self._doubtful
        self._doubtful, self._doubtful_length = [], 0.0
        yield self._placed(first, length, offset - missing, gap)
        # Another gap may follow within the second.
        for piece, length, offset in others:
            yield from self._weigh(piece, length, offset - missing)

    def _join_doubtful(self) -> Iterator[Placed[Piece]]:
        doubtful, self._doubtful, self._doubtful_length = self._doubtful, [], 0.0
        for piece, length, offset in doubtful:
            yield self._placed(piece, length, offset)

    def _placed(self, piece: Piece, length: float, offset: float, gap: Span | None = None) -> Placed[Piece]:
        self._started = True
        placed = Placed(piece, self.end, gap)
        self.end += length
        self._recent.add(self.end, offset)
        self.lead = max(self.lead, self._recent.least)
        self.lag = max(self.lag, -self._recent.least)
        return placed


class _RecentOffsets:
    """How far the timestamps of the last second of audio were ahead of that audio, in seconds.

    The least and the greatest are kept at hand: each deque holds, oldest first, only the values that no later
    one makes irrelevant.
    """

    def __init__(self) -> None:
        self.latest = 0.0
        self._least = deque([(0.0, 0.0)])
        self._greatest = deque([(0.0, 0.0)])

    @property
    def least(self) -> float:
        return self._least[0][1]

    @property
    def greatest(self) -> float:
        return self._greatest[0][1]

    def add(self, end: float, offset: float) -> None:
        """Adds the offset of a frame that ends at `end`, and forgets those of a second before."""
        self.latest = offset
        while self._least and self._least[-1][1] >= offset:
            self._least.pop()
        while self._greatest and self._greatest[-1][1] <= offset:
            self._greatest.pop()
        for offsets in (self._least, self._greatest):
            offsets.append((end, offset))
            while offsets[0][0] < end - GAP_EVIDENCE:
                offsets.popleft()
