"""Numbers as digits, however they were written: 'three', '3'; 'one hundred', '100'; 'second', '2nd'.

The spelling of numbers in words (`analysis.text.numerals`) needs a library that takes seconds to load. Here
numbers are only compared, and those that somebody says about a programme are short.
"""

from collections.abc import Sequence

_SMALL_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_SMALL_WORDS.split())} | {"dozen": 12}
_TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000}
_ORDINALS = {
    word: f"{value}{ending}"
    for value, (word, ending) in enumerate(
        (
            ("first", "st"),
            ("second", "nd"),
            ("third", "rd"),
            ("fourth", "th"),
            ("fifth", "th"),
            ("sixth", "th"),
        ),
        start=1,
    )
}


def as_digits(tokens: Sequence[tuple[str, int]]) -> list[tuple[str, int, int]]:
    """Tokens with numbers in words as digits.

    Args:
        tokens: words in small letters, each with its place in the text.

    Returns:
        the token with the places of its first and last word: several words of a number are one token.

    >>> as_digits([("one", 0), ("hundred", 1), ("percent", 2), ("second", 3)])
    [('100', 0, 1), ('percent', 2, 2), ('2nd', 3, 3)]
    """
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(tokens):
        text, place = tokens[at]
        value, taken = _number_at([word for word, _ in tokens[at : at + 6]])
        if taken:
            found.append((str(value), place, tokens[at + taken - 1][1]))
            at += taken
            continue
        found.append((_ORDINALS.get(text, text), place, place))
        at += 1
    return found


def _number_at(words: Sequence[str]) -> tuple[int, int]:
    """The number that the words begin with, and how many of them it takes; 0 for none."""
    whole = part = taken = 0
    after_tens = False
    for word in words:
        if word in _TENS and not part % 100:
            part, after_tens = part + _TENS[word], True
        elif word in _SMALL and (not part % 100 or (after_tens and not part % 10 and 0 < _SMALL[word] < 10)):
            part, after_tens = part + _SMALL[word], False
        elif word in _SCALES and (taken or word == "hundred"):
            part, after_tens = max(1, part) * _SCALES[word], False
            if word == "thousand":
                whole, part = whole + part, 0
        else:
            break
        taken += 1
    return whole + part, taken
