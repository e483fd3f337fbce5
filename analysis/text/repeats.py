"""Words said twice at once, and words cut off and begun again ('I, I used', 'resid- residency').

Found in the transcript; what the recogniser smooths away is lost. Filled pauses between the two sayings do
not hide them. What is said twice on purpose or by grammar ('very, very', 'had had', '555') is left out.
"""

from collections.abc import Sequence
from typing import NamedTuple

from analysis.report import Span, Word
from analysis.text.sentences import ends_sentence
from analysis.text.word_classes import NUMBERS, listed
from analysis.text.words import bare, is_filled_pause, is_fragment, spoken_forms

_ON_PURPOSE = listed(
    """
    very really so many much no yes yeah yep yup long again had that bye okay ok oh hey hi ha far well now
    there please blah mm-hmm uh-huh mhm right sure more
    """
)
"""Words that are said twice on purpose ('very, very') or by grammar ('had had', 'that that')."""

_AND_AGAIN = frozenset({"again", "over", "more", "on", "up", "round", "through", "less"})
"""'Again and again and again', 'over and over and'."""

_ENDS_NO_SENTENCE = frozenset({"the", "a", "an", "and", "but", "or", "my", "your", "our", "their", "because"})
"""A full stop after one of these is the recogniser's sign of a restart."""

_LONGEST_REPEAT = 3
"""Words in a row that are looked for said twice ('I was in, I was in the')."""

_SHORTEST_START = 2
"""Letters of a word cut off that show which word was begun again."""


class _Said(NamedTuple):
    """One saying of a word: its bare text, the word it is in, and whether it was cut off."""

    text: str
    word: Word
    cut_off: bool


def find_repeats(words: Sequence[Word]) -> tuple[Span, ...]:
    """Stretches in which one to three words are said again at once; three sayings are two repeats."""
    said = [saying for word in words for saying in _sayings(word)]
    found: list[Span] = []
    index = 0
    while index < len(said):
        length = _repeat_length(said, index)
        if length:
            found.append(Span(said[index].word.start, said[index + 2 * length - 1].word.end))
        index += max(1, length)
    return tuple(found)


def _sayings(word: Word) -> list[_Said]:
    if is_filled_pause(word.text):
        return []
    if is_fragment(word.text):
        start = bare(word.text).strip("-'")
        return [_Said(start, word, cut_off=True)] if start else []
    # 'I-I-I' is one word of the recogniser's, but its parts are counted as spoken.
    forms = spoken_forms(word.text)
    parts = forms if len(forms) > 1 and len(set(forms)) == 1 else [bare(word.text)]
    return [_Said(part, word, cut_off=False) for part in parts] if forms else []


def _repeat_length(said: Sequence[_Said], index: int) -> int:
    """Words in the repeated run that starts at `index`; 0 for none."""
    if _begun_again(said, index):
        return 1
    texts = [saying.text for saying in said[index : index + 2 * _LONGEST_REPEAT]]
    for length in range(_LONGEST_REPEAT, 0, -1):
        first, second = texts[:length], texts[length : 2 * length]
        if first != second or _is_meant(first):
            continue
        if not any(_parts_sentences(saying) for saying in said[index : index + length]):
            return length
    return 0


def _begun_again(said: Sequence[_Said], index: int) -> bool:
    if index + 1 >= len(said) or not said[index].cut_off or said[index + 1].cut_off:
        return False
    start, again = said[index].text, said[index + 1].text
    return start == again or (len(start) >= _SHORTEST_START and again.startswith(start))


def _is_meant(run: Sequence[str]) -> bool:
    """Whether a run is said twice on purpose, or is itself one word said again and again."""
    if len(run) == 1:
        return run[0] in _ON_PURPOSE or run[0] in NUMBERS or run[0][:1].isdigit()
    return len(set(run)) == 1 or ("and" in run and not _AND_AGAIN.isdisjoint(run))


def _parts_sentences(saying: _Said) -> bool:
    """Whether a sentence ends here; three dots and a stop after 'the' are marks of a restart."""
    text = saying.word.text
    if text.endswith(("...", "…")) or saying.text in _ENDS_NO_SENTENCE:
        return False
    return ends_sentence(text)
