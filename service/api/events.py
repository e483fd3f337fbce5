"""One stream for a page and all of its answers."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent

from service.dependencies import PersonDependency, ServiceDependency

router = APIRouter(prefix="/api/events", tags=["Events"])


@router.get("", summary="Follow what changes", response_class=EventSourceResponse)
async def follow(
    service: ServiceDependency,
    person: PersonDependency,
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `connected` first, then `answer` (an Answer) and `deleted` (its id).

    `connected` says with `resumed` whether everything since `Last-Event-ID` was told; where it was not,
    list the answers anew. A comment comes every 15 seconds when nothing happens.
    """
    last_seen = int(last_event_id) if last_event_id and last_event_id.isdecimal() else None
    async for event in service.events.listen(person, last_seen):
        yield event
