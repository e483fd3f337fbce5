"""The cases of verdict_cases.toml: made-up figures, and the verdict that a speech coach would give."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.measures.length import LENGTH_GUIDE
from analysis.report import (
    Filler,
    Guide,
    Measure,
    ModelDescription,
    Pause,
    RecordingDescription,
    Report,
    SpokenSpan,
    State,
    Transcript,
    Word,
)
from tests.analysis.cli.example_reports import silent_report

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


_MEASURES = {
    "length": ("answer_length", "s"),
    "pace": ("speaking_rate", "words/min"),
    "pauses": ("long_pause_rate", "per min"),
    "fillers": ("filler_rate", "per min"),
}


def report_of(case: VerdictCase) -> Report:
    """A report with the figures of a case, and pauses, fillers and words spread evenly over it."""
    if "length" not in case.figures:
        return replace(silent_report(), figures=())
    seconds = case.figures["length"][0]
    measures = {measure: _measure(case, name, unit) for name, (measure, unit) in _MEASURES.items()}
    bottom, top = case.aim
    guide = LENGTH_GUIDE if case.aim == (60.0, 120.0) else Guide(bottom or None, top, "the question's aim")
    measures["answer_length"] = replace(measures["answer_length"], guide=guide)
    many, within = case.long_pauses
    pauses = tuple(
        Pause(at, at + case.pause_seconds, "within" if number < within else "boundary")
        for number, at in enumerate(_spread(many, seconds))
    )
    rate = case.figures.get("fillers", (0.0, 0.0, 0.0))[0]
    fillers = tuple(
        Filler("um", at, at + 0.3, "filled_pause", "transcribed", "filler", 1.0)
        for at in _spread(round(rate * seconds / 60.0), seconds)
    )
    words = _words(case, seconds)
    return Report(
        schema=1,
        analysis_version="1",
        model=ModelDescription("made up", "0", {}),
        recording=RecordingDescription(seconds + 1.0, None, "flac", 16_000, 1),
        notices=(),
        headline="",
        spoken_span=SpokenSpan(0.0, seconds, "detected"),
        transcript=Transcript("en", words, ()),
        fillers=fillers,
        pauses=pauses,
        pace=(),
        measures=measures,
        observations=(),
    )


def _measure(case: VerdictCase, name: str, unit: str) -> Measure:
    if name not in case.figures:
        return Measure(None, unit, None, None, "not_measurable", "too_little_speech")
    state: State = "low_confidence" if name in case.less_sure else "measured"
    reason = "too_little_speech" if name in case.less_sure else None
    return Measure(case.figures[name][0], unit, *case.figures[name][1:], state, reason)


def _spread(count: int, seconds: float) -> list[float]:
    return [round((number + 0.5) * seconds / count, 2) for number in range(count)]


def _words(case: VerdictCase, seconds: float) -> tuple[Word, ...]:
    count = round(case.figures.get("pace", (120.0, 0.0, 0.0))[0] * seconds / 60.0)
    words = [Word("word", at, at + 0.1, 0.9) for at in _spread(count, seconds)]
    if case.says is None:
        return tuple(words)
    start, text = case.says
    said = [
        Word(each, start + 0.2 * number, start + 0.2 * number + 0.15, 0.9)
        for number, each in enumerate(text.split())
    ]
    said[-1] = replace(said[-1], text=f"{said[-1].text}.")
    before = [word for word in words if word.end < start]
    before[-1] = replace(before[-1], text="word.")
    return (*before, *said, *(word for word in words if word.start > said[-1].end))
