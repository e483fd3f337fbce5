"""Media of an answer: a copy that every browser plays, the uploaded file, and the waveform."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.api.stored_files import StoredFileResponse
from service.db.models import Answer
from service.dependencies import PersonDependency, Service, ServiceDependency
from service.problems import Busy, FileMissing, NotFound, NotReady, RecordingDeleted
from service.recordings.download_names import BEGINNING_BYTES, content_disposition, original_name
from service.recordings.file_names import PEAKS
from service.recordings.peaks import Peaks
from service.recordings.storage import StoredFile

router = APIRouter(prefix="/api/answers/{answer}", tags=["Media"])

_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}},
    206: {"description": "The requested range."},
    416: {"description": "The range cannot be satisfied."},
}


_PROBLEMS = problem_responses(NotFound, NotReady, RecordingDeleted, FileMissing, Busy)


@router.head("/media", include_in_schema=False)
@router.get(
    "/media",
    summary="The recording, playable",
    response_class=Response,
    responses={**_BYTES, **_PROBLEMS},
)
def get_media(answer: str, service: ServiceDependency, person: PersonDependency) -> StoredFileResponse:
    """Supports Range requests, so that a player can seek. The media type never comes from the sender."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
    require_recording(row)
    if row.media_file is None or row.media_type is None:
        raise NotReady("The recording cannot be played yet.")
    file = find_file(service, person, answer, row.media_file)
    return StoredFileResponse(file, media_type=row.media_type, headers={"content-disposition": "inline"})


@router.head("/original", include_in_schema=False)
@router.get(
    "/original",
    summary="The uploaded file",
    response_class=Response,
    responses={**_BYTES, **_PROBLEMS},
)
def get_original(answer: str, service: ServiceDependency, person: PersonDependency) -> StoredFileResponse:
    """The file exactly as it was uploaded, for download."""
    with service.database.reading() as session:
        answers = Answers(session, person)
        row = answers.get(answer)
        chunks = answers.stored_chunks(answer)
    require_recording(row)
    if row.intake != "complete":
        raise NotReady("This recording has not arrived completely.")
    file = service.storage.find_original(row.id, chunks)
    beginning = b"".join(file.open_range(0, min(BEGINNING_BYTES, file.size)))
    name = original_name(row.file_name, row.title, beginning)
    headers = {"content-disposition": content_disposition(name)}
    return StoredFileResponse(file, media_type="application/octet-stream", headers=headers)


@router.get("/peaks", summary="The waveform", response_model=Peaks, responses=_PROBLEMS)
def get_peaks(answer: str, service: ServiceDependency, person: PersonDependency) -> StoredFileResponse:
    """The largest amplitude of each stretch, for drawing."""
    with service.database.reading() as session:
        row = Answers(session, person).get(answer)
    require_recording(row)
    if not row.peaks_ready:
        raise NotReady("The waveform of this recording is not ready yet.")
    return StoredFileResponse(find_file(service, person, answer, PEAKS), media_type="application/json")


def require_recording(row: Answer) -> None:
    """Raises `RecordingDeleted` where the office does not keep the recording any longer."""
    if row.recording_deleted_at is not None:
        raise RecordingDeleted


def find_file(service: Service, person: str, answer: str, name: str) -> StoredFile:
    """A file of an answer that its row says is there.

    Raises:
        NotFound: the answer was deleted meanwhile.
        NotReady: another copy has taken its place meanwhile.
        FileMissing: the storage has lost the file.
        service.recordings.storage.StorageUnavailableError: the object store does not answer.
    """
    file = service.storage.find(answer, name)
    if file is None:
        with service.database.reading() as session:
            row = Answers(session, person).get(answer)
        if name not in (row.media_file, PEAKS):
            raise NotReady("The recording has just changed. Please try again.")
        raise FileMissing
    return file
