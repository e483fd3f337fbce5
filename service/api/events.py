"""One event stream for all answers of a person."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from service.dependencies import PersonDependency, ServiceDependency

router = APIRouter(prefix="/api/events", tags=["Events"])


@router.get("", summary="Follow changes", response_class=EventSourceResponse)
async def follow(
    service: ServiceDependency,
    person: PersonDependency,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `connected` first, then `answer` (an Answer) and `deleted` (its id).

    `resumed` in `connected` tells whether all events since `Last-Event-ID` were sent; if not, list the
    answers again. A comment is sent after every 15 seconds without an event.
    """
    last_seen = int(last_event_id) if last_event_id and last_event_id.isdecimal() else None
    async for event in service.events.listen(person, last_seen):
        yield event
