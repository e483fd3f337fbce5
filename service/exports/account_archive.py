"""The account data of a person as one zip file, written while it is sent, so that it needs no disk space.

answers.json                    every answer with its notes, tags, remarks and folder, oldest first
missing-files.txt               only where the storage has lost a recording; answers.json says so there too
questions.json                  own questions, newest first, and the ids of favourites
focuses.json                    the focus of each week, oldest first
interviews.json                 mock interviews as they were planned, oldest first
question-notes.json             what was planned for a question, and its bullets
preferences.json                the preferences
account.json                    where people sign in: the account, its browsers and what the log says of it
preparation.json                scheduled interviews with what belongs to them, and the set-up check
advising.json                   submissions, comments and rubrics that were given, and what an adviser wrote
spoken-comments/                the sound of spoken comments
set-up/                         still pictures of the set-up check
<date>_<id>/original.<suffix>   the uploaded or recorded file
<date>_<id>/report.json, transcript.txt, transcript.srt
<date>_<id>/corrections.json, report-machine.json
                                for corrected answers: the corrections, and the report without them
<date>_<id>/other-sounds.json   spans and corrections of sound tracks or sides that are not chosen now
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.answers.preferences import Preferences, preferences_of
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.answers.saved_reports import transcript_of, whole_report_text
from service.db.engine import Database
from service.db.models import Answer, Focus, Interview, QuestionNotes, Remark
from service.exports.account import collect_account
from service.exports.advising import collect_advising, spoken_comment, spoken_comments
from service.exports.originals import MISSING, Originals
from service.exports.preparation import PreparationExport, collect_preparation, still_content
from service.exports.transcripts import as_srt, as_text
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.practice.schemas import Question
from service.problems import NotFound, NotReady
from service.recordings.storage import Storage, StoredChunk


@dataclass(frozen=True)
class Export:
    """The contents of the archive. Reports are read one answer at a time, while it is written.

    Attributes:
        answers: rows, oldest first, with their chunks.
        questions: the person's own questions.
        favourites: ids of favourite questions.
        focuses: focuses of weeks, oldest first.
        interviews: mock interviews, oldest first.
        question_notes: plans and bullets by question.
        remarks: remarks by answer, in the order of their time.
        preparation: what was prepared for interviews.
        advising: what was submitted, given and written between applicants and advisers.
        spoken_comments: ids of spoken comments.
        account: the person's account; None where nobody signs in.
    """

    database: Database
    storage: Storage
    person: str
    answers: Sequence[tuple[Answer, Sequence[StoredChunk]]]
    questions: Sequence[Question]
    favourites: Sequence[str]
    focuses: Sequence[Focus]
    interviews: Sequence[Interview]
    question_notes: Sequence[QuestionNotes]
    remarks: Mapping[str, Sequence[Remark]]
    preferences: Preferences
    preparation: PreparationExport
    advising: Mapping[str, object]
    spoken_comments: Sequence[str]
    account: dict[str, object] | None

    @classmethod
    def collect(cls, database: Database, storage: Storage, person: str) -> "Export":
        """Collects the person's current data."""
        with database.reading() as session:
            answers = Answers(session, person)
            questions = Questions(session, person, bank()).list_all()
            return cls(
                database,
                storage,
                person,
                [(row, answers.stored_chunks(row.id)) for row in answers.list_all()],
                [question for question in questions if question.own],
                [question.id for question in questions if question.favourite],
                session.scalars(select(Focus).where(Focus.person_id == person).order_by(Focus.week)).all(),
                session.scalars(
                    select(Interview)
                    .where(Interview.person_id == person)
                    .order_by(Interview.created_at, Interview.id)
                ).all(),
                session.scalars(
                    select(QuestionNotes)
                    .where(QuestionNotes.person_id == person)
                    .order_by(QuestionNotes.question_id)
                ).all(),
                _remarks(session, person),
                preferences_of(session, person),
                collect_preparation(session, person),
                collect_advising(session, person),
                spoken_comments(session, person),
                collect_account(session, person),
            )


