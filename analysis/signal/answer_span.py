"""The spoken span: the part of a recording that is the answer, and which parts of it can be measured.

From the first speech onset (a filled pause counts) to the last speech end. A cough or a click at either end
is not speech. The person can mark the span instead; all figures then refer to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from analysis.report import Span, SpokenSpan, Word
from analysis.signal.voice_activity import Activity

_SHORTEST_EDGE_SPEECH = 0.3
"""Seconds. Shorter speech at either end without a word nearby is treated as a cough or a breath."""
_APART = 0.25
"""Seconds. Sound after a shorter silence belongs to the same word: the last sound of 'doctor'."""
_WORD_NEAR = 0.3
"""Seconds by which word times may be off."""
_SAME_MOMENT = 0.02
"""Seconds within which two edges count as the same: two frames."""


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
        """Recorded silences inside the span; those next to a gap are left out."""
        recorded = (s for s in self.activity.silences if not self._touches_gap(s))
        inside = (clip(silence, self.span) for silence in recorded)
        return tuple(silence for silence in inside if silence is not None)

    @cached_property
    def silent_edges(self) -> tuple[Span, ...]:
        """Silence at the ends of a span that the person marked: neither pause nor speech."""
        return tuple(s for s in self.silences if s.start <= self.span.start or s.end >= self.span.end)

    @cached_property
    def unknown(self) -> tuple[Span, ...]:
        """Gaps inside the span, with the silence next to them."""
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
        marked: the span as the person marked it; None to detect it.
        filled_pauses: likely ones; a short 'um' at either end belongs to the answer, transcribed or not.

    Returns:
        None if there is no speech in the recording or, if one is given, in the marked span.
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
    """The answer in a given span."""
    near = _WORD_NEAR if span.source == "detected" else 0.0
    inside = tuple(w for w in words if span.start - near <= (w.start + w.end) / 2 <= span.end + near)
    return Answer(span, activity, inside)


def clip(stretch: Span, to: SpokenSpan | Span) -> Span | None:
    """The part of a stretch inside another; None if there is none."""
    start, end = max(stretch.start, to.start), min(stretch.end, to.end)
    return Span(start, end) if end > start else None


def merge(stretches: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches in order, joined where they overlap or touch."""
    merged: list[Span] = []
    for stretch in sorted(stretches, key=lambda s: s.start):
        if merged and stretch.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, stretch.end))
        else:
            merged.append(stretch)
    return tuple(merged)


def _touches(silence: Span, gap: Span) -> bool:
    # Rounded, so that the result does not depend on where in the recording the answer is.
    after, before = round(silence.start - gap.end, 3), round(gap.start - silence.end, 3)
    return after <= _SAME_MOMENT and before <= _SAME_MOMENT


def _without_stray_ends(speech: list[Span], uttered: Sequence[Word | Span]) -> list[Span]:
    def stray(stretch: Span, silence: float) -> bool:
        if stretch.duration >= _SHORTEST_EDGE_SPEECH or silence < _APART:
            return False
        return not any(
            part.start - _WORD_NEAR < stretch.end and part.end + _WORD_NEAR > stretch.start
            for part in uttered
        )

    while len(speech) > 1 and stray(speech[0], speech[1].start - speech[0].end):
        speech = speech[1:]
    while len(speech) > 1 and stray(speech[-1], speech[-1].start - speech[-2].end):
        speech = speech[:-1]
    return speech
