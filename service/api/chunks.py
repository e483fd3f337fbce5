"""A recording in numbered chunks: any order, again as often as needed, then one finish."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool

from service import schemas
from service.answers.presentation import describe
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import (
    AlreadyFinished,
    ChunkDiffers,
    DiskFull,
    EmptyFile,
    MissingChunks,
    NotFound,
    TooLarge,
)
from service.recordings.intake import MAXIMUM_CHUNKS
from service.settings import CHUNK_BYTES

router = APIRouter(prefix="/api/answers/{answer}", tags=["Handing in"])

_ANY_BYTES = {"requestBody": {"content": {"application/octet-stream": {}}, "required": True}}


@router.put(
    "/chunks/{number}",
    status_code=204,
    summary="Store one chunk",
    responses=problem_responses(NotFound, ChunkDiffers, AlreadyFinished, TooLarge, DiskFull),
    openapi_extra=_ANY_BYTES,
)
async def put_chunk(
    answer: str,
    number: Annotated[int, Path(ge=0, lt=MAXIMUM_CHUNKS)],
    request: Request,
    service: ServiceDependency,
    person: PersonDependency,
) -> None:
    """The body is the chunk, 8 MiB at most. Once this answers, the chunk is on disk.

    The same bytes may be sent again; other bytes under the same number are refused.
    """
    data = await _read_limited(request)
    await run_in_threadpool(service.intake(person).put, answer, number, data)


@router.get("/chunks", summary="Which chunks have arrived", responses=problem_responses(NotFound))
def list_chunks(answer: str, service: ServiceDependency, person: PersonDependency) -> schemas.StoredChunks:
    """Lets a sender that was interrupted go on where it stopped."""
    with service.database.reading() as session:
        answers = Answers(session, person)
        answers.get(answer)
        return schemas.StoredChunks(numbers=[chunk.number for chunk in answers.chunks(answer)])


@router.post(
    "/finish",
    summary="Finish a recording",
    responses=problem_responses(NotFound, MissingChunks, AlreadyFinished, EmptyFile),
)
def finish_answer(
    answer: str, finish: schemas.Finish, service: ServiceDependency, person: PersonDependency
) -> schemas.Answer:
    """Says how many chunks there are and queues the analysis. Numbers that are missing are named."""
    return describe(service.intake(person).finish(answer, finish))


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
