"""Error responses as problem details (RFC 9457)."""

import logging
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as ConnectionsUsedUpError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from service.api.conflicts import note_conflict
from service.db.failures import is_busy, is_conflict, is_full, is_unstorable
from service.privacy import describe_error
from service.problems import (
    BadRequest,
    Busy,
    DiskFull,
    FileMissing,
    InternalError,
    InvalidRequest,
    NotFound,
    Problem,
)
from service.recordings.storage import MissingFileError, StorageFullError, StorageUnavailableError

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class ProblemDetails(BaseModel):
    """The body of every error response."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str


def problem_response(problem: Problem) -> JSONResponse:
    """The HTTP response for a problem."""
    body = {
        "type": f"urn:greenroom:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        **problem.members,
    }
    headers = {} if problem.retry_after is None else {"retry-after": str(problem.retry_after)}
    return JSONResponse(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def problem_responses(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The error responses of one operation, for the API description."""
    described: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        other = described.get(kind.status)
        description = f"{other['description']}, or `{kind.code}`" if other else f"`{kind.code}`"
        described[kind.status] = {
            "description": description,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
    return described


def as_problem(error: Exception) -> Problem:
    """The problem for an exception; an unexpected one is logged and becomes an `InternalError`."""
    match error:
        case Problem():
            return error
        case StorageFullError():
            return DiskFull()
        case StorageUnavailableError():
            return Busy()
        case MissingFileError():
            logger.error("a stored file is missing")
            return FileMissing()
        case DBAPIError() if is_full(error):
            return DiskFull()
        case DBAPIError() if is_busy(error):
            return Busy()
        case ConnectionsUsedUpError():
            return Busy()
        case DBAPIError() if is_unstorable(error):
            return InvalidRequest("This request holds a character (NUL) or a number that cannot be stored.")
        case RequestValidationError():
            return _invalid(error)
        case ClientDisconnect():
            # Nobody is there to read it, and there is nothing to look into.
            return BadRequest("The connection ended before the request did.")
        case HTTPException():
            return _of_status(error)
    logger.error("unexpected: %s", describe_error(error))
    return InternalError()


def _invalid(error: RequestValidationError) -> Problem:
    errors = [
        {
            "field": _printable(".".join(str(part) for part in each["loc"][1:])),
            "text": _printable(each["msg"]),
        }
        for each in error.errors()
    ]
    first = errors[0] if errors else {"field": "", "text": ""}
    return InvalidRequest(f"{first['field'] or 'The request'}: {first['text']}.", errors=errors)


def _printable(text: str) -> str:
    """The text without half characters (lone surrogates), which cannot be written as UTF-8."""
    return text.encode(errors="replace").decode()


def _of_status(error: HTTPException) -> Problem:
    if error.status_code == 404:
        return NotFound("There is nothing at this address.")
    problem = Problem(str(error.detail))
    problem.status = error.status_code
    if error.status_code == 405:
        problem.code, problem.title = "method_not_allowed", "This method is not allowed here"
        problem.detail = "This address does not take that kind of request."
    return problem


def install(application: FastAPI, *, not_found_page: Path) -> None:
    """Turns every error of this application into a problem document.

    Args:
        application: the application to install the handlers in.
        not_found_page: sent instead if a browser opens an unknown address as a page.
    """

    async def handle(request: Request, error: Exception) -> Response:
        if isinstance(error, DBAPIError) and is_conflict(error):
            note_conflict(request.scope, error)
        problem = as_problem(error)
        if problem.status == 404 and _asks_for_page(request):
            return FileResponse(not_found_page, status_code=404, media_type="text/html")
        return problem_response(problem)

    for kind in (
        Problem,
        StorageFullError,
        StorageUnavailableError,
        MissingFileError,
        DBAPIError,
        ConnectionsUsedUpError,
        RequestValidationError,
        HTTPException,
        ClientDisconnect,
    ):
        application.add_exception_handler(kind, handle)


def _asks_for_page(request: Request) -> bool:
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")
