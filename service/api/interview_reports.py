"""The report on a mock interview, as data and as a page to print."""

from dataclasses import asdict
from datetime import datetime

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from analysis import serialization
from analysis.view.interview import ViewedInterview
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, Service, ServiceDependency
from service.exports.printed_interview import CONTENT_SECURITY_POLICY, interview_page
from service.interviews.reports import InterviewWithReport, report_on
from service.problems import InterviewNotReady, NotFound
from service.recordings.download_names import content_disposition, safe_file_name

router = APIRouter(prefix="/api/interviews", tags=["Interviews"])


@router.get(
    "/{interview}/report",
    summary="The report on an interview",
    response_model=ViewedInterview,
    responses=problem_responses(NotFound, InterviewNotReady),
)
def get_interview_report(interview: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """What stands out over the interview, and each answer below its question.

    Answers that are still being analysed, or whose analysis stopped, are listed in `without_report`.
    """
    report = _report(service, person, interview).report
    return Response(serialization.to_json(report), media_type="application/json")


@router.get(
    "/{interview}/report.html",
    summary="The report on an interview as a page to print or save",
    response_class=HTMLResponse,
    responses=problem_responses(NotFound, InterviewNotReady),
)
def get_interview_page(
    interview: str, service: ServiceDependency, person: PersonDependency, download: bool = False
) -> HTMLResponse:
    """One self-contained file without scripts. Up to twelve answers with follow-ups print on two pages."""
    found = _report(service, person, interview)
    page = interview_page(found.row, found.report, now=datetime.now().astimezone())
    headers = {"content-security-policy": CONTENT_SECURITY_POLICY}
    if download:
        name = safe_file_name(f"{found.row.name} {found.row.created_at:%Y-%m-%d}.html", "interview.html")
        headers["content-disposition"] = content_disposition(name)
    return HTMLResponse(page, headers=headers)


def _report(service: Service, person: str, interview: str) -> InterviewWithReport:
    with service.database.reading() as session:
        found = report_on(session, person, interview)
    answers = [answer for top in found.report.answers for answer in (top, *top.belonging)]
    if not any(answer.has_report for answer in answers):
        raise InterviewNotReady(
            "No answer of this interview has a report yet. It appears with the first one.",
            answers=[asdict(without) for without in found.report.without_report],
        )
    return found
