"""The running text of an answer: paragraphs of words with fillers, pauses and missing sound in their places.

Which word a filler is, and where a paragraph ends, is decided in `analysis.text.running_text`. An item is a
single written word, because that is what a reader selects and corrects: a filler of two words is two items.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analysis.formatting import clock, fine_duration
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import (
    Correction,
    Filler,
    FillerKind,
    FillerSource,
    FillerState,
    Pause,
    Report,
    Transcript,
)
from analysis.text.running_text import Piece, paragraphs, pieces, pieces_of
from analysis.text.spacing import is_joined
from analysis.view.marks import (
    Shape,
    filler_kind,
    filler_note,
    filler_shape,
    filler_source,
    filler_text,
    pause_shape,
)

ItemKind = Literal["word", "heard", "pause", "gap"]

_UNCERTAIN = 0.5
"""The recogniser's own probability under which a word is marked as uncertain.

Of 4,462 words of people in the labelled speech (read, spontaneous, spliced), 14 % lie under it; two in three
of these are wrong, and they are half of all that are wrong. At 0.7 it would be one word in four, and half of
those are right.
"""


@dataclass(frozen=True)
class TranscriptFiller:
    """A filler that the text shows.

    Attributes:
        text: lower case, for example `you know`.
        start, end: seconds.
        kind, source, state: codes, as in the report.
        shape: that stands for it.
        title: all that is known of it in a line.
        what, detail: the same in two parts.
        note: beside its text, for those who do not see its shape.
    """

    text: str
    start: float
    end: float
    kind: FillerKind
    source: FillerSource
    state: FillerState
    shape: Shape
    title: str
    what: str
    detail: str
    note: str


@dataclass(frozen=True)
class TranscriptItem:
    """One thing in the running text.

    Attributes:
        kind: a written word, a filler that was heard but not written, a silence, or missing sound.
        start, end: seconds.
        text: the word with its punctuation; of silence its length; of missing sound what is missing.
        filler: place in `TranscriptView.fillers` of the filler that this is, or is part of; None for none.
        opens, closes: whether it is the first and the last item of its filler.
        shape: of a silence, and of the first item of a filler; None for everything else.
        joined: written without a space before it, as '-known' after 'well'.
        long: a silence of 1 s and more.
        uncertain: the recogniser was not certain of the word; a filler's shape says how sure it is.
        corrected: the person wrote it.
        note: for those who do not see how it looks; empty where there is nothing to add.
    """

    kind: ItemKind
    start: float
    end: float
    text: str
    filler: int | None = None
    opens: bool = False
    closes: bool = False
    shape: Shape | None = None
    joined: bool = False
    long: bool = False
    uncertain: bool = False
    corrected: bool = False
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A part of the text that is read well: where it begins, in seconds and as text, and its items."""

    start: float
    clock: str
    items: tuple[TranscriptItem, ...]


TextMark = Literal[
    "dot",
    "ringed-dot",
    "diamond",
    "ringed-diamond",
    "heard",
    "person",
    "short-pause",
    "long-pause",
    "within-pause",
    "uncertain",
    "corrected",
]


@dataclass(frozen=True)
class TextLegendEntry:
    """What a mark in the text means, with an example of what it stands at."""

    mark: TextMark
    example: str
    text: str


@dataclass(frozen=True)
class TranscriptView:
    """The running text.

    Attributes:
        language: ISO 639-1 code.
        words: how many written words there are.
        paragraphs: in order of time.
        fillers: those that items point at.
        legend: the marks that are there; a presentation shows those that it draws.
    """

    language: str
    words: int
    paragraphs: tuple[Paragraph, ...]
    fillers: tuple[TranscriptFiller, ...]
    legend: tuple[TextLegendEntry, ...]


def transcript_view(report: Report) -> TranscriptView:
    """The running text of a report."""
    return _view(report.transcript, pieces(report), report.pauses, report.corrections)


def words_view(transcript: Transcript) -> TranscriptView:
    """The running text while there is no report yet: words alone."""
    return _view(transcript, pieces_of(transcript.words), (), ())


def _view(
    transcript: Transcript,
    running: Sequence[Piece],
    pauses: Sequence[Pause],
    corrections: Sequence[Correction],
) -> TranscriptView:
    fillers = list(dict.fromkeys(piece.filler for piece in running if piece.filler is not None))
    places = {(pause.start, pause.end): pause for pause in pauses}
    shown = tuple(
        _paragraph(paragraph, fillers, places, [c for c in corrections if c.kind == "words"])
        for paragraph in paragraphs(running)
    )
    items = [item for paragraph in shown for item in paragraph.items]
    return TranscriptView(
        language=transcript.language,
        words=len(transcript.words),
        paragraphs=shown,
        fillers=tuple(_filler(filler) for filler in fillers),
        legend=tuple(_legend(items, fillers)),
    )


