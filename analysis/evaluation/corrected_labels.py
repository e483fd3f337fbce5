"""Converts a corrected report to a line of labelled speech, for `greenroom evaluate` and for training.

Only what the person has checked becomes a label. They read the transcript and its fillers, so both are
labels, and a filler that is still unsure is `doubtful`. Pauses were not checked, so they are not labelled;
the beginning and end of the answer are labelled only if the person marked them. The report does not cover
the part of the recording outside of the marked span, so the clip must not contain it either: see `clip_span`.
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
"""Name of the speaker of all clips: intervals are estimated by drawing all clips of a speaker together, and
the person stays anonymous."""
LICENCE = "own recording"
NOTES = "Words and fillers without a correction are as the machine detected them."

_SPELLINGS = {
    "um": ("umm", "uhm"),
    "uh": ("uhh", "ah", "ahh", "eh"),
    "er": ("err", "erm"),
    "hmm": ("hm", "hmmm", "mm", "mmm"),
}
_LABELLED_AS = {spelling: label for label, spellings in _SPELLINGS.items() for spelling in spellings}
"""Labels have four hesitation sounds; these are other spellings of them."""


def clip_span(report: Report) -> Span | None:
    """The part of the recording that becomes the clip; None for all of it."""
    span = report.spoken_span
    if span is None or span.source == "detected":
        return None
    return Span(max(0.0, span.start), min(span.end, report.recording.duration))


def corrected_clip(report: Report, *, identifier: str, audio: str, first_language: str | None = None) -> Clip:
    """The labels of a corrected report. Times count from the start of the clip.

    Args:
        report: with the person's corrections; it must contain speech.
        identifier: name of the clip, unique in its folder.
        audio: path of the sound within the folder.
        first_language: of the speaker, in their own words; None if not stated.

    Raises:
        ValueError: the report contains no speech.
    """
    if report.spoken_span is None:
        raise ValueError("nobody speaks in this recording")
    cut = clip_span(report)
    start = 0.0 if cut is None else cut.start
    duration = report.recording.duration if cut is None else cut.duration
    fillers_detected = report.transcript.language == "en"
    return Clip(
        id=identifier,
        audio=audio,
        duration=round(duration, 3),
        kind="spontaneous",
        speaker=SPEAKER,
        accent=accent_of(first_language),
        text=_text(report),
        word_count=spoken_word_count(report.transcript.words),
        fillers=tuple(_fillers(report, start)) if fillers_detected else None,
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
    """The spoken text, including the fillers that are sure."""
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
