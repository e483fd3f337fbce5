"""A person's corrections to a report."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from analysis.report import Correction, CorrectionKind, Report
from service import schemas
from service.answers.corrections import correct
from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.answers.saved_reports import report_text
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest, NotFound, NotReady

router = APIRouter(prefix="/api/answers/{answer}", tags=["Reports"])

MOST_CORRECTIONS = 2000
LONGEST_TEXT = 200
LONGEST_STRETCH = 60.0
"""Longest stretch of one correction, in seconds. Anything longer amounts to a different recording."""


def _one_line(value: object) -> object:
    cleaned = schemas.plain_text(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else ""


class CorrectionIn(BaseModel):
    """One correction to a stretch of the recording, in seconds."""

    kind: CorrectionKind = Field(
        description="`words`: `text` was said here, or nothing if it is empty. `filler`: a filler here was "
        "missed. `not_filler`: what was detected as a filler here is not one."
    )
    start: schemas.Seconds
    end: schemas.Seconds
    text: Annotated[str, Field(max_length=LONGEST_TEXT), BeforeValidator(_one_line)] = ""


def _in_order(item: CorrectionIn) -> CorrectionIn:
    if not item.start < item.end <= item.start + LONGEST_STRETCH:
        raise ValueError(f"the end must come after the start, by at most {LONGEST_STRETCH:.0f} s")
    return item


class Corrections(BaseModel):
    """All of the person's corrections; they replace the earlier ones."""

    items: list[Annotated[CorrectionIn, AfterValidator(_in_order)]] = Field(max_length=MOST_CORRECTIONS)


@router.put(
    "/corrections",
    summary="Correct a report",
    response_model=Report,
    responses={
        202: {
            "model": schemas.Answer,
            "description": "A worker measures the answer, then the report changes.",
        },
        **problem_responses(NotFound, NotReady, InvalidRequest),
    },
)
def put_corrections(
    answer: str, corrections: Corrections, service: ServiceDependency, person: PersonDependency
) -> Response:
    """Updates all figures at once. The machine's own report stays available: `/report?version=machine`."""
    items = [Correction(item.kind, item.start, item.end, item.text) for item in corrections.items]
    row, up_to_date = correct(service.database, person, answer, items)
    with service.database.reading() as session:
        if not up_to_date:
            waiting = describe(row, verdicts=wants_verdicts(session, person))
            return Response(waiting.model_dump_json(), status_code=202, media_type="application/json")
        return Response(report_text(session, person, answer), media_type="application/json")
