"""One search for both databases: which answers of a person hold all the words, and where.

Words are found by their stem: 'listening' finds 'listened'. Where the two differ: PostgreSQL leaves out words
such as 'the', so that a search for these alone finds nothing there, and it marks the words of a phrase
wherever they are said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from service.answers.paging import page_of
from service.db.models import Answer, TranscriptText
from service.search.excerpts import CLOSING, OPENING, Marked, Moment, Piece
from service.search.query import as_query, terms_of
from service.search.transcript_lookup import words_said

LARGEST_PAGE = 20

_SQLITE_INDEX = table("transcript_search", column("rowid"))
"""A table of its own. PostgreSQL's is an index of `transcript_texts`."""

_ENGLISH: ColumnElement[str] = literal_column("'english'")


@dataclass(frozen=True)
class Found:
    """One answer that holds the words.

    Attributes:
        answer: its row.
        snippet: the words around the first match.
        moments: when the first matches are said.
    """

    answer: Answer
    snippet: tuple[Piece, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class FoundPage:
    """Some of what was found, newest first, and where the next ones begin.

    Attributes:
        total: answers that hold the words.
    """

    found: Sequence[Found]
    cursor: str | None
    total: int


def search(
    session: Session, person: str, words: str, *, limit: int = LARGEST_PAGE, cursor: str | None = None
) -> FoundPage:
    """The answers of a person in which all these words are said, newest first.

    Args:
        session: from `Database.reading`.
        person: whose.
        words: as typed; words in double quotes follow each other. Anything can be typed.
        limit: answers of one page.
        cursor: what the page before gave.

    Raises:
        InvalidRequest: no search gave this cursor.
    """
    terms = terms_of(words)
    if not terms:
        return FoundPage((), None, 0)
    index = _sqlite(terms) if session.get_bind().dialect.name == "sqlite" else _postgresql(terms)
    holding = select(Answer).where(Answer.person_id == person, Answer.id.in_(index.holding))
    page = page_of(session, holding, limit=limit, cursor=cursor)
    # Marking takes long: only what is shown is marked.
    marked = _marked(session, index, page.answers)
    said = words_said(session, page.answers)
    found = [
        Found(row, marked[row.id].snippet(), marked[row.id].moments(said.get(row.id, ())))
        for row in page.answers
        # On PostgreSQL a text may change between two questions.
        if row.id in marked
    ]
    return FoundPage(found, page.cursor, page.total)


@dataclass(frozen=True)
class _Index:
    """How one kind of database is asked.

    Attributes:
        holding: ids of the answers that hold all terms.
        marked: the same, each with its text and the matches marked in it.
    """

    holding: Select[str]
    marked: Select[str, str]


def _sqlite(terms: Sequence[str]) -> _Index:
    index: ColumnElement[str] = literal_column("transcript_search")
    holds = index.op("MATCH", is_comparison=True)(as_query(terms))
    marked = func.highlight(index, 0, OPENING, CLOSING)
    beside = _SQLITE_INDEX.c.rowid == TranscriptText.number
    return _Index(
        select(TranscriptText.answer_id).join(_SQLITE_INDEX, beside).where(holds),
        select(TranscriptText.answer_id, marked).join(_SQLITE_INDEX, beside).where(holds),
    )


def _postgresql(terms: Sequence[str]) -> _Index:
    asked = func.websearch_to_tsquery(_ENGLISH, as_query(terms))
    # Word for word the expression of the index, so that it is used.
    holds = func.to_tsvector(_ENGLISH, TranscriptText.text).op("@@", is_comparison=True)(asked)
    options = f'HighlightAll=true, StartSel="{OPENING}", StopSel="{CLOSING}"'
    marked = func.ts_headline(_ENGLISH, TranscriptText.text, asked, options)
    return _Index(
        select(TranscriptText.answer_id).where(holds), select(TranscriptText.answer_id, marked).where(holds)
    )


def _marked(session: Session, index: _Index, rows: Sequence[Answer]) -> Mapping[str, Marked]:
    wanted = index.marked.where(TranscriptText.answer_id.in_([row.id for row in rows]))
    return {answer: Marked.read(text) for answer, text in session.execute(wanted)}
