"""The spoken span: the part of a recording that is the answer, and which parts of it can be measured.

From the first speech onset (a filled pause counts) to the last speech end. A cough or a click at either end
is not speech. The person can mark the span instead; all figures then refer to it.

A gap, for which the file holds no sound, takes out itself and nothing beside it. Silence that touches it
keeps the part that was recorded: what is heard of a pause is certain, and it is a pause if that part is long
enough. A gap of at most 1 s with silence on both sides belongs to that silence: a pause that a short gap cuts
in two is still one pause, and a word that fits into the gap exactly is less likely. Nobody knows what lies in
a longer one, so the silences on its sides are two.
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
_LONGEST_GAP_IN_A_PAUSE = 1.0
"""Seconds. A longer gap gets a notice, and the figures of the answer have low confidence."""
_SILENT_BESIDE_GAP = 0.1
"""Seconds of silence on each side of a gap that lies in a pause; the end of a word fades for as long."""
_HALF_FRAME = 0.006
"""Seconds by which the edges of silences, which lie at frames of 10 ms, may differ from those of gaps."""


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
        """Silences inside the span, without gaps except those that lie in a pause."""
        silences = [part for silence in self.activity.silences for part in without(silence, self._unheard)]
        joined = merge([*silences, *self._bridges])
        inside = (clip(silence, self.span) for silence in joined)
        return tuple(silence for silence in inside if silence is not None)

    @cached_property
    def silent_edges(self) -> tuple[Span, ...]:
        """Silence at the ends of a span that the person marked: neither pause nor speech."""
        return tuple(s for s in self.silences if s.start <= self.span.start or s.end >= self.span.end)

    @cached_property
    def unknown(self) -> tuple[Span, ...]:
        """Gaps inside the span, without those that lie in a pause."""
        inside = (clip(gap, self.span) for gap in self._unheard)
        return tuple(gap for gap in inside if gap is not None)

    @property
    def measured_duration(self) -> float:
        """Seconds of the span that were recorded: the denominator of every rate."""
        return self.duration - sum(stretch.duration for stretch in self.unknown)

    @cached_property
    def _gaps_in_pauses(self) -> tuple[Span, ...]:
        return tuple(gap for gap in self.activity.gaps if _in_pause(gap, self.activity.silences))

    @cached_property
    def _bridges(self) -> tuple[Span, ...]:
        """The same, with the frames at their edges."""
        return tuple(Span(gap.start - _HALF_FRAME, gap.end + _HALF_FRAME) for gap in self._gaps_in_pauses)

    @cached_property
    def _unheard(self) -> tuple[Span, ...]:
        return tuple(gap for gap in self.activity.gaps if gap not in self._gaps_in_pauses)


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


def without(stretch: Span, others: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of a stretch without others, which are in order and disjoint."""
    rest, start = [], stretch.start
    for other in others:
        if other.end > start and other.start < stretch.end:
            if other.start > start:
                rest.append(Span(start, other.start))
            start = other.end
    if start < stretch.end:
        rest.append(Span(start, stretch.end))
    return tuple(rest)


def _in_pause(gap: Span, silences: Sequence[Span]) -> bool:
    """Whether a short gap has silence on both sides; the zeros in it may count as silence or not."""
    if gap.duration > _LONGEST_GAP_IN_A_PAUSE:
        return False

    def silent(start: float, end: float) -> bool:
        return any(s.start <= start + _HALF_FRAME and s.end >= end - _HALF_FRAME for s in silences)

    return silent(gap.start - _SILENT_BESIDE_GAP, gap.start) and silent(gap.end, gap.end + _SILENT_BESIDE_GAP)


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
