"""Account data: exporting and deleting all data of a person."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from service.api.problems import problem_responses
from service.dependencies import PersonDependency, ServiceDependency
from service.exports.account_archive import Export, stream_archive
from service.problems import Busy
from service.recordings.download_names import content_disposition

router = APIRouter(prefix="/api", tags=["Account data"])

_ZIP: dict[int | str, dict[str, Any]] = {200: {"content": {"application/zip": {}}}}


@router.get(
    "/export",
    summary="Export everything",
    response_class=StreamingResponse,
    responses={**_ZIP, **problem_responses(Busy)},
)
def export_account_data(service: ServiceDependency, person: PersonDependency) -> StreamingResponse:
    """One zip file: recordings, reports, transcripts, answers with notes, own questions, and interviews."""
    # Before the response begins. Later, the archive could only break off.
    service.storage.is_reachable()
    export = Export.collect(service.database, service.storage, person)
    name = f"greenroom-{datetime.now(UTC):%Y-%m-%d}.zip"
    return StreamingResponse(
        stream_archive(export),
        media_type="application/zip",
        headers={"content-disposition": content_disposition(name)},
    )


@router.delete("/everything", status_code=204, summary="Delete everything")
def delete_account_data(service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes all recordings with their reports, as well as own questions, favourites and preferences."""
    service.delete_account_data(person)
