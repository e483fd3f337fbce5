"""A report as a page of the terminal: what matters first, then the figures, then the words."""

from collections.abc import Iterator

from rich.box import Box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.known_errors import known_errors
from analysis.cli.length_bar import length_bar
from analysis.cli.marked_transcript import marked_transcript
from analysis.cli.terminal import MAXIMUM_WIDTH, printable
from analysis.cli.wording import (
    clock,
    duration,
    interval,
    moments,
    reason,
    state,
    usual,
    value_with_interval,
)
from analysis.measures.registry import DEFINITIONS
from analysis.report import Measure, Notice, Observation, Report

_INDENT = 2
_LABEL_WIDTH, _WIDE_LABEL_WIDTH = 22, 32
"""Columns; longer labels take two lines, so that a figure and its interval stay on one."""
_WIDE = 100
"""Columns from which the state of a figure gets a column of its own."""
RULE_UNDER_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n", ascii=True)
"""One thin rule; `ascii` keeps rich from drawing a full grid where our own marks turn it into hyphens."""
_MOST_NAMES = 12
"""Measures named for one reason; beyond that it is nearly all of them."""
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
    if report.spoken_span is not None:
        yield known_errors(report)
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
    grid.add_row(Text(mark), text)  # a plain string would be read as markup, and [a] is a tag
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


def _measures(measures: dict[str, Measure], width: int) -> RenderableType:
    """Figures as rows with their footnotes, and what cannot be measured by its reason."""
    reasons, sources = _Footnotes("abcdefghij"), _Footnotes("123456789")
    rows = [(label, measure) for label, measure in _in_order(measures) if measure.value is not None]

    parts: list[RenderableType] = []
    if rows:
        parts += [_measure_table(rows, reasons, sources, wide=width >= _WIDE), Text()]
        parts += [Text(note, style="quiet") for note in _notes(rows, wide=width >= _WIDE)]
        parts += [*reasons.lines(), *sources.lines()]
    withheld = list(_withheld(measures))
    if withheld:
        parts += [Text()] if parts else []
        parts += [Text("Cannot be measured", style="heading"), *withheld]
    return Group(*parts)


def _notes(rows: list[tuple[str, Measure]], *, wide: bool) -> Iterator[str]:
    """How to read the table."""
    if any(interval(measure) for _, measure in rows):
        yield "( ) 95 % interval: how far off the measuring can be in this recording."
    if not wide:
        yield "Every figure is measured, unless the line under it says how sure it is."


def _withheld(measures: dict[str, Measure]) -> Iterator[Text]:
    """Measures without a value, one line for each reason; of a reason that most share, not every name."""
    labels: dict[str, list[str]] = {}
    for label, measure in _in_order(measures):
        if measure.value is None:
            labels.setdefault(reason(measure.reason or "not known", measure.state), []).append(label)
    for why, names in sorted(labels.items(), key=lambda entry: len(entry[1])):
        listed = ", ".join(names) if len(names) <= _MOST_NAMES else f"All {len(names)} other measures"
        yield Text(f"{printable(listed)}: {why}")


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
    rows: list[tuple[str, Measure]], reasons: _Footnotes, sources: _Footnotes, *, wide: bool
) -> Table:
    table = quiet_table()
    table.add_column("Measure", max_width=_WIDE_LABEL_WIDTH if wide else _LABEL_WIDTH)
    table.add_column("This answer")
    table.add_column("What is usual")
    if wide:
        table.add_column("How sure")
    for label, measure in rows:
        value = Text(value_with_interval(measure) or "")
        cells: list[RenderableType] = [Text(printable(label)), value, _usual(measure, sources)]
        if wide:
            cells.append(Text(_sureness(measure, reasons), style="quiet"))
        elif measure.state != "measured":
            value.append("\n" + _sureness(measure, reasons), style="quiet")
        table.add_row(*cells)
    return table


def _sureness(measure: Measure, reasons: _Footnotes) -> str:
    words = state(measure)
    if measure.reason is None:
        return words
    return f"{words} {reasons.mark(reason(measure.reason, measure.state))}"


def _usual(measure: Measure, sources: _Footnotes) -> Text:
    if measure.guide is None:
        return Text()
    words = usual(measure.guide, measure.unit)
    return Text(f"{words} {sources.mark(measure.guide.source)}".strip())
