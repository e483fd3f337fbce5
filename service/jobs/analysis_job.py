"""What a worker knows of a job that it has claimed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import Correction
from analysis.signal.sound_choice import NO_CHOICE, SoundChoice
from service.answers.measuring import read_corrections
from service.answers.sound import choice_of
from service.db.models import Answer, Chunk
from service.jobs.queue import Lease
from service.recordings.storage import StoredChunk
from service.schemas import Intake


@dataclass(frozen=True)
class AnalysisJob:
    """One attempt at the analysis of one answer.

    Attributes:
        lease: by which the queue knows it.
        person: id.
        intake: `receiving` while the recording is still being made.
        chunks: received so far, in order.
        source: `upload`, `recording` or `sample`.
        span: as marked by the person, seconds.
        span_version: which marking that is.
        choice: which sound the person chose to have measured.
        sound_version: the `span_version` of that choice; stage results of earlier ones are of another sound.
        media_ready, peaks_ready: made by an earlier attempt, of the chosen sound.
        media_file: name of the playable copy, of whichever sound; None if there is none.
        aim: `low`, `high` (seconds) and what it is `of`; None for the usual one.
        capture: audio processing that the browser reported; None where it reported nothing.
        paused_at: where the recording was paused, seconds.
        corrections: what the person corrected.
    """

    lease: Lease
    person: str
    intake: Intake
    chunks: tuple[StoredChunk, ...]
    source: str
    span: tuple[float, float] | None
    span_version: int
    media_ready: bool
    peaks_ready: bool
    choice: SoundChoice = NO_CHOICE
    sound_version: int = 0
    media_file: str | None = None
    aim: dict[str, Any] | None = None
    capture: dict[str, Any] | None = None
    paused_at: tuple[float, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def answer(self) -> str:
        """Id of the answer."""
        return self.lease.answer


@dataclass(frozen=True)
class Arrived:
    """How far a recording has come in.

    Attributes:
        intake: `complete` once nothing follows.
        chunks: from the requested one on, up to the first missing chunk.
    """

    intake: Intake
    chunks: tuple[StoredChunk, ...]


def describe_job(session: Session, lease: Lease, row: Answer) -> AnalysisJob:
    """The job of a lease, from the answer's row as it was just read."""
    chunks = session.execute(
        select(Chunk.size, Chunk.object_key).where(Chunk.answer_id == row.id).order_by(Chunk.number)
    )
    return AnalysisJob(
        lease=lease,
        person=row.person_id,
        intake=row.intake,  # type: ignore[arg-type]
        chunks=tuple(StoredChunk(*chunk) for chunk in chunks),
        source=row.source,
        span=None if row.span_start is None or row.span_end is None else (row.span_start, row.span_end),
        span_version=row.span_version,
        media_ready=row.media_file is not None and row.media_version >= row.sound_version,
        peaks_ready=row.peaks_ready and row.media_version >= row.sound_version,
        choice=choice_of(row),
        sound_version=row.sound_version,
        media_file=row.media_file,
        aim=row.aim,
        capture=row.capture,
        paused_at=tuple(row.paused_at or ()),
        corrections=read_corrections(row.corrections),
    )
