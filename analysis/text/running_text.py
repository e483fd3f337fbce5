"""The running text of a report: its words, with fillers, pauses and gaps in between, in order of time.

The recogniser leaves out many a filled pause, and the person may have added some: they are included where
they were heard. Times are in seconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.report import Filler, Pause, Report, Span, Word
from analysis.text.sentences import SENTENCE_END
from analysis.text.spacing import running
from analysis.text.words import bare

PieceKind = Literal["word", "filler", "pause", "gap"]

_PARAGRAPH = 15.0
"""Seconds after which the next sentence begins a new paragraph."""
_LONGEST_PARAGRAPH = 45.0
"""Seconds after which a paragraph ends even without the end of a sentence."""


@dataclass(frozen=True)
class Piece:
    """One item of the running text.

    Attributes:
        kind: a word, a filler (of one or more words), a silence, or a stretch for which there is no sound.
        start, end: seconds.
        text: as it was written, with its punctuation; empty for pauses and gaps.
        filler: the filler; None for all other kinds.
        words: as the recogniser wrote them, with their own times; none for a filler that no word stands for,
            and for silence and gaps.
    """

    kind: PieceKind
    start: float
    end: float
    text: str = ""
    filler: Filler | None = None
    words: tuple[Word, ...] = ()

    @property
    def spoken(self) -> bool:
        """Word or filler; a paragraph begins with something spoken."""
        return self.kind in ("word", "filler")

    @property
    def ends_sentence(self) -> bool:
        """Whether a paragraph can end after it."""
        return self.text.endswith(SENTENCE_END)

    @property
    def middle(self) -> float:
        """Seconds. Pieces are ordered by it: word times are off by up to 0.3 s, those of pauses are not."""
        return (self.start + self.end) / 2


def pieces(report: Report) -> tuple[Piece, ...]:
    """The pieces of a report, in order of time. Words of a `not_filler` are ordinary words."""
    return pieces_of(report.transcript.words, report.fillers, report.pauses, report.recording.gaps)


def pieces_of(
    words: Sequence[Word],
    fillers: Sequence[Filler] = (),
    pauses: Sequence[Pause] = (),
    gaps: Sequence[Span] = (),
) -> tuple[Piece, ...]:
    """The same of the parts of a report, as many as there are."""
    shown = [filler for filler in fillers if filler.state != "not_filler"]
    found, written = _words(words, [f for f in shown if f.source != "heard"])
    found += [
        Piece("filler", filler.start, filler.end, filler.text, filler)
        for filler in shown
        if filler.source == "heard" or (filler.source == "person" and filler not in written)
    ]
    found += [Piece("pause", pause.start, pause.end) for pause in pauses]
    found += [Piece("gap", gap.start, gap.end) for gap in gaps]
    return tuple(sorted(found, key=lambda piece: piece.middle))


def paragraphs(running: Sequence[Piece]) -> Iterator[tuple[Piece, ...]]:
    """Pieces grouped into paragraphs that end with a sentence, or after 45 s if none ends sooner."""
    paragraph: list[Piece] = []
    after_sentence = False
    for piece in running:
        if paragraph and piece.spoken:
            lasted = piece.start - paragraph[0].start
            if lasted >= (_PARAGRAPH if after_sentence else _LONGEST_PARAGRAPH):
                yield tuple(paragraph)
                paragraph = []
        paragraph.append(piece)
        if piece.spoken:
            after_sentence = piece.ends_sentence
    if paragraph:
        yield tuple(paragraph)


def _words(words: Sequence[Word], fillers: Sequence[Filler]) -> tuple[list[Piece], list[Filler]]:
    """Words, with those of one filler joined into one piece, and the fillers that they represent."""
    found: list[Piece] = []
    written: list[Filler] = []
    held: list[Word] = []
    holder: Filler | None = None

    def let_go() -> None:
        if holder is not None:
            text = running(word.text for word in held)
            found.append(Piece("filler", holder.start, holder.end, text, holder, tuple(held)))
            written.append(holder)

    for word in words:
        filler = _filler_of(word, fillers)
        if filler is not holder:
            let_go()
            held = []
        holder = filler
        if filler is None:
            found.append(Piece("word", word.start, word.end, word.text, words=(word,)))
        else:
            held.append(word)
    let_go()
    return found, written


def _filler_of(word: Word, fillers: Sequence[Filler]) -> Filler | None:
    """The filler that a written word is part of.

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
