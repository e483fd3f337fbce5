"""Clips and reports made by hand, with known scores and without recordings."""

from collections.abc import Sequence
from typing import Any

from analysis.evaluation.labelled_speech import Clip, LabelledFiller, LabelledPause
from analysis.report import (
    Filler,
    FillerKind,
    FillerState,
    Measure,
    ModelDescription,
    Pause,
    RecordingDescription,
    Report,
    Transcript,
    Word,
)

_UNITS = {
    "filled_pause_count": "count",
    "filled_pause_rate": "per min",
    "answer_length": "s",
    "spoken_words": "words",
    "speaking_rate": "words/min",
    "pause_count": "count",
}


def clip_of(**labels: Any) -> Clip:
    """A clip of one speaker with some labels."""
    usual = {
        "id": "clip",
        "audio": "clip.flac",
        "duration": 60.0,
        "kind": "spliced",
        "speaker": "so0001",
        "accent": "Mandarin L1, f, 22",
        "fillers": (),
    }
    return Clip(**(usual | labels))


def filled(start: float | None, **changes: Any) -> LabelledFiller:
    """A labelled um of 0.4 s."""
    return LabelledFiller(
        "um", "filled_pause", start, None if start is None else round(start + 0.4, 3), **changes
    )


def marker(text: str, start: float | None, **changes: Any) -> LabelledFiller:
    """A labelled discourse marker of 0.3 s."""
    return LabelledFiller(
        text, "discourse_marker", start, None if start is None else round(start + 0.3, 3), **changes
    )


def silence(start: float, duration: float, *, exact: bool = True) -> LabelledPause:
    """A labelled silence."""
    return LabelledPause(start, round(start + duration, 4), exact)


def found(
    start: float,
    *,
    text: str = "um",
    kind: FillerKind = "filled_pause",
    state: FillerState = "filler",
    length: float = 0.4,
) -> Filler:
    """A reported filler."""
    return Filler(text, start, round(start + length, 3), kind, "transcribed", state, 0.9)


def pause(start: float, duration: float) -> Pause:
    """A reported pause."""
    return Pause(start, round(start + duration, 4), "within")


def report_of(
    *,
    fillers: Sequence[Filler] = (),
    pauses: Sequence[Pause] = (),
    text: str = "",
    **measures: Measure,
) -> Report:
    """A report with these events; measures that are not given have no value."""
    words = tuple(Word(word, float(i), i + 0.3, 0.9) for i, word in enumerate(text.split()))
    withheld = {
        n: Measure(None, unit, None, None, "not_measurable", "no_speech") for n, unit in _UNITS.items()
    }
    return Report(
        schema=1,
        analysis_version="1.0.0",
        model=ModelDescription("base", "d01c", {}),
        recording=RecordingDescription(60.0, 60.0, "flac", 16_000, 1),
        notices=(),
        headline="",
        spoken_span=None,
        transcript=Transcript("en", words, ()),
        fillers=tuple(fillers),
        pauses=tuple(pauses),
        pace=(),
        measures=withheld | measures,
        observations=(),
    )


def measured(
    name: str, value: float, low: float | None = None, high: float | None = None, **changes: Any
) -> dict[str, Measure]:
    """One measure, to be passed to `report_of`."""
    return {name: Measure(value, _UNITS[name], low, high, changes.get("state", "measured"))}
