"""The timeline of a report: pace over its guide, the sound with pauses, fillers, on one axis of time.

Places along the recording are seconds; heights in the lane of pace are fractions from its foot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.formatting import (
    clock,
    duration,
    fine_duration,
    number,
    number_of,
)
from analysis.report import Filler, FillerSource, Guide, PaceWindow, Pause, Report, Span
from analysis.view.marks import (
    LegendEntry,
    Shape,
    filler_kind,
    filler_shape,
    filler_source,
    filler_text,
    guide_text,
    legend_of,
    pace_text,
    pace_value,
    pause_place,
    pause_shape,
    pause_text,
    shown_fillers,
)

Lane = Literal["pace", "pauses", "fillers", "remarks"]
"""Remarks are no part of a report: `analysis.view.remarks` makes their marks."""

_TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200)
"""Seconds from one tick to the next."""
_MOST_TICKS = 8
_PACE_MARGIN = 15.0
"""Words a minute above and below what is drawn, so that the line does not touch the lane's edge."""


@dataclass(frozen=True)
class TimelineMark:
    """Something on the timeline.

    Attributes:
        key: unique in the timeline: lane and number.
        lane: that it is drawn in; `pauses` lie in the lane of the sound.
        shape: that stands for it.
        source: of a filler; empty for everything else.
        start, end: seconds.
        clock: `start` as text.
        text: all of it in a line.
        what, detail: the same for a table: what it is, and where it is or where it is known from.
        length: how long it lasts; empty for a remark, which is a moment.
        height: of pace, as a fraction of the lane from its foot; None for everything else.
    """

    key: str
    lane: Lane
    shape: Shape
    source: FillerSource | Literal[""]
    start: float
    end: float
    clock: str
    text: str
    what: str
    detail: str
    length: str
    height: float | None = None

    @property
    def middle(self) -> float:
        """Seconds; where its shape is drawn."""
        return (self.start + self.end) / 2


@dataclass(frozen=True)
class PaceGuide:
    """The band of the pace that is usual.

    Attributes:
        bottom, top: fractions of the lane from its foot; 0 and 1 where there is no such bound.
        low_text, high_text: words a minute; empty where there is no such bound.
    """

    bottom: float
    top: float
    low_text: str
    high_text: str


@dataclass(frozen=True)
class Tick:
    """A time on the axis, in seconds and as text."""

    at: float
    text: str


@dataclass(frozen=True)
class TimelineView:
    """What is drawn.

    Attributes:
        duration: seconds that the axis is long.
        summary: all of it in a sentence.
        pace_label, sound_label, fillers_label: names of the lanes.
        pace_guide: None where no pace is drawn, or nothing is usual.
        pace_guide_text: `guide 100 to 165 words a minute`; empty without one.
        marks: pace, then pauses, then fillers, each in order of time.
        outside: stretches before and after the answer.
        ticks: of an axis of usual width.
        legend: the shapes that are there.
    """

    duration: float
    summary: str
    pace_label: str
    sound_label: str
    fillers_label: str
    pace_guide: PaceGuide | None
    pace_guide_text: str
    marks: tuple[TimelineMark, ...]
    outside: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    legend: tuple[LegendEntry, ...]

    def of(self, lane: Lane) -> tuple[TimelineMark, ...]:
        """The marks of one lane."""
        return tuple(mark for mark in self.marks if mark.lane == lane)


