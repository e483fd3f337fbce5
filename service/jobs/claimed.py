"""What a worker knows of an answer that it has claimed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import Correction
from service.answers.measuring import read_corrections
from service.db.models import Answer, Chunk
from service.schemas import Intake


class RunLostError(Exception):
    """This run is over: the answer was deleted or taken over. Drop the work."""


@dataclass(frozen=True)
class Claim:
    """One run of the work on one answer.

    Attributes:
        answer, person: ids.
        run: number of this run.
        intake: `receiving` where the recording still goes on.
        sizes: bytes of each chunk that is there, in order.
        source: `upload`, `recording` or `sample`.
        span: as marked by the person, seconds.
        span_version: which marking that is.
        media_ready, peaks_ready: made by an earlier run.
        suspect: the worker died in the last run, in which it made no headway.
        aim: `low`, `high` (seconds) and what it is `of`; None for the usual one.
        capture: what the browser said that it did to the sound; None where nothing was said.
        paused_at: where the recording was paused, seconds.
        corrections: what the person put right.
        anew: every stage is to be done again with this build.
    """

    answer: str
    person: str
    run: int
    intake: Intake
    sizes: tuple[int, ...]
    source: str
    span: tuple[float, float] | None
    span_version: int
    media_ready: bool
    peaks_ready: bool
    suspect: bool = False
    aim: dict[str, Any] | None = None
    capture: dict[str, Any] | None = None
    paused_at: tuple[float, ...] = ()
    corrections: tuple[Correction, ...] = ()
    anew: bool = False


@dataclass(frozen=True)
class Arrived:
    """How far a recording has come in.

    Attributes:
        intake: `complete` once nothing follows.
        sizes: bytes of the chunks from the one that was asked for, without a hole between them.
    """

    intake: Intake
    sizes: tuple[int, ...]


def describe_claim(session: Session, row: Answer) -> Claim:
    """The claim of an answer whose row was just written."""
    sizes = session.scalars(select(Chunk.size).where(Chunk.answer_id == row.id).order_by(Chunk.number))
    return Claim(
        answer=row.id,
        person=row.person_id,
        run=row.run,
        intake=row.intake,  # type: ignore[arg-type]
        sizes=tuple(sizes),
        source=row.source,
        span=None if row.span_start is None or row.span_end is None else (row.span_start, row.span_end),
        span_version=row.span_version,
        media_ready=row.media_file is not None,
        peaks_ready=row.peaks_ready,
        suspect=row.crashes > 0,
        aim=row.aim,
        capture=row.capture,
        paused_at=tuple(row.paused_at or ()),
        corrections=read_corrections(row.corrections),
        anew=row.anew,
    )
