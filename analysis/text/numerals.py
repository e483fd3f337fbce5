"""The spoken form of numerals, in words.

How a numeral is read is a guess where English has a choice: 1998 is a year, 2:00 two o'clock, 10-15 ten
to fifteen, 555-1234 a row of digits; no 'and' ('one hundred one').
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import inflect

_NUMERAL = re.compile(
    r"^(?P<currency>[$£€]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?"
    r"(?P<suffix>st|nd|rd|th|s|%|°c|°f|°|k|m|b|bn|mg|kg|g|ml|cm|mm|km|lbs?|am|pm|x)?$"
)
_CLOCK = re.compile(r"^(\d{1,2}):([0-5]\d)(am|pm)?$")
_RANGE = re.compile(r"^([$£€]?\d[\d,.]*)[-–](\d[\d,.]*(?:%|k|am|pm|th)?)$")
_TELEPHONE = re.compile(r"^(?:\d{3}-)?\d{3}-\d{4}$")
_FRACTION = re.compile(r"^(\d{1,2})/(\d{1,3})$")
_YEARS = range(1100, 2100)
_LONGEST_NUMBER = 15
"""Digits. A longer sequence is read digit by digit; numbers of more than 36 digits have no name."""

_DIGIT_BY_DIGIT = frozenset({"911", "411", "988"})
_CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros"}
_MULTIPLES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_UNITS = {
    "%": ["percent"],
    "°": ["degrees"],
    "°c": ["degrees", "celsius"],
    "°f": ["degrees", "fahrenheit"],
    "mg": ["milligrams"],
    "kg": ["kilograms"],
    "g": ["grams"],
    "ml": ["milliliters"],
    "cm": ["centimeters"],
    "mm": ["millimeters"],
    "km": ["kilometers"],
    "lb": ["pounds"],
    "lbs": ["pounds"],
    "am": ["a.m"],
    "pm": ["p.m"],
    "x": ["times"],
}
_FRACTIONS = {("1", "2"): ["one", "half"], ("1", "4"): ["one", "quarter"], ("3", "4"): ["three", "quarters"]}


@cache
def number_words() -> "inflect.engine":
    """The library that spells numbers. Importing it takes seconds, so it is imported when first needed."""
    import inflect

    return inflect.engine()


def spoken_numeral(text: str) -> list[str]:
    """The words of a written word that holds a digit, in lower case without punctuation around it.

    >>> spoken_numeral("$3.50"), spoken_numeral("10:05"), spoken_numeral("21st")
    (['three', 'dollars', 'fifty'], ['ten', 'oh', 'five'], ['twenty', 'first'])
    """
    text = text.strip("'")
    if clock := _CLOCK.match(text):
        return _clock(*clock.groups())
    if _TELEPHONE.match(text):
        return _digits(text.replace("-", ""))
    if bounds := _RANGE.match(text):
        return [*spoken_numeral(bounds[1]), "to", *spoken_numeral(bounds[2])]
    if (fraction := _FRACTION.match(text)) and fraction.groups() in _FRACTIONS:
        return list(_FRACTIONS[fraction[1], fraction[2]])
    forms: list[str] = []
    for part in re.split(r"[-/:–—]", text):
        if re.search(r"\d", part):
            forms.extend(_part(part))
        elif re.search(r"[^\W_]", part):
            forms.append(part)
    return forms


def _clock(hour: str, minute: str, half: str | None) -> list[str]:
    tail = _UNITS[half] if half else []
    if minute == "00":
        return [*_in_words(int(hour)), *(tail or ["o'clock"])]
    spoken = ["oh", *_in_words(int(minute))] if minute[0] == "0" else _in_words(int(minute))
    return [*_in_words(int(hour)), *spoken, *tail]


def _part(part: str) -> list[str]:
    match = _NUMERAL.match(part)
    if match is None:
        # Letters and digits together ('b12', 'covid19'): the letters as one word, the digits as a number.
        return [
            form
            for piece in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+", part)
            for form in (_part(piece) if re.fullmatch(r"\d+", piece) else [piece])
        ]
    currency, whole, decimals, suffix = match.group("currency", "whole", "decimals", "suffix")
    digits = whole.replace(",", "")
    if len(digits) > _LONGEST_NUMBER or digits in _DIGIT_BY_DIGIT or (len(digits) > 1 and digits[0] == "0"):
        forms = _digits(digits)
    elif suffix in {"st", "nd", "rd", "th"}:
        forms = _in_words(int(digits), ordinal=True)
    elif not currency and not decimals and suffix in {None, "s"} and "," not in whole:
        forms = _year_or_number(int(digits))
    else:
        forms = _in_words(int(digits))
    if suffix == "s":
        forms[-1] = number_words().plural(forms[-1])
    if currency and decimals and len(decimals) == 3 and suffix is None:
        return [*forms, _CURRENCIES[currency], *(_in_words(int(decimals[1:])) if int(decimals[1:]) else [])]
    if decimals:
        forms += ["point", *_digits(decimals[1:])]
    forms += [_MULTIPLES[suffix]] if suffix in _MULTIPLES else _UNITS.get(suffix or "", [])
    return [*forms, _CURRENCIES[currency]] if currency else forms


def _digits(digits: str) -> list[str]:
    return [_in_words(int(digit))[0] for digit in digits]


def _year_or_number(number: int) -> list[str]:
    if number not in _YEARS or number % 1000 < 10:
        return _in_words(number)
    # 'nineteen ninety-eight', 'twenty nineteen'; but 2005 is 'two thousand five'.
    first, second = divmod(number, 100)
    if second == 0:
        return [*_in_words(first), "hundred"]
    return [*_in_words(first), *(["oh"] if second < 10 else []), *_in_words(second)]


def _in_words(number: int, *, ordinal: bool = False) -> list[str]:
    spelled = str(number_words().number_to_words(str(number), andword=""))
    if ordinal:
        spelled = str(number_words().ordinal(spelled))
    return re.findall(r"[a-z]+", spelled)
