"""A corrected report as a line of labelled speech, for `greenroom evaluate` and for training.

Only what a person vouches for becomes a label. They read the transcript and its fillers: both are labels, and
a filler that is still unsure is `doubtful`. Nobody placed the pauses, so they are not labelled; where the
answer begins and ends is, only where the person marked it. The part of the recording outside of what
was marked is not in the report, so it must not be in the clip either: see `clip_span`.
"""

import json
from dataclasses import asdict
from typing import Any

from analysis.evaluation.first_languages import accent_of
from analysis.evaluation.labelled_speech import MARKERS, Clip, LabelledFiller
from analysis.report import Filler, Report, Span
from analysis.text.running_text import Piece, pieces
from analysis.text.words import spoken_word_count

SPEAKER = "person"
"""All clips of one person are drawn as one when intervals are estimated; nobody is named."""
LICENCE = "own recording"
NOTES = "Where the speaker put nothing right, words and fillers are as they were found."

_SPELLINGS = {
    "um": ("umm", "uhm"),
    "uh": ("uhh", "ah", "ahh", "eh"),
    "er": ("err", "erm"),
    "hmm": ("hm", "hmmm", "mm", "mmm"),
}
_LABELLED_AS = {spelling: label for label, spellings in _SPELLINGS.items() for spelling in spellings}
"""Labels know four hesitation sounds, however they are written."""


def clip_span(report: Report) -> Span | None:
    """The part of the recording that the clip holds; None for all of it."""
    span = report.spoken_span
    if span is None or span.source == "detected":
        return None
    return Span(max(0.0, span.start), min(span.end, report.recording.duration))


def corrected_clip(report: Report, *, identifier: str, audio: str, first_language: str | None = None) -> Clip:
    """The labels of a corrected report. Times count from the start of the clip.

    Args:
        report: with what the person put right; somebody speaks in it.
        identifier: name of the clip, unique in its folder.
        audio: path of the sound within the folder.
        first_language: of the speaker, in their own words; None where they did not say.

    Raises:
        ValueError: nobody speaks.
    """
    if report.spoken_span is None:
        raise ValueError("nobody speaks in this recording")
    cut = clip_span(report)
    start = 0.0 if cut is None else cut.start
    duration = report.recording.duration if cut is None else cut.duration
    looked_for = report.transcript.language == "en"
    return Clip(
        id=identifier,
        audio=audio,
        duration=round(duration, 3),
        kind="spontaneous",
        speaker=SPEAKER,
        accent=accent_of(first_language),
        text=_text(report),
        word_count=spoken_word_count(report.transcript.words),
        fillers=tuple(_fillers(report, start)) if looked_for else None,
        pauses=None,
        trust="human",
        speech_start=None if cut is None else 0.0,
        speech_end=None if cut is None else round(duration, 3),
    )


def manifest_line(clip: Clip) -> str:
    """The clip as a line of a manifest."""
    line: dict[str, Any] = asdict(clip)
    line |= {"source": "Greenroom", "licence": LICENCE, "notes": NOTES}
    return json.dumps(line, ensure_ascii=False)


def _text(report: Report) -> str:
    """What is said, with the fillers that are sure written out at their places."""
    return " ".join(piece.text for piece in pieces(report) if _is_said(piece))


def _is_said(piece: Piece) -> bool:
    if piece.filler is None or piece.filler.source != "heard":
        return piece.spoken
    return piece.filler.state == "filler"


def _fillers(report: Report, start: float) -> list[LabelledFiller]:
    return [
        LabelledFiller(
            text=_LABELLED_AS.get(filler.text, filler.text),
            kind=filler.kind,
            start=round(filler.start - start, 3),
            end=round(filler.end - start, 3),
            doubtful=filler.state == "unsure",
        )
        for filler in report.fillers
        if filler.state != "not_filler" and _has_label(filler)
    ]


def _has_label(filler: Filler) -> bool:
    return filler.kind == "filled_pause" or filler.text in MARKERS
