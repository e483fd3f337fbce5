"""How much two messages have the same words, so that no two people of one programme get one message twice.

Interviewers of a programme talk to each other, and messages go into one folder. Two messages that differ in
the name after 'Dear' alone read as if neither were meant.
"""

import re
from collections import Counter
from collections.abc import Collection

THRESHOLD = 0.7
"""From this likeness on, two messages count as the same words.

Chosen on drafts of this program (`tests/service/prepare/test_message_likeness.py`). Copies that differ in
the name, the detail or the order of their sentences have 0.78 and more. Drafts whose sentences differ have
0.63 and less, even about the same thing: both are thank-you notes and share the small words of letters.
"""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def likeness(first: str, second: str, *, left_out: Collection[str] = ()) -> float:
    """The share of words that two texts have in common, whatever their order.

    It is the Dice coefficient of the two multisets of words: twice the number of common words, divided by the
    number of words of both. Words are compared without regard to case; a word that occurs twice counts twice.

    Args:
        first, second: the texts.
        left_out: names and the like, which differ in every message and say nothing. All of their words are
            left out of both texts.

    Returns:
        0 to 1. 0 if a text has no word that counts.
    """
    ignored = {word for text in left_out for word in _words(text)}
    one, other = (Counter(word for word in _words(text) if word not in ignored) for text in (first, second))
    if not one or not other:
        return 0.0
    return 2 * (one & other).total() / (one.total() + other.total())


def are_same_words(first: str, second: str, *, left_out: Collection[str] = ()) -> bool:
    """Whether two messages are so alike that two people should not both get them."""
    return likeness(first, second, left_out=left_out) >= THRESHOLD


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]
