"""Pace: words a minute, syllables a second, runs between pauses, and pace over time.

Speaking rate counts pauses in, articulation rate leaves them out: one says how fast the answer comes
across, the other how fast the mouth moves.
"""

from collections.abc import Sequence
from itertools import pairwise

from analysis.report import Filler, PaceWindow, Pause, Span
from analysis.signal.answer_span import Answer
from analysis.text.syllables import spoken_syllables
from analysis.text.words import spoken_word_count

WINDOW = 15.0
"""Seconds of a pace window: long enough for some 35 words, so that one long word moves little."""

STEP = 5.0
"""Seconds from one window to the next."""

_LEAST_OF_WINDOW = 0.5
"""Share of a window that must have been recorded."""


def pace_over_time(answer: Answer) -> tuple[PaceWindow, ...]:
    """Speaking rate in windows of 15 s, every 5 s, inside the spoken span; none when it is shorter."""
    windows: list[PaceWindow] = []
    start = answer.span.start
    while start + WINDOW <= answer.span.end + 1e-9:
        window = Span(start, start + WINDOW)
        recorded = WINDOW - sum(stretch.overlap(window) for stretch in answer.unknown)
        if recorded >= _LEAST_OF_WINDOW * WINDOW:
            inside = [w for w in answer.words if window.start <= (w.start + w.end) / 2 < window.end]
            rate = 60.0 * spoken_word_count(inside) / recorded
            windows.append(PaceWindow(round(window.start, 2), round(window.end, 2), round(rate, 1)))
        start += STEP
    return tuple(windows)


def runs(answer: Answer, pauses: Sequence[Pause], filled_pauses: Sequence[Filler]) -> tuple[int, ...]:
    """Syllables of each run: what is said between one silent or filled pause and the next.

    Missing sound ends a run too: nobody knows whether the speaker went on.
    """
    stretches = [Span(p.start, p.end) for p in pauses] + [Span(f.start, f.end) for f in filled_pauses]
    breaks = sorted((stretch.start + stretch.end) / 2 for stretch in [*stretches, *answer.unknown])
    counts: list[int] = []
    edges = [float("-inf"), *breaks, float("inf")]
    middles = [((word.start + word.end) / 2, word) for word in answer.words]
    for first, last in pairwise(edges):
        syllables = spoken_syllables([word for middle, word in middles if first <= middle < last])
        if syllables:
            counts.append(syllables)
    return tuple(counts)
