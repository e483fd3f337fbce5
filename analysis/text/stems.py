"""Stems, by which forms of one word are recognised as the same: 'patients', 'patient's', 'patient'.

Endings are cut as far as two forms of one word need, and no further: 'medicine' and 'medical' stay apart.
"""

_SHORTEST = 3
"""Letters that a stem has at least."""
_DOUBLED = frozenset("bdgmnprt")
"""Consonants that are doubled before -ed and -ing ('planned')."""
_ENDINGS = (
    ("'s", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("sses", "ss"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
)
"""Each with what stands in its place; the first that fits is cut."""


def stem(word: str) -> str:
    """The stem of a bare word.

    >>> [stem(word) for word in ("studies", "studied", "planning", "planned", "plans", "nurse", "nurses")]
    ['study', 'study', 'plan', 'plan', 'plan', 'nurs', 'nurs']
    """
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                break
            cut = word[: -len(ending)] + instead
            if ending in {"ing", "ed"} and cut[-1] in _DOUBLED and cut[-1] == cut[-2]:
                cut = cut[:-1]
            return cut.removesuffix("e")
    return word.removesuffix("e") if len(word) > _SHORTEST else word
