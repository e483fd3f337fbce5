"""The answer's length on a bar from 0 to more than 5 minutes, with the aim."""

from dataclasses import dataclass

from analysis.formatting import duration
from analysis.report import Measure
from analysis.view.marks import guide_text

_MINUTE = 60.0
_BAR = 6 * _MINUTE
"""Seconds that the bar shows; longer answers are drawn at `_LAST`."""
_LAST = 5.85 * _MINUTE
_PARTS = ((0, 1, "0–1"), (1, 2, "1–2"), (2, 3, "2–3"), (3, 5, "3–5"), (5, 6, "5+ min"))
"""Minutes from and to, and the label."""


@dataclass(frozen=True)
class LengthPart:
    """One stretch of minutes: where it begins and ends, in fractions of the bar, and its label."""

    start: float
    end: float
    label: str


@dataclass(frozen=True)
class LengthAim:
    """The aim on the bar: where it begins and ends, in fractions of the bar, and what it is."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class LengthBar:
    """What is drawn.

    Attributes:
        at: this answer, as a fraction of the bar.
        text: its length.
        parts: stretches of minutes, from left to right.
        aim: None without one.
        summary: all of it in a sentence.
    """

    at: float
    text: str
    parts: tuple[LengthPart, ...]
    aim: LengthAim | None
    summary: str


def length_bar(length: Measure | None) -> LengthBar | None:
    """The bar of the measure `answer_length`; None where there is no length."""
    if length is None or length.value is None:
        return None
    text = duration(length.value)
    aim = _aim(length)
    return LengthBar(
        at=_fraction(min(length.value, _LAST)),
        text=text,
        parts=tuple(
            LengthPart(_fraction(low * _MINUTE), _fraction(high * _MINUTE), label)
            for low, high, label in _PARTS
        ),
        aim=aim,
        summary=f"Length: {text}, on a bar from 0 to more than 5 minutes"
        + (f"; the aim is {guide_text(length.guide, length.unit)}." if aim else "."),
    )


def _aim(length: Measure) -> LengthAim | None:
    text = guide_text(length.guide, length.unit)
    if length.guide is None or not text:
        return None
    end = 1.0 if length.guide.high is None else _fraction(length.guide.high)
    return LengthAim(_fraction(length.guide.low or 0.0), end, f"aim: {text}")


def _fraction(seconds: float) -> float:
    return round(min(max(seconds, 0.0), _BAR) / _BAR, 4)
