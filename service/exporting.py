"""Everything of a person as one zip file, written while it is sent: it needs no room on the disk.

answers.json                    every answer with its notes, oldest first, and the folder of each
questions.json                  own questions, newest first, and the ids of favourites
<date>_<id>/original.<ending>   what was handed in
<date>_<id>/report.json, transcript.txt, transcript.srt
"""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis import serialization
from analysis.transcription.protocol import Transcription
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.database.engine import Database
from service.database.models import Answer
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.practice.schemas import Question
from service.storage.download_names import safe_suffix
from service.storage.protocol import Storage
from service.transcripts import as_srt, as_text


@dataclass(frozen=True)
class Export:
    """What will be in the file. Results are read one answer at a time, while it is written.

    Attributes:
        answers: oldest first, with the sizes of their chunks.
        questions: the person's own.
        favourites: ids of questions.
    """

    database: Database
    storage: Storage
    person: str
    answers: Sequence[tuple[Answer, Sequence[int]]]
    questions: Sequence[Question]
    favourites: Sequence[str]

    @classmethod
    def collect(cls, database: Database, storage: Storage, person: str) -> "Export":
        """Finds out what there is now."""
        with database.reading() as session:
            answers = Answers(session, person)
            questions = Questions(session, person, bank()).every()
            return cls(
                database,
                storage,
                person,
                [(row, [chunk.size for chunk in answers.chunks(row.id)]) for row in answers.every()],
                [question for question in questions if question.own],
                [question.id for question in questions if question.favourite],
            )


def write_archive(export: Export, archive: zipfile.ZipFile) -> Iterator[None]:
    """Writes the archive step by step; between two steps the caller can pass on what there is."""
    listed = []
    for row, sizes in export.answers:
        folder = f"{row.created_at:%Y-%m-%d}_{row.id[:8]}"
        listed.append({"folder": folder, **describe(row).model_dump(mode="json")})
        for name, text in _texts(export, row):
            archive.writestr(f"{folder}/{name}", text, zipfile.ZIP_DEFLATED)
            yield
        # Of a recording that was never finished, what arrived.
        if row.intake == "complete" or row.source == "recording":
            original = zipfile.ZipInfo(
                f"{folder}/original{safe_suffix(row.file_name)}", row.created_at.timetuple()[:6]
            )
            # Sound is compressed already. Sizes are not known to zipfile beforehand: allow for over 4 GiB.
            with archive.open(original, "w", force_zip64=True) as entry:
                for piece in _unless_deleted(export.storage.read_original(row.id, sizes)):
                    entry.write(piece)
                    yield
    questions = [question.model_dump(mode="json") for question in export.questions]
    asked = {"own": questions, "favourites": list(export.favourites)}
    for name, content in (("answers.json", listed), ("questions.json", asked)):
        archive.writestr(name, json.dumps(content, indent=2, ensure_ascii=False), zipfile.ZIP_DEFLATED)
        yield


def stream_archive(export: Export) -> Iterator[bytes]:
    """The same archive as pieces of bytes."""
    buffer = _Outlet()
    with zipfile.ZipFile(buffer, "w") as archive:
        for _ in write_archive(export, archive):
            yield buffer.drain()
    yield buffer.drain()


def _texts(export: Export, row: Answer) -> Iterator[tuple[str, str]]:
    with export.database.reading() as session:
        answers = Answers(session, export.person)
        report = answers.result(row.id, "measure")
        saved = answers.result(row.id, "transcribe")
    if report is not None:
        yield "report.json", report
    if saved is not None:
        transcript = serialization.from_json(Transcription, saved).transcript
        yield "transcript.txt", as_text(transcript)
        yield "transcript.srt", as_srt(transcript)


def _unless_deleted(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Ends early where the answer is deleted while it is being written."""
    try:
        yield from pieces
    except FileNotFoundError:
        return


class _Outlet(io.RawIOBase):
    """A file that can only be written and is emptied in between. zipfile then writes without seeking."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._bytes += data  # type: ignore[arg-type]
        return len(data)  # type: ignore[arg-type]

    def drain(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
