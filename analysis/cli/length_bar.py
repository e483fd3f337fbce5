"""The answer's length against the lengths that interview answers have."""

from itertools import pairwise

from rich.text import Text

from analysis.cli.wording import duration, usual
from analysis.report import Guide

_EDGES = (0.0, 60.0, 120.0, 180.0, 300.0, 600.0)
"""Seconds. Every stretch between two edges is equally wide; beyond the last the mark stays at the end."""
_NAMES = ("0–1 min", "1–2 min", "2–3 min", "3–5 min", "5+ min")


def _position(seconds: float, stretch: int) -> int:
    """Column of a length, each stretch being `stretch` columns wide."""
    for number, (low, high) in enumerate(pairwise(_EDGES)):
        if seconds < high:
            return int((number + (seconds - low) / (high - low)) * stretch)
    return stretch * len(_NAMES) - 1


def length_bar(length: float, aim: Guide | None, width: int) -> Text:
    """Three lines: the stretches' names, the bar with the aim drawn heavier, this answer's mark and words.

    Args:
        length: seconds.
        aim: seconds; None draws no aim.
        width: columns there are.
    """
    stretch = max(len(name) + 1 for name in _NAMES)
    stretch = max(stretch, width // len(_NAMES))
    columns = stretch * len(_NAMES)
    names = "".join(name.ljust(stretch) for name in _NAMES)

    bar = Text()
    first = last = -1
    if aim is not None:
        first = _position(aim.low or 0.0, stretch)
        last = columns if aim.high is None else _position(aim.high, stretch)
    for column in range(columns):
        edge = "├" if column == 0 else "▸" if column == columns - 1 else "┼" if column % stretch == 0 else ""
        if first <= column < last:
            bar.append(edge or "━", style="accent")
        else:
            bar.append(edge or "─", style="quiet")

    column = _position(length, stretch)
    words = duration(length)
    place = Text(" " * column)
    if column + 2 + len(words) <= columns:
        place.append("▲ " + words, style="bold")
    else:
        place = Text(" " * (column - len(words) - 1))
        place.append(words + " ▲", style="bold")
    lines = [Text(names.rstrip(), style="quiet"), bar, place]
    if aim is not None:
        lines.append(Text(f"━ the aim: {usual(aim, 's')}", style="quiet"))
    return Text("\n").join(lines)
