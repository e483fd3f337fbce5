"""The cases of verdict_cases.toml: made-up figures, and the verdict that a speech coach would give."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("verdict_cases.toml")
FIGURES = ("length", "pace", "pauses", "fillers")


@dataclass(frozen=True)
class VerdictCase:
    """One made-up report and its verdict.

    Attributes:
        name: unique.
        figures: value, low and high by figure; those that are not measurable are missing.
        less_sure: figures of state `low_confidence`.
        aim: lower and upper bound of the length, seconds; 0 is none.
        long_pauses: how many there are, and how many of them within a clause.
        pause_seconds: how long each of them is.
        says: when something is said, seconds, and what; None for nothing of note.
        neutral: the person wants no verdict on fluency.
        standings: by figure: `inside`, `near high`, `outside low`, `unknown`, or `-` for none.
        headline: word for word.
        keep, attempt: the figure that each is about; empty for none.
        drill: its name; empty for none.
        why: the coach's reason.
    """

    name: str
    figures: dict[str, tuple[float, float, float]]
    less_sure: frozenset[str]
    aim: tuple[float, float]
    long_pauses: tuple[int, int]
    pause_seconds: float
    says: tuple[float, str] | None
    neutral: bool
    standings: dict[str, str]
    headline: str
    keep: str
    attempt: str
    drill: str
    why: str


def _case(entry: dict[str, Any]) -> VerdictCase:
    pauses = entry.get("long_pauses", {"all": 0, "within": 0})
    says = entry.get("says")
    low, high = entry.get("aim", (60.0, 120.0))
    return VerdictCase(
        name=entry["name"],
        figures={name: tuple(entry[name]) for name in FIGURES if name in entry},
        less_sure=frozenset(entry.get("less_sure", ())),
        aim=(float(low), float(high)),
        long_pauses=(pauses["all"], pauses["within"]),
        pause_seconds=entry.get("pause_seconds", 1.2),
        says=None if says is None else (says["at"], says["text"]),
        neutral=entry.get("neutral", False),
        standings=dict(zip(FIGURES, entry["standings"], strict=True)),
        headline=entry["headline"],
        keep=entry["keep"],
        attempt=entry["try"],
        drill=entry["drill"],
        why=entry["why"],
    )


CASES = tuple(_case(entry) for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["case"])
