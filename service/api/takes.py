"""Takes: all answers to one question, and two of them side by side."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from analysis import serialization
from analysis.view.takes import ViewedComparison
from service.answers.takes import TakeList, comparison_of, takes_of
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest, NotFound, NotReady
from service.progress.reading import read_known

router = APIRouter(prefix="/api/answers/{answer}", tags=["Takes"])


@router.get("/takes", summary="All takes of this question", responses=problem_responses(NotFound))
def list_takes(answer: str, service: ServiceDependency, person: PersonDependency) -> TakeList:
    """Every take of the question that this answer is one of, oldest first, with a few figures of each."""
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
    """What differs, and whether that can be chance; what was said otherwise; the best stretch of each.

    The earlier take is the first one, whichever way round they are asked for.
    """
    known = read_known(service.database, person)
    with service.database.reading() as session:
        compared = comparison_of(session, person, answer, other, known)
    return Response(serialization.to_json(compared), media_type="application/json")
