"""Everything of a person as one zip file, written while it is sent: it needs no room on the disk.

answers.json                    every answer with its notes and tags, oldest first, and the folder of each
questions.json                  own questions, newest first, and the ids of favourites
focuses.json                    what was worked on in which week, oldest first
preferences.json                what is set for all answers
<date>_<id>/original.<ending>   what was handed in
<date>_<id>/report.json, transcript.txt, transcript.srt
<date>_<id>/corrections.json, report-machine.json
                                where something was put right: what, and the report without it
"""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.answers.preferences import Preferences, preferences_of
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.answers.saved_reports import report_text, transcript_of
from service.db.engine import Database
from service.db.models import Answer, Focus
from service.exports.transcripts import as_srt, as_text
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.practice.schemas import Question
from service.problems import NotFound, NotReady
from service.recordings.download_names import BEGINNING_BYTES, original_name, safe_suffix
from service.recordings.storage import Storage


@dataclass(frozen=True)
class Export:
    """What will be in the file. Results are read one answer at a time, while it is written.

    Attributes:
        answers: oldest first, with the sizes of their chunks.
        questions: the person's own.
        favourites: ids of questions.
        focuses: oldest first.
    """

    database: Database
    storage: Storage
    person: str
    answers: Sequence[tuple[Answer, Sequence[int]]]
    questions: Sequence[Question]
    favourites: Sequence[str]
    focuses: Sequence[Focus]
    preferences: Preferences

    @classmethod
    def collect(cls, database: Database, storage: Storage, person: str) -> "Export":
        """Finds out what there is now."""
        with database.reading() as session:
            answers = Answers(session, person)
            questions = Questions(session, person, bank()).list_all()
            return cls(
                database,
                storage,
                person,
                [(row, [chunk.size for chunk in answers.chunks(row.id)]) for row in answers.list_all()],
                [question for question in questions if question.own],
                [question.id for question in questions if question.favourite],
                session.scalars(select(Focus).where(Focus.person_id == person).order_by(Focus.week)).all(),
                preferences_of(session, person),
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
            beginning = next(_unless_deleted(export.storage.read_original(row.id, sizes)), b"")
            name = original_name(row.file_name, row.title, beginning[:BEGINNING_BYTES])
            kept_as = f"{folder}/original{safe_suffix(name)}"
            original = zipfile.ZipInfo(kept_as, row.created_at.timetuple()[:6])
            # Sound is compressed already. Sizes are not known to zipfile beforehand: allow for over 4 GiB.
            with archive.open(original, "w", force_zip64=True) as entry:
                for piece in _unless_deleted(export.storage.read_original(row.id, sizes)):
                    entry.write(piece)
                    yield
    for name, content in {"answers.json": listed, **_beside_answers(export)}.items():
        archive.writestr(name, _as_json(content), zipfile.ZIP_DEFLATED)
        yield


def stream_archive(export: Export) -> Iterator[bytes]:
    """The same archive as pieces of bytes."""
    buffer = _Outlet()
    with zipfile.ZipFile(buffer, "w") as archive:
        for _ in write_archive(export, archive):
            yield buffer.drain()
    yield buffer.drain()


def _beside_answers(export: Export) -> dict[str, object]:
    questions = [question.model_dump(mode="json") for question in export.questions]
    return {
        "questions.json": {"own": questions, "favourites": list(export.favourites)},
        "focuses.json": [
            {
                "week": focus.week.isoformat(),
                "measure": focus.measure,
                "plan": focus.plan,
                "went": focus.went,
                "chosen_at": focus.chosen_at.isoformat(),
            }
            for focus in export.focuses
        ],
        "preferences.json": export.preferences.model_dump(mode="json"),
    }


def _texts(export: Export, row: Answer) -> Iterator[tuple[str, str]]:
    with export.database.reading() as session:
        texts = list(_texts_of(session, export.person, row))
    yield from texts


def _texts_of(session: Session, person: str, row: Answer) -> Iterator[tuple[str, str]]:
    try:
        transcript = transcript_of(session, person, row.id)
        yield "transcript.txt", as_text(transcript)
        yield "transcript.srt", as_srt(transcript)
        yield "report.json", report_text(session, person, row.id)
    except (NotFound, NotReady):
        # Deleted meanwhile, or the work has not come that far.
        return
    if row.corrections:
        yield "corrections.json", _as_json(row.corrections)
        yield "report-machine.json", report_text(session, person, row.id, "machine")


def _as_json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)


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
