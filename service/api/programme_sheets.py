"""The sheet of a programme, as data and as one page to print."""

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.exports.printed_sheet import CONTENT_SECURITY_POLICY, sheet_page
from service.prepare.programme_sheet import ProgrammeSheet, ProgrammeSheets, SheetContent
from service.prepare.scheduled_interviews import ScheduledInterviews, describe
from service.problems import InvalidRequest, NotFound
from service.recordings.download_names import content_disposition, safe_file_name

router = APIRouter(prefix="/api/scheduled-interviews/{interview}", tags=["Preparing"])


@router.get("/sheet", summary="The sheet of a programme", responses=problem_responses(NotFound))
def get_programme_sheet(
    interview: str, service: ServiceDependency, person: PersonDependency
) -> ProgrammeSheet:
    """Interviewers, what is special about the programme, and the questions to ask."""
    with service.database.reading() as session:
        return ProgrammeSheets(session, person).get(interview)


@router.put(
    "/sheet", summary="Write the sheet of a programme", responses=problem_responses(NotFound, InvalidRequest)
)
def put_programme_sheet(
    interview: str, content: SheetContent, service: ServiceDependency, person: PersonDependency
) -> ProgrammeSheet:
    """Replaces the given parts. A specific that keeps its id keeps what was said about it."""
    with service.database.writing(person) as session:
        return ProgrammeSheets(session, person).write(interview, content)


@router.get(
    "/sheet.html",
    summary="The sheet of a programme as a page to print",
    response_class=HTMLResponse,
    responses=problem_responses(NotFound),
)
def get_programme_sheet_page(
    interview: str,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
    download: bool = False,
) -> HTMLResponse:
    """One self-contained file without scripts, which prints on one page."""
    with service.database.reading() as session:
        sheet = ProgrammeSheets(session, person).get(interview)
        scheduled = describe(ScheduledInterviews(session, person).get(interview), now)
    page = sheet_page(sheet, scheduled, now=datetime.now().astimezone())
    headers = {"content-security-policy": CONTENT_SECURITY_POLICY}
    if download:
        name = safe_file_name(f"{sheet.programme} sheet.html", "sheet.html")
        headers["content-disposition"] = content_disposition(name)
    return HTMLResponse(page, headers=headers)
