"""Corrected answers as labelled speech: sound with what was said in it, as `greenroom evaluate` reads it.

manifest.jsonl   one JSON object a clip
clips/<id>.flac  mono, 16 kHz
about.txt        what this is, and which answers are missing
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import SAMPLE_RATE, serialization
from analysis.evaluation.corrected_labels import clip_span, corrected_clip, manifest_line
from analysis.evaluation.labelled_speech import MANIFEST
from analysis.report import Report
from service.answers.repository import Answers
from service.db.models import Answer, new_identifier
from service.dependencies import Service
from service.exports.clip_decoding import ClipError, decode_clip
from service.problems import NotFound

_ABOUT = "about.txt"
_CLIPS = "clips"
_SAMPLE_BYTES = 2
_WHAT_IT_IS = """\
Labelled speech, made by Greenroom from answers in which something was put right.

manifest.jsonl has one JSON object a clip: what is said, with um and uh written out, and every filler with its
time. Pauses are not labelled. `greenroom evaluate FOLDER` measures Greenroom's error on it.

These are your own recordings. They hold your voice and your words: pass them on only if you mean to.
"""


class NothingCorrected(NotFound):
    """No answer has anything put right."""

    code, title = "nothing_corrected", "Nothing was put right yet"

    def __init__(self) -> None:
        super().__init__(
            "Nothing is put right in any answer yet. Put a word or a filler right in a report first."
        )


@dataclass(frozen=True)
class LeftOut:
    """A corrected answer that is not in the labelled speech.

    Attributes:
        answer: its row.
        why: part of a sentence.
    """

    answer: Answer
    why: str

    def __str__(self) -> str:
        return f"{self.answer.created_at:%Y-%m-%d}, {self.answer.title}: {self.why}"


@dataclass(frozen=True)
class Written:
    """What came of it.

    Attributes:
        clips: how many there are.
        left_out: answers that are missing.
    """

    clips: int
    left_out: Sequence[LeftOut]


def write_folder(service: Service, person: str, folder: Path) -> Written:
    """Writes the labelled speech of a person into a folder.

    Args:
        folder: empty, or to be made.

    Raises:
        NothingCorrected: there is nothing to write.
        OSError: the folder cannot be written.
    """
    corrected = _corrected(service, person)
    (folder / _CLIPS).mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    left_out: list[LeftOut] = []
    for answer in corrected:
        made = _make(service, person, answer, folder)
        if isinstance(made, LeftOut):
            left_out.append(made)
        else:
            lines.append(made)
    (folder / MANIFEST).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / _ABOUT).write_text(_about(left_out), encoding="utf-8")
    return Written(len(lines), left_out)


def stream_archive(service: Service, person: str) -> Iterator[bytes]:
    """The labelled speech of a person as a zip file, in pieces.

    It is whole before the first piece is given, so that what goes wrong is still an answer of its own. Its
    folder goes when the pieces are done with, however that ends; one that a killed service left
    goes at the next start.

    Raises:
        NothingCorrected: there is nothing to write.
        service.recordings.storage.StorageFullError: there is no room for it.
    """
    pieces = _archive(service, person)
    # Runs it up to its first piece, which is empty.
    next(pieces)
    return pieces


def _archive(service: Service, person: str) -> Iterator[bytes]:
    seconds = sum(answer.duration or 0.0 for answer in _corrected(service, person))
    service.storage.require_space(round(2 * seconds * SAMPLE_RATE * _SAMPLE_BYTES))
    with service.storage.workspace(new_identifier(), 1) as workspace:
        folder, packed = workspace / "labelled-speech", workspace / "labelled-speech.zip"
        write_folder(service, person, folder)
        with zipfile.ZipFile(packed, "w") as archive:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                method = zipfile.ZIP_STORED if path.suffix == ".flac" else zipfile.ZIP_DEFLATED
                archive.write(path, path.relative_to(folder).as_posix(), method)
        yield b""
        with packed.open("rb") as file:
            while piece := file.read(1024 * 1024):
                yield piece


def _corrected(service: Service, person: str) -> Sequence[Answer]:
    with service.database.reading() as session:
        found = [row for row in Answers(session, person).list_all() if row.corrections and row.report_ready]
    if not found:
        raise NothingCorrected
    return found


def _make(service: Service, person: str, answer: Answer, folder: Path) -> str | LeftOut:
    """The clip of an answer and the line that describes it, or why there is none."""
    with service.database.reading() as session:
        saved = Answers(session, person).result(answer.id, "measure")
    if saved is None:
        return LeftOut(answer, "it was deleted meanwhile")
    # As it is saved: advice and verdicts, which some people have left out, are no labels.
    report = serialization.from_json(Report, saved)
    if not report.corrections:
        return LeftOut(answer, "it is being measured again")
    if report.spoken_span is None:
        return LeftOut(answer, "nobody speaks in it")
    source = service.storage.original(answer.id)
    if source is None:
        return LeftOut(answer, "its recording is not there")
    audio = f"{_CLIPS}/{answer.id}.flac"
    try:
        decode_clip(
            source,
            folder / audio,
            span=clip_span(report),
            maximum_duration=service.settings.maximum_duration,
            seconds=service.settings.time_limit,
            memory=service.settings.worker_memory,
        )
    except ClipError as error:
        return LeftOut(answer, str(error))
    clip = corrected_clip(report, identifier=answer.id, audio=audio, first_language=answer.first_language)
    return manifest_line(clip)


def _about(left_out: Sequence[LeftOut]) -> str:
    if not left_out:
        return _WHAT_IT_IS
    return f"{_WHAT_IT_IS}\nNot in here:\n" + "".join(f"- {missing}\n" for missing in left_out)
