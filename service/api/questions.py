"""Questions to practise: the bank, own questions, and favourites."""

from fastapi import APIRouter, Response

from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.practice import schemas
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.problems import InvalidRequest, NotFound, WrongState

router = APIRouter(prefix="/api/questions", tags=["Practising"])


@router.get("", summary="List questions")
def list_questions(service: ServiceDependency, person: PersonDependency) -> schemas.QuestionList:
    """Lists own questions first, then the bank, with the kinds, sets and structures that they refer to."""
    with service.database.reading() as session:
        items = Questions(session, person, bank()).list_all()
    return schemas.QuestionList(
        items=items,
        kinds=[schemas.Kind(**kind.model_dump()) for kind in bank().kinds],
        groups=[schemas.Group(**group.model_dump()) for group in bank().groups],
        sets=[schemas.QuestionSet(**each.model_dump()) for each in bank().sets],
        structures=[schemas.Structure(**structure.model_dump()) for structure in bank().structures],
    )


@router.post("", status_code=201, summary="Add a question", responses=problem_responses(InvalidRequest))
def create_question(
    new: schemas.NewQuestion, response: Response, service: ServiceDependency, person: PersonDependency
) -> schemas.Question:
    """Adds an own question; only its text is required."""
    with service.database.writing(person) as session:
        question = Questions(session, person, bank()).create(new)
    response.headers["location"] = f"/api/questions/{question.id}"
    return question


@router.patch(
    "/{question}",
    summary="Change a question",
    responses=problem_responses(NotFound, WrongState, InvalidRequest),
)
def change_question(
    question: str, changes: schemas.QuestionChanges, service: ServiceDependency, person: PersonDependency
) -> schemas.Question:
    """Changes the given fields of an own question. Answers keep the wording that they were given to."""
    with service.database.writing(person) as session:
        return Questions(session, person, bank()).change(question, changes)


@router.delete(
    "/{question}",
    status_code=204,
    summary="Delete a question",
    responses=problem_responses(NotFound, WrongState),
)
def delete_question(question: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes an own question. Answers to it stay and keep its text."""
    with service.database.writing(person) as session:
        answers = Answers(session, person)
        for answer in Questions(session, person, bank()).delete(question):
            answers.touch(answer)
        service.database.delete_backups()
    service.database.wipe_log()


@router.put(
    "/{question}/favourite",
    status_code=204,
    summary="Mark a favourite",
    responses=problem_responses(NotFound),
)
def mark_favourite(question: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Marks a question as a favourite."""
    with service.database.writing(person) as session:
        Questions(session, person, bank()).mark(question)


@router.delete(
    "/{question}/favourite",
    status_code=204,
    summary="Unmark a favourite",
    responses=problem_responses(NotFound),
)
def unmark_favourite(question: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Removes a question from the favourites. Does nothing if it is not a favourite."""
    with service.database.writing(person) as session:
        Questions(session, person, bank()).unmark(question)
