"""Cursor-based paging of lists of answers, newest first."""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Row as RowOf
from sqlalchemy import Select, func, tuple_
from sqlalchemy.orm import Session

from service.db.models import Answer
from service.problems import InvalidRequest

_LONGEST_CURSOR = 200
"""Characters; those written here have about 90."""

_IDENTIFIER = re.compile(r"[0-9a-f]{1,64}")


class Placed(Protocol):
    """What a page needs to know of an answer: its place in the list."""

    id: Any
    created_at: Any


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of answers, newest first, with the cursor of the next page and the total of all pages."""

    answers: Sequence[Row]
    cursor: str | None
    total: int


def page_of(session: Session, answers: Select[Answer], *, limit: int, cursor: str | None) -> Page[Answer]:
    """One page of the answers that a query selects.

    Raises:
        InvalidRequest: the cursor is malformed.
    """
    query, total = _paged(session, answers, limit, cursor)
    return _page(session.scalars(query).all(), limit, total)


def page_of_columns(
    session: Session, answers: Select[Any], *, limit: int, cursor: str | None
) -> Page[RowOf[Any]]:
    """The same for a query that selects some columns of the answers, `id` and `created_at` among them."""
    query, total = _paged(session, answers, limit, cursor)
    return _page(session.execute(query).all(), limit, total)


def _paged(session: Session, answers: Select[Any], limit: int, cursor: str | None) -> tuple[Select[Any], int]:
    total = session.scalar(answers.with_only_columns(func.count(Answer.id))) or 0
    query = answers.order_by(Answer.created_at.desc(), Answer.id.desc())
    if cursor is not None:
        query = query.where(tuple_(Answer.created_at, Answer.id) < tuple_(*decode_cursor(cursor)))
    return query.limit(limit + 1), total


def _page(rows: Sequence[Row], limit: int, total: int) -> Page[Row]:
    more, rows = len(rows) > limit, rows[:limit]
    return Page(rows, encode_cursor(rows[-1]) if more else None, total)


def encode_cursor(answer: Placed) -> str:
    """The position after this answer, as URL-safe text."""
    text = json.dumps([answer.created_at.isoformat(), answer.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[datetime, str]:
    """The creation time and the id of the answer before that position.

    Raises:
        InvalidRequest: the cursor is malformed.
    """
    refusal = InvalidRequest("This cursor does not come from a list of answers.")
    if len(cursor) > _LONGEST_CURSOR:
        raise refusal
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        match position:
            case [str(text), str(answer)] if _IDENTIFIER.fullmatch(answer):
                return datetime.fromisoformat(text).astimezone(UTC), answer
    except (ValueError, OverflowError) as error:
        raise refusal from error
    raise refusal
