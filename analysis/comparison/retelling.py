"""The second telling of an answer ('Could you repeat that?') beside the first.

Good ones are no faster, no longer, and keep the key words. Whether two figures differ is decided by the error
of the measures and by what a listener notices; it says nothing about how somebody usually speaks, because
both were said in the same minute.
"""

from dataclasses import dataclass
from math import hypot
from typing import Literal

from analysis.comparison.key_words import KeyWords, compare_key_words
from analysis.comparison.sentences import retelling_sentences
from analysis.report import Measure, Report, State

Direction = Literal["less", "same", "more"]

NOTICEABLE = 0.05
"""Share by which two tempos differ before a listener notices (Quené 2007, doi:10.1016/j.wocn.2006.09.001)."""


@dataclass(frozen=True)
class ComparedTelling:
    """One measure of both tellings.

    Attributes:
        first, second: the measures of the two reports.
        direction: whether the second is `less` or `more` than the first, or about the `same`; None where that
            cannot be told.
        state: the less reliable of the two.
        reason: stable code why the state is not `measured`; None otherwise.
    """

    first: Measure
    second: Measure
    direction: Direction | None
    state: State
    reason: str | None = None


@dataclass(frozen=True)
class Retelling:
    """The second telling beside the first.

    Attributes:
        length: seconds of both (`answer_length`).
        pace: words a minute of both (`speaking_rate`).
        key_words: which of the first telling's were kept.
        sentences: what there is to say about it, the most important first.
    """

    length: ComparedTelling
    pace: ComparedTelling
    key_words: KeyWords
    sentences: tuple[str, ...]


def retelling(first: Report, second: Report, *, verdicts: bool = True) -> Retelling:
    """Compares the second telling of an answer with the first.

    Args:
        first, second: the reports of both.
        verdicts: False if the person wants no verdicts on fluency: no sentence then judges the pace.
    """
    length = _compared(first.measures["answer_length"], second.measures["answer_length"])
    pace = _compared(first.measures["speaking_rate"], second.measures["speaking_rate"])
    words = compare_key_words(first, second)
    sentences = retelling_sentences(
        length=(length.first, length.second, length.direction),
        pace=(pace.first, pace.second, pace.direction),
        kept=words.kept,
        left_out=words.left_out,
        verdicts=verdicts,
        sure=all(part.state != "low_confidence" for part in (length, pace, words)),
    )
    return Retelling(length, pace, words, sentences)


def _compared(first: Measure, second: Measure) -> ComparedTelling:
    for measure in (first, second):
        if measure.value is None:
            return ComparedTelling(first, second, None, "not_measurable", measure.reason)
    unsure = next((measure for measure in (first, second) if measure.state != "measured"), None)
    direction = _direction(first, second)
    if unsure is None:
        return ComparedTelling(first, second, direction, "measured")
    return ComparedTelling(first, second, direction, "low_confidence", unsure.reason)


def _direction(first: Measure, second: Measure) -> Direction:
    """Which way two values differ by more than their errors and than a listener would notice."""
    one, other = first.value or 0.0, second.value or 0.0
    rises = other > one
    error = hypot(_above(first), _below(second)) if rises else hypot(_below(first), _above(second))
    if abs(other - one) <= max(error, NOTICEABLE * one):
        return "same"
    return "more" if rises else "less"


def _above(measure: Measure) -> float:
    return (measure.high if measure.high is not None else measure.value or 0.0) - (measure.value or 0.0)


def _below(measure: Measure) -> float:
    return (measure.value or 0.0) - (measure.low if measure.low is not None else measure.value or 0.0)
