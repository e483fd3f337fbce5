"""Full-text search: which of a person's answers contain all the words, and where.

Words are found by their stem: 'listening' finds 'listened'. The databases differ in two ways: PostgreSQL
ignores words such as 'the', so that a search for these alone finds nothing there, and it marks the words of a
phrase wherever they are said.
"""

import re
import unicodedata
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
from service.search.transcript_lookup import transcript_words

LARGEST_PAGE = 20

LONGEST_QUERY = 500
"""Characters of a query that are used; the rest is ignored."""

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')

_SQLITE_INDEX = table("transcript_search", column("rowid"))
"""In SQLite the index is a virtual table; in PostgreSQL it is an index of `transcript_texts`."""

_ENGLISH: ColumnElement[str] = literal_column("'english'")


@dataclass(frozen=True)
class Found:
    """One answer that contains the words.

    Attributes:
        answer: its row.
        snippet: the words around the first match.
        moments: the times of the first matches.
    """

    answer: Answer
    snippet: tuple[Piece, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class FoundPage:
    """One page of results, newest first.

    Attributes:
        found: the results of this page.
        cursor: cursor of the next page; None on the last.
        total: number of answers that contain the words.
    """

    found: Sequence[Found]
    cursor: str | None
    total: int


def search(
    session: Session, person: str, words: str, *, limit: int = LARGEST_PAGE, cursor: str | None = None
) -> FoundPage:
    """Finds a person's answers in which all these words are said, newest first.

    Args:
        session: from `Database.reading`.
        person: id of the person.
        words: any text as typed; words in double quotes must follow each other.
        limit: answers per page.
        cursor: from the page before; None for the first page.

    Raises:
        InvalidRequest: the cursor is malformed.
    """
    terms = _terms(words)
    if not terms:
        return FoundPage((), None, 0)
    index = _sqlite(terms) if session.get_bind().dialect.name == "sqlite" else _postgresql(terms)
    holding = select(Answer).where(Answer.person_id == person, Answer.id.in_(index.holding))
    page = page_of(session, holding, limit=limit, cursor=cursor)
    # Marking is slow, so only the answers of this page are marked.
    marked = _marked(session, index, page.answers)
    spoken = transcript_words(session, page.answers)
    found = [
        Found(row, marked[row.id].snippet(), marked[row.id].moments(spoken.get(row.id, ())))
        for row in page.answers
        # On PostgreSQL a text may change between two queries of a transaction.
        if row.id in marked
    ]
    return FoundPage(found, page.cursor, page.total)


@dataclass(frozen=True)
class _Index:
    """Queries of the index of one kind of database.

    Attributes:
        holding: selects the ids of the answers that contain all terms.
        marked: selects the same ids, each with its text and the matches marked in it.
    """

    holding: Select[str]
    marked: Select[str, str]


def _sqlite(terms: Sequence[str]) -> _Index:
    index: ColumnElement[str] = literal_column("transcript_search")
    holds = index.op("MATCH", is_comparison=True)(_quoted(terms))
    marked = func.highlight(index, 0, OPENING, CLOSING)
    beside = _SQLITE_INDEX.c.rowid == TranscriptText.number
    return _Index(
        select(TranscriptText.answer_id).join(_SQLITE_INDEX, beside).where(holds),
        select(TranscriptText.answer_id, marked).join(_SQLITE_INDEX, beside).where(holds),
    )


def _postgresql(terms: Sequence[str]) -> _Index:
    query = func.websearch_to_tsquery(_ENGLISH, _quoted(terms))
    # Kept up to date by the database, beside each text.
    stored: ColumnElement[str] = literal_column("transcript_texts.transcript_search_words")
    holds = stored.op("@@", is_comparison=True)(query)
    options = f'HighlightAll=true, StartSel="{OPENING}", StopSel="{CLOSING}"'
    marked = func.ts_headline(_ENGLISH, TranscriptText.text, query, options)
    return _Index(
        select(TranscriptText.answer_id).where(holds), select(TranscriptText.answer_id, marked).where(holds)
    )


def _marked(session: Session, index: _Index, rows: Sequence[Answer]) -> Mapping[str, Marked]:
    wanted = index.marked.where(TranscriptText.answer_id.in_([row.id for row in rows]))
    return {answer: Marked.read(text) for answer, text in session.execute(wanted)}


def _terms(words: str) -> tuple[str, ...]:
    """The distinct words and quoted phrases of a query that contain a letter or digit."""
    typed = unicodedata.normalize("NFC", words)[:LONGEST_QUERY]
    terms = [_printable(quoted or single) for quoted, single in _TERM.findall(typed)]
    return tuple(dict.fromkeys(term for term in terms if any(map(str.isalnum, term))))


def _quoted(terms: Sequence[str]) -> str:
    """A query for all terms that both MATCH of SQLite and `websearch_to_tsquery` of PostgreSQL accept.

    Within double quotes nothing is an operator, and the terms contain no double quotes.
    """
    return " ".join(f'"{term}"' for term in terms)


def _printable(term: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in term).split())
