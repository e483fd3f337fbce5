"""The terms of a text: its words without function words, in a form that can be compared.

'Three months in the ICU' and '3 months of intensive care' have the same terms. Numbers are digits, spelled
letters are joined ('J one' is 'j1'), phrases are their abbreviation (`same_meaning.toml`), and all other
words their roots.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.specifics.numbers import as_digits
from analysis.specifics.roots import root
from analysis.text.common_words import is_common
from analysis.text.word_classes import (
    AUXILIARIES,
    CONNECTORS,
    DEGREE,
    DETERMINERS,
    INDEFINITE,
    MODALS,
    OBJECTS,
    PREPOSITIONS,
    SUBJECTS,
    listed,
)
from analysis.text.words import bare

SAME_MEANING = Path(__file__).with_name("same_meaning.toml")

_FUNCTION_WORDS = frozenset().union(
    AUXILIARIES, CONNECTORS, DEGREE, DETERMINERS, INDEFINITE, MODALS, OBJECTS, PREPOSITIONS, SUBJECTS
) | {
    "each",
    "every",
    "many",
    "lot",
    "lots",
    "both",
    "per",
    "there",
    "also",
    "here",
    "plus",
    "who",
    "that",
    "own",
}
_LABELS = frozenset({"level", "type", "phase", "step", "grade", "pgy"})
"""Nouns that a number belongs to when it follows them: 'level 1'."""
_CAPITALISED_ANYWAY = listed(
    """
    i i'm i'd i've i'll monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays
    thursdays fridays saturdays sundays january february march april may june july august september october
    november december
    """
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_ANY_PROGRAMME = frozenset(
    root(word)
    for word in listed(
        """
        programme residency resident hospital school university training student medical medicine patient
        doctor professor graduate rotation team department care health different good great strong excellent
        work opportunity offer
        """
    )
)
"""Roots of words that are said of any programme, so that by themselves they name nothing special."""

_SPECIAL, _PLAIN, _NUMBER, _LIGHT = 1.5, 1.0, 0.7, 0.4
"""Weights of an abbreviation or a name, a word, a number, and a word that is said of any programme."""

_PIECES = re.compile(r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:'[^\W\d_]+)*|[+&%]")
_MIXED = re.compile(r"[a-z]-?\d{1,2}(?:-?[a-z])?")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True)
class Term:
    """A term of a text.

    Attributes:
        key: what is compared.
        weight: how much it says about what is special.
        first, last: indices of its first and last word in the text.
        number: whether it is a number or the place in an order, which means something only with what is
            counted.
    """

    key: str
    weight: float
    first: int
    last: int
    number: bool = False

    @property
    def carries(self) -> bool:
        """Whether a specific is another one without it: a word that is not said everywhere, or a number."""
        return self.weight >= _PLAIN or self.key.isdigit()


@dataclass(frozen=True)
class _Token:
    text: str
    place: int
    special: bool = False


def terms_of(words: Sequence[str]) -> tuple[Term, ...]:
    """The terms of a text in their order.

    Args:
        words: as they were written, with their punctuation.
    """
    tokens = _with_joined_letters(
        [token for place, word in enumerate(words) for token in _tokens(word, place)]
    )
    return tuple(_terms(tokens))


def _tokens(word: str, place: int) -> Iterator[_Token]:
    if bare(word).replace("’", "'") == "one's":
        return  # As in 'of one's own': not the number.
    written = word.strip(' \t\n.,;:!?…"“”()[]{}').removesuffix("'s").removesuffix("’s")
    plain = bare(written)
    if _DOTTED.fullmatch(f"{plain}." if plain.count(".") else ""):
        yield _Token(plain.replace(".", ""), place, special=True)
    elif _MIXED.fullmatch(plain):
        yield _Token(plain.replace("-", ""), place, special=True)
    else:
        for match in _PIECES.finditer(plain):
            piece = match.group().replace(",", "")
            original = written[match.start() : match.end()]
            named = place > 0 and original[:1].isupper() and original.lower() not in _CAPITALISED_ANYWAY
            piece = {"+": "plus", "&": "and", "%": "percent"}.get(piece, piece)
            yield _Token(piece.removesuffix("'s"), place, special=named or _is_abbreviation(original))


def _is_abbreviation(written: str) -> bool:
    return len(written) > 1 and written.isupper()


def _with_joined_letters(tokens: list[_Token]) -> list[tuple[_Token, int]]:
    """Spelled letters and numbers as one token, each token with the place of its last word.

    'J one', 'E C M O', 'four plus one', 'level I': 'j1', 'ecmo', '4+1', 'level1'.
    """
    numbered = as_digits([(token.text, token.place) for token in tokens])
    special = {token.place for token in tokens if token.special}
    found: list[tuple[_Token, int]] = []
    at = 0
    while at < len(numbered):
        text, place, last = numbered[at]
        taken = 1
        if text in _LABELS and at + 1 < len(numbered):
            following = _ROMAN.get(numbered[at + 1][0], numbered[at + 1][0])
            if following.isdigit():
                text, last, taken = text + following, numbered[at + 1][2], 2
        elif (
            _is_part(text)
            and at + 2 < len(numbered)
            and numbered[at + 1][0] == "plus"
            and _is_part(numbered[at + 2][0])
        ):
            text, last, taken = f"{text}+{numbered[at + 2][0]}", numbered[at + 2][2], 3
        elif len(text) == 1 and text.isalpha() and text not in {"a", "i"}:
            while at + taken < len(numbered) and _is_part(numbered[at + taken][0]):
                if numbered[at + taken][0] in {"a", "i"}:
                    break
                text, last, taken = text + numbered[at + taken][0], numbered[at + taken][2], taken + 1
        is_special = taken > 1 or any(each in special for each in range(place, last + 1))
        found.append((_Token(text, place, is_special), last))
        at += taken
    return found


def _is_part(text: str) -> bool:
    return (len(text) == 1 and text.isalpha()) or (text.isdigit() and len(text) <= 2)


def _terms(tokens: list[tuple[_Token, int]]) -> Iterator[Term]:
    """The terms of tokens; the longest phrase of the same meaning first."""
    kept = [(token, last) for token, last in tokens if token.text not in _FUNCTION_WORDS]
    keys = [root(token.text) for token, _ in kept]
    phrases = _phrases()
    longest = max(map(len, phrases))
    at = 0
    while at < len(kept):
        token, last = kept[at]
        for length in range(min(longest, len(kept) - at), 0, -1):
            key = phrases.get(tuple(keys[at : at + length]))
            if key is not None:
                special = length > 1 or token.special
                yield Term(key, _weight(key, key, special), token.place, kept[at + length - 1][1])
                at += length
                break
        else:
            number = token.text.isdigit() or _ORDINAL.fullmatch(token.text) is not None
            weight = _NUMBER if number else _weight(token.text, keys[at], token.special)
            yield Term(keys[at], weight, token.place, last, number)
            at += 1


def _weight(text: str, key: str, special: bool) -> float:
    if key in _ANY_PROGRAMME or is_common(text) or is_common(key):
        return _LIGHT
    return _SPECIAL if special else _PLAIN


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    """The key of each phrase that means the same as another, by the roots of its words."""
    entries = tomllib.loads(SAME_MEANING.read_text(encoding="utf-8"))["same"]
    found = {}
    for entry in entries:
        key = root(entry["words"][0])
        for phrase in entry["words"]:
            words = [word for word in phrase.split() if word not in _FUNCTION_WORDS]
            found[tuple(root(word) for word in words)] = key
    return found
