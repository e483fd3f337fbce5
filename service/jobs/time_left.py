"""About how long the answers in the queue will still take, from how long others took on this machine.

A machine that is busy with other things is as slow in these figures as it is; before the first whole analysis
there are none. Nothing else estimates a time.
"""

import heapq
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from service.db.clock import database_seconds
from service.db.models import Answer, Job, Person

RECENT = 9
"""Analyses whose median counts: enough that one short or interrupted one does not matter."""

AFTER_TRANSCRIBING = 0.1
"""Share of the whole work that remains when the transcript is there: measuring took 0.05 to 0.1 of it for
answers of 20 to 180 s on two processors."""

LEAST_SHARE = 0.2
"""Share of the work that is taken to remain while its progress is not known, however long it has taken."""


@dataclass(frozen=True)
class Pace:
    """How long recent analyses took.

    Attributes:
        per_second: seconds of work for a second of the recording.
        whole: seconds of work for an answer, where its length is not known yet.
    """

    per_second: float
    whole: float

    def of(self, length: float | None) -> float:
        """Seconds of work for an answer of this length in seconds."""
        return self.whole if not length else length * self.per_second


def recent_pace(session: Session) -> Pace | None:
    """The pace of recent uploads, whoever they belong to; None before the first."""
    rows = session.execute(
        select(Job.work_seconds, Answer.duration)
        .join(Answer, Answer.id == Job.answer_id)
        .where(Job.kind == "upload", Job.work_seconds.is_not(None), Answer.duration > 0)
        .order_by(Job.finished_at.desc())
        .limit(RECENT)
    ).all()
    times = [(float(seconds or 0.0), float(duration or 1.0)) for seconds, duration in rows]
    if not times:
        return None
    return Pace(
        per_second=median(seconds / duration for seconds, duration in times),
        whole=median(seconds for seconds, _ in times),
    )


def times_left(session: Session, person: str, *, workers: int, now: float | None = None) -> dict[str, float]:
    """Seconds until the report of each of a person's answers is there, as far as that can be estimated.

    Args:
        session: from `Database.reading`.
        person: id of the person. The answers of others count as far as they come first.
        workers: workers that take uploads at the same time.
        now: seconds since 1970 by the database's clock.
    """
    pace = recent_pace(session)
    if pace is None:
        return {}
    now = session.scalar(select(database_seconds())) or 0.0 if now is None else now
    left: dict[str, float] = {}
    free_after = [0.0] * max(1, workers)
    for row in _in_turn(_under_way(session)):
        if row.state == "leased":
            needed = _left_of(row, pace, now)
            # It occupies one of the workers until then.
            heapq.heapreplace(free_after, max(free_after[0], needed))
        else:
            needed = free_after[0] + pace.of(row.duration)
            heapq.heapreplace(free_after, needed)
        if row.person_id == person:
            left[row.id] = needed
    return left


def _under_way(session: Session) -> Sequence[Row]:  # type: ignore[type-arg]
    """The answers that are analysed, and then those that wait, by age."""
    return session.execute(
        select(
            Answer.id,
            Answer.person_id,
            Answer.duration,
            Answer.work_stage,
            Answer.progress_done,
            Answer.progress_total,
            Job.state,
            Job.claimed_at,
            Person.turn_at,
        )
        .join(Job, Job.answer_id == Answer.id)
        .join(Person, Person.id == Answer.person_id)
        .where(Job.state.in_(("leased", "waiting")), Answer.intake == "complete")
        .order_by(Job.state, Answer.received_at, Answer.id)
    ).all()


def _in_turn(rows: Sequence[Row]) -> Iterator[Row]:  # type: ignore[type-arg]
    """The answers in the order in which the queue takes them: people take turns (`JobQueue.first_waiting`).

    Args:
        rows: of `_under_way`.
    """
    in_progress: Counter[str] = Counter()
    waiting: dict[str, deque[tuple[int, Row]]] = {}  # type: ignore[type-arg]
    for number, row in enumerate(rows):
        if row.state == "leased":
            in_progress[row.person_id] += 1
            yield row
        else:
            waiting.setdefault(row.person_id, deque()).append((number, row))
    turns = [
        (in_progress[person], answers[0][1].turn_at or 0.0, answers[0][0], person)
        for person, answers in waiting.items()
    ]
    heapq.heapify(turns)
    while turns:
        had, turn, _, person = turns[0]
        yield waiting[person].popleft()[1]
        if waiting[person]:
            heapq.heapreplace(turns, (had + 1, turn, waiting[person][0][0], person))
        else:
            heapq.heappop(turns)


def _left_of(row: Row, pace: Pace, now: float) -> float:  # type: ignore[type-arg]
    total: float = pace.of(row.duration or row.progress_total)
    spent: float = max(0.0, now - (row.claimed_at or now))
    if row.work_stage == "measure":
        return total * AFTER_TRANSCRIBING
    if row.work_stage == "transcribe" and row.progress_total and row.progress_done is not None:
        done: float = min(1.0, row.progress_done / row.progress_total)
        # Where it is slower than the others were, its own pace counts.
        own = spent * (1 - done) / done if done > 0 else 0.0
        return max(total * (1 - done), own, total * AFTER_TRANSCRIBING)
    return max(total - spent, total * LEAST_SHARE)
