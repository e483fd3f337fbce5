"""Exports corrected answers as labelled speech: sound with its transcript, as `greenroom evaluate` reads it.

manifest.jsonl   one JSON object per clip
clips/<id>.flac  the sound, mono, 16 kHz
about.txt        a description, and the answers that are missing
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
from service.answers.sound import choice_of
from service.db.models import Answer, new_identifier
from service.dependencies import Service
from service.exports.clip_decoding import ClipError, decode_clip
from service.problems import NotFound

_ABOUT = "about.txt"
_CLIPS = "clips"
_SAMPLE_BYTES = 2
_DESCRIPTION = """\
Labelled speech, made by Greenroom from corrected answers.

manifest.jsonl has one JSON object per clip: what is said, with um and uh written out, and every filler with
its time. Pauses are not labelled. `greenroom evaluate FOLDER` measures Greenroom's error on it.

These are your own recordings. They contain your voice and your words: pass them on only if you mean to.
"""


class NothingCorrected(NotFound):
    """No answer has corrections."""

    code, title = "nothing_corrected", "Nothing has been corrected yet"

    def __init__(self) -> None:
        super().__init__("No answer has been corrected yet. Correct a word or a filler in a report first.")


@dataclass(frozen=True)
class LeftOut:
    """A corrected answer that is not in the labelled speech.

    Attributes:
        answer: its row.
        why: the reason, as part of a sentence.
    """

    answer: Answer
    why: str

    def __str__(self) -> str:
        return f"{self.answer.created_at:%Y-%m-%d}, {self.answer.title}: {self.why}"


@dataclass(frozen=True)
class Written:
    """The result of an export.

    Attributes:
        clips: number of clips.
        left_out: answers that could not be included.
    """

    clips: int
    left_out: Sequence[LeftOut]


def write_folder(service: Service, person: str, folder: Path) -> Written:
    """Writes the labelled speech of a person into a folder.

    Args:
        folder: an empty or new folder.

    Raises:
        NothingCorrected: there are no corrected answers.
        OSError: the folder cannot be written.
    """
    corrected = _corrected(service, person)
    (folder / _CLIPS).mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    left_out: list[LeftOut] = []
    for answer in corrected:
        line = _write_clip(service, person, answer, folder)
        if isinstance(line, LeftOut):
            left_out.append(line)
        else:
            lines.append(line)
    (folder / MANIFEST).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / _ABOUT).write_text(_about(left_out), encoding="utf-8")
    return Written(len(lines), left_out)


def stream_archive(service: Service, person: str) -> Iterator[bytes]:
    """The labelled speech of a person as a zip file, in pieces.

    The archive is complete before the first piece is sent, so that an error can still become an error
    response. Its temporary folder is deleted when the pieces are used up or discarded; one that a killed
    service left behind is deleted at the next start.

    Raises:
        NothingCorrected: there are no corrected answers.
        service.recordings.storage.StorageFullError: there is no space for it.
    """
    pieces = _archive(service, person)
    # Writes the archive: the generator runs up to its first piece, which is empty.
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
        rows = [row for row in Answers(session, person).list_all() if row.corrections and row.report_ready]
    if not rows:
        raise NothingCorrected
    return rows


def _write_clip(service: Service, person: str, answer: Answer, folder: Path) -> str | LeftOut:
    """Writes the clip of an answer, and returns its line of the manifest or why it was left out."""
    with service.database.reading() as session:
        saved = Answers(session, person).result(answer.id, "measure")
    if saved is None:
        return LeftOut(answer, "it was deleted meanwhile")
    # The report as it is saved. The person's preference on verdicts does not matter for labels.
    report = serialization.from_json(Report, saved)
    if not report.corrections:
        return LeftOut(answer, "it is being measured again")
    if report.spoken_span is None:
        return LeftOut(answer, "nobody speaks in it")
    audio = f"{_CLIPS}/{answer.id}.flac"
    with service.storage.workspace(new_identifier(), 1) as workspace:
        source = service.storage.local_original(answer.id, workspace)
        if source is None:
            return LeftOut(answer, "its recording is missing")
        try:
            decode_clip(
                source,
                folder / audio,
                span=clip_span(report),
                choice=choice_of(answer),
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
        return _DESCRIPTION
    return f"{_DESCRIPTION}\nNot included:\n" + "".join(f"- {missing}\n" for missing in left_out)
