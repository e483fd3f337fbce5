"""The stretch of an answer that is most worth hearing again.

It is the longest stretch without a sure filler or a silence of 1 s, from the start of its first word to the
end of its last, if it lasts at least 10 s. Its content is not considered.
"""

from collections.abc import Sequence

from analysis.comparison.wording import content_words
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import Report, Span, Word

SHORTEST_BEST_STRETCH = 10.0
"""Seconds: two or three sentences. Shorter stretches occur in every answer."""


def best_stretch(report: Report) -> Span | None:
    """The best stretch; None if no stretch is long enough, or where it must not be told what ends one."""
    if {"pauses", "fillers"} & set(report.hidden):
        return None
    words = content_words(report)
    stretches = [
        _to_words(stretch, words)
        for stretch in _between_breaks(report)
        if stretch.duration >= SHORTEST_BEST_STRETCH
    ]
    longest = max((s for s in stretches if s is not None), key=lambda s: s.duration, default=None)
    return longest if longest is not None and longest.duration >= SHORTEST_BEST_STRETCH else None


def _between_breaks(report: Report) -> list[Span]:
    """The spoken span without sure fillers, long pauses and missing sound."""
    if report.spoken_span is None:
        return []
    breaks = [Span(f.start, f.end) for f in report.fillers if f.state == "filler"]
    breaks += [Span(p.start, p.end) for p in report.pauses if p.end - p.start >= LONG_PAUSE]
    breaks += report.recording.gaps
    at, stretches = report.spoken_span.start, []
    for stop in sorted(breaks, key=lambda span: span.start):
        stretches.append(Span(at, max(at, min(stop.start, report.spoken_span.end))))
        at = max(at, stop.end)
    return [*stretches, Span(at, max(at, report.spoken_span.end))]


def _to_words(stretch: Span, words: Sequence[Word]) -> Span | None:
    """Cuts a stretch to its words. Word times can be inaccurate, so the middle of a word decides."""
    inside = [word for word in words if stretch.start <= (word.start + word.end) / 2 <= stretch.end]
    if not inside:
        return None
    start, end = max(stretch.start, inside[0].start), min(stretch.end, inside[-1].end)
    return Span(round(start, 2), round(end, 2))
