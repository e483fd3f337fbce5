"""Assembles the web application from routes, error handlers, security middleware and pages."""

from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from service.api import (
    about,
    account,
    account_data,
    answer_specifics,
    answers,
    application_lines,
    assignments,
    calendars,
    canned_comments,
    chunks,
    cohorts,
    comments,
    corrections,
    documents,
    events,
    formats,
    health,
    impressions,
    interview_commands,
    interview_plans,
    interview_reports,
    interviews,
    invitations,
    me,
    media,
    messages,
    office,
    office_people,
    preferences,
    privacy,
    programme_sheets,
    progress,
    question_notes,
    questions,
    questions_to_ask,
    remarks,
    reports,
    resets,
    resources,
    reviews,
    rubrics,
    scheduled_interviews,
    search,
    sessions,
    set_up_check,
    shared_files,
    sign_in,
    sign_in_elsewhere,
    submissions,
    takes,
    uploads,
    work,
)
from service.api import problems as problem_responses
from service.api.conflicts import ConflictsMiddleware
from service.api.observation import ObservationMiddleware, RouteMiddleware
from service.api.request_limits import RequestLimitsMiddleware
from service.api.security import SecurityMiddleware, UnexpectedErrorMiddleware
from service.dependencies import Service
from service.frontend.pages import INDEX, add_pages
from service.hosting import logs
from service.hosting.requests import FinishedRequest
from service.problems import NotFound

if TYPE_CHECKING:
    from service.hosting.metrics import Metrics  # needs a package that a laptop may not have

_DESCRIPTION = """
Upload a recorded practice answer and get a report on length, pace, pauses and filler words, made on this
machine. Create an answer, send its chunks and finish it, or upload it in one request; follow the
analysis over `/api/events`; then fetch the report.

Every error is a problem document (RFC 9457) with a stable `code`.
"""

_TAGS = [
    {"name": "Practising", "description": "Questions and formats."},
    {"name": "Uploads", "description": "Send a recording, in chunks or in one request."},
    {"name": "Answers", "description": "Answers and the state of their analysis."},
    {"name": "Reports", "description": "Reports, transcripts, and the definitions of the measures."},
    {"name": "Takes", "description": "Answers to the same question, side by side."},
    {"name": "Progress", "description": "Changes over many takes, with their uncertainty."},
    {"name": "Media", "description": "Recordings and their waveforms."},
    {"name": "Events", "description": "A stream of changes."},
    {"name": "Sessions", "description": "Named groups of answers."},
    {"name": "Interviews", "description": "Mock interviews, from their plan to their report."},
    {
        "name": "Preparing",
        "description": "Interviews that a person is invited to, a plan, and the set-up check.",
    },
    {"name": "Preferences", "description": "Settings for all of a person's answers."},
    {"name": "Accounts", "description": "Signing in, and who may do what. Only where people sign in."},
    {"name": "Advising", "description": "What a person submits to advisers, and what those say to it."},
    {"name": "Office", "description": "What an administrator decides. Nobody's recordings are among it."},
    {"name": "Account data", "description": "Export or delete all data of a person."},
    {"name": "About", "description": "Versions and limits."},
]


_ROUTES = (
    questions,
    question_notes,
    formats,
    uploads,
    chunks,
    answers,
    work,
    search,
    reports,
    corrections,
    remarks,
    takes,
    documents,
    media,
    events,
    sessions,
    interviews,
    interview_commands,
    interview_reports,
    scheduled_interviews,
    interview_plans,
    calendars,
    programme_sheets,
    questions_to_ask,
    application_lines,
    answer_specifics,
    impressions,
    messages,
    resources,
    progress,
    set_up_check,
    preferences,
    office,
    office_people,
    account_data,
    submissions,
    comments,
    shared_files,
    reviews,
    canned_comments,
    rubrics,
    cohorts,
    assignments,
    me,
    sign_in,
    sign_in_elsewhere,
    invitations,
    resets,
    account,
    privacy,
    about,
    health,
)


def create_application(service: Service, *, metrics: "Metrics | None" = None) -> FastAPI:
    """Creates the application for an open service.

    Args:
        service: the open service.
        metrics: count its requests.
    """
    application = FastAPI(
        title="Greenroom",
        version=version("greenroom"),
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        openapi_url="/api/openapi.json",
        # The documentation pages of FastAPI load scripts from another host.
        docs_url=None,
        redoc_url=None,
    )
    application.state.service = service
    problem_responses.install(application, not_found_page=INDEX)
    for module in _ROUTES:
        application.include_router(module.router)
    _refuse_unknown_operations(application)
    add_pages(application)
    _describe_problems(application)
    observers: list[Callable[[FinishedRequest], None]] = [metrics.observe] if metrics else []
    if service.settings.log_format == "json":
        observers.append(logs.log_request)
    if observers:
        application.add_middleware(RouteMiddleware)
    application.add_middleware(ConflictsMiddleware)
    application.add_middleware(UnexpectedErrorMiddleware)
    application.add_middleware(RequestLimitsMiddleware, stalled_after=service.settings.stalled_after)
    application.add_middleware(SecurityMiddleware, settings=lambda: application.state.service.settings)
    if observers:
        application.add_middleware(
            ObservationMiddleware,
            observers=observers,
            on_stream=metrics.note_stream if metrics else lambda _: None,
        )
    return application


def _refuse_unknown_operations(application: FastAPI) -> None:
    @application.api_route(
        "/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    def no_such_operation(path: str) -> None:
        raise NotFound("There is nothing at this address.")


def _describe_problems(application: FastAPI) -> None:
    """Adds the problem document to the API description, where every operation refers to it."""
    original = application.openapi

    def openapi() -> dict[str, Any]:
        description = original()
        description["components"]["schemas"].setdefault(
            "ProblemDetails", problem_responses.ProblemDetails.model_json_schema()
        )
        return description

    application.openapi = openapi  # type: ignore[method-assign]
