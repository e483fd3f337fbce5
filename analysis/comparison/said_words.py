"""The words of an answer that carry what was said."""

import re

from analysis.report import Report, Word
from analysis.text.words import is_filled_pause, is_fragment

_SPEAKABLE = re.compile(r"[^\W_]")
"""A letter or a digit."""


def said_words(report: Report) -> tuple[Word, ...]:
    """All words but filled pauses, fragments and what is a mark alone.

    `analysis.text.words.spoken_forms` leaves out the same, but loads `inflect` to spell numbers, which takes
    seconds.
    """
    return tuple(
        word
        for word in report.transcript.words
        if _SPEAKABLE.search(word.text) and not is_filled_pause(word.text) and not is_fragment(word.text)
    )
