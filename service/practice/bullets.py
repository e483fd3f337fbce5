"""What a note is that one glances at while recording: a few words, and no sentence to read out.

The rule leans towards accepting: a refused note stops somebody who is about to practise. So a sentence
without a full stop is told only by a subject and a verb in its first words, and only by verbs that are
nothing else.
"""

import re
from collections.abc import Sequence
from typing import Literal

from service.problems import Problem

MOST_WORDS = 8
"""Most words of a bullet. One line that is taken in at a glance."""

Fault = Literal["bullet_too_long", "bullet_is_sentence"]

_SENTENCE_ENDS = ".!?。！？؟।"
_ABBREVIATION = re.compile(
    r"(?:\b(?:\w\.)+|\b(?:etc|vs|approx|dept|hosp|min|no|yr|yrs|mo|jr|sr|st|dr|mr|mrs|ms|prof|ph\.?d)\.)$",
    re.IGNORECASE,
)
"""Endings such as 3 a.m., the U.S. or etc., whose full stop ends no sentence."""

_SUBJECT = re.compile(r"i|we|you|he|she|it|they|there")
_CONTRACTED = re.compile(r"(?:i|we|you|he|she|it|they|there|that)'(?:m|s|re|ve|d|ll)")
_NO_VERB = re.compile(
    r"and|or|nor|not|vs|versus|but|than|to|in|on|at|as|with|without|for|from|of|by|then|first|now|alone|only"
)
"""Words after 'I' or 'we' in a bullet such as 'We, not I' or 'I as leader'."""

_VERB = re.compile(
    r"am|(?:is|are|was|were|has|had)(?:n't)?|(?:do|does|did|could|would|should|ca|wo)n't", re.IGNORECASE
)
"""Verbs that follow a subject and are no nouns: 'can', 'will' and 'may' are, and 'have' is an infinitive."""

_RELATIVE = re.compile(r"what|who|whom|which|that|where|when|why|how")
_VERB_AMONG_FIRST = 4
"""Words within which the verb of a short sentence comes: 'The other two nurses were ...'"""


class BulletRefused(Problem):
    """At least one note is no bullet. `refused` names each: its place from 0, its code and why."""

    status, title = 422, "This is too long for a note"

    def __init__(self, refused: Sequence[tuple[int, Fault, str]]) -> None:
        super().__init__(
            refused[0][2],
            refused=[{"bullet": place, "code": code, "text": text} for place, code, text in refused],
        )


class BulletTooLong(BulletRefused):
    """A note has more than eight words."""

    code = "bullet_too_long"


class BulletIsSentence(BulletRefused):
    """A note is a whole sentence."""

    code = "bullet_is_sentence"


_KINDS: dict[Fault, type[BulletRefused]] = {
    "bullet_too_long": BulletTooLong,
    "bullet_is_sentence": BulletIsSentence,
}


def check_bullets(bullets: Sequence[str]) -> None:
    """Refuses notes that would be read out.

    Raises:
        BulletRefused: of the kind of the first note that is refused; it names all of them.
    """
    refused = [
        (place, fault, _text(fault, bullet))
        for place, bullet in enumerate(bullets)
        if (fault := fault_of(bullet)) is not None
    ]
    if refused:
        raise _KINDS[refused[0][1]](refused)


def fault_of(bullet: str) -> Fault | None:
    """Why a note is refused; None for a bullet.

    Args:
        bullet: without white space at either end.
    """
    if is_sentence(bullet):
        return "bullet_is_sentence"
    return "bullet_too_long" if _count_words(bullet) > MOST_WORDS else None


def is_sentence(text: str) -> bool:
    """Whether a note is a sentence: it ends as one, or begins with a subject and a verb."""
    bare = text.rstrip(" \"'”’)")
    if bare.endswith(tuple(_SENTENCE_ENDS)) and not bare.endswith("..") and not _ABBREVIATION.search(bare):
        return True
    words = text.replace("’", "'").split()
    return len(words) > 2 and (_begins_with_pronoun(words) or _has_subject_and_verb(words))


def _begins_with_pronoun(words: Sequence[str]) -> bool:
    """'I was alone', 'We moved here', "I've learned this". 'IT support' is none."""
    first, second = words[0], words[1].lower()
    if _CONTRACTED.fullmatch(first.lower()):
        return True
    is_pronoun = _SUBJECT.fullmatch(first.lower()) and (len(first) == 1 or not first.isupper())
    return bool(is_pronoun) and second[0].isalpha() and not _NO_VERB.fullmatch(second)


def _has_subject_and_verb(words: Sequence[str]) -> bool:
    """'The patient was angry', 'Mother is a doctor'; not 'What was hard' or 'Exam failed, was ill'."""
    for place, word in enumerate(words[:_VERB_AMONG_FIRST]):
        lower = word.lower()
        if place > 0 and _VERB.fullmatch(lower):
            return place + 1 < len(words)
        clause_follows = _RELATIVE.fullmatch(lower) or (place > 0 and _SUBJECT.fullmatch(lower))
        if clause_follows or not word[-1].isalnum():
            return False
    return False


def _count_words(text: str) -> int:
    """Words of a note; a dash, an arrow or a plus between them is none."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def _text(fault: Fault, bullet: str) -> str:
    if fault == "bullet_is_sentence":
        return (
            "This reads like a full sentence. Write only the words that remind you, without a full stop. "
            "Then you speak freely and do not read."
        )
    return (
        f"This note has {_count_words(bullet)} words. Use {MOST_WORDS} at most, so that one glance is enough."
    )
