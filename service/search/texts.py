"""The texts that are searched: one for each answer, what was said as the person has put it right.

The database keeps its index beside them by itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import Transcript, Word
from service.db.engine import Database
from service.db.models import Answer, Person, TranscriptText
from service.search.transcript_lookup import words_said

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f<>\ud800-\udfff]")
"""Control characters mark what was found (`service.search.excerpts`); PostgreSQL takes <b> for markup."""

_AT_ONCE = 20
"""Texts that are written in one go. Reading what they are made of takes about 2 ms each."""


def note_text(session: Session, answer: str, text: str) -> None:
    """Makes a text the one that a search of this answer reads. Replaces the one before.

    Args:
        session: from `Database.writing`, in which the change of the answer was noted (`Answers.touch`
            or a claim's update): on PostgreSQL that puts two writers of one answer in order.
        answer: its id.
        text: what was said. `text_of` makes it of a transcript.
    """
    kept = session.scalar(select(TranscriptText).where(TranscriptText.answer_id == answer))
    text = searchable(text)
    if kept is None:
        session.add(TranscriptText(answer_id=answer, text=text))
    else:
        kept.text = text
    session.flush()


def note_missing(database: Database, person: str) -> None:
    """Writes the texts of answers that have a transcript and no text: those from before there was a search.

    A few at a time, so that nobody waits long to write.
    """
    while True:
        with database.reading() as session:
            rows = _without_text(session, person)
            said = words_said(session, rows)
        if not rows:
            return
        with database.writing() as session:
            # In order with everything else that is written for this person; somebody may have been faster.
            session.execute(select(Person.id).where(Person.id == person).with_for_update())
            left = {row.id for row in _without_text(session, person)}
            for row in rows:
                if row.id in left:
                    note_text(session, row.id, joined(said.get(row.id, ())))


def text_of(transcript: Transcript) -> str:
    """The words of a transcript, one space between each."""
    return joined(transcript.words)


def joined(words: Iterable[Word]) -> str:
    """Words with one space between each."""
    return " ".join(word.text for word in words)


def searchable(text: str) -> str:
    """A text without what nobody can say, letters with their accents as one character, single spaces."""
    cleaned = _UNSAYABLE.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(cleaned.split())


def _without_text(session: Session, person: str) -> Sequence[Answer]:
    return session.scalars(
        select(Answer)
        .outerjoin(TranscriptText)
        .where(Answer.person_id == person, Answer.transcript_ready, TranscriptText.number.is_(None))
        .order_by(Answer.created_at, Answer.id)
        .limit(_AT_ONCE)
    ).all()
