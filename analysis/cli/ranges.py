"""Stretches of time as people type them: `5-92`, `0:05-1:32`, `60-120`."""

import re

import typer

from analysis.report import Guide, Span

_MOMENT = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):([0-5]\d(?:\.\d+)?)|(\d+(?:\.\d+)?))")


def _seconds(text: str) -> float | None:
    """`92`, `92.5`, `1:32` or `1:00:05` in seconds; None for anything else."""
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, plain = match.groups()
    if plain is not None:
        return float(plain)
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def _range(text: str, example: str) -> tuple[float, float]:
    first, hyphen, second = text.replace("–", "-").partition("-")
    low, high = _seconds(first), _seconds(second)
    if not hyphen or low is None or high is None:
        raise typer.BadParameter(f"'{text}' is not two times with a hyphen between them, such as {example}.")
    if low >= high:
        raise typer.BadParameter(f"'{text}' ends before it begins. Write the earlier time first.")
    return low, high


def parse_span(text: str) -> Span:
    """Where the answer lies.

    Raises:
        typer.BadParameter: not two times, or the second not after the first.
    """
    return Span(*_range(text, "0:05-1:32"))


def parse_target(text: str) -> Guide:
    """The length aimed for.

    Raises:
        typer.BadParameter: not two times, or the second not after the first.
    """
    low, high = _range(text, "60-120")
    return Guide(low, high, "the target that you set")
