"""Media of an answer: a copy that every browser plays, the uploaded file, and the waveform."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response, StreamingResponse

from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import NotFound, NotReady
from service.recordings.download_names import BEGINNING_BYTES, content_disposition, original_name
from service.recordings.file_names import PEAKS
from service.recordings.peaks import Peaks

router = APIRouter(prefix="/api/answers/{answer}", tags=["Media"])

_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}},
    206: {"description": "The requested range."},
    416: {"description": "The range cannot be satisfied."},
}


@router.get(
    "/media",
    summary="The recording, playable",
    response_class=FileResponse,
    responses={**_BYTES, **problem_responses(NotFound, NotReady)},
)
def get_media(answer: str, service: ServiceDependency, person: PersonDependency) -> FileResponse:
    """Supports Range requests, so that a player can seek. The media type never comes from the sender."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
    if row.media_file is None:
        raise NotReady("The recording cannot be played yet.")
    path = service.storage.file(row.id, row.media_file)
    if not path.is_file():
        raise NotFound("The recording is no longer there.")
    return FileResponse(path, media_type=row.media_type, headers={"content-disposition": "inline"})


@router.get(
    "/original",
    summary="The uploaded file",
    response_class=FileResponse,
    responses={**_BYTES, **problem_responses(NotFound, NotReady)},
)
def get_original(answer: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The file exactly as it was uploaded, for download."""
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
    summary="The waveform",
    response_model=Peaks,
    responses=problem_responses(NotFound, NotReady),
)
def get_peaks(answer: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The largest amplitude of each stretch, for drawing."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
    if not row.peaks_ready:
        raise NotReady("The waveform of this recording is not ready yet.")
    return FileResponse(service.storage.file(row.id, PEAKS), media_type="application/json")
