"""Which answers wait for work, and who goes first."""

from collections.abc import Collection
from datetime import timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from service.db import models
from service.db.models import Answer

Kind = Literal["recording", "upload"]
"""A recording made here may still go on, and whoever made it waits for the report. An upload was whole at
once."""

KINDS: tuple[Kind, ...] = ("recording", "upload")

PATIENCE = 30.0
"""Seconds without a chunk after which a recording that goes on is let go of. The next chunk brings it
back."""


def oldest_waiting(kinds: Collection[Kind], *, suspects: bool) -> Select[str]:
    """Asks for the answer whose turn it is.

    Args:
        kinds: of answers to consider.
        suspects: answers too in whose last run the worker died.
    """
    finished_first = case((Answer.intake == "complete", 0), (Answer.intake == "receiving", 1), else_=2)
    return (
        select(Answer.id)
        .where(is_waiting(kinds, suspects=suspects))
        .order_by(finished_first, Answer.received_at, Answer.id)
        .limit(1)
    )


def is_waiting(kinds: Collection[Kind], *, suspects: bool) -> ColumnElement[bool]:
    """The condition that `oldest_waiting` asks by."""
    conditions = []
    if "upload" in kinds:
        conditions.append(and_(Answer.source != "recording", Answer.intake == "complete"))
    if "recording" in kinds:
        conditions.append(and_(Answer.source == "recording", or_(*_recordings())))
    waiting = and_(Answer.work_state == "waiting", or_(*conditions))
    return waiting if suspects else and_(waiting, Answer.crashes == 0)


def _recordings() -> tuple[ColumnElement[bool], ...]:
    there = Answer.chunk_count > 0
    lately = Answer.received_at > models.now() - timedelta(seconds=PATIENCE)
    return (
        Answer.intake == "complete",
        and_(Answer.intake == "receiving", there, lately),
        # Nobody came back to it: it shall at least be playable.
        and_(Answer.intake == "interrupted", there, Answer.media_file.is_(None)),
    )
