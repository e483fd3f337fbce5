"""The transcript with its fillers and pauses set quietly into the text."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.terminal import printable
from analysis.cli.wording import clock, duration
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import Filler, Report
from analysis.text.running_text import Piece, paragraphs, pieces

_TEXT_WIDTH = 88
"""Columns a line of prose is read well in."""


def _bracketed(text: str, filler: Filler) -> Text:
    """A filler between its marks, a question mark with it where the detector is unsure."""
    opening, closing = ("[", "]") if filler.kind == "filled_pause" else ("‹", "›")
    doubt = "?" if filler.state == "unsure" else ""
    core = text.rstrip(".,;:!?…")
    after = text[len(core) :]
    return Text.assemble((f"{opening}{core}{doubt}{closing}", "filler"), after)


def _shown(piece: Piece) -> Text:
    """A piece as the terminal writes it."""
    length = duration(piece.end - piece.start)
    match piece.kind:
        case "pause":
            long = piece.end - piece.start >= LONG_PAUSE
            return Text(f"·{length}·" if long else "·", style="quiet")
        case "gap":
            return Text(f"[no sound for {length}]", style="quiet")
        case _:
            text = printable(piece.text)
            return Text(text) if piece.filler is None else _bracketed(text, piece.filler)


def _wrapped(running: Sequence[Piece], width: int) -> Text:
    """Pieces on lines of `width` columns; a piece is never broken (rich would part `·1.2` from `s·`)."""
    units: list[Text] = []
    for piece in running:
        if units and not piece.spoken:
            units[-1].append(" ").append_text(_shown(piece))  # a silence never begins a line
        else:
            units.append(Text().append_text(_shown(piece)))  # a copy would lend its style to what follows
    return _fill(units, width, " ")


def _fill(units: list[Text], width: int, between: str) -> Text:
    """Unbreakable pieces of text on as few lines as they need."""
    lines: list[Text] = []
    for unit in units:
        if lines and lines[-1].cell_len + len(between) + unit.cell_len <= width:
            lines[-1].append(between).append_text(unit)
        else:
            lines.append(Text().append_text(unit))
    return Text("\n").join(lines)


def _legend(report: Report, width: int) -> Text:
    """Only the marks that this transcript has."""
    entries = []
    shown = [filler for filler in report.fillers if filler.state != "not_filler"]
    if any(filler.kind == "filled_pause" for filler in shown):
        entries.append("[um] filled pause")
    if any(filler.kind == "discourse_marker" for filler in shown):
        entries.append("‹like› word used as a filler")
    if any(filler.state == "unsure" for filler in shown):
        entries.append("? not sure")
    if any(pause.end - pause.start < LONG_PAUSE for pause in report.pauses):
        entries.append("· pause under 1 s")
    if any(pause.end - pause.start >= LONG_PAUSE for pause in report.pauses):
        entries.append("·1.2 s· longer pause")
    return _fill([Text(entry, style="quiet") for entry in entries], width, "   ")


def marked_transcript(report: Report, width: int) -> Table:
    """Paragraphs with the time that each begins at, and the legend of the marks in them.

    Args:
        report: with its words, fillers and pauses.
        width: columns there are.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="quiet", no_wrap=True)
    table.add_column()
    running = pieces(report)
    times = max((len(clock(piece.start)) for piece in running), default=0)
    column = min(_TEXT_WIDTH, width - times - 2)
    for paragraph in paragraphs(running):
        table.add_row(clock(paragraph[0].start), Padding(_wrapped(paragraph, column), (0, 0, 1, 0)))
    legend = _legend(report, column)
    if legend:
        table.add_row("", legend)
    return table
