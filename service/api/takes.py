"""Takes: all answers to one question, and the comparison of two of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from analysis import serialization
from analysis.view.takes import ViewedComparison
from service.answers.takes import TakeList, comparison_of, takes_of
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest, NotFound, NotReady
from service.progress.history import read_history

router = APIRouter(prefix="/api/answers/{answer}", tags=["Takes"])


@router.get("/takes", summary="All takes of this question", responses=problem_responses(NotFound))
def list_takes(answer: str, service: ServiceDependency, person: PersonDependency) -> TakeList:
    """All takes of this answer's question, oldest first, with a few figures of each."""
    with service.database.reading() as session:
        return takes_of(session, person, answer)


@router.get(
    "/comparison",
    summary="Two takes side by side",
    response_model=ViewedComparison,
    responses=problem_responses(NotFound, NotReady, InvalidRequest),
)
def compare_takes(
    answer: str,
    service: ServiceDependency,
    person: PersonDependency,
    other: Annotated[str, Query(alias="with", description="Another take of the same question.")],
) -> Response:
    """Differences and whether chance explains them, changes in wording, and the best stretch of each take.

    The earlier take always comes first, in whichever order the two are requested.
    """
    history = read_history(service.database, person)
    with service.database.reading() as session:
        compared = comparison_of(session, person, answer, other, history)
    return Response(serialization.to_json(compared), media_type="application/json")
