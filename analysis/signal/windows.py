"""Which stretches of a recording the recogniser is given, one at a time.

Whisper hears 30 s at once and loses or doubles words where a window ends inside one, so windows end in
silences. A window is chosen from what was heard up to `LONGEST` after its first word and nothing later: a
recording that still goes on gets the same windows as the finished one.

Windows are shorter than the 30 s, and so is the sound that Whisper is given: a 20 s encoder pass costs
0.4 of a 30 s one (measured on two cores; attention grows with the square of the length).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span
from analysis.signal.speech_probability import SILERO_FRAME

CONTEXT = 20.0
"""Seconds of sound that Whisper is given for each window, silence after it included."""

LONGEST = 18.5
"""Seconds. `CONTEXT` less room for the margins and for the silence by which Whisper knows an end."""

_EARLIEST_CUT = 9.0
"""Seconds into a window from which a cut is looked for: every window costs a full encoder pass."""
_MARGIN = 0.3
"""Seconds of silence kept on both sides: Whisper loses words that start at the very edge."""
_LONG_ENOUGH = 0.5
"""Seconds. A longer silence is no better a place to cut."""
_LATER_IS_BETTER = 0.03
"""Seconds of silence that one second of window is worth."""
_HARD_CUT_REACH = 6.0
"""Seconds before `LONGEST` in which speech without any silence is cut, where it is least sure."""
_SAME_ONSET = 0.5
"""Seconds by which the onset of speech may move when more of the sound is known."""
_LOOKED_AT_AGAIN = 1.0
"""Seconds before the end of what was heard: a word that begins there may not show yet."""
_SHORTEST_MISSED = 0.3
"""Seconds of speech outside all windows that get a window of their own."""


@dataclass(frozen=True)
class Segment:
    """A window and what was heard in it when it was chosen.

    Attributes:
        window: the stretch of the recording that the recogniser is given.
        speech: stretches in which somebody speaks that touch the window, in order.
        silences: likewise.
    """

    window: Span
    speech: tuple[Span, ...]
    silences: tuple[Span, ...]


@dataclass(frozen=True)
class Heard:
    """Speech and silence up to a moment.

    Attributes:
        speech, silences: in order.
        probabilities: shape (n,), Silero's, one for each 32 ms from the start of the recording.
    """

    speech: tuple[Span, ...]
    silences: tuple[Span, ...]
    probabilities: NDArray[np.float32]


Look = Callable[[float], Heard]
"""Gives what was heard up to a moment, in seconds, from the sound before that moment alone."""


class Segmenter:
    """Chooses windows of at most 20 s that hold all speech, in order and without overlap.

    Args:
        look: what was heard.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._position = 0.0
        self._onset: float | None = None
        self._previous_end = 0.0

    def advance(self, known: float, *, ended: bool) -> Iterator[Segment]:
        """The windows that can be chosen now.

        Args:
            known: seconds that have been heard; all of the recording once it has `ended`.
            ended: nothing follows.
        """
        while (onset := self._next_onset(known, ended=ended)) is not None:
            limit = onset + LONGEST
            last = ended and known < limit
            if not last and known < limit:
                return
            heard = self._look(known if last else limit)
            speech = _after(heard.speech, self._position)
            self._onset = None
            if not speech:
                # More sound showed that it was none.
                self._position = known if last else limit - _LOOKED_AT_AGAIN
            elif speech[0].start > onset + _SAME_ONSET:
                self._onset = speech[0].start
            else:
                limit = min(limit, speech[0].start + LONGEST)
                yield self._choose(heard, speech, limit, known if last else None)

    def _next_onset(self, known: float, *, ended: bool) -> float | None:
        """Where speech begins after the last window; None where none does, as far as is known."""
        while self._onset is None and self._position < known:
            reach = self._position + LONGEST
            last = ended and known < reach
            if not last and known < reach:
                return None
            speech = _after(self._look(known if last else reach).speech, self._position)
            if speech:
                self._onset = speech[0].start
            else:
                self._position = known if last else reach - _LOOKED_AT_AGAIN
        return self._onset

    def _choose(self, heard: Heard, speech: list[Span], limit: float, duration: float | None) -> Segment:
        """The window from the start of `speech`.

        Args:
            heard: up to `limit`.
            speech: of it, after the window before.
            limit: seconds.
            duration: of the recording, where it ends before `limit`.
        """
        start = speech[0].start
        if duration is not None and speech[-1].end <= limit:
            end, self._position = speech[-1].end, duration
            window_end = min(duration, end + _MARGIN)
        else:
            end, self._position = _cut(heard, start, limit)
            # Half of the silence belongs to each of the windows beside it, but no more than the margin.
            window_end = end + min(_MARGIN, (self._position - end) / 2)
        window = Span(max(self._previous_end, start - _MARGIN), window_end)
        self._previous_end = window_end
        return segment_of(window, heard.speech, heard.silences)


