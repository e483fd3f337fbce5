"""Which of the recogniser's words count as spoken words, and as how many.

Filled pauses (um, uh) are no words; mm-hmm and uh-huh are. Numerals count as the words they are spoken
as: '2,500' is four words, '90%' two. A fragment that was cut off ('resid-') is none.
"""

import re
from functools import lru_cache

import inflect

from analysis.vocabulary import Word

FILLED_PAUSES = frozenset(
    {"um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "hm", "hmm", "hmmm", "mm", "mmm", "ah", "ahh", "eh"}
)
"""Spellings of hesitation sounds that Whisper writes; as whole words only."""

_NUMERAL = re.compile(r"^([$£€]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(st|nd|rd|th|s|%)?$")
_SPEAKABLE = re.compile(r"[^\W_]")
"""A letter or a digit."""
_YEARS = range(1100, 2100)
_LONGEST_NUMBER = 15
"""Digits. A longer row is read out digit by digit, and beyond 36 no number has a name."""
_inflect = inflect.engine()


def bare(text: str) -> str:
    """A word in lower case without the punctuation around it; apostrophes and hyphens inside stay."""
    return text.lower().replace("’", "'").strip(' \t\n.,;:!?…"“”()[]{}¿¡—–*♪')


def is_filled_pause(text: str) -> bool:
    """Whether a word is a hesitation sound."""
    return bare(text).strip("'-") in FILLED_PAUSES


def is_fragment(text: str) -> bool:
    """Whether a word was cut off: the recogniser writes a hyphen at its end."""
    stripped = text.strip(' .,;:!?…"“”')
    return len(stripped) > 1 and stripped.endswith(("-", "—", "–"))


def spoken_forms(text: str) -> list[str]:
    """The words that one written word is spoken as; none for a filled pause or a fragment.

    >>> spoken_forms("2,500"), spoken_forms("90%"), spoken_forms("well-known"), spoken_forms("Um,")
    (['two', 'thousand', 'five', 'hundred'], ['ninety', 'percent'], ['well-known'], [])
    """
    if is_filled_pause(text) or is_fragment(text):
        return []
    return list(_spoken_forms(bare(text).strip("-")))


def spoken_word_count(words: list[Word] | tuple[Word, ...]) -> int:
    """Spoken words among the recogniser's."""
    return sum(len(spoken_forms(word.text)) for word in words)


@lru_cache(maxsize=4096)
def _spoken_forms(word: str) -> tuple[str, ...]:
    if not _SPEAKABLE.search(word):
        return ()
    if not re.search(r"\d", word):
        return (word,)
    forms: list[str] = []
    for part in re.split(r"[-/:]", word.strip("'")):
        forms.extend(
            _numeral(part) if re.search(r"\d", part) else ([part] if _SPEAKABLE.search(part) else [])
        )
    return tuple(forms)


def _numeral(part: str) -> list[str]:
    match = _NUMERAL.match(part)
    if match is None:
        # Letters and digits together ('b12', 'covid19'): the letters as one word, the digits as a number.
        return [
            form
            for piece in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+", part)
            for form in (_numeral(piece) if re.fullmatch(r"\d+", piece) else [piece])
        ]
    currency, whole, decimals, suffix = match.groups()
    digits = whole.replace(",", "")
    if len(digits) > _LONGEST_NUMBER:
        forms = [_in_words(int(digit), as_year=False)[0] for digit in digits]
    else:
        as_year = not currency and not decimals and suffix != "%" and "," not in whole
        forms = _in_words(int(digits), as_year=as_year)
    if decimals:
        forms += ["point", *(_in_words(int(digit), as_year=False)[0] for digit in decimals[1:])]
    if suffix == "%":
        forms.append("percent")
    if currency:
        forms.append("dollars" if currency == "$" else "pounds" if currency == "£" else "euros")
    return forms


def _in_words(number: int, *, as_year: bool) -> list[str]:
    if as_year and number in _YEARS and number % 1000 >= 10:
        # 'nineteen ninety-eight', 'twenty nineteen'; but 2005 is 'two thousand five'.
        first, second = divmod(number, 100)
        return _in_words(first, as_year=False) + (
            ["hundred"] if second == 0 else (["oh"] if second < 10 else []) + _in_words(second, as_year=False)
        )
    spelled = str(_inflect.number_to_words(str(number), andword=""))
    return re.findall(r"[a-z]+", spelled)
