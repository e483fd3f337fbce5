"""Questions that a person can ask at an interview."""

from fastapi import APIRouter, Response

from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.prepare.questions_to_ask import (
    NewQuestionToAsk,
    QuestionsToAsk,
    QuestionsToAskList,
    QuestionToAsk,
)
from service.problems import InvalidRequest, NotFound

router = APIRouter(prefix="/api/questions-to-ask", tags=["Preparing"])


@router.get("", summary="List questions to ask")
def list_questions_to_ask(service: ServiceDependency, person: PersonDependency) -> QuestionsToAskList:
    """Lists questions by topic, those of the bank first, then own ones."""
    with service.database.reading() as session:
        return QuestionsToAsk(session, person).by_topic()


@router.post(
    "", status_code=201, summary="Add a question to ask", responses=problem_responses(InvalidRequest)
)
def create_question_to_ask(
    new: NewQuestionToAsk, response: Response, service: ServiceDependency, person: PersonDependency
) -> QuestionToAsk:
    """Adds an own question. One with the same words is returned as it is."""
    with service.database.writing(person) as session:
        question = QuestionsToAsk(session, person).add(new)
    response.headers["location"] = f"/api/questions-to-ask/{question.id}"
    return question


@router.delete(
    "/{question}",
    status_code=204,
    summary="Delete a question to ask",
    responses=problem_responses(NotFound),
)
def delete_question_to_ask(question: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes an own question, also from the sheets that it was chosen for."""
    with service.database.writing(person) as session:
        QuestionsToAsk(session, person).delete(question)
        service.database.delete_backups()
    service.database.wipe_log()
