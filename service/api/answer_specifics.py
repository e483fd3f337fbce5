"""Which specifics of a programme an answer named."""

from fastapi import APIRouter

from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.prepare.specifics import AnswerSpecifics, SaidSpecific, say, specifics_of
from service.problems import NotFound

router = APIRouter(prefix="/api/answers/{answer}/specifics", tags=["Preparing"])


@router.get("", summary="Specifics in an answer", responses=problem_responses(NotFound))
def get_answer_specifics(
    answer: str, service: ServiceDependency, person: PersonDependency
) -> AnswerSpecifics:
    """Which specifics of the programme's sheet were said, with their moments; what the person says counts."""
    with service.database.reading() as session:
        return specifics_of(session, person, answer)


@router.put("/{specific}", summary="Say whether it was said", responses=problem_responses(NotFound))
def put_answer_specific(
    answer: str, specific: str, said: SaidSpecific, service: ServiceDependency, person: PersonDependency
) -> AnswerSpecifics:
    """Keeps the person's own word on one specific, which counts before what was heard."""
    with service.database.writing(person) as session:
        return say(session, person, answer, specific, said.said)
