"""The searchable texts: one for each answer, with the person's corrections.

The database updates its full-text index by itself, except that SQLite has to be told to forget deleted words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from analysis.report import Transcript, Word
from service.db.engine import Database
from service.db.models import Answer, TranscriptText
from service.search.transcript_lookup import transcript_words

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f<>\ud800-\udfff]")
"""Control characters mark matches (`service.search.excerpts`); PostgreSQL treats <b> as markup."""

_BATCH = 20
"""Texts per write transaction. Reading a transcript takes about 2 ms."""


def save_text(session: Session, answer: str, spoken: str) -> None:
    """Saves the text of an answer for the search, in place of its earlier text.

    Args:
        session: from `Database.writing`, in which the change of the answer was recorded (`Answers.touch`
            or a worker's update): on PostgreSQL this orders two writers of one answer.
        answer: id of the answer.
        spoken: the words of its transcript, see `text_of`.
    """
    row = session.scalar(select(TranscriptText).where(TranscriptText.answer_id == answer))
    if row is None:
        session.add(TranscriptText(answer_id=answer, text=searchable(spoken)))
    else:
        row.text = searchable(spoken)
    session.flush()


def save_missing_texts(database: Database, person: str) -> None:
    """Saves the texts of answers with a transcript but no text: versions before the search wrote none.

    They are written in batches, so that other writers do not wait long.
    """
    while True:
        with database.reading() as session:
            rows = _without_text(session, person)
            spoken = transcript_words(session, rows)
        if not rows:
            return
        # Another writer for this person may have saved a text meanwhile.
        with database.writing(person) as session:
            missing = {row.id for row in _without_text(session, person)}
            for row in rows:
                if row.id in missing:
                    save_text(session, row.id, joined(spoken.get(row.id, ())))


def forget_deleted_words(database: Database) -> None:
    """Rewrites SQLite's index without the words of deleted rows of `transcript_texts`.

    Until then the index only marks them as deleted but still contains them. On PostgreSQL, VACUUM removes
    them.
    """
    if database.is_sqlite:
        with database.writing() as session:
            session.execute(text("INSERT INTO transcript_search (transcript_search) VALUES ('optimize')"))


def text_of(transcript: Transcript) -> str:
    """The words of a transcript, separated by single spaces."""
    return joined(transcript.words)


def joined(words: Iterable[Word]) -> str:
    """Words separated by single spaces."""
    return " ".join(word.text for word in words)


def searchable(spoken: str) -> str:
    """Normalises a text (NFC), removes characters that cannot be spoken, and leaves single spaces."""
    cleaned = _UNSAYABLE.sub(" ", unicodedata.normalize("NFC", spoken))
    return " ".join(cleaned.split())


def _without_text(session: Session, person: str) -> Sequence[Answer]:
    return session.scalars(
        select(Answer)
        .outerjoin(TranscriptText)
        .where(Answer.person_id == person, Answer.transcript_ready, TranscriptText.number.is_(None))
        .order_by(Answer.created_at, Answer.id)
        .limit(_BATCH)
    ).all()
