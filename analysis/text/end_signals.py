"""Signals of the end: phrases such as 'so yeah' and 'that's about it', with which speakers close an answer.

Talking on after one is frequent, and the listener has taken the answer for finished. Only phrases that are
set off count: 'that's it, so ...' does, 'that's all I could do' does not. There is no labelled truth for
them, so they are shown to the person and never counted in a figure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.report import Span, Word
from analysis.text.sentences import ends_clause, ends_sentence
from analysis.text.spacing import running
from analysis.text.words import bare, is_filled_pause

_LEADS = r"(?:and|but|so|yeah|yes|okay|ok|well|i (?:think|guess|believe|suppose|feel like|would say)|i'd say)"
_IS = r"(?:that's|that is|that'll be|that will be|that would be)"
_HEDGES = r"(?:about|pretty much|more or less|basically|really|actually|just|kind of|sort of|mostly|probably)"
_ALL = (
    r"(?:all|everything|the end|(?:the end of )?my (?:answer|story|response)"
    r"|all (?:that )?i (?:have|have to say|want to say|wanted to say|can say|can think of)"
    r"|what i (?:have to say|want to say|wanted to say))"
)
_TAILS = (
    r"(?:(?:for|from) me|from my side|for now|for today|so far"
    r"|really|basically|pretty much|i (?:think|guess|suppose|would say)|yeah)"
)

_STATEMENT = re.compile(
    rf"(?:{_LEADS} )*(?:"
    rf"(?:{_IS}(?: {_HEDGES})* (?:it|{_ALL})|this is(?: {_HEDGES})* {_ALL})(?: {_TAILS})*"
    rf"|i'm done|i(?:'ll| will) (?:stop|end) (?:here|there)|i(?:'ll| will) leave it (?:there|at that)"
    r"|(?:thank you|thanks)(?: so much| very much)? for (?:listening|your time|your attention)"
    r")"
)
"""Says that the answer ends. In lower case and without punctuation, as all phrases here."""
_MARKER = re.compile(r"(?:yeah |and |but |well )*so (?:like )?yeah")
"""Closes an answer, and also begins a new point: it counts only for somebody who has no habit of it."""
_SENTENCE = re.compile(r"(?:and|but) yeah|(?:yeah |and |but |well )*so yes")
"""Markers that also begin a clause ('so yes, I would'): only one that ends its sentence counts."""

_LONGEST = 12
"""Words of a phrase at most, with what leads into it and trails after it."""

_OPENERS = frozenset({"and", "but", "so", "yeah", "okay", "ok", "well"})
"""Words after which a clause begins without any punctuation."""

_CONTINUATIONS = frozenset(
    {"a", "about", "all", "because", "for", "from", "he", "how", "i", "in", "it", "my", "not", "of", "on"}
    | {"she", "that", "the", "they", "this", "to", "we", "what", "when", "where", "which", "who", "why"}
    | {"with", "you"}
)
"""Words that carry a clause on after 'that's all' where only a silence lies between: learners pause there."""

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

    A statement ('that's about it') comes before a marker ('so yeah'), wherever both are. Markers do not count
    for somebody who says one in the first half too.

    Args:
        words: of the transcript, in order of time.
        span: of the answer, seconds.
    """
    spoken = [word for word in words if not is_filled_pause(word.text, word.language)]
    earliest = span.start + _EARLIEST * span.duration
    statements = [phrase for phrase in _phrases(spoken, _STATEMENT) if phrase[0].start >= earliest]
    if statements:
        return _signal(statements[0], span)
    markers = [
        *_phrases(spoken, _MARKER),
        *(each for each in _phrases(spoken, _SENTENCE) if ends_sentence(each[-1].text)),
    ]
    if not markers or any(phrase[0].start < earliest for phrase in markers):
        return None
    return _signal(min(markers, key=lambda phrase: phrase[0].start), span)


def _signal(phrase: Sequence[Word], span: Span) -> EndSignal:
    text = running(word.text for word in phrase).rstrip(".,;:!?… ")
    end = phrase[-1].end
    return EndSignal(text, phrase[0].start, end, max(0.0, span.end - end))


def _phrases(words: Sequence[Word], pattern: re.Pattern[str]) -> Iterator[Sequence[Word]]:
    """The stretches of words that are such a phrase and set off on both sides, the longest at each place."""
    texts = [bare(word.text) for word in words]
    for first in range(len(words)):
        if not _begins(words, first):
            continue
        for after in range(min(first + _LONGEST, len(words)), first, -1):
            # A phrase lies within one sentence.
            if any(ends_sentence(word.text) for word in words[first : after - 1]):
                continue
            if pattern.fullmatch(" ".join(texts[first:after])) and _ends(words, after - 1):
                yield words[first:after]
                break


def _begins(words: Sequence[Word], place: int) -> bool:
    """Whether a clause can begin at this word."""
    if place == 0:
        return True
    before = words[place - 1]
    return (
        ends_clause(before.text)
        or bare(before.text) in _OPENERS
        or words[place].start - before.end >= _SET_OFF
    )


def _ends(words: Sequence[Word], place: int) -> bool:
    """Whether the clause ends after this word."""
    if place + 1 == len(words) or ends_clause(words[place].text):
        return True
    after = words[place + 1]
    return after.start - words[place].end >= _SET_OFF and bare(after.text) not in _CONTINUATIONS
