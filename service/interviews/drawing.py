"""Draws the questions of an interview, none of which was asked in the last two weeks if possible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from service.practice.schemas import Question

NOT_AGAIN_WITHIN = timedelta(days=14)
"""A question that was asked within it is drawn only where no other is left."""


@dataclass(frozen=True)
class Drawn:
    """The questions of an interview.

    Attributes:
        questions: in the order in which they are asked.
        repeated: how many of them were asked within `NOT_AGAIN_WITHIN`, for want of others.
    """

    questions: tuple[Question, ...]
    repeated: int


def draw(
    pool: Sequence[Question],
    slots: Sequence[Sequence[str]],
    count: int,
    *,
    last_asked: Mapping[str, datetime],
    now: datetime,
    random: Random,
) -> Drawn:
    """Draws questions for the places of an interview.

    Args:
        pool: the questions that may be drawn.
        slots: for each place the kinds or sets that it is drawn from; they repeat from the start where there
            are fewer than `count`. Without any, all places are drawn from the whole pool.
        count: how many questions; fewer are drawn where the pool has fewer.
        last_asked: when each question was last asked, by its id.
        now: the current time.
        random: source of chance.
    """
    drawn: list[Question] = []
    repeated = 0
    for place in range(min(count, len(pool))):
        kinds = slots[place % len(slots)] if slots else ()
        left = [question for question in pool if question not in drawn]
        fresh = [question for question in left if not _is_recent(last_asked.get(question.id), now)]
        wanted = [question for question in fresh if not kinds or fits(question, kinds)]
        if candidates := wanted or fresh:
            drawn.append(random.choice(candidates))
            continue
        repeated += 1
        drawn.append(min(left, key=lambda question: last_asked[question.id]))
    return Drawn(tuple(drawn), repeated)


def fits(question: Question, kinds: Sequence[str]) -> bool:
    """Whether a question is of one of these kinds or sets; `specialty`: of one specialty alone."""
    return (
        question.kind in kinds
        or question.set in kinds
        or ("specialty" in kinds and question.specialty is not None)
    )


def _is_recent(asked: datetime | None, now: datetime) -> bool:
    return asked is not None and now - asked < NOT_AGAIN_WITHIN
