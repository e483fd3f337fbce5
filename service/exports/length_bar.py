"""The answer's length beside the lengths that interview answers have, as on the page."""

from dataclasses import dataclass

from analysis.cli.wording import duration
from analysis.report import Measure

_MINUTE = 60.0
_BAR_MINUTES = 6.0
"""Minutes that the bar shows; longer answers stand at its end."""
_LONGEST = 5.85 * _MINUTE
_PARTS = ((0, 1, "0–1"), (1, 2, "1–2"), (2, 3, "2–3"), (3, 5, "3–5"), (5, 6, "5+ min"))
_FULL = 100.0
_RIGHT_SIDE = 75.0
"""Per cent from which the words stand left of the mark."""
_LEFT_SIDE = 8.0


@dataclass(frozen=True)
class Part:
    """One stretch of minutes, in per cent of the bar."""

    left: float
    middle: float
    text: str


@dataclass(frozen=True)
class LengthBar:
    """What is drawn, in per cent of the bar's width.

    Attributes:
        at: this answer.
        words: its length.
        anchor: on which side of the mark the words begin.
        parts: stretches of minutes.
        aim: left end and width; None without one.
        aim_words: what the aim is.
        summary: all of it in a sentence.
    """

    at: float
    words: str
    anchor: str
    parts: tuple[Part, ...]
    aim: tuple[float, float] | None
    aim_words: str
    summary: str


def length_bar(length: Measure | None) -> LengthBar | None:
    """The bar of the measure `answer_length`; None where there is no length."""
    if length is None or length.value is None:
        return None
    at = _share(min(length.value, _LONGEST))
    words = duration(round(length.value))
    aim, aim_words = None, ""
    if length.guide is not None:
        low = _share(length.guide.low or 0.0)
        high = _FULL if length.guide.high is None else _share(length.guide.high)
        aim, aim_words = (low, round(high - low, 2)), _aim_words(length.guide.low, length.guide.high)
    return LengthBar(
        at=at,
        words=words,
        anchor="end" if at > _RIGHT_SIDE else "start" if at < _LEFT_SIDE else "middle",
        parts=tuple(
            Part(_share(low * _MINUTE), _share((low + high) / 2 * _MINUTE), text)
            for low, high, text in _PARTS
        ),
        aim=aim,
        aim_words=aim_words,
        summary=f"Length: {words}, on a bar from 0 to more than 5 minutes"
        + (f"; the {aim_words}." if aim_words else "."),
    )


def _share(seconds: float) -> float:
    return round(_FULL * min(seconds / _MINUTE, _BAR_MINUTES) / _BAR_MINUTES, 2)


def _aim_words(low: float | None, high: float | None) -> str:
    def minutes(seconds: float) -> str:
        return f"{round(seconds / _MINUTE, 1):g}"

    if low and high:
        return f"aim, {minutes(low)}–{minutes(high)} min"
    if high:
        return f"aim, up to {minutes(high)} min"
    return f"aim, from {minutes(low)} min" if low else ""
