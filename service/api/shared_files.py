"""An answer as one file for a mentor, and the mentor's comments back from theirs."""

import secrets
import tempfile
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from analysis.errors import MediaError
from service.advising.imported_comments import Imported, import_comments
from service.advising.problems import CommentsOfAnotherAnswer, NotAFileOfComments, TooMany
from service.answers.remarks import shown_remarks
from service.answers.takes import earlier_takes
from service.api.documents import file_name, peaks_of, shown_report
from service.api.media import find_file
from service.api.problems import problem_responses
from service.db.models import Answer
from service.dependencies import NowDependency, PersonDependency, Service, ServiceDependency
from service.exports.shared_file import (
    CONTENT_SECURITY_POLICY,
    Media,
    MediaPlan,
    plan_media,
    shared_page,
)
from service.problems import Busy, FileMissing, NotForThisRole, NotFound, NotReady, TooLarge
from service.recordings.download_names import content_disposition
from service.recordings.sound_alone import MEDIA_TYPE, write_sound_alone
from service.recordings.storage import StoredFile

router = APIRouter(prefix="/api/answers/{answer}", tags=["Advising"])

_FILE: dict[str, Any] = {"application/json": {"schema": {"type": "object"}}}


class ShareOut(BaseModel):
    """The file that would be made."""

    size: int = Field(description="Bytes, about.")
    words: str = Field(description="How large it is and what is in it.")


@router.get(
    "/share",
    summary="What the file for a mentor would be",
    responses=problem_responses(NotForThisRole, NotFound, NotReady, FileMissing, Busy),
)
def get_share(answer: str, service: ServiceDependency, person: PersonDependency) -> ShareOut:
    """Its size and what is in it, before it is made."""
    row, _ = shown_report(service, person, answer)
    plan, _ = _planned(service, person, row)
    return ShareOut(size=plan.size, words=plan.words)


@router.get(
    "/share.html",
    summary="The answer as one file for a mentor",
    response_class=HTMLResponse,
    responses=problem_responses(NotForThisRole, NotFound, NotReady, FileMissing, Busy),
)
def get_shared_file(answer: str, service: ServiceDependency, person: PersonDependency) -> HTMLResponse:
    """Sound or picture, report, transcript and a form for comments, in one file that asks for nothing."""
    row, report = shown_report(service, person, answer)
    with service.database.reading() as session:
        previous = earlier_takes(session, person, answer).previous
        remarks = shown_remarks(session, row)
    plan, file = _planned(service, person, row)
    page = shared_page(
        report,
        row,
        peaks_of(service, row),
        now=datetime.now().astimezone(),
        previous=previous,
        remarks=remarks,
        plan=plan,
        media=_media(row, plan, file),
        share=secrets.token_hex(12),
    )
    headers = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "content-disposition": content_disposition(file_name(row, ".html")),
    }
    return HTMLResponse(page, headers=headers)


@router.post(
    "/comments/import",
    summary="Import a mentor's comments",
    responses=problem_responses(
        NotForThisRole, NotFound, NotAFileOfComments, CommentsOfAnotherAnswer, TooMany, TooLarge, Busy
    ),
    openapi_extra={"requestBody": {"content": _FILE, "required": True}},
)
async def create_imported_comments(
    answer: str, request: Request, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> Imported:
    """The body is the file that a mentor saved. What was imported before is not added again."""
    content = await request.body()

    def keep() -> Imported:
        with service.database.writing(person) as session:
            return import_comments(session, person, answer, content, now)

    return await run_in_threadpool(keep)


def _planned(service: Service, person: str, row: Answer) -> tuple[MediaPlan, StoredFile | None]:
    has_media = row.media_file is not None and row.recording_deleted_at is None
    file = find_file(service, person, row.id, row.media_file) if has_media and row.media_file else None
    return plan_media(row, None if file is None else file.size), file


def _media(row: Answer, plan: MediaPlan, file: StoredFile | None) -> Media | None:
    if file is None or row.media_type is None:
        return None
    if not plan.encoded:
        return Media(file.read(), row.media_type)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.writelines(file.open_range(0, file.size))
        source.flush()
        try:
            write_sound_alone(source, target)
        except MediaError as error:
            raise NotReady("The sound of this recording cannot be put into a file.") from error
        target.seek(0)
        return Media(target.read(), MEDIA_TYPE)
