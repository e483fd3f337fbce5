"""Uploading a recording in one request, for curl and forms; it uses the same intake as chunks."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from service import schemas
from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, Service, ServiceDependency
from service.problems import DiskFull, EmptyFile, InvalidRequest, TooLarge
from service.recordings.intake import Intake, too_large
from service.recordings.multipart import read_form
from service.settings import CHUNK_BYTES, MEBIBYTE

router = APIRouter(prefix="/api/uploads", tags=["Uploads"])

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
    responses=problem_responses(EmptyFile, InvalidRequest, TooLarge, DiskFull),
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
    intake = service.intake(person)
    row = await run_in_threadpool(intake.create, schemas.NewAnswer())
    try:
        answer = await _receive(request, intake, row.id, service, person)
    except BaseException:
        await run_in_threadpool(_remove, service, person, row.id)
        raise
    response.headers["location"] = f"/api/answers/{answer.id}"
    return answer


async def _receive(
    request: Request, intake: Intake, answer: str, service: Service, person: str
) -> schemas.Answer:
    count = 0

    async def take(piece: bytes) -> None:
        nonlocal count
        await run_in_threadpool(intake.put, answer, count, piece)
        count += 1

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

    def finish() -> schemas.Answer:
        if count == 0:
            raise EmptyFile
        with service.database.writing() as session:
            Answers(session, person).replace_description(answer, new)
            verdicts = wants_verdicts(session, person)
        return describe(intake.finish(answer, schemas.Finish(chunks=count)), verdicts=verdicts)

    return await run_in_threadpool(finish)


def _remove(service: Service, person: str, answer: str) -> None:
    with service.database.writing() as session:
        answers = Answers(session, person)
        answers.delete(answers.find(answer))
    service.storage.delete(answer)
    service.database.wipe_log()
