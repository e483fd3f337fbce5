"""Immediate repeats of words, and words cut off and begun again ('I, I used', 'resid- residency').

Found in the transcript, so repeats that the recogniser leaves out are missed. Filled pauses in between do
not hide a repeat. Intended and grammatical repeats ('very, very', 'had had', '555') are left out.
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
"""Words that are repeated intentionally ('very, very') or grammatically ('had had', 'that that')."""

_AND_AGAIN = frozenset({"again", "over", "more", "on", "up", "round", "through", "less"})
"""'Again and again and again', 'over and over and'."""

_ENDS_NO_SENTENCE = frozenset({"the", "a", "an", "and", "but", "or", "my", "your", "our", "their", "because"})
"""A full stop that the recogniser wrote after one of these marks a restart."""

_LONGEST_REPEAT = 3
"""Most words in a repeated sequence ('I was in, I was in the')."""

_SHORTEST_START = 2
"""Fewest letters by which a fragment is recognised as the start of the next word."""


class _Token(NamedTuple):
    """One spoken word: its bare text, the recogniser's word that contains it, and whether it was cut off."""

    text: str
    word: Word
    cut_off: bool


def find_repeats(words: Sequence[Word]) -> tuple[Span, ...]:
    """Stretches in which one to three words are repeated immediately; three times in a row is two repeats."""
    tokens = [token for word in words for token in _tokens_of(word)]
    found: list[Span] = []
    index = 0
    while index < len(tokens):
        length = _repeat_length(tokens, index)
        if length:
            found.append(Span(tokens[index].word.start, tokens[index + 2 * length - 1].word.end))
        index += max(1, length)
    return tuple(found)


def _tokens_of(word: Word) -> list[_Token]:
    if is_filled_pause(word.text, word.language):
        return []
    if is_fragment(word.text):
        start = bare(word.text).strip("-'")
        return [_Token(start, word, cut_off=True)] if start else []
    # The recogniser writes 'I-I-I' as one word, but its parts are counted as spoken.
    forms = spoken_forms(word.text, word.language)
    parts = forms if len(forms) > 1 and len(set(forms)) == 1 else [bare(word.text)]
    return [_Token(part, word, cut_off=False) for part in parts] if forms else []


def _repeat_length(tokens: Sequence[_Token], index: int) -> int:
    """Words in the repeated run that starts at `index`; 0 for none."""
    if _begun_again(tokens, index):
        return 1
    texts = [token.text for token in tokens[index : index + 2 * _LONGEST_REPEAT]]
    for length in range(_LONGEST_REPEAT, 0, -1):
        first, second = texts[:length], texts[length : 2 * length]
        if first != second or _is_meant(first):
            continue
        if not any(_parts_sentences(token) for token in tokens[index : index + length]):
            return length
    return 0


def _begun_again(tokens: Sequence[_Token], index: int) -> bool:
    if index + 1 >= len(tokens) or not tokens[index].cut_off or tokens[index + 1].cut_off:
        return False
    start, again = tokens[index].text, tokens[index + 1].text
    return start == again or (len(start) >= _SHORTEST_START and again.startswith(start))


def _is_meant(run: Sequence[str]) -> bool:
    """Whether a sequence is repeated intentionally, or consists of one word repeated several times."""
    if len(run) == 1:
        return run[0] in _ON_PURPOSE or run[0] in NUMBERS or run[0][:1].isdigit()
    return len(set(run)) == 1 or ("and" in run and not _AND_AGAIN.isdisjoint(run))


def _parts_sentences(token: _Token) -> bool:
    """Whether a sentence ends here; three dots, or a full stop after 'the', mark a restart."""
    text = token.word.text
    if text.endswith(("...", "…")) or token.text in _ENDS_NO_SENTENCE:
        return False
    return ends_sentence(text)
