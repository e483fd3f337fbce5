"""Where running text has a space between two of the recogniser's words, and where it has none.

The recogniser splits 'well-known' into 'well' and '-known', '20%' into '20' and '%', and '200,000' into '200'
and ',000'. They stay separate words, each with its own time; only the text they are written as is joined.
"""

import re
from collections.abc import Iterable

_CLOSING = re.compile(r"[%°‰)\]}”»;!?…]|[.,:](?!\d)")
"""20 %, and marks that close what stands before them, whatever that is."""
_CONTINUATION = re.compile(
    r"""
      [-‐‑–/][^\W_]                # well -known, and /or
    | n?['’](?:s|t|re|ve|ll|d|m)\b  # do n't, it 's; but not 'cause
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""After a letter, a digit or the stop of an abbreviation."""
_DIGITS = re.compile(r"[.,:]\d")
"""200 ,000 and 3 .5 and 10 :30 after a digit; after a letter '.5' is a number of its own."""

_BEFORE_A_WORD = re.compile(r"(?:^|\W)[$£€#(\[{“«]$|[^\W_]/$")
"""$ 20, and and/ or."""

_PREFIXES = "anti|co|ex|inter|mid|multi|non|over|post|pre|pro|re|self|semi|sub|under"
_PREFIX = re.compile(rf"(?:^|\W)({_PREFIXES})-$", re.IGNORECASE)
"""A hyphen after one of these belongs to a compound. After anything else the word was cut off ('resid-')."""


def is_joined(previous: str, word: str) -> bool:
    """Whether a word is written without a space before it.

    Args:
        previous: the word before it, with its punctuation; empty for none.
        word: as the recogniser wrote it.

    >>> is_joined("well", "-known"), is_joined("20", "%"), is_joined("resid-", "residency")
    (True, True, False)
    """
    if not previous or not word:
        return False
    if _BEFORE_A_WORD.search(previous):
        return True
    prefix = _PREFIX.search(previous)
    if prefix is not None:
        # 're- re-read' is a word begun twice.
        return word[0].isalpha() and not word.lower().startswith(prefix[1].lower())
    last = previous[-1]
    return (
        _CLOSING.match(word) is not None
        or ((last.isalnum() or last == ".") and _CONTINUATION.match(word) is not None)
        or (last.isdigit() and _DIGITS.match(word) is not None)
    )


def running(words: Iterable[str]) -> str:
    """Words as typed text has them.

    >>> running(["a", "well", "-known", "co", "-author", "of", "20", "%"])
    'a well-known co-author of 20%'
    """
    text = previous = ""
    for word in words:
        text += word if not text or is_joined(previous, word) else f" {word}"
        previous = word
    return text
