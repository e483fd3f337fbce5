"""Corrections: what the person put right in a report."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from analysis.report import Correction, CorrectionKind, Report
from service import schemas
from service.answers.corrections import correct
from service.answers.presentation import describe
from service.answers.saved_reports import report_text
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import InvalidRequest, NotFound, NotReady

router = APIRouter(prefix="/api/answers/{answer}", tags=["Reports"])

MOST_CORRECTIONS = 2000
LONGEST_TEXT = 200
LONGEST_STRETCH = 60.0
"""Seconds that one correction may hold for: what is longer is another recording."""


def _one_line(value: object) -> object:
    cleaned = schemas.plain_text(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else ""


class CorrectionIn(BaseModel):
    """One thing put right. It holds for a stretch of the recording, in seconds."""

    kind: CorrectionKind = Field(
        description="`words`: here `text` was said, or nothing where it is empty. `filler`: here is one that "
        "was not found. `not_filler`: what was taken for a filler here is none."
    )
    start: schemas.Seconds
    end: schemas.Seconds
    text: Annotated[str, Field(max_length=LONGEST_TEXT), BeforeValidator(_one_line)] = ""


def _in_order(item: CorrectionIn) -> CorrectionIn:
    if not item.start < item.end <= item.start + LONGEST_STRETCH:
        raise ValueError(f"the end must come after the start, by at most {LONGEST_STRETCH:.0f} s")
    return item


class Corrections(BaseModel):
    """All that the person put right; it takes the place of what was there before."""

    items: list[Annotated[CorrectionIn, AfterValidator(_in_order)]] = Field(max_length=MOST_CORRECTIONS)


@router.put(
    "/corrections",
    summary="Put a report right",
    response_model=Report,
    responses={
        202: {"model": schemas.Answer, "description": "A worker measures it; the report follows."},
        **problem_responses(NotFound, NotReady, InvalidRequest),
    },
)
def put_right(
    answer: str, corrections: Corrections, service: ServiceDependency, person: PersonDependency
) -> Response:
    """Every figure follows at once. The machine's own report stays: `/report?version=machine`."""
    items = [Correction(item.kind, item.start, item.end, item.text) for item in corrections.items]
    row, followed = correct(service.database, person, answer, items)
    if not followed:
        return Response(describe(row).model_dump_json(), status_code=202, media_type="application/json")
    with service.database.reading() as session:
        return Response(report_text(session, person, answer), media_type="application/json")
