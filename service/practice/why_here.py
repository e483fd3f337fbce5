"""Whether a question asks why somebody chose this school or programme.

An answer to it should name specifics of the place.
"""

import re

from service.practice.questions import bank

_PLACE = r"(?:programmes?|programs?|residency|school|university|college|hospital|department|institution)"
_WHY_HERE = re.compile(
    rf"\bwhy\b[^.?!]*\b(?:our|this|your|the)\b[^.?!]{{0,40}}\b{_PLACE}\b|\bwhy\b[^.?!]*\b(?:us|here)\b\s*\?",
    re.IGNORECASE,
)
_OTHER_PARTS = ("follow_up", "apology", "closing")


def asks_why_here(text: str | None) -> bool:
    """Whether a question in a person's own words is one such as 'Why our programme?'.

    >>> asks_why_here("Why did you apply to our surgery program?"), asks_why_here("Why medicine?")
    (True, False)
    """
    return text is not None and _WHY_HERE.search(text) is not None


def asks_for_specifics(question_id: str | None, text: str | None, part: str | None = None) -> bool:
    """Whether an answer to this question should name specifics. Those of the bank say so themselves.

    Args:
        question_id: of the question; None for one in a person's own words.
        text: of the question.
        part: of the answer in a mock interview; None outside of one.
    """
    if part in _OTHER_PARTS:
        return False
    known = None if question_id is None else bank().find(question_id)
    return asks_why_here(text) if known is None else known.asks_for_specifics