def write_archive(export: Export, archive: zipfile.ZipFile) -> Iterator[None]:
    """Writes the archive in steps; between two steps the caller can send what has been written.

    Raises:
        service.recordings.storage.StorageUnavailableError: what was written is no archive.
    """
    listed: list[dict[str, object]] = []
    originals = Originals(export.database, export.storage)
    verdicts = not export.preferences.speaks_differently
    for row, chunks in export.answers:
        folder = f"{row.created_at:%Y-%m-%d}_{row.id[:8]}"
        remarks = [{"at": remark.at, "text": remark.text} for remark in export.remarks.get(row.id, ())]
        listed.append(
            {
                "folder": folder,
                **describe(row, verdicts=verdicts).model_dump(mode="json"),
                "specifics_said": row.specifics_said,
                "remarks": remarks,
            }
        )
        for name, text in _texts(export, row):
            archive.writestr(f"{folder}/{name}", text, zipfile.ZIP_DEFLATED)
            yield
        # For a live recording that was never finished, the part that arrived.
        has_recording = row.intake == "complete" or row.source == "recording"
        if has_recording and row.recording_deleted_at is None:
            yield from originals.write(archive, folder, row, chunks)
            if (missing := originals.missing(row.id)) is not None:
                listed[-1]["missing"] = missing
    if (notice := originals.notice()) is not None:
        archive.writestr(MISSING, notice, zipfile.ZIP_DEFLATED)
        yield
    for name, content in {"answers.json": listed, **_beside_answers(export)}.items():
        archive.writestr(name, _as_json(content), zipfile.ZIP_DEFLATED)
        yield
    for name, still in export.preparation.stills:
        with export.database.reading() as session:
            content = still_content(session, still)
        if content is not None:
            archive.writestr(name, content)
            yield
    for comment in export.spoken_comments:
        with export.database.reading() as session:
            spoken = spoken_comment(session, comment)
        if spoken is not None:
            archive.writestr(*spoken)
            yield


def stream_archive(export: Export) -> Iterator[bytes]:
    """The archive as pieces of bytes."""
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
        "interviews.json": [
            {
                "id": interview.id,
                "name": interview.name,
                "format_id": interview.format_id,
                "created_at": interview.created_at.isoformat(),
                "ended_at": None if interview.ended_at is None else interview.ended_at.isoformat(),
                "choices": interview.choices,
                "steps": interview.steps,
                "position": interview.position,
            }
            for interview in export.interviews
        ],
        "question-notes.json": [
            {
                "question_id": notes.question_id,
                "acknowledge": notes.acknowledge,
                "context": notes.context,
                "learned": notes.learned,
                "bullets": notes.bullets or [],
                "updated_at": notes.updated_at.isoformat(),
            }
            for notes in export.question_notes
        ],
        "preferences.json": export.preferences.model_dump(mode="json"),
        "preparation.json": export.preparation.tables,
        "advising.json": export.advising,
        **({} if export.account is None else {"account.json": export.account}),
    }


def _remarks(session: Session, person: str) -> dict[str, list[Remark]]:
    remarks: dict[str, list[Remark]] = {}
    query = select(Remark).join(Answer, Remark.answer_id == Answer.id).where(Answer.person_id == person)
    for remark in session.scalars(query.order_by(Remark.answer_id, Remark.at, Remark.created_at)):
        remarks.setdefault(remark.answer_id, []).append(remark)
    return remarks


def _texts(export: Export, row: Answer) -> Iterator[tuple[str, str]]:
    with export.database.reading() as session:
        texts = list(_texts_of(session, export.person, row))
    yield from texts


def _texts_of(session: Session, person: str, row: Answer) -> Iterator[tuple[str, str]]:
    try:
        transcript = transcript_of(session, person, row.id)
        yield "transcript.txt", as_text(transcript)
        yield "transcript.srt", as_srt(transcript)
        yield "report.json", whole_report_text(session, person, row.id)
    except (NotFound, NotReady):
        # The answer was deleted in the meantime, or its analysis is not that far yet.
        return
    if row.set_aside:
        yield "other-sounds.json", _as_json(row.set_aside)
    if row.corrections:
        yield "corrections.json", _as_json(row.corrections)
        yield "report-machine.json", whole_report_text(session, person, row.id, "machine")


def _as_json(content: object) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)


class _Outlet(io.RawIOBase):
    """A write-only file that is emptied repeatedly. It cannot seek, so zipfile writes sequentially."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._bytes += data  # type: ignore[arg-type]
        return len(data)  # type: ignore[arg-type]

    def drain(self) -> bytes:
        """Returns and removes the bytes written since the last call."""
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken
