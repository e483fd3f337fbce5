"""How a recording comes in: numbered chunks in any order, then a finish that says how many there are.

A live recording sends them while it is made; a plain upload is the same stream that has already ended.
A chunk is on disk and in a row before it is acknowledged.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.answers.repository import Answers
from service.db import models
from service.db.engine import Database
from service.db.models import Answer, Chunk
from service.jobs.enqueue import enqueue_analysis
from service.problems import AlreadyFinished, ChunkDiffers, EmptyFile, MissingChunks, NotFound, TooLarge
from service.recordings.storage import Storage
from service.schemas import Finish, NewAnswer

_NOTHING = hashlib.sha256(b"").hexdigest()

MAXIMUM_CHUNKS = 1_000_000
"""Chunks of one recording: a chunk a second for 11 days."""


class Intake:
    """Takes recordings in for one person.

    Args:
        database: rows.
        storage: bytes.
        person: whose.
        maximum_bytes: of one recording.
    """

    def __init__(self, database: Database, storage: Storage, person: str, *, maximum_bytes: int) -> None:
        self._database = database
        self._storage = storage
        self._person = person
        self._maximum_bytes = maximum_bytes

    def create(self, new: NewAnswer) -> Answer:
        """An answer that waits for its chunks."""
        with self._database.writing() as session:
            return Answers(session, self._person).create(new)

    def put(self, answer: str, number: int, data: bytes) -> None:
        """Stores one chunk; a chunk that is there already, with the same bytes, is no error.

        Raises:
            NotFound: no such answer.
            ChunkDiffers: other bytes are stored under this number.
            AlreadyFinished: the recording is complete.
            TooLarge: with this chunk it would be larger than allowed.
            service.recordings.storage.StorageFullError: the disk is full.
        """
        digest = hashlib.sha256(data).hexdigest()
        with self._database.reading() as session:
            row = Answers(session, self._person).get(answer)
            if self._known(session, row, number, digest):
                return
            self._check_size(session, row, len(data))
        try:
            with (
                self._storage.stage_chunk(answer, number, data) as staged,
                self._database.writing() as session,
            ):
                # All of it again: another request may have come in between.
                row = Answers(session, self._person).get(answer)
                if self._known(session, row, number, digest):
                    return
                self._check_size(session, row, len(data))
                session.add(Chunk(answer_id=answer, number=number, size=len(data), sha256=digest))
                row.bytes += len(data)
                row.chunk_count += 1
                row.received_at = models.now()
                self._let_work_begin(session, row)
                Answers(session, self._person).touch(row)
                session.flush()
                # Before the commit: a row without its bytes would be a lie, bytes without a row are swept.
                staged.keep()
        except NotFound:
            self._storage.delete(answer)
            raise

    def finish(self, answer: str, finish: Finish) -> Answer:
        """Completes a recording and queues the work on it. A second time changes nothing.

        Without a number of chunks, what has arrived is the recording.

        Raises:
            NotFound: no such answer.
            MissingChunks: not everything arrived; it can still be sent.
            AlreadyFinished: it is complete with another number of chunks, or has more than it should.
            EmptyFile: there is not one byte; the answer is removed.
        """
        with self._database.writing() as session:
            answers = Answers(session, self._person)
            row = answers.get(answer)
            numbers: Sequence[int] = [chunk.number for chunk in answers.chunks(answer)]
            expected = max(numbers, default=-1) + 1 if finish.chunks is None else finish.chunks
            if finish.chunks is None:
                numbers = self._fill_holes(session, row, numbers)
            if row.intake == "complete" and expected == len(numbers):
                return row
            self._check_complete(row, numbers, expected)
            empty = row.bytes == 0
            if empty:
                answers.delete([row])
            else:
                _complete(session, row, finish)
                answers.touch(row)
        if empty:
            self._storage.delete(answer)
            raise EmptyFile
        return row

    @staticmethod
    def _let_work_begin(session: Session, row: Answer) -> None:
        """A recording made here is worked on while it comes in; an upload once it is whole."""
        revived = row.intake == "interrupted"
        if revived:
            row.intake = "receiving"
        if row.source == "recording" and (revived or row.chunk_count == 1) and enqueue_analysis(session, row):
            # A copy made of what was there then is of no use for the whole.
            _forget_copy(row)

    @staticmethod
    def _fill_holes(session: Session, row: Answer, numbers: Sequence[int]) -> Sequence[int]:
        """Puts empty chunks where some never came, so that what came after them is not lost."""
        if row.intake == "complete":
            return numbers
        whole = range(max(numbers, default=-1) + 1)
        for number in sorted(set(whole) - set(numbers)):
            session.add(Chunk(answer_id=row.id, number=number, size=0, sha256=_NOTHING))
        row.chunk_count = len(whole)
        session.flush()
        return whole

    @staticmethod
    def _check_complete(row: Answer, numbers: Sequence[int], expected: int) -> None:
        if row.intake == "complete":
            raise AlreadyFinished(
                f"This recording was finished with {len(numbers)} parts, not {expected}. Nothing was changed."
            )
        missing = sorted(set(range(expected)) - set(numbers))
        if missing:
            raise MissingChunks(missing)
        if len(numbers) > expected:
            raise AlreadyFinished(
                f"{len(numbers)} parts are stored, more than the {expected} that this recording should have."
            )

    @staticmethod
    def _known(session: Session, row: Answer, number: int, digest: str) -> bool:
        """Whether this very chunk is stored already."""
        stored = session.scalar(select(Chunk.sha256).where(Chunk.answer_id == row.id, Chunk.number == number))
        if stored == digest:
            return True
        if stored is not None:
            raise ChunkDiffers(f"Part {number} is stored already, with other content. It was left as it is.")
        if row.intake == "complete":
            raise AlreadyFinished("This recording is complete. Nothing can be added to it.")
        return False

    def _check_size(self, session: Session, row: Answer, more: int) -> None:
        # The sum of the rows, not a counter: it is what is stored.
        stored = session.scalar(select(func.sum(Chunk.size)).where(Chunk.answer_id == row.id)) or 0
        if stored + more > self._maximum_bytes:
            raise too_large(self._maximum_bytes)


def _complete(session: Session, row: Answer, finish: Finish) -> None:
    row.intake = "complete"
    row.paused_at = list(finish.paused_at) or None
    # Whatever happened to a part of the recording, the whole of it starts afresh.
    if enqueue_analysis(session, row):
        _forget_copy(row)


def _forget_copy(row: Answer) -> None:
    row.media_file = row.media_type = None
    row.peaks_ready = False


def too_large(maximum_bytes: int) -> TooLarge:
    """The refusal of a recording with more than `maximum_bytes`."""
    return TooLarge(
        f"A recording can have at most {maximum_bytes / 1_000_000:,.0f} MB. This one was not stored. "
        "Choose a shorter one, or save it with a smaller file size.",
        maximum_bytes=maximum_bytes,
    )
