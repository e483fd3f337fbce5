"""The spoken span: what part of a recording is the answer, and what of it can be measured.

First speech onset (a filled pause counts) to last speech end. A cough or a click at either end is no
speech. The person can mark the span, and everything follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.report import Span, SpokenSpan, Word
from analysis.signal.voice_activity import Activity

_SHORTEST_EDGE_SPEECH = 0.3
"""Seconds. Shorter speech at an end, with no word near it, is taken for a cough or a breath."""
_APART = 0.25
"""Seconds. What follows a shorter silence belongs to the same word: the last sound of 'doctor'."""
_WORD_NEAR = 0.3
"""Seconds by which word times are off."""
_SAME_MOMENT = 0.02
"""Seconds within which two edges are the same one: two frames."""


@dataclass(frozen=True)
class Answer:
    """The part of a recording that is measured.

    Attributes:
        span: where the answer is.
        activity: of the whole recording.
        words: the recogniser's words inside the span, in order.
    """

    span: SpokenSpan
    activity: Activity
    words: tuple[Word, ...]

    @property
    def duration(self) -> float:
        """Seconds of the spoken span."""
        return self.span.end - self.span.start

    @cached_property
    def silences(self) -> tuple[Span, ...]:
        """Silences inside the span that were recorded: those that touch a gap are left out."""
        recorded = (s for s in self.activity.silences if not self._touches_gap(s))
        inside = (clip(silence, self.span) for silence in recorded)
        return tuple(silence for silence in inside if silence is not None)

    @cached_property
    def silent_edges(self) -> tuple[Span, ...]:
        """Silence at the ends of a span that the person marked: neither a pause nor speech."""
        return tuple(s for s in self.silences if s.start <= self.span.start or s.end >= self.span.end)

    @cached_property
    def unknown(self) -> tuple[Span, ...]:
        """Stretches of the span for which there is no sound, with the silence that touches them."""
        edges: list[Span] = []
        for gap in self.activity.gaps:
            touching = [s for s in self.activity.silences if _touches(s, gap)]
            whole = Span(
                min([gap.start, *(s.start for s in touching)]), max([gap.end, *(s.end for s in touching)])
            )
            clipped = clip(whole, self.span)
            if clipped is not None:
                edges.append(clipped)
        return merge(edges)

    @property
    def measured_duration(self) -> float:
        """Seconds of the span that were recorded: the denominator of every rate."""
        return self.duration - sum(stretch.duration for stretch in self.unknown)

    def _touches_gap(self, silence: Span) -> bool:
        return any(_touches(silence, gap) for gap in self.activity.gaps)


def find_answer(
    activity: Activity, words: Sequence[Word], marked: Span | None, filled_pauses: Sequence[Span] = ()
) -> Answer | None:
    """The answer in a recording.

    Args:
        activity: of the recording.
        words: the recogniser's, in order.
        marked: the span as the person marked it; None to find it.
        filled_pauses: likely ones; a short 'um' at an end belongs to the answer, written or not.

    Returns:
        None when nobody speaks, in the marked span where there is one.
    """
    if marked is not None:
        start, end = max(0.0, marked.start), min(activity.duration, marked.end)
        if not any(stretch.overlap(Span(start, end)) > 0 for stretch in activity.speech):
            return None
        span = SpokenSpan(start, end, "person")
    else:
        speech = _without_stray_ends(list(activity.speech), [*words, *filled_pauses])
        if not speech:
            return None
        span = SpokenSpan(speech[0].start, speech[-1].end, "detected")
    return answer_within(span, activity, words)


def answer_within(span: SpokenSpan, activity: Activity, words: Sequence[Word]) -> Answer:
    """The answer in a span that is known."""
    near = _WORD_NEAR if span.source == "detected" else 0.0
    inside = tuple(w for w in words if span.start - near <= (w.start + w.end) / 2 <= span.end + near)
    return Answer(span, activity, inside)


def clip(stretch: Span, to: SpokenSpan | Span) -> Span | None:
    """The part of a stretch inside another; None when there is none."""
    start, end = max(stretch.start, to.start), min(stretch.end, to.end)
    return Span(start, end) if end > start else None


def merge(stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches in order, those that overlap or touch joined into one."""
    merged: list[Span] = []
    for stretch in sorted(stretches, key=lambda s: s.start):
        if merged and stretch.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, stretch.end))
        else:
            merged.append(stretch)
    return tuple(merged)


def _touches(silence: Span, gap: Span) -> bool:
    # Rounded, so that the same answer later in a recording gives the same.
    after, before = round(silence.start - gap.end, 3), round(gap.start - silence.end, 3)
    return after <= _SAME_MOMENT and before <= _SAME_MOMENT


def _without_stray_ends(speech: list[Span], said: Sequence[Word | Span]) -> list[Span]:
    def stray(stretch: Span, silence: float) -> bool:
        if stretch.duration >= _SHORTEST_EDGE_SPEECH or silence < _APART:
            return False
        return not any(
            part.start - _WORD_NEAR < stretch.end and part.end + _WORD_NEAR > stretch.start for part in said
        )

    while len(speech) > 1 and stray(speech[0], speech[1].start - speech[0].end):
        speech = speech[1:]
    while len(speech) > 1 and stray(speech[-1], speech[-1].start - speech[-2].end):
        speech = speech[:-1]
    return speech
