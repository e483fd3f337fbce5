"""Pages of the list of answers, as JSON.

Describing an answer (judging its figures above all) takes ten times as long as reading what says whether it
has changed. So a page is read as keys first, and only answers that this process has not described before are
read whole. The same keys make the ETag, with which a page that has not changed is not even sent.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from service.answers.builds import build_token
from service.answers.paging import Page, page_of_columns
from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.db.engine import Database
from service.db.models import Answer
from service.progress.history import fill_facts, has_no_facts

_KEPT = 4096
"""Answers whose JSON is kept, the last used: about 3 kB each."""

_KEY = (
    Answer.id,
    Answer.created_at,
    Answer.sequence,
    # References are set to null without a change of the answer, when what they refer to is deleted.
    Answer.session_id,
    Answer.question_id,
    Answer.interview_id,
    Answer.follow_up_of,
    Answer.scheduled_interview_id,
    Answer.assignment_id,
    Answer.facts.is_(None).label("without_facts"),
)


@dataclass(frozen=True)
class ListedPage:
    """A page of answers.

    Attributes:
        etag: the same as long as nothing on the page has changed.
        body: JSON, `service.schemas.Answer`s under `items`; None where the reader has this page.
    """

    etag: str
    body: bytes | None


def list_page(
    database: Database,
    person: str,
    answers: Select[Any],
    *,
    limit: int,
    cursor: str | None,
    known: str | None,
) -> ListedPage:
    """One page of the answers that a query selects, newest first.

    Args:
        database: to read from.
        person: whose answers they are.
        answers: from `Answers.listed`.
        limit: most answers on the page.
        cursor: from the page before; None for the first page.
        known: the `If-None-Match` header of the request.

    Raises:
        InvalidRequest: the cursor is malformed.
    """
    while True:
        with database.reading() as session:
            page = _keys(session, answers, limit, cursor)
            if not any(row.to_fill for row in page.answers):
                return _listed(session, person, page, known)
        # Reports of earlier versions, whose facts are derived once.
        fill_facts(database, person)


def _keys(session: Session, answers: Select[Any], limit: int, cursor: str | None) -> Page[Row[Any]]:
    columns: Select[Any] = answers.with_only_columns(  # type: ignore[assignment]
        *_KEY, has_no_facts().label("to_fill")
    )
    return page_of_columns(session, columns, limit=limit, cursor=cursor)


def _listed(session: Session, person: str, page: Page[Row[Any]], known: str | None) -> ListedPage:
    shared = (build_token(), wants_verdicts(session, person))
    keys = [(*shared, *row) for row in page.answers]
    digest = hashlib.sha256(repr((keys, page.cursor, page.total)).encode()).hexdigest()[:32]
    etag = f'"{digest}"'
    if known is not None and etag in known:
        return ListedPage(etag, None)
    kept = _described.find(keys)
    missing = {row.id: row for row, key in zip(page.answers, keys, strict=True) if key not in kept}
    for row in session.scalars(select(Answer).where(Answer.id.in_(missing))) if missing else ():
        key = (*shared, *missing[row.id])
        kept[key] = describe(row, verdicts=shared[1]).model_dump_json().encode()
        if row.sequence == missing[row.id].sequence:
            _described.keep(key, kept[key])
    # One that was deleted between the two queries is left out.
    items = b",".join(kept[key] for key in keys if key in kept)
    cursor = "null" if page.cursor is None else f'"{page.cursor}"'
    body = b'{"items":[%b],"next":%b,"total":%d}' % (items, cursor.encode(), page.total)
    return ListedPage(etag, body)


_Key = tuple[Any, ...]


class _Described:
    """The JSON of answers, by what identifies a state of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()

    def find(self, keys: Sequence[_Key]) -> dict[_Key, bytes]:
        """Those of these answers that are kept."""
        found: dict[_Key, bytes] = {}
        with self._lock:
            for key in keys:
                if (written := self._kept.get(key)) is not None:
                    self._kept.move_to_end(key)
                    found[key] = written
        return found

    def keep(self, key: _Key, written: bytes) -> None:
        """Keeps one, and forgets the one not used for longest if there are too many."""
        with self._lock:
            self._kept[key] = written
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)


_described = _Described(_KEPT)
