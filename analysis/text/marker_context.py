"""The context of a discourse marker, on which its rules decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.report import Pause, Word
from analysis.text.sentences import ends_clause, ends_sentence
from analysis.text.words import is_filled_pause

_PAUSE_NEAR = 0.25
"""Seconds between a marker and a pause that belongs to it; word times are that uncertain."""

_REACH = 8
"""Words looked at to either side, inside the sentence."""


@dataclass(frozen=True)
class Context:
    """The words, commas and pauses around a marker.

    Attributes:
        before: bare words of the sentence before it, nearest last, filled pauses left out; at most 8.
        after: bare words of the sentence after it, nearest first, likewise.
        clause: how many of `after` come before the next comma or end.
        opens: it starts a sentence or the answer.
        comma_before: a comma is right before it, or it opens a sentence.
        comma_after: a comma is right after it, or it closes a sentence.
        halt_before: a silent or a filled pause is right before it.
        halt_after: likewise right after it.
        closes: it ends a sentence.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    clause: int
    opens: bool
    comma_before: bool
    comma_after: bool
    halt_before: bool
    halt_after: bool
    closes: bool

    @property
    def set_off_before(self) -> bool:
        """Whether a comma, a pause or a filled pause is right before it."""
        return self.comma_before or self.halt_before

    @property
    def set_off_after(self) -> bool:
        """Whether a comma, a pause or a filled pause is right after it."""
        return self.comma_after or self.halt_after

    def back(self, steps: int = 1) -> str:
        """The word so many steps before the marker; empty if there is none."""
        return self.before[-steps] if len(self.before) >= steps else ""

    def ahead(self, steps: int = 1) -> str:
        """The word so many steps after the marker; empty if there is none."""
        return self.after[steps - 1] if len(self.after) >= steps else ""


def context_of(
    words: Sequence[Word], texts: Sequence[str], first: int, last: int, pauses: Sequence[Pause]
) -> Context:
    """The context of the marker that consists of the words `first` to `last`.

    Args:
        words: of the answer.
        texts: the same words, bare.
        first, last: indices.
        pauses: silent pauses of the answer.
    """
    before = _sentence_before(words, first)
    closes = ends_sentence(words[last].text)
    after = () if closes else _sentence_after(words, last)
    clause = next((n for n, i in enumerate(after, 1) if ends_clause(words[i].text)), len(after))
    return Context(
        before=tuple(texts[i] for i in before),
        after=tuple(texts[i] for i in after),
        clause=clause,
        opens=not before,
        comma_before=not before or ends_clause(words[before[-1]].text),
        comma_after=ends_clause(words[last].text) or last + 1 == len(words),
        halt_before=(first > 0 and is_filled_pause(words[first - 1].text))
        or any(abs(p.end - words[first].start) < _PAUSE_NEAR for p in pauses),
        halt_after=(last + 1 < len(words) and is_filled_pause(words[last + 1].text))
        or any(abs(p.start - words[last].end) < _PAUSE_NEAR for p in pauses),
        closes=closes,
    )


def _sentence_before(words: Sequence[Word], first: int) -> tuple[int, ...]:
    """Indices of the words before, in order, back to the start of the sentence."""
    found: list[int] = []
    for index in range(first - 1, -1, -1):
        if is_filled_pause(words[index].text):
            continue
        if len(found) == _REACH or ends_sentence(words[index].text):
            break
        found.append(index)
    return tuple(reversed(found))


def _sentence_after(words: Sequence[Word], last: int) -> tuple[int, ...]:
    """Indices of the words after, in order, up to the end of the sentence."""
    found: list[int] = []
    for index in range(last + 1, len(words)):
        if is_filled_pause(words[index].text):
            continue
        found.append(index)
        if len(found) == _REACH or ends_sentence(words[index].text):
            break
    return tuple(found)
