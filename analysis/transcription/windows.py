"""Which stretches of a recording the recogniser is given, one at a time.

Whisper hears 30 s at once and loses or doubles words where a window ends inside one, so windows end in
silences. A window is chosen from what lies within `LONGEST` of its start and nothing later: a recording
that still goes on gets the same windows as the finished one.

Windows are shorter than the 30 s, and so is the sound that Whisper is given: a 20 s encoder pass costs
0.4 of a 30 s one (measured on two cores; attention grows with the square of the length).
"""

from collections.abc import Sequence

from analysis.activity import SILERO_FRAME, Activity
from analysis.vocabulary import Span

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


def choose_windows(activity: Activity) -> tuple[Span, ...]:
    """Windows of at most 30 s that hold all speech, in order and without overlap.

    Returns:
        No window where nobody speaks.
    """
    windows: list[Span] = []
    speech = list(activity.speech)
    while speech:
        start = speech[0].start
        limit = start + LONGEST
        if activity.duration <= limit:
            end = following = speech[-1].end
        else:
            end, following = _cut(activity, start, limit)
        previous_end = windows[-1].end if windows else 0.0
        # Half of the silence belongs to each of the windows beside it, but no more than the margin.
        room = (following - end) / 2 if following > end else (_MARGIN if end == speech[-1].end else 0.0)
        windows.append(
            Span(max(previous_end, start - _MARGIN), min(activity.duration, end + min(_MARGIN, room)))
        )
        speech = _after(speech, following)
    return tuple(windows)


def _cut(activity: Activity, start: float, limit: float) -> tuple[float, float]:
    """Where speech stops before the best cut, and where it goes on after it (seconds)."""
    best: tuple[float, Span] | None = None
    for silence in activity.silences:
        within = Span(silence.start, min(silence.end, limit))
        if within.start < start + _EARLIEST_CUT or within.duration <= 0:
            continue
        worth = min(within.duration, _LONG_ENOUGH) + _LATER_IS_BETTER * (within.start - start)
        if best is None or worth > best[0]:
            best = (worth, within)
    if best is not None:
        return best[1].start, best[1].end
    return (_least_sure(activity.probabilities, limit),) * 2


def _least_sure(probabilities: Sequence[float], limit: float) -> float:
    """The moment before `limit` at which speech is least sure (seconds)."""
    first, last = int((limit - _HARD_CUT_REACH) / SILERO_FRAME), int(limit / SILERO_FRAME)
    lowest = min(range(first, last), key=lambda frame: probabilities[frame])
    return (lowest + 0.5) * SILERO_FRAME


def _after(speech: list[Span], moment: float) -> list[Span]:
    """The speech that lies after `moment`; a stretch around it is split."""
    rest = [stretch for stretch in speech if stretch.end > moment]
    if rest and rest[0].start < moment:
        rest[0] = Span(moment, rest[0].end)
    return rest
