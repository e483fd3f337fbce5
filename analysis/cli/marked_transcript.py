"""The running text of a view as lines of the terminal, with its fillers and pauses in brackets and dots."""

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.terminal import printable
from analysis.text.spacing import running
from analysis.view.transcript import TranscriptFiller, TranscriptItem, TranscriptView

_TEXT_WIDTH = 92
"""Columns a line of prose is read well in: with its time, 100."""

_EXAMPLES: dict[str, str] = {
    "dot": "[{}]",
    "ringed-dot": "[{}?]",
    "diamond": "‹{}›",
    "ringed-diamond": "‹{}?›",
    "short-pause": "·",
    "within-pause": "·",
    "long-pause": "·{}·",
}
"""How a mark of the text is drawn here, by its name; others are not drawn."""


def marked_transcript(transcript: TranscriptView, width: int, *, all_pauses: bool) -> Table:
    """Paragraphs with the time that each begins at, and the legend of the marks in them.

    Args:
        transcript: the running text.
        width: columns there are.
        all_pauses: False marks only those of 1 s and more, and those within a clause.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="quiet", no_wrap=True)
    table.add_column()
    times = max((len(paragraph.clock) for paragraph in transcript.paragraphs), default=0)
    column = min(_TEXT_WIDTH, width - times - 2)
    drawn = [
        [item for item in paragraph.items if all_pauses or not _is_usual_pause(item)]
        for paragraph in transcript.paragraphs
    ]
    for place, (paragraph, items) in enumerate(zip(transcript.paragraphs, drawn, strict=True)):
        text = _fill(_units(items, transcript.fillers), column, " ")
        above = 1 if place else 0
        table.add_row(Padding(Text(paragraph.clock), (above, 0, 0, 0)), Padding(text, (above, 0, 0, 0)))
    unused = {"short-pause", "within-pause"}
    if any(item.kind == "pause" and not item.long for items in drawn for item in items):
        unused.remove("short-pause" if all_pauses else "within-pause")
    legend = [
        Text(f"{_EXAMPLES[entry.mark].format(entry.example)} {entry.text}", style="quiet")
        for entry in transcript.legend
        if entry.mark in _EXAMPLES and entry.mark not in unused
    ]
    if legend:
        table.add_row("", Padding(_fill(legend, column, "   "), (1, 0, 0, 0)))
    return table


def _is_usual_pause(item: TranscriptItem) -> bool:
    """Whether it is a short pause at the end of a sentence or clause, where everyone makes one."""
    return item.kind == "pause" and not item.long and item.shape == "bar"


def _units(items: Sequence[TranscriptItem], fillers: Sequence[TranscriptFiller]) -> list[Text]:
    """Pieces of text that are never broken: a filler in its brackets, a word with the silence after it."""
    units: list[Text] = []
    filler: list[str] = []
    silent = True
    for item in items:
        if item.filler is not None:
            filler.append(printable(item.text))
            if item.closes:
                units.append(_bracketed(running(filler), fillers[item.filler]))
                filler = []
        elif item.kind == "word" and item.joined and not silent:
            units[-1].append(printable(item.text))
        elif item.kind == "word":
            units.append(Text(printable(item.text)))
        else:
            silence = Text(_silence(item), style="quiet")
            if units:
                units[-1].append(" ").append_text(silence)  # a silence never begins a line
            else:
                # Appended to a copy, so that its style does not spread.
                units.append(Text().append_text(silence))
        silent = item.kind not in ("word", "heard")
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
