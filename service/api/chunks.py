"""Uploading a recording in numbered chunks: in any order, repeated as needed, then finished once."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from service import schemas
from service.answers.preferences import wants_verdicts
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import (
    AlreadyFinished,
    Busy,
    ChunkDiffers,
    ChunkTooFar,
    DiskFull,
    EmptyFile,
    MissingChunks,
    NotFound,
    RequestStalled,
    TooLarge,
)
from service.recordings.intake import MAXIMUM_CHUNKS
from service.settings import CHUNK_BYTES

router = APIRouter(prefix="/api/answers/{answer}", tags=["Uploads"])

_ANY_BYTES = {"requestBody": {"content": {"application/octet-stream": {}}, "required": True}}


class StoredChunks(BaseModel):
    """The chunks that have arrived, so that an interrupted sender can continue."""

    numbers: list[int]


@router.put(
    "/chunks/{number}",
    status_code=204,
    summary="Store one chunk",
    responses=problem_responses(
        NotFound, ChunkDiffers, ChunkTooFar, AlreadyFinished, RequestStalled, TooLarge, DiskFull, Busy
    ),
    openapi_extra=_ANY_BYTES,
)
async def put_chunk(
    answer: str,
    number: Annotated[int, Path(ge=0, lt=MAXIMUM_CHUNKS)],
    request: Request,
    service: ServiceDependency,
    person: PersonDependency,
) -> None:
    """Stores the body as one chunk, of at most 8 MiB. The chunk is on disk before the response is sent.

    The same bytes may be sent again; different bytes under the same number are refused. Chunks may come in
    any order, but none more than 10,000 numbers beyond the chunks that have arrived.
    """
    data = await _read_limited(request)
    await run_in_threadpool(service.intake(person).put, answer, number, data)


@router.get("/chunks", summary="List the stored chunks", responses=problem_responses(NotFound))
def list_chunks(answer: str, service: ServiceDependency, person: PersonDependency) -> StoredChunks:
    """Lets an interrupted sender continue where it stopped."""
    with service.database.reading() as session:
        answers = Answers(session, person)
        answers.get(answer)
        return StoredChunks(numbers=list(answers.chunk_numbers(answer)))


@router.post(
    "/finish",
    summary="Finish a recording",
    responses=problem_responses(NotFound, MissingChunks, AlreadyFinished, EmptyFile, Busy),
)
def finish_answer(
    answer: str, finish: schemas.Finish, service: ServiceDependency, person: PersonDependency
) -> schemas.Answer:
    """States how many chunks there are and queues the analysis. A refusal lists the missing numbers."""
    row = service.intake(person).finish(answer, finish)
    with service.database.reading() as session:
        return describe(row, verdicts=wants_verdicts(session, person))


async def _read_limited(request: Request) -> bytes:
    refusal = TooLarge(
        f"One part of a recording can have at most {CHUNK_BYTES} bytes. Send smaller parts.",
        maximum_bytes=CHUNK_BYTES,
    )
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > CHUNK_BYTES:
        raise refusal
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > CHUNK_BYTES:
            raise refusal
    return bytes(data)