def with_missed_speech(
    segments: Sequence[Segment], speech: Sequence[Span], silences: Sequence[Span]
) -> tuple[Segment, ...]:
    """The segments, and more of them for speech that showed only once all of the recording was known.

    Args:
        segments: in order.
        speech, silences: of the whole recording.
    """
    edges = [0.0, *(edge for s in segments for edge in (s.window.start, s.window.end)), float("inf")]
    missed = []
    for free in (Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start):
        inside = [
            Span(max(part.start, free.start), min(part.end, free.end))
            for part in speech
            if part.overlap(free) >= _SHORTEST_MISSED
        ]
        middles = [(before.end + after.start) / 2 for before, after in pairwise(inside)]
        missed += [
            Span(max(low, part.start - _MARGIN), min(high, part.end + _MARGIN, part.start + LONGEST))
            for part, low, high in zip(inside, [free.start, *middles], [*middles, free.end], strict=False)
        ]
    added = [segment_of(window, speech, silences) for window in missed]
    return tuple(sorted([*segments, *added], key=lambda segment: segment.window.start))


def segment_of(window: Span, speech: Sequence[Span], silences: Sequence[Span]) -> Segment:
    """A window with what of speech and silence touches it."""
    return Segment(
        window,
        tuple(span for span in speech if span.overlap(window) > 0),
        tuple(span for span in silences if span.overlap(window) > 0),
    )


def _cut(heard: Heard, start: float, limit: float) -> tuple[float, float]:
    """Where speech stops before the best cut, and where it goes on after it (seconds)."""
    best: tuple[float, Span] | None = None
    for silence in heard.silences:
        inside = Span(silence.start, min(silence.end, limit))
        early = inside.start < start + _EARLIEST_CUT
        # What ends early with nothing after it is a window of its own.
        if inside.start <= start or inside.duration <= 0 or (early and silence.end < limit):
            continue
        worth = min(inside.duration, _LONG_ENOUGH) + _LATER_IS_BETTER * (inside.start - start)
        if best is None or worth > best[0]:
            best = (worth, inside)
    if best is not None:
        return best[1].start, best[1].end
    return (_least_sure(heard.probabilities, limit),) * 2


def _least_sure(probabilities: NDArray[np.float32], limit: float) -> float:
    """The moment before `limit` at which speech is least sure (seconds)."""
    first, last = int((limit - _HARD_CUT_REACH) / SILERO_FRAME), int(limit / SILERO_FRAME)
    lowest = first + int(np.argmin(probabilities[first:last]))
    return (lowest + 0.5) * SILERO_FRAME


def _after(speech: Sequence[Span], moment: float) -> list[Span]:
    """The speech that lies after `moment`; a stretch around it is split."""
    rest = [stretch for stretch in speech if stretch.end > moment]
    if rest and rest[0].start < moment:
        rest[0] = Span(moment, rest[0].end)
    return rest
