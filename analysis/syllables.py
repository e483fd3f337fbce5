"""Syllables of an English word from its spelling, without a dictionary.

Vowel groups, with the regular exceptions of English spelling: silent e, -ed and -es, vowels in hiatus
('create', 'medical' endings). On the labelled words of the evaluation set the sum over an answer is what
counts; single words may be off by one.
"""

import re
from functools import lru_cache

from analysis.vocabulary import Word
from analysis.words import spoken_forms

_VOWELS = re.compile(r"[aeiouy]+")
_SIBILANT_ES = re.compile(r"(?:s|z|x|ch|sh|c|g)es$")
_SILENT_ED = re.compile(r"(?<=[^aeiouydt])(?<![^aeiouyl]l)(?<![^aeiouyr]r)ed$")
_HIATUS = re.compile(
    r"(?<![cstgx])i[ao]|ious?(?<=[^cstgx]iou)|iu|(?<=[aeiouy][^aeiou])ea$|[^aeiou]eo(?!us|n$|ple)"
    r"|(?<!q)u(?:a(?!r)|en|ine$|o(?!r))|(?<![cst])ie(?=t|nc|nt|ns)|ociet|scien|eciat|dnt$|sm$|thm$|[aeiouy]ing|creat|react|ciali?(?=ity)"
)
"""Vowel letters side by side that are two syllables, and consonants that make one of their own."""
_ONE_LESS = re.compile(r"every|evening|business|different|interest(?=ing|ed|$)|family|several|sioned|tioned")
_LETTERS = re.compile(r"^[a-z](?:\.[a-z])+\.?$")


def count_syllables(word: str) -> int:
    """Syllables of one lower-case word; at least 1.

    >>> [count_syllables(word) for word in ("medicine", "residency", "asked", "patients", "create")]
    [3, 4, 1, 2, 2]
    """
    return _count(word)


def spoken_syllables(words: list[Word] | tuple[Word, ...]) -> int:
    """Syllables of all spoken words; filled pauses and fragments have none."""
    return sum(_count(form) for word in words for form in spoken_forms(word.text))


@lru_cache(maxsize=8192)
def _count(word: str) -> int:
    if _LETTERS.match(word):
        return sum(letter.isalpha() for letter in word)
    return max(1, sum(_count_part(part) for part in word.replace("'", "").split("-") if part))


def _count_part(part: str) -> int:
    stripped = part
    if not _SIBILANT_ES.search(part):
        stripped = re.sub(r"(?<=[^aeiouy])es$", "s", stripped)
    stripped = _SILENT_ED.sub("d", stripped)
    if len(stripped) > 2 and not re.search(r"[^aeiouy]le$", stripped):
        stripped = re.sub(r"(?<=[^aeiouy])e$", "", stripped)
    groups = len(_VOWELS.findall(stripped))
    return groups + len(_HIATUS.findall(part)) - len(_ONE_LESS.findall(part))
