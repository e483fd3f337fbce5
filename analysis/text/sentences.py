"""Sentences, and their length in words.

Sentences end where the recogniser wrote . ? or !, so their number is its judgement.
"""

from collections.abc import Sequence

from analysis.report import Sentence, Word
from analysis.text.words import spoken_forms

SENTENCE_END = (".", "?", "!", "…")
CLAUSE_END = (*SENTENCE_END, ";", ",", ":")

_ABBREVIATIONS = frozenset(
    {"dr.", "mr.", "mrs.", "ms.", "prof.", "st.", "vs.", "e.g.", "i.e.", "etc.", "u.s.", "u.k."}
)


def ends_sentence(text: str) -> bool:
    """Whether a written word ends a sentence; 'Dr.' does not."""
    return text.rstrip("\"'”’)").endswith(SENTENCE_END) and text.lower() not in _ABBREVIATIONS


def ends_clause(text: str) -> bool:
    """Whether a written word ends a sentence or a clause."""
    return ends_sentence(text) or (
        text.rstrip("\"'”’)").endswith(CLAUSE_END) and text.lower() not in _ABBREVIATIONS
    )


def split_sentences(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Sentences with at least one spoken word, in order."""
    sentences: list[Sentence] = []
    current: list[Word] = []
    for word in words:
        current.append(word)
        if ends_sentence(word.text):
            sentences.extend(_sentence(current))
            current = []
    sentences.extend(_sentence(current))
    return tuple(sentences)


def _sentence(words: list[Word]) -> tuple[Sentence, ...]:
    count = sum(len(spoken_forms(word.text, word.language)) for word in words)
    return (Sentence(words[0].start, words[-1].end, count),) if count else ()
