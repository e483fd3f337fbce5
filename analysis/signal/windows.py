"""Splits a recording into the windows that the recogniser transcribes one by one.

Whisper takes 30 s at once and loses or repeats words where a window ends inside one, so windows end in
silences. A window is selected from the voice activity up to `LONGEST` after its first word and from nothing
later: a recording in progress therefore gets the same windows as the finished one.

Windows are shorter than 30 s, and so is the audio that Whisper is given: a 20 s encoder pass costs 0.4 of a
30 s one (measured on two cores; attention grows with the square of the length).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span
from analysis.signal.speech_probability import SILERO_FRAME

CONTEXT = 20.0
"""Seconds of audio that Whisper is given for each window, including the silence after it."""

LONGEST = 18.5
"""Seconds. `CONTEXT` less the margins and the silence by which Whisper recognises an end."""

_EARLIEST_CUT = 9.0
"""Seconds into a window before which it is not cut: every window costs a full encoder pass."""
_MARGIN = 0.3
"""Seconds of silence kept on both sides: Whisper loses words that start at the very edge."""
_LONG_ENOUGH = 0.5
"""Seconds. A longer silence is no better as a place to cut."""
_LATER_IS_BETTER = 0.03
"""Seconds of silence that one more second of window is worth."""
_HARD_CUT_REACH = 6.0
"""Seconds before `LONGEST` in which speech without any silence is cut, where speech is least probable."""
_SAME_ONSET = 0.5
"""Seconds by which the onset of speech may move once more of the recording is known."""
_OVERLAP = 1.0
"""Seconds before the end of the audio so far that are examined again: a word that begins there may not have
been detected yet."""
_SHORTEST_MISSED = 0.3
"""Seconds of speech outside all windows that need a window of their own."""


@dataclass(frozen=True)
class Window:
    """A stretch of the recording that is transcribed at once.

    Attributes:
        span: seconds from the start of the recording; stored as `window`.
        speech: stretches of speech that overlap the window, in order, as detected when it was selected.
        silences: likewise.
    """

    span: Span
    speech: tuple[Span, ...]
    silences: tuple[Span, ...]

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "alias_generator": lambda name: "window" if name == "span" else name
    }


@dataclass(frozen=True)
class ActivitySoFar:
    """Speech and silence up to a given time.

    Attributes:
        speech, silences: in order.
        probabilities: shape (n,), Silero's speech probability every 32 ms from the start of the recording.
    """

    speech: tuple[Span, ...]
    silences: tuple[Span, ...]
    probabilities: NDArray[np.float32]


ActivityUntil = Callable[[float], ActivitySoFar]
"""Returns the voice activity up to a time (seconds), computed from the audio before that time only."""


class WindowSelector:
    """Selects windows of at most 20 s that cover all speech, in order and without overlap.

    Args:
        activity_until: voice activity of the recording.
    """

    def __init__(self, activity_until: ActivityUntil) -> None:
        self._activity_until = activity_until
        self._position = 0.0
        self._onset: float | None = None
        self._previous_end = 0.0

    def advance(self, known: float, *, ended: bool) -> Iterator[Window]:
        """The windows that can be selected now.

        Args:
            known: seconds of which the voice activity is known; the whole recording once it has `ended`.
            ended: nothing follows.
        """
        while (onset := self._next_onset(known, ended=ended)) is not None:
            limit = onset + LONGEST
            last = ended and known < limit
            if not last and known < limit:
                return
            activity = self._activity_until(known if last else limit)
            speech = _after(activity.speech, self._position)
            self._onset = None
            if not speech:
                # With more of the recording known, this is no longer classified as speech.
                self._position = known if last else limit - _OVERLAP
            elif speech[0].start > onset + _SAME_ONSET:
                self._onset = speech[0].start
            else:
                limit = min(limit, speech[0].start + LONGEST)
                yield self._select(activity, speech, limit, known if last else None)

    def _next_onset(self, known: float, *, ended: bool) -> float | None:
        """Where speech begins after the last window; None while no such speech is known."""
        while self._onset is None and self._position < known:
            reach = self._position + LONGEST
            last = ended and known < reach
            if not last and known < reach:
                return None
            speech = _after(self._activity_until(known if last else reach).speech, self._position)
            if speech:
                self._onset = speech[0].start
            else:
                self._position = known if last else reach - _OVERLAP
        return self._onset

    def _select(
        self, activity: ActivitySoFar, speech: list[Span], limit: float, duration: float | None
    ) -> Window:
        """The window that begins with `speech`.

        Args:
            activity: up to `limit`.
            speech: its speech after the previous window.
            limit: seconds.
            duration: of the recording, where it ends before `limit`.
        """
        start = speech[0].start
        if duration is not None and speech[-1].end <= limit:
            end, self._position = speech[-1].end, duration
            window_end = min(duration, end + _MARGIN)
        else:
            end, self._position = _cut(activity, start, limit)
            # The silence is shared by the windows on both sides, up to the margin each.
            window_end = end + min(_MARGIN, (self._position - end) / 2)
        span = Span(max(self._previous_end, start - _MARGIN), window_end)
        self._previous_end = window_end
        return window_of(span, activity.speech, activity.silences)


def with_missed_speech(
    windows: Sequence[Window], speech: Sequence[Span], silences: Sequence[Span]
) -> tuple[Window, ...]:
    """The windows, and further ones for speech that was detected only once the whole recording was known.

    Args:
        windows: in order.
        speech, silences: of the whole recording.
    """
    edges = [0.0, *(edge for w in windows for edge in (w.span.start, w.span.end)), float("inf")]
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
    added = [window_of(span, speech, silences) for span in missed]
    return tuple(sorted([*windows, *added], key=lambda window: window.span.start))


def window_of(span: Span, speech: Sequence[Span], silences: Sequence[Span]) -> Window:
    """The window over a span, with the speech and silences that overlap it."""
    return Window(
        span,
        tuple(stretch for stretch in speech if stretch.overlap(span) > 0),
        tuple(stretch for stretch in silences if stretch.overlap(span) > 0),
    )


def _cut(activity: ActivitySoFar, start: float, limit: float) -> tuple[float, float]:
    """Where speech stops before the best cut, and where it resumes after it (seconds)."""
    best: tuple[float, Span] | None = None
    for silence in activity.silences:
        inside = Span(silence.start, min(silence.end, limit))
        early = inside.start < start + _EARLIEST_CUT
        # Speech that ends early with nothing after it is a window of its own.
        if inside.start <= start or inside.duration <= 0 or (early and silence.end < limit):
            continue
        worth = min(inside.duration, _LONG_ENOUGH) + _LATER_IS_BETTER * (inside.start - start)
        if best is None or worth > best[0]:
            best = (worth, inside)
    if best is not None:
        return best[1].start, best[1].end
    return (_least_probable(activity.probabilities, limit),) * 2


def _least_probable(probabilities: NDArray[np.float32], limit: float) -> float:
    """The time shortly before `limit` at which speech is least probable (seconds)."""
    first, last = int((limit - _HARD_CUT_REACH) / SILERO_FRAME), int(limit / SILERO_FRAME)
    lowest = first + int(np.argmin(probabilities[first:last]))
    return (lowest + 0.5) * SILERO_FRAME


def _after(speech: Sequence[Span], moment: float) -> list[Span]:
    """The speech after `moment`; a stretch that spans it is split."""
    rest = [stretch for stretch in speech if stretch.end > moment]
    if rest and rest[0].start < moment:
        rest[0] = Span(moment, rest[0].end)
    return rest
