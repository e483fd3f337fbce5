"""Word error rate of spoken words.

Both texts are normalised first: fillers and cut-off fragments are removed, numerals become words
(`analysis.text.words`), hyphens separate words, and British and American spellings are unified. Contractions
are not expanded, because 'it's' and 'it is' sound different.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from analysis.text.words import spoken_forms

_BETWEEN_WORDS = re.compile(r"[\s_]+")
"""Labels put underscores between letters that are spelled out."""
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})our(?=s|ed|ing|able|ful|ite|hood|$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})is(?=e$|ed$|es$|ing$|ation)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=e$|ed$|es$|ing$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=[a-z]{3})ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z]{2})ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=[a-z]{2})amme(?=s?$)"), "am"),
    (re.compile(r"(?<=[a-z]{3})ll(?=ed$|ing$|er$|ers$)"), "l"),
    (re.compile(r"[ao]e(?=[a-z]{3})"), "e"),
)
"""Regular differences between British and American spelling: colour, organise, analyse, centre, catalogue,
defence, programme, travelled, anaesthetist. They are applied to both texts, so a word that is changed
unnecessarily is changed in both."""


@dataclass(frozen=True)
class WordErrors:
    """Edits that turn the true words into the transcribed ones.

    Attributes:
        substituted, deleted, inserted: numbers of edited words.
        words: number of true words.
    """

    substituted: int
    deleted: int
    inserted: int
    words: int

    @property
    def edits(self) -> int:
        """The number of all edits."""
        return self.substituted + self.deleted + self.inserted


def word_errors(true: str, written: Iterable[str]) -> WordErrors:
    """The minimal edits between a labelled text and the recogniser's words.

    Args:
        true: the labelled text.
        written: the recogniser's words, in order, fillers included.
    """
    reference = comparable(_BETWEEN_WORDS.split(true))
    hypothesis = comparable(word for text in written for word in _BETWEEN_WORDS.split(text))
    kinds = [edit.tag for edit in Levenshtein.editops(reference, hypothesis)]
    return WordErrors(kinds.count("replace"), kinds.count("delete"), kinds.count("insert"), len(reference))


def comparable(words: Iterable[str]) -> list[str]:
    """Words as they are spoken, in a unified spelling, without fillers and fragments.

    >>> comparable(["Um,", "90%", "well-known", "colours"])
    ['ninety', 'percent', 'well', 'known', 'colors']
    """
    return [
        _normalised(part)
        for word in words
        for form in spoken_forms(word)
        for part in form.replace(".", "").split("-")
        if part
    ]


def _normalised(word: str) -> str:
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word
