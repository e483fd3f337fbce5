"""How hard a text is to read: its sentences, the words in them, and its Flesch-Kincaid grade.

A block is a paragraph, a label, a cell of a table or a button. One of fewer than `LEAST_WORDS` words without
a full stop is a label, not a sentence. A middle dot ends a block.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from analysis.text.sentences import ends_sentence
from analysis.text.syllables import count_syllables
from analysis.text.words import spoken_forms
from tests.reading.never_shown import never_shown_in

LONGEST_SENTENCE = 20
"""Words: the limit for all that Greenroom shows."""

HIGHEST_GRADE = 8.0
"""The limit for each page: a text that eight years of school in the United States prepare for."""

LEAST_WORDS = 4
"""Words from which a block without a full stop counts as a sentence: shorter ones are labels."""

LEAST_TEXT = 60
"""Words from which a grade is computed: a single long word moves that of a shorter text by a year."""

_BETWEEN_BLOCKS = re.compile(r"\n+|\s+[·|]\s+")
_SPEAKABLE = re.compile(r"[^\W_]")
_OPENING = "\"'“‘(["


def words_of(text: str) -> list[str]:
    """The words of a text as written: what has a letter or a digit in it and white space around it."""
    return [word for word in text.split() if _SPEAKABLE.search(word)]


def sentences_of(blocks: Iterable[str]) -> list[str]:
    """The sentences of some blocks, labels left out.

    Args:
        blocks: each a text of its own; none goes on in the next.
    """
    parts = (part for block in blocks for part in _BETWEEN_BLOCKS.split(block))
    return [sentence for part in parts for sentence in _sentences_of_part(part)]


def syllables_of(word: str) -> int:
    """Syllables of a written word, a number as it is spoken; at least 1."""
    return max(1, sum(count_syllables(form) for form in spoken_forms(word)))


def grade(sentences: Iterable[str]) -> float | None:
    """The Flesch-Kincaid grade of sentences together; None if they have fewer than `LEAST_TEXT` words.

    Kincaid, Fishburne, Rogers & Chissom (1975): Derivation of new readability formulas for Navy enlisted
    personnel. Research Branch Report 8-75, Naval Technical Training Command, Millington, Tennessee.
    """
    read = list(sentences)
    words = [word for sentence in read for word in words_of(sentence)]
    if len(words) < LEAST_TEXT:
        return None
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / len(read) + 11.8 * syllables / len(words) - 15.59


def too_long(sentences: Iterable[str]) -> list[str]:
    """The sentences of more than `LONGEST_SENTENCE` words, each once."""
    return list(dict.fromkeys(one for one in sentences if len(words_of(one)) > LONGEST_SENTENCE))


def faults_of(blocks: Iterable[str]) -> list[str]:
    """What is not plain in some blocks together: long sentences, words that are not shown, a high grade."""
    texts = list(blocks)
    sentences = sentences_of(texts)
    faults = [f"{len(words_of(one))} words: {one}" for one in too_long(sentences)]
    faults += [f"write {instead}: {text}" for text, instead in never_shown_in(texts)]
    reached = grade(sentences)
    if reached is not None and reached > HIGHEST_GRADE:
        faults.append(f"grade {reached:.1f}")
    return faults


def _sentences_of_part(part: str) -> list[str]:
    found: list[str] = []
    current: list[str] = []
    for word, following in pairwise([*part.split(), ""]):
        current.append(word)
        if ends_sentence(word) and not following.lstrip(_OPENING)[:1].islower():
            found.append(" ".join(current))
            current = []
    if len(words_of(" ".join(current))) >= LEAST_WORDS:
        found.append(" ".join(current))
    return [sentence for sentence in found if words_of(sentence)]
