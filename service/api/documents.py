"""Downloads: a page to print or save, tables, and corrected answers as labelled speech."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from analysis import serialization
from analysis.report import Report
from service.answers.remarks import shown_remarks
from service.answers.repository import Answers
from service.answers.saved_reports import report_text
from service.answers.takes import earlier_takes
from service.api.problems import problem_responses
from service.db.models import Answer
from service.dependencies import PersonDependency, Service, ServiceDependency
from service.exports.labelled_speech import NothingCorrected, stream_archive
from service.exports.measures_csv import measures_csv
from service.exports.printed_report import CONTENT_SECURITY_POLICY, report_page
from service.exports.spreadsheet import MEDIA_TYPE as CSV
from service.problems import DiskFull, NotFound, NotReady
from service.recordings.download_names import content_disposition, safe_file_name
from service.recordings.file_names import PEAKS
from service.recordings.peaks import Peaks

router = APIRouter(prefix="/api", tags=["Reports"])

_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
_ZIP: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}}}


@router.get(
    "/answers/{answer}/report.html",
    summary="The report as a page to print or save",
    response_class=HTMLResponse,
    responses=problem_responses(NotFound, NotReady),
)
def get_report_page(
    answer: str, service: ServiceDependency, person: PersonDependency, download: bool = False
) -> HTMLResponse:
    """One self-contained file without scripts. Up to three minutes of speech print on two pages."""
    row, report = shown_report(service, person, answer)
    with service.database.reading() as session:
        previous = earlier_takes(session, person, answer).previous
        remarks = shown_remarks(session, row)
    now = datetime.now().astimezone()
    page = report_page(report, row, peaks_of(service, row), now=now, previous=previous, remarks=remarks)
    headers = {"content-security-policy": CONTENT_SECURITY_POLICY}
    if download:
        headers["content-disposition"] = content_disposition(file_name(row, ".html"))
    return HTMLResponse(page, headers=headers)


@router.get(
    "/answers/{answer}/measures.csv",
    summary="The measures as a table",
    response_class=Response,
    responses={**_CSV, **problem_responses(NotFound, NotReady)},
)
def get_measures_table(answer: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """One row per measure, in UTF-8 with the byte order mark that spreadsheets need. No cell is a formula."""
    row, report = shown_report(service, person, answer)
    headers = {"content-disposition": content_disposition(file_name(row, ".csv"))}
    return Response(measures_csv(report), media_type=CSV, headers=headers)


@router.get(
    "/labelled-speech",
    summary="Corrected answers as labelled speech",
    response_class=StreamingResponse,
    responses={**_ZIP, **problem_responses(NothingCorrected, DiskFull)},
)
def get_labelled_speech(service: ServiceDependency, person: PersonDependency) -> StreamingResponse:
    """One zip file with the sound and the transcript of every corrected answer.

    `greenroom evaluate` reads the unpacked folder. `about.txt` names the answers that could not be included.
    """
    name = f"greenroom-labelled-speech-{datetime.now(UTC):%Y-%m-%d}.zip"
    return StreamingResponse(
        stream_archive(service, person),
        media_type="application/zip",
        headers={"content-disposition": content_disposition(name)},
    )


def shown_report(service: Service, person: str, answer: str) -> tuple[Answer, Report]:
    """The row of an answer and its report as the person sees it."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
        saved = report_text(session, person, answer)
    return row, serialization.from_json(Report, saved)


def peaks_of(service: Service, row: Answer) -> Peaks | None:
    """The waveform; None if there is none, or if its file was deleted."""
    if not row.peaks_ready:
        return None
    found = service.storage.find(row.id, PEAKS)
    return None if found is None else Peaks.model_validate_json(found.read())


def file_name(row: Answer, ending: str) -> str:
    """A file name such as `Why medicine 2026-11-22.html`."""
    return safe_file_name(f"{row.title} {row.created_at:%Y-%m-%d}{ending}", f"report{ending}")