def _paragraph(
    paragraph: Sequence[Piece],
    fillers: Sequence[Filler],
    pauses: dict[tuple[float, float], Pause],
    corrections: Sequence[Correction],
) -> Paragraph:
    start = next((piece.start for piece in paragraph if piece.spoken), paragraph[0].start)
    items = [item for piece in paragraph for item in _items(piece, fillers, pauses, corrections)]
    return Paragraph(start, clock(start), tuple(_spaced(items)))


def _spaced(items: Sequence[TranscriptItem]) -> Iterator[TranscriptItem]:
    """The items, those marked that have no space before them: silence within a word changes nothing."""
    previous = ""
    for item in items:
        joined = item.kind == "word" and is_joined(previous, item.text)
        yield replace(item, joined=True) if joined else item
        if item.kind != "pause":
            previous = item.text if item.kind == "word" else ""


def _items(
    piece: Piece,
    fillers: Sequence[Filler],
    pauses: dict[tuple[float, float], Pause],
    corrections: Sequence[Correction],
) -> Iterator[TranscriptItem]:
    length = fine_duration(piece.end - piece.start)
    if piece.kind == "pause":
        pause = pauses[piece.start, piece.end]
        yield TranscriptItem(
            "pause",
            piece.start,
            piece.end,
            length,
            shape=pause_shape(pause),
            long=piece.end - piece.start >= LONG_PAUSE,
            note=f"pause of {length}",
        )
    elif piece.kind == "gap":
        yield TranscriptItem("gap", piece.start, piece.end, f"no sound for {length}")
    elif piece.filler is None:
        (word,) = piece.words
        uncertain = word.probability < _UNCERTAIN
        corrected = _is_corrected(word.start, word.end, corrections)
        notes = [*(["not certain"] if uncertain else []), *(["corrected"] if corrected else [])]
        yield TranscriptItem(
            "word",
            word.start,
            word.end,
            word.text,
            uncertain=uncertain,
            corrected=corrected,
            note=", ".join(notes),
        )
    else:
        yield from _filler_items(piece, piece.filler, fillers.index(piece.filler), corrections)


def _filler_items(
    piece: Piece, filler: Filler, place: int, corrections: Sequence[Correction]
) -> Iterator[TranscriptItem]:
    if not piece.words:
        yield TranscriptItem(
            "heard",
            piece.start,
            piece.end,
            piece.text,
            filler=place,
            opens=True,
            closes=True,
            shape=filler_shape(filler),
            note=filler_note(filler),
        )
    for word in piece.words:
        opens, closes = word is piece.words[0], word is piece.words[-1]
        corrected = _is_corrected(word.start, word.end, corrections)
        notes = [*([filler_note(filler)] if closes else []), *(["corrected"] if corrected else [])]
        yield TranscriptItem(
            "word",
            word.start,
            word.end,
            word.text,
            filler=place,
            opens=opens,
            closes=closes,
            shape=filler_shape(filler) if opens else None,
            corrected=corrected,
            note=", ".join(notes),
        )


def _is_corrected(start: float, end: float, corrections: Sequence[Correction]) -> bool:
    middle = (start + end) / 2
    return any(correction.start <= middle <= correction.end for correction in corrections)


def _filler(filler: Filler) -> TranscriptFiller:
    return TranscriptFiller(
        filler.text,
        filler.start,
        filler.end,
        filler.kind,
        filler.source,
        filler.state,
        filler_shape(filler),
        filler_text(filler),
        filler_kind(filler),
        filler_source(filler),
        filler_note(filler),
    )


_SHAPES: tuple[TextLegendEntry, ...] = (
    TextLegendEntry("dot", "um", "filled pause"),
    TextLegendEntry("ringed-dot", "um", "filled pause, unsure"),
    TextLegendEntry("diamond", "like", "discourse marker"),
    TextLegendEntry("ringed-diamond", "like", "discourse marker, unsure"),
)
_SOURCES: tuple[TextLegendEntry, ...] = (
    TextLegendEntry("heard", "um", "heard in the sound, not in the text"),
    TextLegendEntry("person", "um", "added by you"),
)


def _legend(items: Sequence[TranscriptItem], fillers: Sequence[Filler]) -> Iterator[TextLegendEntry]:
    shapes = {filler_shape(filler) for filler in fillers}
    sources = {filler.source for filler in fillers}
    yield from (entry for entry in _SHAPES if entry.mark in shapes)
    yield from (entry for entry in _SOURCES if entry.mark in sources)
    if any(item.kind == "pause" and not item.long for item in items):
        yield TextLegendEntry("short-pause", "", "pause under 1 s")
    if any(item.long for item in items):
        yield TextLegendEntry("long-pause", "1.2 s", "pause of 1 s and more")
    if any(item.shape == "crossed-bar" for item in items):
        yield TextLegendEntry("within-pause", "", "pause within a clause")
    if any(item.uncertain for item in items):
        text = "the recogniser was not certain: about two in three of these are wrong"
        yield TextLegendEntry("uncertain", "word", text)
    if any(item.corrected for item in items):
        yield TextLegendEntry("corrected", "word", "corrected by you")
