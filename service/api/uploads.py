"""Uploading a recording in one request, for curl and forms; it uses the same intake as chunks."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from starlette.requests import ClientDisconnect

from service import schemas
from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.db.failures import is_busy
from service.dependencies import PersonDependency, Service, ServiceDependency
from service.problems import Busy, DiskFull, EmptyFile, InvalidRequest, RequestStalled, TooLarge
from service.recordings.intake import too_large
from service.recordings.multipart import read_form
from service.settings import CHUNK_BYTES, MEBIBYTE

router = APIRouter(prefix="/api/uploads", tags=["Uploads"])

_REMOVAL_TRIES = 3
"""Each waits as long as any request does."""

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "title": {"type": "string"},
                        "question": {"type": "string"},
                        "session": {"type": "string"},
                    },
                }
            }
        },
    }
}


@router.post(
    "",
    status_code=201,
    summary="Upload a recording",
    responses=problem_responses(EmptyFile, InvalidRequest, RequestStalled, TooLarge, DiskFull, Busy),
    openapi_extra=_FORM,
)
async def upload(
    request: Request, response: Response, service: ServiceDependency, person: PersonDependency
) -> schemas.Answer:
    """Stores one recording and queues its analysis. If anything goes wrong, nothing is stored.

    `curl -F file=@answer.m4a http://127.0.0.1:8414/api/uploads`
    """
    maximum_bytes = service.settings.maximum_bytes
    declared = request.headers.get("content-length", "")
    # The form around the file is small; its fields have their own limits.
    if declared.isdecimal() and int(declared) > maximum_bytes + MEBIBYTE:
        raise too_large(maximum_bytes)
    uploaded = _Upload(service, person)
    try:
        answer = await _receive(request, uploaded)
    except BaseException:
        await run_in_threadpool(uploaded.remove)
        raise
    response.headers["location"] = f"/api/answers/{answer.id}"
    return answer


class _Upload:
    """An answer, made once the first piece of its file is there: an upload that stalls leaves no row."""

    def __init__(self, service: Service, person: str) -> None:
        self._service = service
        self._person = person
        self._intake = service.intake(person)
        self._answer = ""
        self._count = 0

    def put(self, piece: bytes) -> None:
        """Stores the next piece of the file."""
        if not self._answer:
            self._answer = self._intake.create(schemas.NewAnswer()).id
        self._intake.put(self._answer, self._count, piece)
        self._count += 1

    def finish(self, new: schemas.NewAnswer) -> schemas.Answer:
        """Describes the answer as the form does, and queues its analysis."""
        if not self._answer:
            raise EmptyFile
        with self._service.database.writing(self._person) as session:
            Answers(session, self._person).replace_description(self._answer, new)
            verdicts = wants_verdicts(session, self._person)
        row = self._intake.finish(self._answer, schemas.Finish(chunks=self._count))
        return describe(row, verdicts=verdicts)

    def remove(self) -> None:
        """Removes what was stored. On a database that stays busy, it stays as an interrupted upload."""
        if not self._answer:
            return
        for _ in range(_REMOVAL_TRIES):
            try:
                with self._service.database.writing(self._person) as session:
                    answers = Answers(session, self._person)
                    answers.delete(answers.find(self._answer))
                break
            except DBAPIError as error:
                if not is_busy(error):
                    raise
        else:
            return
        self._service.storage.delete(self._answer)
        self._service.database.wipe_log()


async def _receive(request: Request, uploaded: _Upload) -> schemas.Answer:
    async def take(piece: bytes) -> None:
        await run_in_threadpool(uploaded.put, piece)

    try:
        form = await read_form(
            request.headers.get("content-type", ""),
            request.stream(),
            file_field="file",
            piece_bytes=CHUNK_BYTES,
            take=take,
        )
    except ClientDisconnect as error:
        raise InvalidRequest("The upload broke off. Nothing was stored.") from error
    try:
        new = schemas.NewAnswer.model_validate(
            {
                **{
                    name: form.fields[name]
                    for name in ("title", "question", "session")
                    if name in form.fields
                },
                "file_name": form.file_name,
            }
        )
    except ValidationError as error:
        fields = ", ".join(str(each["loc"][0]) for each in error.errors())
        raise InvalidRequest(f"This is too long or not valid: {fields}. Nothing was stored.") from error
    return await run_in_threadpool(uploaded.finish, new)
