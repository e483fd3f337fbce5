"""Refusals as they are sent: problem details (RFC 9457)."""

import logging
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from service.privacy import describe_error
from service.problems import DiskFull, InternalError, InvalidRequest, NotFound, Problem
from service.recordings.storage import StorageFullError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class ProblemDetails(BaseModel):
    """What every refusal looks like."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


def problem_response(problem: Problem) -> JSONResponse:
    """The HTTP response that says it."""
    body = {
        "type": f"urn:greenroom:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        **problem.members,
    }
    return JSONResponse(body, status_code=problem.status, media_type=MEDIA_TYPE)


def problem_responses(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The refusals of one operation, for the API description."""
    described: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        before = described.get(kind.status)
        description = f"{before['description']}, or `{kind.code}`" if before else f"`{kind.code}`"
        described[kind.status] = {
            "description": description,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
    return described


def as_problem(error: Exception) -> Problem:
    """The problem that an exception stands for; `InternalError`, and a line in the log, for any other."""
    match error:
        case Problem():
            return error
        case StorageFullError():
            return DiskFull()
        case DBAPIError() if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_FULL":
            return DiskFull()
        case RequestValidationError():
            return _invalid(error)
        case HTTPException():
            return _of_status(error)
    logger.error("unexpected: %s", describe_error(error))
    return InternalError()


def _invalid(error: RequestValidationError) -> Problem:
    errors = [
        {"field": ".".join(str(part) for part in found["loc"][1:]), "text": str(found["msg"])}
        for found in error.errors()
    ]
    first = errors[0] if errors else {"field": "", "text": ""}
    return InvalidRequest(f"{first['field'] or 'The request'}: {first['text']}.", errors=errors)


def _of_status(error: HTTPException) -> Problem:
    if error.status_code == 404:
        return NotFound("There is nothing at this address.")
    problem = Problem(str(error.detail))
    problem.status = error.status_code
    if error.status_code == 405:
        problem.code, problem.title = "method_not_allowed", "This cannot be done with this address"
        problem.detail = "This address does not take that kind of request."
    return problem


def install(application: FastAPI, *, not_found_page: Path) -> None:
    """Makes every refusal of this application a problem document.

    Args:
        application: to install in.
        not_found_page: shown instead to a person whose browser asks for an address that leads nowhere.
    """

    async def handle(request: Request, error: Exception) -> Response:
        problem = as_problem(error)
        if problem.status == 404 and _is_a_person_looking_for_a_page(request):
            return FileResponse(not_found_page, status_code=404, media_type="text/html")
        return problem_response(problem)

    for kind in (Problem, StorageFullError, DBAPIError, RequestValidationError, HTTPException):
        application.add_exception_handler(kind, handle)


def _is_a_person_looking_for_a_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")
