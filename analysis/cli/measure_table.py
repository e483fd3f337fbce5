"""All figures of a view as a table of the terminal: value, what is usual, how sure, and what is missing."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.tables import columns_without_head, quiet_table, remark
from analysis.cli.terminal import printable
from analysis.view.measures import MeasureGroupView, MeasureRow, WithheldMeasures
from analysis.view.report import RecordingErrors, ReportView

_LABEL_WIDTH, _WIDE_LABEL_WIDTH = 22, 32
"""Columns; longer labels take two lines, so that a figure and its interval stay on one."""
_WIDE = 100
"""Columns from which the state of a figure gets a column of its own."""
_NARROW = 60
"""Columns under which there is no room for a table: each figure is a few lines."""


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
            yield remark(self.mark(text), Text(printable(text), style="quiet"), style="quiet")


def measure_table(view: ReportView, width: int) -> RenderableType:
    """Figures as rows with their footnotes, and what cannot be measured by its reason.

    Args:
        view: of the report.
        width: columns there are.
    """
    reasons, sources = _Footnotes("abcdefghij"), _Footnotes("123456789")
    wide = width >= _WIDE
    blocks: list[RenderableType] = []
    if any(row.value for group in view.groups for row in group.rows):
        if width < _NARROW:
            blocks += _stacked(view.groups, reasons, sources)
        else:
            blocks.append(_table(view.groups, reasons, sources, wide=wide))
        blocks += [Text(), *(Text(note, style="quiet") for note in _notes(view, wide=wide))]
        blocks += [*reasons.lines(), *sources.lines()]
    if view.withheld:
        blocks += [Text()] if blocks else []
        blocks += [Text("Not measurable", style="heading"), *map(_withheld, view.withheld)]
    return Group(*blocks)


def known_errors(errors: RecordingErrors, width: int) -> RenderableType:
    """A row for each measure that others are made from.

    Args:
        errors: of recordings like this one.
        width: columns there are.
    """
    rows: list[RenderableType] = []
    if width < _NARROW:
        for label, recordings, text in errors.rows:
            rows += [Text(label), _indented(Text(f"{recordings}: {text}", style="quiet"))]
    else:
        grid = columns_without_head("", "quiet")
        for label, recordings, text in errors.rows:
            grid.add_row(Text(label), Text(f"{recordings}: {text}"))
        rows.append(grid)
    note = Text(f"{printable(errors.note)} All figures are in ACCURACY.md.", style="quiet")
    return Group(Text("How far off these can be", style="heading"), *rows, note)


def _notes(view: ReportView, *, wide: bool) -> Iterator[str]:
    """How to read the table."""
    if view.interval_note:
        yield view.interval_note
    if not wide:
        yield "Every figure is measured, unless the line under it says how sure it is."


def _withheld(withheld: WithheldMeasures) -> Text:
    return Text(f"{printable(withheld.labels)}: {printable(withheld.reason)}")


def _table(
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
            value = Text(_value(row))
            usual = Text(f"{row.guide} {sources.mark(row.source)}") if row.guide else Text()
            cells: list[RenderableType] = [Text(printable(row.label)), value, usual]
            if wide:
                cells.append(Text(_sureness(row, reasons), style="quiet"))
            elif row.state != "measured":
                value.append("\n" + _sureness(row, reasons), style="quiet")
            table.add_row(*cells)
    return table


def _stacked(
    groups: Sequence[MeasureGroupView], reasons: _Footnotes, sources: _Footnotes
) -> Iterator[RenderableType]:
    """The same without columns: a line for the label, and indented ones for what is known of it."""
    shown = [(group.title, [row for row in group.rows if row.value]) for group in groups]
    for place, (title, rows) in enumerate(each for each in shown if each[1]):
        if place:
            yield Text()
        yield Text(title, style="heading")
        for row in rows:
            yield Text(printable(row.label))
            yield _indented(Text(_value(row)))
            if row.guide:
                yield _indented(Text(f"usual: {row.guide} {sources.mark(row.source)}", style="quiet"))
            if row.state != "measured":
                yield _indented(Text(_sureness(row, reasons), style="quiet"))


def _indented(line: Text) -> RenderableType:
    return Padding(line, (0, 0, 0, 2))


def _value(row: MeasureRow) -> str:
    return f"{row.value} ({row.interval})" if row.interval else row.value


def _sureness(row: MeasureRow, reasons: _Footnotes) -> str:
    return f"{row.state_text} {reasons.mark(row.reason)}" if row.reason else row.state_text
