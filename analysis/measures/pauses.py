"""Silent pauses: silences of at least 0.25 s inside the spoken span, from the sound at 10 ms.

0.25 s is the usual lower bound in the study of fluency: shorter silences belong to consonants (De Jong &
Bosker 2013). A filled pause is sound and so no silence: the silence on each side of it is a pause of its
own. The recogniser's word times decide only the `place` of a pause, never whether there is one.
"""

from collections.abc import Sequence

from analysis.report import Pause, PausePlace, Span, Word
from analysis.signal.answer_span import Answer, merge
from analysis.text.sentences import ends_clause
from analysis.text.words import is_filled_pause

SHORTEST_PAUSE = 0.25
"""Seconds."""

LONG_PAUSE = 1.0
"""Seconds from which a pause is long."""

_ROUNDING = 0.001


def find_pauses(answer: Answer) -> tuple[Pause, ...]:
    """The silent pauses of an answer, in order of time."""
    return tuple(
        Pause(round(s.start, 2), round(s.end, 2), _place(s, answer.words))
        for s in answer.silences
        if s.duration >= SHORTEST_PAUSE - _ROUNDING
        and s.start > answer.span.start
        and s.end < answer.span.end
    )


def _place(silence: Span, words: Sequence[Word]) -> PausePlace:
    """`boundary` after a word that ends a clause; filled pauses are looked past."""
    middle = (silence.start + silence.end) / 2
    before = [w for w in words if (w.start + w.end) / 2 < middle and not is_filled_pause(w.text)]
    return "boundary" if before and ends_clause(before[-1].text) else "within"


def longest_unbroken_stretch(answer: Answer, pauses: Sequence[Pause]) -> Span:
    """The longest stretch of an answer without a pause of `LONG_PAUSE` or more.

    As much missing sound, or silence at a marked end, ends a stretch too: nobody was heard there.
    """
    unheard = [Span(p.start, p.end) for p in pauses] + [*answer.unknown, *answer.silent_edges]
    edges = [answer.span.start]
    for stretch in merge([stretch for stretch in unheard if stretch.duration >= LONG_PAUSE]):
        edges += [stretch.start, stretch.end]
    edges.append(answer.span.end)
    stretches = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return max(stretches, key=lambda stretch: stretch.duration)
