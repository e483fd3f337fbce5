"""How alike two questions are in their words."""

import re
from functools import cache

_SAID_IN_MANY = frozenset(
    re.findall(
        r"\w+",
        """
        a about an and are as at be by can could did do does for from had has have how i in is it
        its me not of on or she he her his him so tell that the their them they this time to was we
        were what when which who why will with would you your yourself describe
        """,
    )
)
"""Words that say nothing of what a question is about."""


@cache
def words_about(text: str) -> frozenset[str]:
    """The words of a question that say what it is about."""
    return frozenset(re.findall(r"[a-z]+", text.lower())) - _SAID_IN_MANY


def similarity(one: str, other: str) -> float:
    """The share of the words of both that they have in common (Jaccard index), 0 to 1."""
    ours, theirs = words_about(one), words_about(other)
    return len(ours & theirs) / max(1, len(ours | theirs))
