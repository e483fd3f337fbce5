"""The sound: a copy that every browser plays, what was handed in, and the shape for drawing."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response, StreamingResponse

from service import schemas
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import NotFound, NotReady
from service.recordings.download_names import BEGINNING_BYTES, content_disposition, original_name
from service.recordings.file_names import PEAKS

router = APIRouter(prefix="/api/answers/{answer}", tags=["Media"])

_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}},
    206: {"description": "The part that was asked for."},
    416: {"description": "There is no such part."},
}


@router.get(
    "/media",
    summary="The recording, playable",
    response_class=FileResponse,
    responses={**_BYTES, **problem_responses(NotFound, NotReady)},
)
def get_media(answer: str, service: ServiceDependency, person: PersonDependency) -> FileResponse:
    """Takes Range requests, so that a player can seek. The type is ours, never the sender's."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
    if row.media_file is None:
        raise NotReady("The recording cannot be played yet.")
    path = service.storage.file(row.id, row.media_file)
    if not path.is_file():
        raise NotFound("The recording is not there any more.")
    return FileResponse(path, media_type=row.media_type, headers={"content-disposition": "inline"})


@router.get(
    "/original",
    summary="What was handed in",
    response_class=FileResponse,
    responses={**_BYTES, **problem_responses(NotFound, NotReady)},
)
def get_original(answer: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The very bytes that were handed in, for download."""
    with service.database.reading() as session:
        answers = Answers(session, person)
        row = answers.get(answer)
        sizes = [chunk.size for chunk in answers.chunks(answer)]
    if row.intake != "complete":
        raise NotReady("This recording has not arrived completely.")
    beginning = next(service.storage.read_original(row.id, sizes), b"")[:BEGINNING_BYTES]
    name = original_name(row.file_name, row.title, beginning)
    headers = {"content-disposition": content_disposition(name)}
    path = service.storage.original(row.id)
    if path is not None:
        return FileResponse(path, media_type="application/octet-stream", headers=headers)
    return StreamingResponse(
        service.storage.read_original(row.id, sizes),
        media_type="application/octet-stream",
        headers={**headers, "content-length": str(row.bytes)},
    )


@router.get(
    "/peaks",
    summary="The shape of the sound",
    response_model=schemas.Peaks,
    responses=problem_responses(NotFound, NotReady),
)
def get_peaks(answer: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The loudest moment of each stretch, for drawing."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
    if not row.peaks_ready:
        raise NotReady("The shape of this recording is not there yet.")
    return FileResponse(service.storage.file(row.id, PEAKS), media_type="application/json")
