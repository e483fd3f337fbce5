"""How hard a text is to read: its sentences, the words in them, and its Flesch-Kincaid grade.

A block is a paragraph, a label, a cell of a table or a button. One of fewer than `LEAST_WORDS` words without
a full stop is a label, not a sentence. A middle dot ends a block.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from analysis.text.sentences import ends_sentence
from analysis.text.syllables import count_syllables
from analysis.text.words import bare, spoken_forms
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
_NUMBER = re.compile(r"\d[\d.,:–]*")
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


def grade(sentences: Iterable[str]) -> float | None:
    """The Flesch-Kincaid grade of sentences together; None if they have fewer than `LEAST_TEXT` words.

    Kincaid, Fishburne, Rogers & Chissom (1975): Derivation of new readability formulas for Navy enlisted
    personnel. Research Branch Report 8-75, Naval Technical Training Command, Millington, Tennessee.

    A number counts as the words it is spoken as, as in a measured answer: as a single word, '96–100' would
    have seven syllables, and a table would read harder than any prose. Sentences that differ only in their
    numbers count once: a list of seventy takes says the same seventy times.
    """
    different = {_NUMBER.sub("0", sentence): sentence for sentence in sentences}.values()
    spoken = [form for sentence in different for word in words_of(sentence) for form in _spoken(word)]
    if len(spoken) < LEAST_TEXT:
        return None
    syllables = sum(count_syllables(form) for form in spoken)
    return 0.39 * len(spoken) / len(different) + 11.8 * syllables / len(spoken) - 15.59


def _spoken(word: str) -> list[str]:
    """The words that a written word is read as; 'um' is one here."""
    return spoken_forms(word) or [bare(word)]


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
