"""Work under way: about how long it will still take."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from analysis.formatting import time_left
from service.dependencies import PersonDependency, ServiceDependency
from service.jobs.time_left import times_left

router = APIRouter(prefix="/api/work", tags=["Answers"])


class TimeLeft(BaseModel):
    """About how long an answer will still take."""

    answer: str
    seconds: float
    text: str = Field(description="In words, such as `about 2 minutes left`.")


class Work(BaseModel):
    """The answers that wait or are analysed, as far as their time can be estimated."""

    items: list[TimeLeft]


@router.get("", summary="How long the analysis will take")
def get_work(service: ServiceDependency, person: PersonDependency) -> Work:
    """Estimated from recent analyses on this machine and from the queue; empty before the first analysis."""
    with service.database.reading() as session:
        left = times_left(session, person, workers=service.settings.workers)
    return Work(
        items=[
            TimeLeft(answer=answer, seconds=round(seconds, 1), text=time_left(seconds))
            for answer, seconds in left.items()
        ]
    )
