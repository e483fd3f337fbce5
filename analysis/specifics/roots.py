"""The root of a word, by which its derived forms are one: 'sponsor', 'sponsored', 'sponsorship'.

It cuts more than `analysis.text.stems`, which joins only forms of the same word: what somebody planned to say
comes in an answer as a verb as well as a noun. British and American spellings have one root.
"""

from functools import lru_cache

from analysis.text.stems import stem

_SHORTEST = 5
"""Letters that stay at least: of shorter roots, too many words are different ones ('mentor' and 'mental')."""
_MOST_CUTS = 2
_ENDINGS = (
    "ship",
    "ment",
    "ation",
    "ition",
    "ion",
    "ity",
    "ically",
    "ical",
    "ally",
    "ly",
    "ancy",
    "ency",
    "ance",
    "ence",
    "ant",
    "ent",
    "ness",
    "ist",
    "ive",
    "ic",
    "al",
    "or",
    "er",
    "at",
)
"""After the ending of the stem was cut; the longest first of those that end alike."""
_WHOLE = ("internation", "nation", "general", "generation", "univers", "organ", "communicat", "communic")
"""Beginnings of words that share a root with another word and nothing else ('intern')."""
_SPELLINGS = (
    ("ae", "e"),
    ("oe", "e"),
    ("programme", "program"),
    ("centre", "center"),
    ("isation", "ization"),
)


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """The root of a bare word.

    >>> [root(word) for word in ("sponsors", "sponsorship", "rotations", "rotate", "pregnant", "paediatrics")]
    ['spons', 'spons', 'rotat', 'rotat', 'pregn', 'pediatr']
    """
    for spelling, instead in _SPELLINGS:
        word = word.replace(spelling, instead)
    if word.endswith("ly") and len(word) > _SHORTEST:  # 'weekly', 'monthly'
        word = word.removesuffix("ly")
    # 'refugee' as well as 'refugees'.
    found = stem(word).rstrip("e") or word
    if found.startswith(_WHOLE):
        return found
    for _ in range(_MOST_CUTS):
        shorter = next((_cut(found, ending) for ending in _ENDINGS if _can_cut(found, ending)), None)
        if shorter is None:
            break
        found = shorter
    return found


def _can_cut(word: str, ending: str) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= _SHORTEST


def _cut(word: str, ending: str) -> str:
    return word.removesuffix(ending)
