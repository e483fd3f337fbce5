"""Signals of the end: phrases such as 'so yeah' and 'that's about it', with which speakers close an answer.

Talking on after one is frequent, and the listener has taken the answer for finished. Only phrases that are
set off count: 'that's it, so ...' does, 'that's all I could do' does not. There is no labelled truth for
them, so they are shown to the person and never counted in a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.report import Span, Word
from analysis.text.sentences import ends_clause
from analysis.text.spacing import running
from analysis.text.words import bare, is_filled_pause

_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "so yeah",
        "so yes",
        "yeah so yeah",
        "that's it",
        "that's all",
        "that's about it",
        "that's about all",
        "that's pretty much it",
        "that's basically it",
        "that's really it",
        "that's my answer",
        "that's my story",
        "that is it",
        "that is all",
        "that is about it",
        "that is my answer",
        "that would be it",
        "that would be all",
        "that'll be all",
        "i think that's it",
        "i think that's all",
        "i guess that's it",
        "i guess that's all",
        "in a nutshell that's it",
    )
)
"""Longest match first, in lower case and without punctuation."""
_BY_LENGTH = tuple(sorted(_PHRASES, key=len, reverse=True))

_SET_OFF = 0.25
"""Seconds of silence that set a phrase off where no punctuation does: the shortest silent pause."""

_EARLIEST = 0.5
"""Share of the answer before which such a phrase is a filler rather than an end."""


@dataclass(frozen=True)
class EndSignal:
    """A signal of the end, and the talk after it.

    Attributes:
        text: the words, without punctuation at their end.
        start, end: seconds.
        talk_after: seconds from its end to the end of the answer.
    """

    text: str
    start: float
    end: float
    talk_after: float


def find_end_signal(words: Sequence[Word], span: Span) -> EndSignal | None:
    """The first signal of the end in the second half of an answer; None without one.

    Args:
        words: of the transcript, in order of time.
        span: of the answer, seconds.
    """
    spoken = [word for word in words if not is_filled_pause(word.text)]
    texts = [bare(word.text) for word in spoken]
    earliest = span.start + _EARLIEST * span.duration
    for first, word in enumerate(spoken):
        if word.start < earliest or not _begins(spoken, first):
            continue
        for phrase in _BY_LENGTH:
            last = first + len(phrase) - 1
            if tuple(texts[first : last + 1]) == phrase and _ends(spoken, last):
                text = running(each.text for each in spoken[first : last + 1]).rstrip(".,;:!?… ")
                end = spoken[last].end
                return EndSignal(text, word.start, end, max(0.0, span.end - end))
    return None


def _begins(words: Sequence[Word], place: int) -> bool:
    """Whether a clause can begin at this word."""
    if place == 0:
        return True
    before = words[place - 1]
    opener = bare(before.text) in {"and", "but", "so", "yeah", "okay", "ok", "well"}
    return ends_clause(before.text) or opener or words[place].start - before.end >= _SET_OFF


def _ends(words: Sequence[Word], place: int) -> bool:
    if place + 1 == len(words):
        return True
    return ends_clause(words[place].text) or words[place + 1].start - words[place].end >= _SET_OFF
