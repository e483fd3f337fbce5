"""What a person wrote down before answering a question: the plan for a difficult one, and bullets.

They belong to the question, so that they are there again for the next take. Each take keeps a copy of its own
(`plan` and `bullets` of an answer).
"""

from sqlalchemy.orm import Session

from service.db import models
from service.practice import schemas
from service.practice.bullets import check_bullets
from service.practice.own_questions import Questions
from service.practice.questions import bank


def notes_of(session: Session, person: str, question: str) -> schemas.QuestionNotes:
    """The notes on a question; empty where nothing was written.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
        question: id of a question of the bank, or of the person's own.

    Raises:
        NotFound: there is no such question.
    """
    Questions(session, person, bank()).get(question)
    row = session.get(models.QuestionNotes, (person, question))
    if row is None:
        return schemas.QuestionNotes()
    return schemas.QuestionNotes(
        acknowledge=row.acknowledge, context=row.context, learned=row.learned, bullets=row.bullets or []
    )


def write_notes(
    session: Session, person: str, question: str, notes: schemas.QuestionNotes
) -> schemas.QuestionNotes:
    """Replaces all notes on a question, and returns them.

    Args:
        session: from `Database.writing`.

    Raises:
        NotFound: there is no such question.
        BulletRefused: a bullet is too long or a sentence. Nothing is stored then.
    """
    Questions(session, person, bank()).get(question)
    check_bullets(notes.bullets)
    row = session.get(models.QuestionNotes, (person, question))
    if notes == schemas.QuestionNotes():
        if row is not None:
            session.delete(row)
        return notes
    if row is None:
        row = models.QuestionNotes(person_id=person, question_id=question)
        session.add(row)
    row.acknowledge, row.context, row.learned = notes.acknowledge, notes.context, notes.learned
    row.bullets = notes.bullets or None
    return notes
