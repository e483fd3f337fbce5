"""What a person typed, as both databases take it.

Nothing typed is an operator: words are looked for, and in double quotes words that follow each other.
"""

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 500
"""Characters of a search that count; the rest is left out."""

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


def terms_of(words: str) -> tuple[str, ...]:
    """The words and quoted phrases of a search, without any that holds no letter or digit."""
    typed = unicodedata.normalize("NFC", words)[:LONGEST]
    found = [_cleaned(quoted or single) for quoted, single in _TERM.findall(typed)]
    return tuple(dict.fromkeys(term for term in found if any(map(str.isalnum, term))))


def as_query(terms: Sequence[str]) -> str:
    """Every term occurs, as SQLite's MATCH and PostgreSQL's `websearch_to_tsquery` both take it.

    In double quotes nothing is an operator; the terms hold none.
    """
    return " ".join(f'"{term}"' for term in terms)


def _cleaned(term: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in term).split())
