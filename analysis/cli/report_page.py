"""The view of a report as a page of the terminal: what matters first, then the figures, then the text."""

from collections.abc import Iterator, Sequence

from rich.box import Box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.length_bar import length_bar
from analysis.cli.marked_transcript import marked_transcript
from analysis.cli.terminal import MAXIMUM_WIDTH, printable
from analysis.formatting import duration
from analysis.report import Report
from analysis.view.measures import MeasureGroupView, MeasureRow, WithheldMeasures
from analysis.view.report import NoticeView, ObservationView, RecordingErrors, ReportView, report_view

_INDENT = 2
_LABEL_WIDTH, _WIDE_LABEL_WIDTH = 22, 32
"""Columns; longer labels take two lines, so that a figure and its interval stay on one."""
_WIDE = 100
"""Columns from which the state of a figure gets a column of its own."""
RULE_UNDER_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n", ascii=True)
"""One thin rule; `ascii` keeps rich from drawing a full grid where our own marks turn it into hyphens."""


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
    view = report_view(report)
    yield Group(Text(), _what_it_was(report, view, title))
    for notice in view.notices:
        yield _remark("!", _notice_text(notice))
    yield Text(printable(view.headline), style="headline")
    if view.length_bar is not None:
        yield length_bar(view.length_bar, width)
    if view.observations:
        yield _observations(view.observations)
    yield _measures(view, width)
    if view.errors is not None:
        yield _errors(view.errors)
    if view.transcript.paragraphs:
        text = marked_transcript(view.transcript, width)
        yield Group(Text("What you said", style="heading"), Text(), text)
    yield Text(f"Recogniser {printable(view.model)}, analysis {view.analysis_version}.", style="quiet")


def _what_it_was(report: Report, view: ReportView, title: str) -> Text:
    recording = report.recording
    channels = {1: "mono", 2: "stereo"}.get(recording.channels, f"{recording.channels} channels")
    facts = [
        printable(title),
        f"{duration(recording.duration)} recorded",
        f"{printable(recording.codec)}, {recording.sample_rate / 1000:g} kHz, {channels}",
    ]
    lines = [Text(" · ".join(facts), style="quiet")]
    if view.span is not None and view.span.source == "person":
        lines.append(Text(view.span.text, style="quiet"))
    return Text("\n").join(lines)


def _remark(mark: str, text: Text, *, style: str = "bold") -> Table:
    """A hanging mark with its text."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style=style)
    grid.add_column()
    grid.add_row(Text(mark), text)  # a plain string would be read as markup, and [a] is a tag
    return grid


def _notice_text(notice: NoticeView) -> Text:
    text = Text(printable(notice.text))
    if notice.when:
        text.append(f" ({notice.when})", style="quiet")
    return text


def _observations(observations: Sequence[ObservationView]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="heading")
    grid.add_column()
    for observation in observations:
        text = Text(printable(observation.text))
        if observation.listen:
            text.append(f" {observation.listen}", style="quiet")
        grid.add_row(observation.title, text)
    return grid


def _errors(errors: RecordingErrors) -> RenderableType:
    """A row for each measure that others are made from."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(style="quiet")
    for label, recordings, text in errors.rows:
        grid.add_row(Text(label), Text(f"{recordings}: {text}"))
    note = Text(f"{printable(errors.note)} All figures are in ACCURACY.md.", style="quiet")
    return Group(Text("How far off these can be", style="heading"), grid, note)


class _Footnotes:
    """Texts, marked in the order in which they are first needed."""

    def __init__(self, marks: str) -> None:
        self._marks = marks
        self._texts: list[str] = []

    def mark(self, text: str) -> str:
        """What stands for a text: `[1]`; past the last mark the text itself, in brackets."""
        if text not in self._texts:
            self._texts.append(text)
        number = self._texts.index(text)
        return f"[{self._marks[number] if number < len(self._marks) else printable(text)}]"

    def lines(self) -> Iterator[RenderableType]:
        """Each mark with its text."""
        for text in self._texts[: len(self._marks)]:
            yield _remark(self.mark(text), Text(printable(text), style="quiet"), style="quiet")


def _measures(view: ReportView, width: int) -> RenderableType:
    """Figures as rows with their footnotes, and what cannot be measured by its reason."""
    reasons, sources = _Footnotes("abcdefghij"), _Footnotes("123456789")
    wide = width >= _WIDE
    blocks: list[RenderableType] = []
    if any(row.value for group in view.groups for row in group.rows):
        blocks += [_measure_table(view.groups, reasons, sources, wide=wide), Text()]
        blocks += [Text(note, style="quiet") for note in _notes(view, wide=wide)]
        blocks += [*reasons.lines(), *sources.lines()]
    if view.withheld:
        blocks += [Text()] if blocks else []
        blocks += [Text("Not measurable", style="heading"), *map(_withheld, view.withheld)]
    return Group(*blocks)


def _notes(view: ReportView, *, wide: bool) -> Iterator[str]:
    """How to read the table."""
    if view.interval_note:
        yield view.interval_note
    if not wide:
        yield "Every figure is measured, unless the line under it says how sure it is."


def _withheld(withheld: WithheldMeasures) -> Text:
    return Text(f"{printable(withheld.labels)}: {printable(withheld.reason)}")


def quiet_table() -> Table:
    """An empty table with one rule, under its head."""
    return Table(
        box=RULE_UNDER_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="quiet",
        border_style="quiet",
    )


def _measure_table(
    groups: Sequence[MeasureGroupView], reasons: _Footnotes, sources: _Footnotes, *, wide: bool
) -> Table:
    table = quiet_table()
    table.add_column("Measure", max_width=_WIDE_LABEL_WIDTH if wide else _LABEL_WIDTH)
    table.add_column("This answer")
    table.add_column("What is usual")
    if wide:
        table.add_column("How sure")
    for group in groups:
        rows = [row for row in group.rows if row.value]
        if rows:
            table.add_row(Text(group.title, style="heading"))
        for row in rows:
            ends = f" ({row.interval})" if row.interval else ""
            value = Text(f"{row.value}{ends}")
            usual = Text(f"{row.guide} {sources.mark(row.source)}") if row.guide else Text()
            cells: list[RenderableType] = [Text(printable(row.label)), value, usual]
            if wide:
                cells.append(Text(_sureness(row, reasons), style="quiet"))
            elif row.state != "measured":
                value.append("\n" + _sureness(row, reasons), style="quiet")
            table.add_row(*cells)
    return table


def _sureness(row: MeasureRow, reasons: _Footnotes) -> str:
    return f"{row.state_text} {reasons.mark(row.reason)}" if row.reason else row.state_text
