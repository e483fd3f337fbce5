"""Notes on a question: the plan for a difficult one, and bullets to glance at while recording."""

from fastapi import APIRouter

from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.practice.bullets import BulletIsSentence, BulletTooLong
from service.practice.question_notes import notes_of, write_notes
from service.practice.schemas import QuestionNotes
from service.problems import InvalidRequest, NotFound

router = APIRouter(prefix="/api/questions", tags=["Practising"])


@router.get("/{question}/notes", summary="Notes on a question", responses=problem_responses(NotFound))
def get_question_notes(question: str, service: ServiceDependency, person: PersonDependency) -> QuestionNotes:
    """What the person wrote down for this question; empty where there is nothing."""
    with service.database.reading() as session:
        return notes_of(session, person, question)


@router.put(
    "/{question}/notes",
    summary="Write notes on a question",
    responses=problem_responses(NotFound, InvalidRequest, BulletTooLong, BulletIsSentence),
)
def put_question_notes(
    question: str, notes: QuestionNotes, service: ServiceDependency, person: PersonDependency
) -> QuestionNotes:
    """Replaces all notes on this question.

    A bullet of more than eight words, or one that is a sentence, is refused. `refused` then lists each with
    its place from 0, and nothing is stored.
    """
    with service.database.writing(person) as session:
        return write_notes(session, person, question, notes)
