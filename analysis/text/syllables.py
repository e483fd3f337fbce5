"""Syllables of an English word from its spelling, without a dictionary.

Vowel groups, with the regular exceptions of English spelling: silent e, -ed and -es, vowels in hiatus
('create', 'medical' endings). Checked against the CMU Pronouncing Dictionary; single words may be off by one,
the sum over an answer hardly is.
"""

import re
from functools import lru_cache

from analysis.report import Word
from analysis.text.words import spoken_forms

_VOWELS = re.compile(r"[aeiouy]+")
_SIBILANT_ES = re.compile(r"(?:s|z|x|ch|sh|c|g|[^aeiouy]l)es$")
"""Endings whose e is spoken: 'changes', 'tables'."""
_SILENT_ED = re.compile(r"(?<=[^aeiouydt])(?<![^aeiouyl]l)(?<![^aeiouyr]r)ed$")
_SILENT_INSIDE = re.compile(
    r"(?<=[aeiouy][^aeiouy])(?<!el)e(?=ly$|ments?$|ful|less|ness|where|thing|body|times?$|style|what$|how$|fore$|work|lines?$)"
    r"|(?:(?<=[aeiouy]dg)|(?<=[nl][cvg]))e(?=ment)|(?<=som)e(?=one$)"
)
"""A silent e followed by an ending or a second word: 'completely', 'something'."""
_ONE_MORE = re.compile(
    r"(?<![cstgxl])ia|(?<![cstgxln])io|^lions?$|(?<=l)ia(?=nce)|[^cstgxln]ious|iu|(?<=[aeiouy][^aeiou])eas?$|(?<!so)[^aeiou]eo(?!us|n$|ple)"
    r"|(?<![qg])u(?:a(?!r)|en|ine$|o(?!r))|(?<![cstl])ie(?=t|nc|nt|ns)|(?<=cl)ie(?=nt)|ociet|scien|eciat|ociati|dnt$|sm$"
    r"|thm$|[aeiouy]ing|creat(?!ur)|react|ciali?(?=ity)|reali(?=[tsz])|[aou]y(?!ed$)[aeo]|eyo|giant|poe[mt]"
    r"|museum|chao|ruin|fluid|suici|(?<![pdt])iers?$|opean|[sd]n't$"
)
"""Adjacent vowel letters that are two syllables, and consonants that form a syllable of their own."""
_ONE_LESS = re.compile(
    r"every|evening|business|different|interest(?=ing|ed|$)|family|several|ically$|(?<!r)gue$|que$|elle$"
    r"|viour|wednes|chocolate"
)
_IRREGULAR = {
    "anyone": 3, "diabetes": 4, "elsewhere": 2, "everyone": 3, "household": 2, "maybe": 2, "moreover": 3,
    "naked": 2, "recipe": 3,
}  # fmt: skip
_SYLLABLES_OF_W = 3
_LETTERS = re.compile(r"^[a-z](?:\.[a-z])+\.?$")


def count_syllables(word: str) -> int:
    """Syllables of one lower-case word; at least 1.

    >>> [count_syllables(word) for word in ("medicine", "residency", "asked", "patients", "create")]
    [3, 4, 1, 2, 2]
    """
    return _count(word)


def spoken_syllables(words: list[Word] | tuple[Word, ...]) -> int:
    """Syllables of all spoken words; filled pauses and fragments have none."""
    return sum(_count(form) for word in words for form in spoken_forms(word.text, word.language))


@lru_cache(maxsize=8192)
def _count(word: str) -> int:
    if _LETTERS.match(word):
        return sum(_SYLLABLES_OF_W if letter == "w" else 1 for letter in word if letter.isalpha())
    return max(1, sum(_count_part(part) for part in word.split("-") if part))


def _count_part(part: str) -> int:
    if part in _IRREGULAR:
        return _IRREGULAR[part]
    letters = part.replace("'", "")
    stripped = _SILENT_INSIDE.sub("", letters)
    if not _SIBILANT_ES.search(stripped):
        stripped = re.sub(r"(?<=[^aeiouy])es$", "s", stripped)
    stripped = _SILENT_ED.sub("d", stripped)
    if len(stripped) > 2 and not re.search(r"[^aeiouy]le$", stripped):
        stripped = re.sub(r"(?<=[^aeiouy])e$", "", stripped)
    groups = len(_VOWELS.findall(stripped))
    return groups + len(_ONE_MORE.findall(part)) - len(_ONE_LESS.findall(letters))