def timeline_view(report: Report) -> TimelineView:
    """The timeline of a report."""
    fillers = shown_fillers(report)
    rate = report.measures.get("speaking_rate")
    guide = rate.guide if rate is not None and report.pace else None
    lowest, highest = _pace_range(report.pace, guide)
    usual = guide_text(guide, "words/min")

    def height(words_per_minute: float) -> float:
        return round((words_per_minute - lowest) / (highest - lowest), 4)

    length = max(report.recording.duration, 0.1)
    return TimelineView(
        duration=report.recording.duration,
        summary=_summary(report, fillers),
        pace_label="Pace: not shown" if "pace" in report.hidden else "Pace, words a minute",
        sound_label="Sound and pauses" if report.pauses else "Sound",
        fillers_label="Fillers: not shown" if "fillers" in report.hidden else "Fillers",
        pace_guide=None
        if guide is None or not usual
        else PaceGuide(
            bottom=0.0 if guide.low is None else height(guide.low),
            top=1.0 if guide.high is None else height(guide.high),
            low_text="" if guide.low is None else number(guide.low),
            high_text="" if guide.high is None else number(guide.high),
        ),
        pace_guide_text=f"guide {usual} words a minute" if usual else "",
        marks=(
            *(
                _pace_mark(place, each, height(each.words_per_minute))
                for place, each in enumerate(report.pace)
            ),
            *(_pause_mark(place, pause) for place, pause in enumerate(report.pauses)),
            *(_filler_mark(place, filler) for place, filler in enumerate(fillers)),
        ),
        outside=_outside(report, length),
        ticks=_ticks(length),
        legend=legend_of(report.pauses, fillers),
    )


def _pace_mark(place: int, window: PaceWindow, height: float) -> TimelineMark:
    what = pace_value(window)
    length = fine_duration(window.end - window.start)
    return TimelineMark(
        f"pace-{place}",
        "pace",
        "point",
        "",
        window.start,
        window.end,
        clock(window.start),
        pace_text(window),
        what,
        "",
        length,
        height,
    )


def _pause_mark(place: int, pause: Pause) -> TimelineMark:
    return TimelineMark(
        f"pauses-{place}",
        "pauses",
        pause_shape(pause),
        "",
        pause.start,
        pause.end,
        clock(pause.start),
        pause_text(pause),
        "Pause",
        pause_place(pause),
        fine_duration(pause.end - pause.start),
    )


def _filler_mark(place: int, filler: Filler) -> TimelineMark:
    return TimelineMark(
        f"fillers-{place}",
        "fillers",
        filler_shape(filler),
        filler.source,
        filler.start,
        filler.end,
        clock(filler.start),
        filler_text(filler),
        filler_kind(filler),
        filler_source(filler),
        fine_duration(filler.end - filler.start),
    )


def _pace_range(pace: Sequence[PaceWindow], guide: Guide | None) -> tuple[float, float]:
    """Words a minute at the foot and at the top of the lane."""
    rates = [window.words_per_minute for window in pace]
    if guide is not None:
        rates += [end for end in (guide.low, guide.high) if end is not None]
    if not rates:
        return 0.0, 1.0
    return max(0.0, min(rates) - _PACE_MARGIN), max(rates) + _PACE_MARGIN


def _outside(report: Report, length: float) -> tuple[Span, ...]:
    span = report.spoken_span
    if span is None:
        return ()
    return tuple(
        Span(start, end) for start, end in ((0.0, span.start), (span.end, length)) if end - start > 0
    )


def _ticks(length: float) -> tuple[Tick, ...]:
    step = next((step for step in _TICK_STEPS if length / step <= _MOST_TICKS), _TICK_STEPS[-1])
    return tuple(Tick(float(at), clock(at)) for at in range(0, int(length) + 1, step))


def _summary(report: Report, fillers: Sequence[Filler]) -> str:
    within = sum(pause.place == "within" for pause in report.pauses)
    parts = []
    if "pauses" not in report.hidden:
        some_within = f", {within} of them within a clause" if within else ""
        parts.append(_counted(len(report.pauses), "pause") + some_within)
    for kind, name in (("filled_pause", "filled pause"), ("discourse_marker", "discourse marker")):
        of_kind = [filler for filler in fillers if filler.kind == kind]
        unsure = sum(filler.state == "unsure" for filler in of_kind)
        if of_kind:
            parts.append(_counted(len(of_kind), name) + (f", {unsure} of them unsure" if unsure else ""))
    if report.pace:
        rates = [window.words_per_minute for window in report.pace]
        parts.append(f"Pace between {number(min(rates))} and {number(max(rates))} words a minute")
    found = f": {'. '.join(parts)}" if parts else ""
    return f"Timeline of {duration(report.recording.duration)}{found}."


def _counted(count: int, what: str) -> str:
    return number_of(count, what) if count else f"no {what}s"
