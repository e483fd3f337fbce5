"""Reports, transcripts, and the definitions of the measures."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse, Response

from analysis import serialization
from analysis.evaluation.first_languages import FirstLanguage, labelled_first_languages
from analysis.evaluation.published import ExplainedMeasure, explained_measures, published_evaluation
from analysis.report import Report, Transcript
from analysis.view.report import ReportView, report_view
from analysis.view.transcript import TranscriptView, words_view
from service import schemas
from service.answers.repository import Answers
from service.answers.saved_reports import ReportVersion, report_of, report_text, transcript_of
from service.answers.takes import earlier_takes
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.exports.transcripts import as_srt, as_text
from service.problems import NotFound, NotReady

router = APIRouter(prefix="/api", tags=["Reports"])


class TranscriptFormat(StrEnum):
    """Output format of a transcript."""

    JSON = "json"
    TEXT = "text"
    SRT = "srt"


@router.get(
    "/answers/{answer}/report",
    summary="The report",
    response_model=Report,
    responses=problem_responses(NotFound, NotReady),
)
def get_report(
    answer: str,
    service: ServiceDependency,
    person: PersonDependency,
    version: Annotated[
        ReportVersion, Query(description="`machine`: without the person's corrections.")
    ] = "current",
) -> Response:
    """All figures with unit, interval, state, and the moments that they come from."""
    with service.database.reading() as session:
        return Response(report_text(session, person, answer, version), media_type="application/json")


@router.get(
    "/answers/{answer}/report/view",
    summary="The report as it is shown",
    response_model=ReportView,
    responses=problem_responses(NotFound, NotReady),
)
def get_report_view(
    answer: str,
    service: ServiceDependency,
    person: PersonDependency,
    version: Annotated[
        ReportVersion, Query(description="`machine`: without the person's corrections.")
    ] = "current",
) -> Response:
    """The report as text and geometry, as the page, the printed page and the terminal draw it.

    Fields that have their default value are left out.
    """
    with service.database.reading() as session:
        first_language = Answers(session, person).get(answer).first_language
        report = report_of(session, person, answer, version)
        earlier = earlier_takes(session, person, answer)
    view = report_view(report, first_language=first_language, previous=earlier.previous, takes=earlier.takes)
    return Response(serialization.to_compact_json(view), media_type="application/json")


@router.get(
    "/answers/{answer}/transcript/view",
    summary="The transcript as it is shown",
    response_model=TranscriptView,
    responses=problem_responses(NotFound, NotReady),
)
def get_transcript_view(answer: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The words in paragraphs, while there is no report yet; fields with their default value are left out."""
    with service.database.reading() as session:
        transcript = transcript_of(session, person, answer)
    return Response(serialization.to_compact_json(words_view(transcript)), media_type="application/json")


@router.get(
    "/answers/{answer}/transcript",
    summary="The transcript",
    response_model=Transcript,
    responses={
        200: {"content": {"text/plain": {}, "application/x-subrip": {}}},
        **problem_responses(NotFound, NotReady),
    },
)
def get_transcript(
    answer: str,
    service: ServiceDependency,
    person: PersonDependency,
    format: TranscriptFormat = TranscriptFormat.JSON,
) -> Response:
    """The transcript as JSON with word times, as plain text, or as subtitles."""
    with service.database.reading() as session:
        transcript = transcript_of(session, person, answer)
    match format:
        case TranscriptFormat.TEXT:
            return PlainTextResponse(as_text(transcript))
        case TranscriptFormat.SRT:
            return Response(as_srt(transcript), media_type="application/x-subrip; charset=utf-8")
        case TranscriptFormat.JSON:
            return Response(serialization.to_json(transcript), media_type="application/json")


@router.get("/measures", summary="What the figures mean")
def list_measures(
    first_language: Annotated[
        schemas.Identifier,
        Query(description="Also gives the error for its speakers, if there is labelled speech of them."),
    ] = None,
) -> list[ExplainedMeasure]:
    """Each measure's definition, unit, method and error on labelled speech, in the order of the report."""
    return explained_measures(first_language)


@router.get("/measures/first-languages", summary="First languages with a known error")
def list_first_languages() -> list[FirstLanguage]:
    """First languages with labelled speech, and how much; for all others the error is unknown."""
    return list(labelled_first_languages(published_evaluation()))
