"""The running text of a view as lines of the terminal, with its fillers and pauses in brackets and dots."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.terminal import printable
from analysis.view.transcript import TranscriptFiller, TranscriptItem, TranscriptView

_TEXT_WIDTH = 88
"""Columns a line of prose is read well in."""

_EXAMPLES: dict[str, str] = {
    "dot": "[{}]",
    "ringed-dot": "[{}?]",
    "diamond": "‹{}›",
    "ringed-diamond": "‹{}?›",
    "short-pause": "·",
    "long-pause": "·{}·",
}
"""How a mark of the text is drawn here, by its name; others are not drawn."""


def marked_transcript(transcript: TranscriptView, width: int) -> Table:
    """Paragraphs with the time that each begins at, and the legend of the marks in them.

    Args:
        transcript: the running text.
        width: columns there are.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="quiet", no_wrap=True)
    table.add_column()
    times = max((len(paragraph.clock) for paragraph in transcript.paragraphs), default=0)
    column = min(_TEXT_WIDTH, width - times - 2)
    for paragraph in transcript.paragraphs:
        units = _units(paragraph.items, transcript.fillers)
        table.add_row(paragraph.clock, Padding(_fill(units, column, " "), (0, 0, 1, 0)))
    legend = [
        Text(f"{_EXAMPLES[entry.mark].format(entry.example)} {entry.text}", style="quiet")
        for entry in transcript.legend
        if entry.mark in _EXAMPLES
    ]
    if legend:
        table.add_row("", _fill(legend, column, "   "))
    return table


def _units(items: Sequence[TranscriptItem], fillers: Sequence[TranscriptFiller]) -> list[Text]:
    """Pieces of text that are never broken: a filler in its brackets, a word with the silence after it."""
    units: list[Text] = []
    filler: list[str] = []
    for item in items:
        if item.filler is not None:
            filler.append(printable(item.text))
            if item.closes:
                units.append(_bracketed(" ".join(filler), fillers[item.filler]))
                filler = []
        elif item.kind == "word":
            units.append(Text(printable(item.text)))
        else:
            silence = Text(_silence(item), style="quiet")
            if units:
                units[-1].append(" ").append_text(silence)  # a silence never begins a line
            else:
                units.append(
                    Text().append_text(silence)
                )  # appending to a copy keeps its style from spreading
    return units


def _silence(item: TranscriptItem) -> str:
    if item.kind == "gap":
        return f"[{item.text}]"
    return _EXAMPLES["long-pause"].format(item.text) if item.long else _EXAMPLES["short-pause"]


def _bracketed(text: str, filler: TranscriptFiller) -> Text:
    """A filler in its brackets; the punctuation after it stays outside."""
    core = text.rstrip(".,;:!?…")
    return Text.assemble((_EXAMPLES[filler.shape].format(core), "filler"), text[len(core) :])


def _fill(units: Sequence[Text], width: int, between: str) -> Text:
    """Unbreakable pieces of text on as few lines as they need."""
    lines: list[Text] = []
    for unit in units:
        if lines and lines[-1].cell_len + len(between) + unit.cell_len <= width:
            lines[-1].append(between).append_text(unit)
        else:
            lines.append(Text().append_text(unit))
    return Text("\n").join(lines)
