"""A report as a page of the terminal: what matters first, then the figures, then the words."""

from collections.abc import Iterator

from rich.box import Box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.command_line.length_bar import length_bar
from analysis.command_line.marked_transcript import marked_transcript
from analysis.command_line.terminal import MAXIMUM_WIDTH, printable
from analysis.command_line.wording import (
    clock,
    duration,
    interval,
    moments,
    reason,
    state,
    usual,
    value_with_interval,
)
from analysis.definitions import DEFINITIONS
from analysis.vocabulary import Measure, Notice, Observation, Report

_INDENT = 2
_LABEL_WIDTH = 26
"""Columns; longer labels take two lines, so that figures do not have to."""
_WIDE = 100
"""Columns from which the state of a figure gets a column of its own."""
_RULE_UNDER_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n", ascii=True)
"""One thin rule; `ascii` keeps rich from drawing a full grid where our own marks turn it into hyphens."""
_OBSERVATION_NAMES = {"keep": "Keep", "try": "Try", "note": "Note"}


def print_report(report: Report, console: Console, *, title: str) -> None:
    """Writes the whole page.

    Args:
        report: what is shown.
        console: decides on width, colour and encoding.
        title: the recording's name.
    """
    width = min(console.width, MAXIMUM_WIDTH) - 2 * _INDENT
    with console.capture() as page:
        for section in _sections(report, title, width):
            console.print(Padding(section, (0, 0, 1, _INDENT), expand=False), width=width + _INDENT)
    # rich fills its columns with spaces, which nobody wants in a file
    lines = (line if console.is_terminal else line.rstrip() for line in page.get().splitlines())
    console.file.write("\n".join(lines) + "\n")


def _sections(report: Report, title: str, width: int) -> Iterator[RenderableType]:
    yield Group(Text(), _what_it_was(report, title))
    for notice in report.notices:
        yield _remark("!", _notice_text(notice))
    yield Text(printable(report.headline), style="headline")
    length = report.measures.get("answer_length")
    if length is not None and length.value is not None:
        yield length_bar(length.value, length.guide, width)
    if report.observations:
        yield _observations(report.observations)
    yield _measures(report.measures, width)
    if report.transcript.words or report.fillers:
        yield Group(Text("What you said", style="heading"), Text(), marked_transcript(report, width))
    yield Text(
        f"Recogniser {printable(report.model.name)}, analysis {report.analysis_version}.", style="quiet"
    )


def _what_it_was(report: Report, title: str) -> Text:
    recording = report.recording
    channels = {1: "mono", 2: "stereo"}.get(recording.channels, f"{recording.channels} channels")
    parts = [
        printable(title),
        duration(recording.duration),
        f"{printable(recording.codec)}, {recording.sample_rate / 1000:g} kHz, {channels}",
    ]
    if report.spoken_span is not None and report.spoken_span.source == "person":
        span = report.spoken_span
        parts.append(f"answer marked from {clock(span.start)} to {clock(span.end)}")
    return Text(" · ".join(parts), style="quiet")


def _remark(mark: str, text: Text, *, style: str = "bold") -> Table:
    """A hanging mark with its text."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style=style)
    grid.add_column()
    grid.add_row(mark, text)
    return grid


def _notice_text(notice: Notice) -> Text:
    text = Text(printable(notice.text))
    if notice.start is not None and notice.end is not None:
        text.append(f" ({clock(notice.start)} to {clock(notice.end)})", style="quiet")
    return text


def _observations(observations: tuple[Observation, ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="heading")
    grid.add_column()
    for observation in observations:
        text = Text(printable(observation.text))
        where = moments(observation.moments)
        if where:
            text.append(f" (listen at {where})", style="quiet")
        grid.add_row(_OBSERVATION_NAMES[observation.kind], text)
    return grid


def _in_order(measures: dict[str, Measure]) -> Iterator[tuple[str, Measure]]:
    """Label and measure, defined ones first and in their order."""
    for name, definition in DEFINITIONS.items():
        if name in measures:
            yield definition.label, measures[name]
    for name, measure in measures.items():
        if name not in DEFINITIONS:
            yield name.replace("_", " ").capitalize(), measure


class _Footnotes:
    """Sources, numbered as they are first named."""

    def __init__(self) -> None:
        self._sources: list[str] = []

    def mark(self, source: str) -> str:
        """The number that stands for a source."""
        if source not in self._sources:
            self._sources.append(source)
        return f"[{self._sources.index(source) + 1}]"

    def lines(self) -> Iterator[RenderableType]:
        """Each number with its source."""
        for source in self._sources:
            yield _remark(self.mark(source), Text(printable(source), style="quiet"), style="quiet")


def _measures(measures: dict[str, Measure], width: int) -> RenderableType:
    """Figures as rows, what cannot be measured by its reason, and the sources of what is usual."""
    footnotes = _Footnotes()
    rows = [(label, measure) for label, measure in _in_order(measures) if measure.value is not None]
    parts: list[RenderableType] = []
    if rows:
        parts += [_measure_table(rows, footnotes, wide=width >= _WIDE), Text()]
        parts += [Text(note, style="quiet") for note in _notes(rows, wide=width >= _WIDE)]
        parts += footnotes.lines()
    withheld = list(_withheld(measures))
    if withheld:
        parts += [Text()] if parts else []
        parts += [Text("Cannot be measured", style="heading"), *withheld]
    return Group(*parts)


def _notes(rows: list[tuple[str, Measure]], *, wide: bool) -> Iterator[str]:
    """How to read the table."""
    if any(interval(measure) for _, measure in rows):
        yield "( ) is the 95 % interval: how far off the measuring can be, in this recording."
    if not wide:
        yield "Every figure is measured, unless the line under it says how sure it is."


def _withheld(measures: dict[str, Measure]) -> Iterator[Text]:
    """Measures without a value, one line for each reason."""
    labels: dict[str, list[str]] = {}
    for label, measure in _in_order(measures):
        if measure.value is None:
            labels.setdefault(reason(measure.reason or "not known", measure.state), []).append(label)
    for why, names in labels.items():
        yield Text(f"{printable(', '.join(names))}: {why}")


def _measure_table(rows: list[tuple[str, Measure]], footnotes: _Footnotes, *, wide: bool) -> Table:
    table = Table(
        box=_RULE_UNDER_HEAD, show_edge=False, pad_edge=False, header_style="quiet", border_style="quiet"
    )
    table.add_column("Measure", max_width=_LABEL_WIDTH)
    table.add_column("This answer")
    table.add_column("What is usual")
    if wide:
        table.add_column("How sure")
    for label, measure in rows:
        value = Text(value_with_interval(measure) or "")
        cells: list[RenderableType] = [Text(printable(label)), value, _usual(measure, footnotes)]
        if wide:
            cells.append(Text(state(measure), style="quiet"))
        elif measure.state != "measured":
            value.append("\n" + state(measure), style="quiet")
        table.add_row(*cells)
    return table


def _usual(measure: Measure, footnotes: _Footnotes) -> Text:
    if measure.guide is None:
        return Text()
    words = usual(measure.guide, measure.unit)
    return Text(f"{words} {footnotes.mark(measure.guide.source)}".strip())
