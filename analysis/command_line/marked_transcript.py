"""The transcript with its fillers and pauses set quietly into the text."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.command_line.terminal import printable
from analysis.command_line.wording import clock, duration
from analysis.pauses import LONG_PAUSE
from analysis.vocabulary import Filler, Pause, Report, Span, Word
from analysis.words import bare

_PARAGRAPH = 15.0
"""Seconds after which the next sentence begins a new paragraph."""
_LONGEST_PARAGRAPH = 45.0
"""Seconds after which a paragraph ends even without the end of a sentence."""
_SENTENCE_ENDS = (".", "?", "!")
_TEXT_WIDTH = 88
"""Columns a line of prose is read well in."""


@dataclass(frozen=True)
class _Piece:
    """Something in the running text.

    Attributes:
        time: seconds, its middle, by which pieces are ordered.
        start: seconds.
        text: as it is shown.
        spoken: word or filler, not a silence; a paragraph begins with something spoken.
        ends_sentence: whether a paragraph can end after it.
    """

    time: float
    start: float
    text: Text
    spoken: bool = True
    ends_sentence: bool = False


def _bracketed(text: str, filler: Filler) -> Text:
    """A filler between its marks, a question mark with it where the detector is unsure."""
    opening, closing = ("[", "]") if filler.kind == "filled_pause" else ("‹", "›")
    doubt = "?" if filler.state == "unsure" else ""
    core = text.rstrip(".,;:!?…")
    after = text[len(core) :]
    return Text.assemble((f"{opening}{core}{doubt}{closing}", "filler"), after)


def _middle(span: Word | Filler | Pause | Span) -> float:
    return (span.start + span.end) / 2


def _filler_at(word: Word, fillers: list[Filler]) -> Filler | None:
    """The transcribed filler that a word is part of.

    A filler can be shorter than its word, because it is cut to the part that sounds; so the text
    decides, and where the same one comes twice the one that shares most time.
    """
    text = bare(word.text).strip("'-")
    shared = [
        (min(word.end, filler.end) - max(word.start, filler.start), filler)
        for filler in fillers
        if text in filler.text.split()
    ]
    overlap, filler = max(shared, key=lambda entry: entry[0], default=(-1.0, None))
    return filler if overlap >= 0 else None


def _words(report: Report) -> Iterator[_Piece]:
    """Words, those of one filler joined into one piece."""
    shown = [f for f in report.fillers if f.source == "transcribed" and f.state != "not_filler"]
    held: list[Word] = []
    holder: Filler | None = None
    for word in report.transcript.words:
        filler = _filler_at(word, shown)
        if holder is not None and filler is not holder:
            yield _filler_piece(held, holder)
            held = []
        holder = filler
        if filler is not None:
            held.append(word)
        else:
            text = printable(word.text)
            yield _Piece(_middle(word), word.start, Text(text), ends_sentence=text.endswith(_SENTENCE_ENDS))
    if holder is not None:
        yield _filler_piece(held, holder)


def _filler_piece(words: list[Word], filler: Filler) -> _Piece:
    text = printable(" ".join(word.text for word in words))
    marked = _bracketed(text, filler)
    return _Piece(_middle(filler), filler.start, marked, ends_sentence=text.endswith(_SENTENCE_ENDS))


def _pieces(report: Report) -> list[_Piece]:
    """Everything that is shown, in order of time."""
    pieces = list(_words(report))
    for filler in report.fillers:
        if filler.source == "heard" and filler.state != "not_filler":
            pieces.append(_Piece(_middle(filler), filler.start, _bracketed(printable(filler.text), filler)))
    for pause in report.pauses:
        length = pause.end - pause.start
        mark = f"·{duration(length)}·" if length >= LONG_PAUSE else "·"
        pieces.append(_Piece(_middle(pause), pause.start, Text(mark, style="quiet"), spoken=False))
    for gap in report.recording.gaps:
        mark = f"[no sound for {duration(gap.duration)}]"
        pieces.append(_Piece(_middle(gap), gap.start, Text(mark, style="quiet"), spoken=False))
    return sorted(pieces, key=lambda piece: piece.time)


def _paragraphs(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    paragraph: list[_Piece] = []
    after_sentence = False
    for piece in pieces:
        if paragraph and piece.spoken:
            lasted = piece.start - paragraph[0].start
            if lasted >= (_PARAGRAPH if after_sentence else _LONGEST_PARAGRAPH):
                yield paragraph
                paragraph = []
        paragraph.append(piece)
        if piece.spoken:
            after_sentence = piece.ends_sentence
    if paragraph:
        yield paragraph


def _wrapped(pieces: list[_Piece], width: int) -> Text:
    """Pieces on lines of `width` columns; a piece is never broken (rich would part `·1.2` from `s·`)."""
    units: list[Text] = []
    for piece in pieces:
        if units and not piece.spoken:
            units[-1].append(" ").append_text(piece.text)  # a silence never begins a line
        else:
            units.append(Text().append_text(piece.text))  # a copy would lend its style to what follows
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
    pieces = _pieces(report)
    times = max((len(clock(piece.start)) for piece in pieces), default=0)
    column = min(_TEXT_WIDTH, width - times - 2)
    for paragraph in _paragraphs(pieces):
        table.add_row(clock(paragraph[0].start), Padding(_wrapped(paragraph, column), (0, 0, 1, 0)))
    legend = _legend(report, column)
    if legend:
        table.add_row("", legend)
    return table
