"""Snippets around a match, and the times at which matches are said.

Both databases return the whole text with `OPENING` and `CLOSING` around each match; the rest is done here, in
the same way for both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.report import Word
from service.search.texts import searchable

OPENING = "\x02"
CLOSING = "\x03"

MAXIMUM_MOMENTS = 5
"""Most moments of one answer; the first ones are returned."""

_WORDS_BEFORE = 8
_WORDS_AFTER = 20
"""Words shown before and after the first match: about two lines."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Piece:
    """A part of a snippet.

    Attributes:
        text: the text with its spaces; all pieces joined are the snippet.
        match: whether it is a match.
    """

    text: str
    match: bool


@dataclass(frozen=True)
class Moment:
    """The time of a match.

    Attributes:
        start, end: seconds from the start of the recording.
        text: the words as they are spelled in the transcript.
    """

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Marked:
    """A text and its matches.

    Attributes:
        text: the text without marks.
        matches: (start, end) of each match in characters of `text`, in order.
    """

    text: str
    matches: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, marked: str) -> "Marked":
        """Parses a text with marks, as a database returns it."""
        pieces: list[str] = []
        matches: list[tuple[int, int]] = []
        length = 0
        for number, part in enumerate(marked.split(OPENING)):
            matched, _, rest = part.partition(CLOSING)
            if number and matched:
                matches.append((length, length + len(matched)))
            pieces += [matched, rest]
            length += len(matched) + len(rest)
        return cls("".join(pieces), tuple(matches))

    def snippet(self) -> tuple[Piece, ...]:
        """The words around the first match, or the beginning if there is no match."""
        words = [word.span() for word in _WORD.finditer(self.text)]
        if not words:
            return ()
        first = self._words_of(self.matches[0], words)[0] if self.matches else 0
        begin, end = max(0, first - _WORDS_BEFORE), min(len(words), first + _WORDS_AFTER)
        pieces = self._pieces(words[begin][0], words[end - 1][1])
        if begin > 0:
            pieces.insert(0, Piece("… ", False))
        if end < len(words):
            pieces.append(Piece(" …", False))
        return tuple(_merged(pieces))

    def moments(self, words: Sequence[Word]) -> tuple[Moment, ...]:
        """The times of the first matches.

        Args:
            words: the words of the transcript. If they differ from the text, because that was replaced in
                the meantime, there are no moments.
        """
        timed = [(part, word) for word in words for part in searchable(word.text).split()]
        spans = [word.span() for word in _WORD.finditer(self.text)]
        if [part for part, _ in timed] != [self.text[start:end] for start, end in spans]:
            return ()
        moments = []
        for match in self.matches[:MAXIMUM_MOMENTS]:
            first, last = self._words_of(match, spans)
            text = self.text[spans[first][0] : spans[last][1]]
            moments.append(Moment(timed[first][1].start, timed[last][1].end, text))
        return tuple(moments)

    @staticmethod
    def _words_of(match: tuple[int, int], words: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """Indices of the first and the last word that a match overlaps."""
        inside = [number for number, (start, end) in enumerate(words) if start < match[1] and end > match[0]]
        return inside[0], inside[-1]

    def _pieces(self, begin: int, end: int) -> list[Piece]:
        edges = {begin, end}
        for match in self.matches:
            edges |= {min(max(edge, begin), end) for edge in match}
        return [
            Piece(
                self.text[start:stop], any(match[0] <= start and stop <= match[1] for match in self.matches)
            )
            for start, stop in pairwise(sorted(edges))
        ]


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Joins adjacent pieces of the same kind."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].match == piece.match:
            merged[-1] = Piece(merged[-1].text + piece.text, piece.match)
        else:
            merged.append(piece)
    return merged
