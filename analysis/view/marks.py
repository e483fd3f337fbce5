"""What was found at a moment - a pause, a filler, a window of pace - as a shape and as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.formatting import clock, fine_duration, quantity, usual_range
from analysis.report import Filler, FillerKind, FillerSource, Guide, PaceWindow, Pause, PausePlace, Report

Shape = Literal["bar", "crossed-bar", "dot", "ringed-dot", "diamond", "ringed-diamond", "point", "flag"]
"""Bars: pauses, crossed within a clause. Dots: filled pauses, diamonds: discourse markers; ringed: unsure.
Flags: remarks of a person who listened."""

_PLACES: dict[PausePlace, str] = {
    "boundary": "at the end of a sentence or clause",
    "within": "within a clause",
}
_KINDS: dict[FillerKind, str] = {"filled_pause": "filled pause", "discourse_marker": "discourse marker"}
_SOURCES: dict[FillerSource, str] = {
    "transcribed": "in the text",
    "heard": "heard in the sound, not in the text",
    "person": "added by you",
}


def guide_text(guide: Guide | None, unit: str) -> str:
    """What is usual: `100 to 165`, `1–2 minutes`; empty where nothing is published."""
    return "" if guide is None else usual_range(guide.low, guide.high, unit)


def shown_fillers(report: Report) -> tuple[Filler, ...]:
    """Fillers that count or may count."""
    return tuple(filler for filler in report.fillers if filler.state != "not_filler")


def pause_shape(pause: Pause) -> Shape:
    """A stroke goes through a pause that parts a clause."""
    return "bar" if pause.place == "boundary" else "crossed-bar"


def filler_shape(filler: Filler) -> Shape:
    """Dot or diamond by its kind, ringed where it is unsure."""
    if filler.kind == "filled_pause":
        return "ringed-dot" if filler.state == "unsure" else "dot"
    return "ringed-diamond" if filler.state == "unsure" else "diamond"


def pause_place(pause: Pause) -> str:
    """`within a clause`"""
    return _PLACES[pause.place]


def pause_text(pause: Pause) -> str:
    """`Pause of 1.4 s at 0:34, at the end of a sentence or clause`"""
    return f"Pause of {fine_duration(pause.end - pause.start)} at {clock(pause.start)}, {pause_place(pause)}"


def filler_kind(filler: Filler) -> str:
    """`“um”, a filled pause`"""
    return f"“{filler.text}”, a {_KINDS[filler.kind]}"


def filler_source(filler: Filler) -> str:
    """`heard in the sound, not in the text, unsure`"""
    return ", ".join([_SOURCES[filler.source], *_unsure(filler)])


def filler_text(filler: Filler) -> str:
    """`“um” at 0:34, a filled pause, heard in the sound, not in the text, unsure`"""
    return ", ".join(
        [f"“{filler.text}” at {clock(filler.start)}", f"a {_KINDS[filler.kind]}", *_beyond_kind(filler)]
    )


def filler_note(filler: Filler) -> str:
    """What a filler is, beside its text: `filled pause, heard in the sound, not in the text`."""
    return ", ".join([_KINDS[filler.kind], *_beyond_kind(filler)])


def _beyond_kind(filler: Filler) -> list[str]:
    # That one is in the text can be seen there.
    source = [] if filler.source == "transcribed" else [_SOURCES[filler.source]]
    return [*source, *_unsure(filler)]


def _unsure(filler: Filler) -> list[str]:
    return ["unsure"] if filler.state == "unsure" else []


def pace_value(window: PaceWindow) -> str:
    """`148 words a minute`"""
    return quantity(window.words_per_minute, "words/min")


def pace_text(window: PaceWindow) -> str:
    """`148 words a minute from 0:30 to 0:45`"""
    return f"{pace_value(window)} from {clock(window.start)} to {clock(window.end)}"


@dataclass(frozen=True)
class LegendEntry:
    """What a shape means.

    Attributes:
        shape: that is explained.
        source: of fillers, where the entry explains how that is marked; empty where it explains the shape.
        text: its meaning.
        count: how many there are.
    """

    shape: Shape
    source: FillerSource | Literal[""]
    text: str
    count: int


_SHAPES: tuple[tuple[Shape, str], ...] = (
    ("bar", "Pause at the end of a sentence or clause"),
    ("crossed-bar", "Pause within a clause"),
    ("dot", "Filled pause (um, uh)"),
    ("ringed-dot", "Filled pause, unsure"),
    ("diamond", "Discourse marker (like, you know)"),
    ("ringed-diamond", "Discourse marker, unsure"),
)
_MARKED_SOURCES: tuple[tuple[FillerSource, str], ...] = (
    ("heard", "With a line above: heard in the sound, not in the text"),
    ("person", "Underlined: added by you"),
)


def legend_of(pauses: Sequence[Pause], fillers: Sequence[Filler]) -> tuple[LegendEntry, ...]:
    """The shapes that are there, then the marks of where a filler is known from."""
    shapes = [*(pause_shape(pause) for pause in pauses), *(filler_shape(filler) for filler in fillers)]
    sources = [filler.source for filler in fillers]
    entries = [
        *(LegendEntry(shape, "", text, shapes.count(shape)) for shape, text in _SHAPES),
        *(LegendEntry("dot", source, text, sources.count(source)) for source, text in _MARKED_SOURCES),
    ]
    return tuple(entry for entry in entries if entry.count)
