"""Reviews: what was submitted to an adviser, with their comments, until they return it."""

from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from service.advising import rubric_schemas, schemas
from service.advising.access import may_see, review_of
from service.advising.problems import AlreadyReturned, NotAVoice, TooMany
from service.advising.reviews import Reviews
from service.advising.voices import VOICE_TYPES, voice_type_of
from service.api.media import find_file
from service.api.problems import problem_responses
from service.api.stored_files import StoredFileResponse
from service.dependencies import AdviserDependency, NowDependency, Service, ServiceDependency, get_now
from service.problems import (
    Busy,
    FileMissing,
    InvalidRequest,
    NotForThisRole,
    NotFound,
    NotReady,
    TooLarge,
)
from service.recordings.file_names import PEAKS
from service.recordings.peaks import Peaks

router = APIRouter(prefix="/api/reviews", tags=["Advising"])

_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}},
    206: {"description": "The requested range."},
    416: {"description": "The range cannot be satisfied."},
}
_FILE = problem_responses(NotForThisRole, NotFound, NotReady, FileMissing, Busy)
_CHANGE = problem_responses(NotForThisRole, NotFound, AlreadyReturned, InvalidRequest, Busy)
_VOICE: dict[str, Any] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in VOICE_TYPES}


@router.get(
    "", summary="What is submitted to an adviser", responses=problem_responses(NotForThisRole, InvalidRequest)
)
def list_reviews(
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
    state: schemas.ReviewState | None = None,
) -> list[schemas.ReviewItem]:
    """What waits, the earliest first; then what was returned, the latest first."""
    with service.database.reading() as session:
        return Reviews(session, adviser, now).list_all(state)


@router.get("/{review}", summary="One submission", responses=problem_responses(NotForThisRole, NotFound))
def get_review(
    review: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> schemas.ReviewOut:
    """All that the adviser may see of it. Nothing of it is there once it is taken back."""
    with service.database.reading() as session:
        return Reviews(session, adviser, now).get(review)


@router.head("/{review}/media", include_in_schema=False)
@router.get(
    "/{review}/media",
    summary="The recording of a submission",
    response_class=Response,
    responses={**_BYTES, **_FILE},
)
def get_review_media(
    review: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> StoredFileResponse:
    """Supports Range requests. It ends within a second once the submission is taken back."""
    with service.database.reading() as session:
        seen = review_of(session, adviser, review, now)
    answer = seen.answer
    if answer.media_file is None or answer.media_type is None:
        raise NotReady("The recording cannot be played yet.")
    return StoredFileResponse(
        find_file(service, seen.submission.person_id, answer.id, answer.media_file),
        media_type=answer.media_type,
        headers={"content-disposition": "inline", "cache-control": "no-store"},
        still_allowed=partial(_still_allowed, service, adviser, review),
    )


@router.get("/{review}/peaks", summary="The waveform of a submission", response_model=Peaks, responses=_FILE)
def get_review_peaks(
    review: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> StoredFileResponse:
    """The largest amplitude of each stretch, for drawing."""
    with service.database.reading() as session:
        seen = review_of(session, adviser, review, now)
    if not seen.answer.peaks_ready:
        raise NotReady("The waveform of this recording is not ready yet.")
    return StoredFileResponse(
        find_file(service, seen.submission.person_id, seen.answer.id, PEAKS),
        media_type="application/json",
        headers={"cache-control": "no-store"},
        still_allowed=partial(_still_allowed, service, adviser, review),
    )


@router.post(
    "/{review}/comments",
    status_code=201,
    summary="Comment on a moment",
    responses={**_CHANGE, **problem_responses(NotFound, AlreadyReturned, TooMany)},
)
def create_comment(
    review: str,
    new: schemas.NewComment,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> schemas.CommentOut:
    """The applicant sees it once the submission is returned."""
    with service.database.writing() as session:
        return Reviews(session, adviser, now).add_comment(review, new)


@router.patch("/{review}/comments/{comment}", summary="Change a comment", responses=_CHANGE)
def change_comment(
    review: str,
    comment: str,
    changes: schemas.CommentChanges,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> schemas.CommentOut:
    """Only the given fields change."""
    with service.database.writing() as session:
        return Reviews(session, adviser, now).change_comment(review, comment, changes)


@router.delete("/{review}/comments/{comment}", status_code=204, summary="Delete a comment", responses=_CHANGE)
def delete_comment(
    review: str,
    comment: str,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> None:
    """With its replies."""
    with service.database.writing() as session:
        Reviews(session, adviser, now).delete_comment(review, comment)


@router.put(
    "/{review}/comments/{comment}/voice",
    summary="Speak a comment",
    responses={**_CHANGE, **problem_responses(InvalidRequest, NotAVoice, TooLarge)},
    openapi_extra={"requestBody": {"content": _VOICE, "required": True}},
)
async def put_voice(
    review: str,
    comment: str,
    request: Request,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> schemas.CommentOut:
    """The body is sound as a browser records it, 2 MB at most. An empty body removes it."""
    content = await request.body()

    def keep() -> schemas.CommentOut:
        with service.database.writing() as session:
            Reviews(session, adviser, now).require_own(review, comment)
        # The database is not kept waiting meanwhile; what was allowed before is asked once more after it.
        media_type = voice_type_of(content) if content else None
        with service.database.writing() as session:
            return Reviews(session, adviser, get_now()).set_voice(review, comment, content, media_type)

    return await run_in_threadpool(keep)


@router.put("/{review}/rubric", summary="Judge by a rubric", responses=_CHANGE)
def put_rubric(
    review: str,
    chosen: rubric_schemas.Scores,
    service: ServiceDependency,
    adviser: AdviserDependency,
    now: NowDependency,
) -> schemas.ReviewOut:
    """In place of an earlier choice. The applicant sees it once the submission is returned."""
    with service.database.writing() as session:
        return Reviews(session, adviser, now).judge(review, chosen)


@router.post("/{review}/return", summary="Return a submission", responses=_CHANGE)
def return_review(
    review: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> schemas.ReviewOut:
    """The applicant sees comments and rubric from now on."""
    with service.database.writing() as session:
        return Reviews(session, adviser, now).give_back(review)


@router.post("/{review}/reopen", summary="Open a returned submission again", responses=_CHANGE)
def reopen_review(
    review: str, service: ServiceDependency, adviser: AdviserDependency, now: NowDependency
) -> schemas.ReviewOut:
    """To change or add something. What was given stays with the applicant."""
    with service.database.writing() as session:
        return Reviews(session, adviser, now).reopen(review)


def _still_allowed(service: Service, adviser: str, submission: str) -> bool:
    with service.database.reading() as session:
        return may_see(session, adviser, submission, get_now())
