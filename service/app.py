"""The web application: routes, problems, security and the pages, put together."""

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from service.api import (
    about,
    answers,
    chunks,
    corrections,
    documents,
    events,
    formats,
    media,
    preferences,
    progress,
    questions,
    reports,
    search,
    sessions,
    takes,
    uploads,
)
from service.api import account_data as everything
from service.api import problems as problem_responses
from service.api.security import SecurityMiddleware, UnexpectedErrorMiddleware
from service.dependencies import Service
from service.frontend.pages import INDEX, add_pages
from service.problems import NotFound

_DESCRIPTION = """
Hand in a recorded practice answer and get a report on length, pace, pauses and filler words, made on this
machine. Begin an answer, send its chunks and finish it, or upload it in one request; follow the
work over `/api/events`; then fetch the report.

Every refusal is a problem document (RFC 9457) with a stable `code`.
"""

_TAGS = [
    {"name": "Practising", "description": "Questions and formats."},
    {"name": "Handing in", "description": "Send a recording, in chunks or in one go."},
    {"name": "Answers", "description": "What was handed in and how far the work is."},
    {"name": "Reports", "description": "Figures, words, and what the figures mean."},
    {"name": "Takes", "description": "Answers to the same question, side by side."},
    {"name": "Progress", "description": "What changes over many takes, and how sure that is."},
    {"name": "Media", "description": "The sound."},
    {"name": "Events", "description": "What changes, as it changes."},
    {"name": "Sessions", "description": "Answers that belong together."},
    {"name": "Preferences", "description": "What holds for all of a person's answers."},
    {"name": "Everything", "description": "Take it all along, or delete it all."},
    {"name": "About", "description": "Versions and limits."},
]


_ROUTES = (
    questions,
    formats,
    uploads,
    chunks,
    answers,
    search,
    reports,
    corrections,
    takes,
    documents,
    media,
    events,
    sessions,
    progress,
    preferences,
    everything,
    about,
)


def create_application(service: Service) -> FastAPI:
    """The application for a service that is open."""
    application = FastAPI(
        title="Greenroom",
        version=version("greenroom"),
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        openapi_url="/api/openapi.json",
        # Swagger's pages load scripts from another host.
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
    application.add_middleware(UnexpectedErrorMiddleware)
    application.add_middleware(SecurityMiddleware, allowed_hosts=service.settings.allowed_hosts)
    return application


def _refuse_unknown_operations(application: FastAPI) -> None:
    @application.api_route(
        "/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    def no_such_operation(path: str) -> None:
        raise NotFound("There is nothing at this address.")


def _describe_problems(application: FastAPI) -> None:
    """Puts the problem document into the API description, for every operation to point at."""
    original = application.openapi

    def openapi() -> dict[str, Any]:
        description = original()
        description["components"]["schemas"].setdefault(
            "ProblemDetails", problem_responses.ProblemDetails.model_json_schema()
        )
        return description

    application.openapi = openapi  # type: ignore[method-assign]
