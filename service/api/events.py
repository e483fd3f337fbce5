"""One event stream for all answers and interviews of a person."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from service.api.problems import problem_responses
from service.dependencies import CallerDependency, ServiceDependency, find_sign_in
from service.problems import InvalidRequest

router = APIRouter(prefix="/api/events", tags=["Events"])

_LARGEST_ID = 2**63 - 1
"""Event ids count changes in a column of 64 bits."""


def get_last_seen(
    last_event_id: Annotated[str | None, Header(description="Id of the last event received.")] = None,
) -> int | None:
    """The id of the last event that the page received; None on its first connection.

    Raises:
        InvalidRequest: it is no id of an event.
    """
    if not last_event_id:
        return None
    digits = last_event_id.isascii() and last_event_id.isdecimal() and len(last_event_id) <= 19
    if not digits or int(last_event_id) > _LARGEST_ID:
        raise InvalidRequest("Last-Event-ID does not come from this stream of events.")
    return int(last_event_id)


@router.get(
    "",
    summary="Follow changes",
    response_class=EventSourceResponse,
    responses=problem_responses(InvalidRequest),
)
async def follow(
    request: Request,
    service: ServiceDependency,
    caller: CallerDependency,
    last_seen: Annotated[int | None, Depends(get_last_seen)],
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `connected` first, then `answer` (an Answer), `deleted` (its id) and `interview`.

    `resumed` in `connected` tells whether all events since `Last-Event-ID` were sent; if not, list the
    answers again. A comment is sent after every 15 seconds without an event. After the person has signed
    out, nothing more is sent.
    """

    def still_signed_in() -> bool:
        return not service.settings.accounts or find_sign_in(request, service, in_use=False) is not None

    async for event in service.events.listen(caller.person, last_seen, still_signed_in):
        yield event
