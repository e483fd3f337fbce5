"""What can go wrong with a request, as problem details (RFC 9457).

Each kind is an exception that knows its status and its stable `code`. The page goes by the code;
`detail` is one or two plain sentences for people.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from service.privacy import describe_error
from service.storage.protocol import StorageFullError

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


class Problem(Exception):  # noqa: N818 - the term of RFC 9457
    """Base of every refusal.

    Attributes:
        status: HTTP status.
        code: stable, lower case, for programs.
        title: the kind of problem, the same every time.
        detail: what happened this time and what to do.
        members: further fields of the answer, for example `missing`.
    """

    status = 400
    code = "bad_request"
    title = "This request cannot be understood"

    def __init__(self, detail: str, **members: object) -> None:
        super().__init__(self.code)
        self.detail = detail
        self.members = members


class NotFound(Problem):
    """There is no such thing, or it is not this person's."""

    status, code, title = 404, "not_found", "There is nothing here"


class NotReady(Problem):
    """It will be there later."""

    status, code, title = 404, "not_ready", "Not ready yet"


class SessionNotReady(Problem):
    """No answer of a session has a report yet. `answers` names them and how far each is."""

    status, code, title = 409, "not_ready", "Not ready yet"


class InvalidRequest(Problem):
    """A field is missing or wrong."""

    status, code, title = 422, "invalid_request", "Something in this request is not right"


class EmptyFile(Problem):
    """Nothing was handed in."""

    status, code, title = 422, "empty_file", "This file is empty"

    def __init__(self) -> None:
        super().__init__("This file is empty. Nothing was stored. Choose a recording with sound.")


class ChunkDiffers(Problem):
    """Other bytes are already stored under this number."""

    status, code, title = 409, "chunk_differs", "This part was stored before with other content"


class MissingChunks(Problem):
    """Finish was asked for too early. `missing` names the numbers."""

    status, code, title = 409, "missing_chunks", "Parts of the recording have not arrived"

    def __init__(self, missing: Sequence[int]) -> None:
        parts = "1 part has" if len(missing) == 1 else f"{len(missing)} parts have"
        super().__init__(
            f"{parts} not arrived yet. What arrived is safe. Send the rest, then finish again.",
            missing=list(missing),
        )


class AlreadyFinished(Problem):
    """The recording is complete; nothing can be added."""

    status, code, title = 409, "already_finished", "This recording is already complete"


class WrongState(Problem):
    """It cannot be done with this answer now."""

    status, code, title = 409, "wrong_state", "This cannot be done now"


class TooLarge(Problem):
    """More bytes than allowed."""

    status, code, title = 413, "too_large", "This is too large"


class DiskFull(Problem):
    """No room left."""

    status, code, title = 507, "disk_full", "The disk is full"

    def __init__(self) -> None:
        super().__init__(
            "There is no room left on the disk of this machine. What was stored before is safe. "
            "Free some space and try again."
        )


class ForeignHost(Problem):
    """The request was meant for another server."""

    status, code, title = 421, "foreign_host", "This address is not served here"


class ForeignOrigin(Problem):
    """Another web page tried to change something."""

    status, code, title = 403, "foreign_origin", "Another page may not do this"


class InternalError(Problem):
    """A fault of this program."""

    status, code, title = 500, "internal_error", "Something went wrong here"

    def __init__(self) -> None:
        super().__init__("Something went wrong here. What was stored is safe. Please try again.")


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
