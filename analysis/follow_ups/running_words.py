"""The words of a transcript as the rules read them: bare, in running text, each found again by its place."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.report import Word
from analysis.text.sentences import ends_clause, ends_sentence
from analysis.text.words import bare, is_filled_pause, is_fragment

_JOINING = frozenset({"and", "but", "so", "now", "today"})
_SPEAKABLE = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Found:
    """A phrase in the transcript.

    Attributes:
        first, last: index of its first and last word in `RunningWords.words`.
        text: the bare words.
    """

    first: int
    last: int
    text: str


class RunningWords:
    """The spoken words of a transcript.

    Args:
        transcript: the recogniser's words. Filled pauses, fragments and punctuation are left out.

    Attributes:
        words: the recogniser's words.
        bare: the same words in lower case, without punctuation.
        text: all of them, with one space between two, and one at both ends.
    """

    def __init__(self, transcript: Sequence[Word]) -> None:
        self.words = tuple(
            word
            for word in transcript
            if _SPEAKABLE.search(word.text)
            and not is_filled_pause(word.text, word.language)
            and not is_fragment(word.text)
        )
        self.bare = tuple(bare(word.text).strip("-") for word in self.words)
        self.text = f" {' '.join(self.bare)} "
        self._starts = []
        at = 1
        for word in self.bare:
            self._starts.append(at)
            at += len(word) + 1

    def find(self, phrases: re.Pattern[str], *, after: int = 0) -> Iterator[Found]:
        """All places of a phrase, from the word with the index `after` on."""
        if after >= len(self.words):
            return
        for match in phrases.finditer(self.text, max(0, self._starts[after] - 1)):
            first = bisect_right(self._starts, match.start()) - 1
            last = bisect_right(self._starts, match.end() - 1) - 1
            yield Found(first, last, match.group())

    def places(self, words: frozenset[str]) -> tuple[Found, ...]:
        """All places of some words."""
        return tuple(Found(i, i, word) for i, word in enumerate(self.bare) if word in words)

    def before(self, index: int, steps: int) -> tuple[str, ...]:
        """The bare words before a word in its sentence, as many as there are up to `steps`, nearest last."""
        first = index
        while first > max(0, index - steps) and not ends_sentence(self.words[first - 1].text):
            first -= 1
        return self.bare[first:index]

    def begins_clause(self, index: int) -> bool:
        """Whether a sentence or a clause begins with a word: 'He is', 'so he is' after a comma."""
        if index > 0 and self.bare[index - 1] in _JOINING:
            index -= 1
        return index == 0 or ends_clause(self.words[index - 1].text)
