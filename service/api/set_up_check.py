"""The set-up check before a video interview, and the stills that are kept with it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel

from service.api.problems import problem_responses
from service.api.progress import ZoneDependency
from service.dependencies import PersonDependency, ServiceDependency
from service.prepare.set_up_check import Checked, check, forget
from service.prepare.set_up_view import SetUpCheck, StillOut, describe_still, set_up_check
from service.prepare.stills import TooManyStills, add_still, find_still, stills_of
from service.problems import Busy, InvalidRequest, NotFound, TooLarge
from service.schemas import Title

router = APIRouter(prefix="/api/set-up-check", tags=["Preparing"])

_PICTURES: dict[str, Any] = {
    kind: {"schema": {"type": "string", "format": "binary"}}
    for kind in ("image/jpeg", "image/png", "image/webp")
}


class StillList(BaseModel):
    """All stills, newest first."""

    items: list[StillOut]


@router.get("", summary="The set-up check", responses=problem_responses(InvalidRequest))
def get_set_up_check(
    zone: ZoneDependency, service: ServiceDependency, person: PersonDependency
) -> SetUpCheck:
    """Every item with what was last found, in words, and whom to call if the connection drops."""
    with service.database.reading() as session:
        return set_up_check(session, person, datetime.now(zone))


@router.get("/stills", summary="List stills", responses=problem_responses(InvalidRequest))
def list_stills(zone: ZoneDependency, service: ServiceDependency, person: PersonDependency) -> StillList:
    """Without their content, newest first."""
    with service.database.reading() as session:
        now = datetime.now(zone)
        return StillList(items=[describe_still(still, now) for still in stills_of(session, person)])


@router.post(
    "/stills",
    status_code=201,
    summary="Keep a still",
    responses=problem_responses(InvalidRequest, TooManyStills, TooLarge, Busy),
    openapi_extra={"requestBody": {"content": _PICTURES, "required": True}},
)
async def create_still(
    request: Request,
    zone: ZoneDependency,
    service: ServiceDependency,
    person: PersonDependency,
    note: Annotated[Title, Query(description="The person's own words for it.")] = None,
) -> StillOut:
    """The body is a JPEG, PNG or WebP picture of at most 1 MB. It stays on this machine."""
    content = await request.body()

    def keep() -> StillOut:
        now = datetime.now(zone)
        with service.database.writing(person) as session:
            return describe_still(add_still(session, person, content, note, now), now)

    return await run_in_threadpool(keep)


@router.get(
    "/stills/{still}",
    summary="A still",
    response_class=Response,
    responses={200: {"content": _PICTURES}, **problem_responses(NotFound)},
)
def get_still(still: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The picture itself."""
    with service.database.reading() as session:
        row = find_still(session, person, still)
        return Response(row.content, media_type=row.media_type, headers={"cache-control": "no-store"})


@router.delete(
    "/stills/{still}", status_code=204, summary="Delete a still", responses=problem_responses(NotFound, Busy)
)
def delete_still(still: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes the picture and what is left of it in the database."""
    with service.database.writing(person) as session:
        session.delete(find_still(session, person, still))
        service.database.delete_backups()
    service.remove_traces()


@router.put(
    "/{item}",
    summary="Store what was found at an item",
    responses=problem_responses(NotFound, InvalidRequest, Busy),
)
def put_item(
    item: str, checked: Checked, zone: ZoneDependency, service: ServiceDependency, person: PersonDependency
) -> SetUpCheck:
    """Takes the figures that were measured or typed, or an answer; the response is the whole check.

    `microphone`: speech, noise, peak (dB re full scale), clipped (share of samples). `camera`: width, height,
    frame_rate, counted. `light`: see `Light`. `battery`: supported, charging, level. `screen`: supported,
    granted. `speed`: upload, download (Mbps). All others, and `battery` and `screen`, take an answer.
    """
    now = datetime.now(zone)
    with service.database.writing(person) as session:
        check(session, person, item, checked, now)
        session.flush()
        return set_up_check(session, person, now)


@router.delete(
    "/{item}", status_code=204, summary="Open an item again", responses=problem_responses(NotFound, Busy)
)
def delete_item(item: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Forgets what was found at an item."""
    with service.database.writing(person) as session:
        forget(session, person, item)
