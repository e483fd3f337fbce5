"""Which of the recogniser's words count as spoken words, and as how many.

Filled pauses (um, uh) are not words; mm-hmm and uh-huh are. Numerals count as the words they are spoken
as: '2,500' is four words, '90%' two. A contraction, a hyphenated word and an initialism ('ICU') count
as one each. A fragment that was cut off ('resid-') does not count.
"""

import re
from functools import lru_cache

from analysis.report import Word
from analysis.text.numerals import spoken_numeral

FILLED_PAUSES = frozenset(
    {"um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "hm", "hmm", "hmmm", "mm", "mmm", "ah", "ahh", "eh"}
)
"""Spellings of hesitation sounds that Whisper writes; as whole words only."""

_SPEAKABLE = re.compile(r"[^\W_]")
"""A letter or a digit."""
_SPELLED_OUT = frozenset({"COPD", "UCLA"})
_PRONOUNCEABLE = re.compile(r"(?=.{4,})(?!.*[^AEIOUY]{3})[A-Z]*[AEIOUY][A-Z]*")
"""Four or more capitals that may be read as a word: NICU, HIPAA; but not USMLE."""
_DOUBLE_WORDS = frozenset(
    {"so", "bye", "no", "ha", "mm", "yo", "boo", "tut", "hush", "chop", "knock", "night"}
)
"""Hyphenated words with two equal parts ('so-so'); any other is a repeated word ('I-I')."""
_LONGEST_INITIALISM = 6
_ABBREVIATIONS = {
    "dr": "doctor",
    "mr": "mister",
    "mrs": "missus",
    "vs": "versus",
    "etc": "etcetera",
    "phd": "p.h.d",
    "ph.d": "p.h.d",
}
_EMERGENCY_ROOM = "ER"


def bare(text: str) -> str:
    """A word in lower case without surrounding punctuation; apostrophes and hyphens inside it stay."""
    return text.lower().replace("’", "'").strip(' \t\n.,;:!?…"“”()[]{}¿¡—–*♪')


def is_filled_pause(text: str, language: str = "en") -> bool:
    """Whether a word is a hesitation sound; 'ER' in capitals is the emergency room.

    Only those of English are known: 'um' and 'er' are words of German.

    Args:
        text: as the recogniser wrote it.
        language: ISO 639-1 code.
    """
    if language != "en" or text.strip(' .,;:!?…"“”()') == _EMERGENCY_ROOM:
        return False
    return bare(text).strip("'-") in FILLED_PAUSES


def is_fragment(text: str) -> bool:
    """Whether a word was cut off: the recogniser writes a hyphen at its end."""
    stripped = text.strip(' .,;:!?…"“”')
    return len(stripped) > 1 and stripped.endswith(("-", "—", "–"))


def spoken_forms(text: str, language: str = "en") -> list[str]:
    """The words that one written word is spoken as; none for a filled pause or a fragment.

    Initials that are spoken one by one get dots between them, so that their syllables can be counted. In
    other languages than English a word counts as it is written, numerals too.

    >>> spoken_forms("2,500"), spoken_forms("90%"), spoken_forms("well-known"), spoken_forms("Um,")
    (['two', 'thousand', 'five', 'hundred'], ['ninety', 'percent'], ['well-known'], [])
    """
    if is_filled_pause(text, language) or is_fragment(text):
        return []
    word = bare(text).strip("-")
    if language != "en":
        return [word] if _SPEAKABLE.search(word) else []
    parts = word.split("-")
    if len(parts) > 1 and len(set(parts)) == 1 and parts[0].isalpha() and parts[0] not in _DOUBLE_WORDS:
        return parts
    written = text.strip(' .,;:!?…"“”()')
    if _is_initialism(written):
        return [".".join(written.lower())]
    return list(_spoken_forms(word))


def spoken_word_count(words: list[Word] | tuple[Word, ...]) -> int:
    """Number of spoken words in the recogniser's words."""
    return sum(len(spoken_forms(word.text, word.language)) for word in words)


@lru_cache(maxsize=4096)
def _spoken_forms(word: str) -> tuple[str, ...]:
    if not _SPEAKABLE.search(word):
        return ()
    if not re.search(r"\d", word):
        return (_ABBREVIATIONS.get(word, word),)
    return tuple(spoken_numeral(word))


def _is_initialism(text: str) -> bool:
    """Whether capitals are spoken one by one ('ICU', 'MD'), not read as a word ('NICU')."""
    if not (2 <= len(text) <= _LONGEST_INITIALISM and text.isascii() and text.isalpha() and text.isupper()):
        return False
    return text in _SPELLED_OUT or not _PRONOUNCEABLE.fullmatch(text)
