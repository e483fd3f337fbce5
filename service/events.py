"""Informs open pages of changes of answers and interviews made by any process.

Workers are other processes, so the change counter in the database is polled a few times a second, once
for all pages of a person and only while a page listens.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

import anyio.to_thread
from fastapi.sse import ServerSentEvent
from sqlalchemy.exc import DBAPIError

from service.answers.presentation import describe
from service.answers.repository import Answers, Changes
from service.db.engine import Database
from service.interviews.interviews import Interviews
from service.interviews.schemas import Interview

POLL_SECONDS = 0.25
"""Longest delay of an event; progress is written at most twice a second."""

_QUEUE_LENGTH = 256
"""Changes that a page may lag behind before its stream ends and it has to reconnect."""


@dataclass(frozen=True)
class News:
    """Changes of answers, and of interviews, after the same number of the change counter."""

    answers: Changes
    interviews: tuple[Interview, ...] = ()

    @property
    def last(self) -> int:
        """Value of the counter up to which these are all changes."""
        return self.answers.last


class EventHub:
    """Distributes changes to listeners.

    Args:
        database: the database to poll.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: dict[str, set[asyncio.Queue[News | None]]] = {}
        self._pollers: dict[str, asyncio.Task[None]] = {}
        self._closed = False

    async def listen(self, person: str, last_seen: int | None) -> AsyncIterator[ServerSentEvent]:
        """Yields changes of a person's answers from now on, after those missed since `last_seen`.

        Args:
            person: id of the person.
            last_seen: id of the last event that the page received; None on its first connection.
        """
        if self._closed:
            return
        queue: asyncio.Queue[News | None] = asyncio.Queue(_QUEUE_LENGTH)
        self._listeners.setdefault(person, set()).add(queue)
        try:
            # Registered before the first query, so that a change in between is sent twice rather than never.
            missed = await self._news_after(person, last_seen or 0, complete=last_seen is not None)
            resumed = last_seen is not None and missed.answers.complete
            if resumed:
                for event in _events(missed):
                    yield event
            yield ServerSentEvent(event="connected", id=str(missed.last), data={"resumed": resumed})
            seen = missed.last
            self._start_poller(person, seen)
            while (news := await queue.get()) is not None:
                if news.last > seen:
                    seen = news.last
                    for event in _events(news):
                        yield event
        finally:
            listeners = self._listeners.get(person, set())
            listeners.discard(queue)
            if not listeners and (poller := self._pollers.pop(person, None)):
                poller.cancel()

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self._closed = True
        for queues in self._listeners.values():
            for queue in queues:
                _end(queue)

    def _start_poller(self, person: str, seen: int) -> None:
        if person not in self._pollers:
            self._pollers[person] = asyncio.create_task(self._poll(person, seen))

    async def _poll(self, person: str, seen: int) -> None:
        while not self._closed:
            await asyncio.sleep(POLL_SECONDS)
            # The database may be busy or full for a moment; polling continues.
            with suppress(DBAPIError):
                last = await anyio.to_thread.run_sync(self._last_change, person)
                if last == seen:
                    continue
                news = await self._news_after(person, seen, complete=True)
                seen = news.last
                for queue in self._listeners.get(person, ()):
                    try:
                        queue.put_nowait(news)
                    except asyncio.QueueFull:
                        _end(queue)

    def _last_change(self, person: str) -> int:
        with self._database.reading() as session:
            return Answers(session, person).last_change()

    async def _news_after(self, person: str, sequence: int, *, complete: bool) -> News:
        def look() -> News:
            with self._database.reading() as session:
                answers, interviews = Answers(session, person), Interviews(session, person)
                if complete:
                    changed = [interviews.describe(row) for row in interviews.changed_after(sequence)]
                    return News(answers.changes_after(sequence), tuple(changed))
                return News(Changes(answers.last_change(), (), (), complete=False, verdicts=True))

        return await anyio.to_thread.run_sync(look)


def _end(queue: asyncio.Queue[News | None]) -> None:
    with suppress(asyncio.QueueEmpty):
        while queue.full():
            queue.get_nowait()
    queue.put_nowait(None)


def _events(news: News) -> list[ServerSentEvent]:
    """Events in order of their changes; a page can resume right after the id of any event."""
    changes = news.answers
    events = [
        (
            answer.sequence,
            ServerSentEvent(
                event="answer",
                id=str(answer.sequence),
                data=describe(answer, verdicts=changes.verdicts),
            ),
        )
        for answer in changes.answers
    ] + [
        (
            deletion.sequence,
            ServerSentEvent(event="deleted", id=str(deletion.sequence), data={"id": deletion.answer_id}),
        )
        for deletion in changes.deletions
    ]
    events += [
        (interview.change, ServerSentEvent(event="interview", id=str(interview.change), data=interview))
        for interview in news.interviews
    ]
    return [event for _, event in sorted(events, key=lambda pair: pair[0])]
