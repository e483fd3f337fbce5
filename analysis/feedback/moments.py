"""Three moments to listen to: where, within ten seconds, most of something is heard.

Ten seconds is what one listens to at a sitting; moments scattered over the answer are not heard as a pattern.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from analysis.measures.pauses import LONG_PAUSE
from analysis.report import Filler, Pause, Report, Span, Word

_STRETCH = 10.0
"""Seconds."""
_MOST = 3
_SHORT_PAUSE = 0.25
"""Seconds of silence after which a new run of words begins."""
_LISTEN_TO_END = 10.0
"""Seconds before the end that are played for a short answer."""


def counted_fillers(report: Report) -> tuple[Filler, ...]:
    """Fillers that count, in order of time."""
    counted = (filler for filler in report.fillers if filler.state == "filler")
    return tuple(sorted(counted, key=lambda filler: filler.start))


def long_pauses(report: Report) -> tuple[Pause, ...]:
    """Pauses of 1 s and more, in order of time."""
    return tuple(pause for pause in report.pauses if pause.end - pause.start >= LONG_PAUSE)


def filler_moments(report: Report) -> tuple[Span, ...]:
    """Three fillers of the ten seconds that hold most of them: the first, the last, and one between."""
    fillers = counted_fillers(report) or tuple(f for f in report.fillers if f.state == "unsure")
    spans = [Span(filler.start, filler.end) for filler in fillers]
    return _three_of_worst(spans, lambda span: 1.0, _spread)


def pause_moments(report: Report) -> tuple[Span, ...]:
    """The three longest pauses of the ten seconds that hold most long silence."""
    spans = [Span(pause.start, pause.end) for pause in long_pauses(report)]
    return _three_of_worst(spans, lambda span: span.duration, _longest)


def fast_moments(report: Report) -> tuple[Span, ...]:
    """The runs of words of the ten seconds with most words, at most three, the longest ones."""
    words = report.transcript.words
    stretch = _ten_seconds(words, most=True)
    return _runs(words, stretch)


def slow_moments(report: Report) -> tuple[Span, ...]:
    """The runs of words of the ten seconds with fewest words, at most three, the longest ones."""
    words = report.transcript.words
    return _runs(words, _ten_seconds(words, most=False))


def ending(report: Report) -> tuple[Span, ...]:
    """The last ten seconds of the answer."""
    if report.spoken_span is None:
        return ()
    end = report.spoken_span.end
    return (Span(max(report.spoken_span.start, end - _LISTEN_TO_END), end),)


def _three_of_worst(
    spans: Sequence[Span],
    weight: Callable[[Span], float],
    choose: Callable[[Sequence[Span]], Sequence[Span]],
) -> tuple[Span, ...]:
    """Three of the heaviest ten seconds; if these hold fewer, the ones nearest to them in time as well."""
    if not spans:
        return ()

    def within(start: float) -> list[Span]:
        return [span for span in spans if start <= span.start < start + _STRETCH]

    start = max((span.start for span in spans), key=lambda at: sum(map(weight, within(at))))
    inside = within(start)
    if len(inside) > _MOST:
        inside = list(choose(inside))
    middle = start + _STRETCH / 2
    others = sorted((s for s in spans if s not in inside), key=lambda span: abs(span.start - middle))
    chosen = [*inside, *others][:_MOST]
    return tuple(sorted(chosen, key=lambda span: span.start))


def _spread(spans: Sequence[Span]) -> Sequence[Span]:
    return [spans[0], spans[len(spans) // 2], spans[-1]]


def _longest(spans: Sequence[Span]) -> Sequence[Span]:
    return sorted(spans, key=lambda span: -span.duration)[:_MOST]


def _ten_seconds(words: Sequence[Word], *, most: bool) -> Span | None:
    """The ten seconds with most, or with fewest, words that begin in them."""
    if not words:
        return None
    last = max(words[0].start, words[-1].end - _STRETCH)
    starts = [*(word.start for word in words if word.start < last), last]

    def count(start: float) -> int:
        return sum(1 for word in words if start <= word.start < start + _STRETCH)

    start = max(starts, key=count) if most else min(starts, key=count)
    return Span(start, start + _STRETCH)


def _runs(words: Sequence[Word], stretch: Span | None) -> tuple[Span, ...]:
    inside = [] if stretch is None else [w for w in words if stretch.start <= w.start < stretch.end]
    if not inside:
        return ()
    runs = [[inside[0]]]
    for before, word in pairwise(inside):
        if word.start - before.end >= _SHORT_PAUSE:
            runs.append([])
        runs[-1].append(word)
    longest = sorted(runs, key=lambda run: -len(run))[:_MOST]
    return tuple(Span(run[0].start, run[-1].end) for run in sorted(longest, key=lambda run: run[0].start))
