"""The report on a mock interview, as data and as a page to print."""

from dataclasses import asdict

from fastapi import APIRouter, Response

from analysis import serialization
from analysis.view.interview import ViewedInterview
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.interviews.reports import report_on
from service.problems import InterviewNotReady, NotFound

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
    with service.database.reading() as session:
        report = report_on(session, person, interview).report
    if not any(answer.has_report for top in report.answers for answer in (top, *top.belonging)):
        raise InterviewNotReady(
            "No answer of this interview has a report yet. It appears with the first one.",
            answers=[asdict(without) for without in report.without_report],
        )
    return Response(serialization.to_json(report), media_type="application/json")
