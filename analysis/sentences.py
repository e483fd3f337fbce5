"""Sentences, their length, and words said twice.

Sentences are the recogniser's: it ends them with . ? or !, so their number is its judgement.
"""

from collections.abc import Sequence

from analysis.vocabulary import Sentence, Span, Word
from analysis.words import bare, is_filled_pause, spoken_forms

SENTENCE_END = (".", "?", "!", "…")
CLAUSE_END = (*SENTENCE_END, ";", ",", ":")

_ABBREVIATIONS = frozenset(
    {"dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "vs.", "e.g.", "i.e.", "etc.", "u.s.", "u.k."}
)

_OFTEN_REPEATED = frozenset(
    {"very", "really", "so", "many", "much", "no", "yes", "yeah", "long", "again", "had", "that", "bye"}
)
"""Words that are said twice on purpose ('very, very') or by grammar ('had had', 'that that')."""

_LONGEST_REPEAT = 3
"""Words in a row that are looked for said twice ('I was in, I was in the')."""


def ends_sentence(text: str) -> bool:
    """Whether a written word closes a sentence; 'Dr.' does not."""
    return text.rstrip("\"'”’)").endswith(SENTENCE_END) and text.lower() not in _ABBREVIATIONS


def ends_clause(text: str) -> bool:
    """Whether a written word closes a sentence or a clause."""
    return ends_sentence(text) or (
        text.rstrip("\"'”’)").endswith(CLAUSE_END) and text.lower() not in _ABBREVIATIONS
    )


def split_sentences(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Sentences of at least one spoken word, in order."""
    sentences: list[Sentence] = []
    current: list[Word] = []
    for word in words:
        current.append(word)
        if ends_sentence(word.text):
            sentences.extend(_sentence(current))
            current = []
    sentences.extend(_sentence(current))
    return tuple(sentences)


def find_repeats(words: Sequence[Word]) -> tuple[Span, ...]:
    """Stretches in which one to three words are said again at once ('I, I', 'in the, in the').

    Filled pauses between the two do not matter. What is often repeated on purpose ('very, very') is not
    counted.
    """
    spoken = [word for word in words if not is_filled_pause(word.text) and spoken_forms(word.text)]
    texts = [bare(word.text) for word in spoken]
    found: list[Span] = []
    index = 0
    while index < len(texts):
        length = _repeat_length(texts, spoken, index)
        if length:
            found.append(Span(spoken[index].start, spoken[index + 2 * length - 1].end))
            index += length
        else:
            index += 1
    return tuple(found)


def _repeat_length(texts: list[str], spoken: list[Word], index: int) -> int:
    """Words in the repeated run that starts at `index`; 0 for none."""
    for length in range(_LONGEST_REPEAT, 0, -1):
        first, second = texts[index : index + length], texts[index + length : index + 2 * length]
        if first != second or len(second) < length:
            continue
        if length == 1 and first[0] in _OFTEN_REPEATED:
            continue
        if any(ends_sentence(word.text) for word in spoken[index : index + length]):
            continue
        return length
    return 0


def _sentence(words: list[Word]) -> tuple[Sentence, ...]:
    count = sum(len(spoken_forms(word.text)) for word in words)
    return (Sentence(words[0].start, words[-1].end, count),) if count else ()
