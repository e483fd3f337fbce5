"""Intake of recordings: numbered chunks in any order, then a finish that states how many there are.

A live recording sends chunks while it is made; a plain upload is the same stream that has already ended.
A chunk is on disk and in the database before it is acknowledged.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.orm import Session

from service.answers.repository import Answers
from service.db.engine import Database
from service.db.models import Answer, Chunk
from service.jobs.enqueue import enqueue_analysis
from service.practice.choice import choose
from service.problems import (
    AlreadyFinished,
    ChunkDiffers,
    ChunkTooFar,
    EmptyFile,
    MissingChunks,
    NotFound,
    TooLarge,
)
from service.recordings.chunk_rows import Arrived, add_chunk, arrived
from service.recordings.storage import Storage
from service.schemas import Finish, NewAnswer

_EMPTY_DIGEST = hashlib.sha256(b"").hexdigest()

MAXIMUM_CHUNKS = 100_000
"""Most chunks of one recording: one chunk per second for 27 hours."""

LARGEST_GAP = 10_000
"""Most chunks that a number may lie beyond those that have arrived. A page that lost its own copy of a whole
recording of an hour, at one chunk per second, still fits."""


class Intake:
    """Receives the recordings of one person.

    Args:
        database: where the rows are stored.
        storage: where the bytes are stored.
        person: id of the person.
        maximum_bytes: largest size of one recording.
    """

    def __init__(self, database: Database, storage: Storage, person: str, *, maximum_bytes: int) -> None:
        self._database = database
        self._storage = storage
        self._person = person
        self._maximum_bytes = maximum_bytes

    def create(self, new: NewAnswer) -> Answer:
        """Creates an answer without a format, which waits for its chunks."""
        with self._database.writing(self._person) as session:
            return Answers(session, self._person).create(new, choose(session, self._person, new, None))

    def put(self, answer: str, number: int, data: bytes) -> None:
        """Stores one chunk. Storing the same bytes again is not an error.

        Raises:
            NotFound: there is no such answer.
            ChunkDiffers: different bytes are stored under this number.
            AlreadyFinished: the recording is complete.
            TooLarge: this chunk would make the recording larger than allowed.
            ChunkTooFar: its number lies too far beyond the chunks that have arrived.
            service.recordings.storage.StorageFullError: the disk is full.
            service.recordings.storage.StorageUnavailableError: the object store does not answer.
        """
        digest = hashlib.sha256(data).hexdigest()
        with self._database.reading() as session:
            if self._is_stored(arrived(session, self._person, answer, number), number, digest, len(data)):
                return
        try:
            with (
                self._storage.stage_chunk(answer, number, data) as staged,
                self._database.writing(self._person) as session,
            ):
                # Checked again, because another request may have come in between.
                before = arrived(session, self._person, answer, number)
                if self._is_stored(before, number, digest, len(data)):
                    return
                chunk = Chunk(
                    answer_id=answer, number=number, size=len(data), sha256=digest, object_key=staged.key
                )
                add_chunk(session, self._person, chunk)
                resumed = before.intake == "interrupted"
                if resumed or (before.source == "recording" and before.count == 0):
                    self._queue_live_analysis(session, Answers(session, self._person).get(answer))
                session.flush()
                # Before the commit: a row without its bytes would be wrong; bytes without a row are swept.
                staged.keep()
        except NotFound:
            self._storage.delete(answer)
            raise

    def finish(self, answer: str, finish: Finish) -> Answer:
        """Completes a recording and queues its analysis. A repeated call changes nothing.

        Without a number of chunks, the recording consists of the chunks that have arrived.

        Raises:
            NotFound: there is no such answer.
            MissingChunks: some chunks have not arrived; they can still be sent.
            AlreadyFinished: it is complete with another number of chunks, or has more chunks than stated.
            EmptyFile: the recording has no bytes; the answer is deleted.
        """
        with self._database.writing(self._person) as session:
            answers = Answers(session, self._person)
            row = answers.get(answer)
            numbers = answers.chunk_numbers(answer)
            expected = max(numbers, default=-1) + 1 if finish.chunks is None else finish.chunks
            if finish.chunks is None:
                numbers = self._fill_gaps(session, row, numbers)
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
    def _queue_live_analysis(session: Session, row: Answer) -> None:
        """Queues a live recording while it still arrives; an upload is queued when it is complete."""
        if row.intake == "interrupted":
            row.intake = "receiving"
        if row.source == "recording" and enqueue_analysis(session, row):
            # A copy of the part that had arrived is of no use for the whole recording.
            _forget_copy(row)

    @staticmethod
    def _fill_gaps(session: Session, row: Answer, numbers: Sequence[int]) -> Sequence[int]:
        """Adds empty chunks in place of those that never arrived, so that later chunks are not lost."""
        if row.intake == "complete":
            return numbers
        all_numbers = range(max(numbers, default=-1) + 1)
        missing = sorted(set(all_numbers) - set(numbers))
        if missing:
            empty = {"answer_id": row.id, "size": 0, "sha256": _EMPTY_DIGEST}
            session.execute(insert(Chunk), [{**empty, "number": number} for number in missing])
        row.chunk_count = len(all_numbers)
        session.flush()
        return all_numbers

    @staticmethod
    def _check_complete(row: Answer, numbers: Sequence[int], expected: int) -> None:
        if row.intake == "complete":
            raise AlreadyFinished(
                f"This recording was finished with {len(numbers)} parts, not {expected}. Nothing was changed."
            )
        missing = sorted(set(range(expected)) - set(numbers))
        if missing:
            raise MissingChunks(missing[:LARGEST_GAP], len(missing))
        if len(numbers) > expected:
            raise AlreadyFinished(
                f"{len(numbers)} parts are stored, more than the {expected} that this recording should have."
            )

    def _is_stored(self, so_far: Arrived, number: int, digest: str, size: int) -> bool:
        """Whether this chunk is stored already, with the same bytes. Refuses one that cannot be added."""
        if so_far.sha256 == digest:
            return True
        if so_far.sha256 is not None:
            raise ChunkDiffers(f"Part {number} is already stored with other content. It was not changed.")
        if so_far.intake == "complete":
            raise AlreadyFinished("This recording is complete. Nothing can be added to it.")
        if so_far.size + size > self._maximum_bytes:
            raise too_large(self._maximum_bytes)
        if number > so_far.count + LARGEST_GAP:
            raise ChunkTooFar(LARGEST_GAP)
        return False


def _complete(session: Session, row: Answer, finish: Finish) -> None:
    row.intake = "complete"
    row.paused_at = list(finish.paused_at) or None
    # Whatever happened to an earlier part of the recording, the analysis of the whole starts over.
    if enqueue_analysis(session, row):
        _forget_copy(row)


def _forget_copy(row: Answer) -> None:
    row.media_file = row.media_type = None
    row.peaks_ready = False


def too_large(maximum_bytes: int) -> TooLarge:
    """The error for a recording with more than `maximum_bytes`."""
    return TooLarge(
        f"A recording can have at most {maximum_bytes / 1_000_000:,.0f} MB. This one was not stored. "
        "Choose a shorter one, or save it with a smaller file size.",
        maximum_bytes=maximum_bytes,
    )
