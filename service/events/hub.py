"""Informs open pages of changes of answers and interviews made by any process.

Changes come from other processes too. On PostgreSQL each of them is announced (`service.events.listening`).
On SQLite it is looked a few times a second whether anything was committed, and only then the change counters
of all people who have a page open are read, in one query. Either way what has changed is then read once for
all pages of a person.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi.sse import ServerSentEvent
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as ConnectionsUsedUpError

from service.db.engine import Database
from service.events.commits import Commits
from service.events.listening import listen_for_changes
from service.events.news import News, last_changes, news_after, news_of
from service.privacy import describe_error

logger = logging.getLogger(__name__)

_Found = TypeVar("_Found")

POLL_SECONDS = 0.25
"""Longest delay of an event on SQLite, and shortest time between two looks for one person anywhere: progress
is written at most twice a second."""

FALLBACK_SECONDS = 5.0
"""Longest delay where changes are announced and an announcement was missed."""

UNHEARD_SECONDS = 1.0
"""Longest delay while the connection that listens is lost, and pause after a look that failed."""

_QUEUE_LENGTH = 256
"""Changes that a page may lag behind before its stream ends and it has to reconnect."""

_THREADS = 2
"""Threads that look for news, besides those of the requests, which may all be waiting."""


class EventHub:
    """Distributes changes to listeners.

    Args:
        database: the database to look into.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: dict[str, set[asyncio.Queue[News | None]]] = {}
        self._watch: _Watch | None = None
        self._closed = False

    async def listen(
        self, person: str, last_seen: int | None, still_allowed: Callable[[], bool] = lambda: True
    ) -> AsyncIterator[ServerSentEvent]:
        """Yields changes of a person's answers from now on, after those missed since `last_seen`.

        Args:
            person: id of the person.
            last_seen: id of the last event that the page received; None on its first connection.
            still_allowed: asked in a thread before anything new is sent; False ends the stream.
        """
        if self._closed:
            return
        queue: asyncio.Queue[News | None] = asyncio.Queue(_QUEUE_LENGTH)
        self._listeners.setdefault(person, set()).add(queue)
        if self._watch is None:
            self._watch = _Watch(self._database, self._listeners)
        try:
            # Registered before the first query, so that a change in between is sent twice rather than never.
            missed = await self._watch.catch_up(person, last_seen)
            resumed = last_seen is not None and missed.complete
            if resumed:
                for each in missed.events:
                    yield each.event
            yield ServerSentEvent(event="connected", id=str(missed.last), data={"resumed": resumed})
            seen = missed.last
            while (news := await queue.get()) is not None:
                if not await anyio.to_thread.run_sync(still_allowed):
                    return
                for each in news.events:
                    if each.number > seen:
                        yield each.event
                seen = max(seen, news.last)
        finally:
            listeners = self._listeners.get(person, set())
            listeners.discard(queue)
            if not listeners:
                self._listeners.pop(person, None)
            if not self._listeners and self._watch is not None:
                self._watch.end()
                self._watch = None

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self._closed = True
        for queues in self._listeners.values():
            for queue in queues:
                _end(queue)


class _Watch:
    """Watches the change counters of all people with an open page, from the first page to the last."""

    def __init__(self, database: Database, listeners: dict[str, set[asyncio.Queue[News | None]]]) -> None:
        self._database = database
        self._listeners = listeners
        self._seen: dict[str, int] = {}
        self._changed: set[str] = set()
        self._wake = asyncio.Event()
        self._looked = 0.0
        self._threads = anyio.CapacityLimiter(_THREADS)
        self._longest_pause = POLL_SECONDS if database.is_sqlite else UNHEARD_SECONDS
        self._commits = Commits(database) if database.is_sqlite else None
        self._tasks = [asyncio.create_task(self._run())]
        if not database.is_sqlite:
            listening = listen_for_changes(database, self._hear, self._note_connection)
            self._tasks.append(asyncio.create_task(listening))

    def end(self) -> None:
        """Stops watching."""
        for task in self._tasks:
            task.cancel()

    async def catch_up(self, person: str, last_seen: int | None) -> News:
        """What a new page of a person has missed; nothing is watched for that person before."""
        if last_seen is None:
            counters = await self._in_thread(partial(last_changes, self._database, [person]))
            news = News(counters.get(person, 0), (), complete=False)
        else:
            news = await self._in_thread(partial(news_after, self._database, person, last_seen))
        self._seen.setdefault(person, news.last)
        if person in self._changed:
            # Announced before there was anything to compare it with.
            self._wake.set()
        return news

    def _hear(self, payload: str) -> None:
        person, _, number = payload.partition(":")
        if person in self._listeners and int(number or 0) > self._seen.get(person, -1):
            self._changed.add(person)
            self._wake.set()

    def _note_connection(self, heard: bool) -> None:
        self._longest_pause = FALLBACK_SECONDS if heard else UNHEARD_SECONDS
        # Whatever was announced before is looked up now.
        self._changed.update(self._seen)
        self._wake.set()

    async def _run(self) -> None:
        try:
            await self._look_again_and_again()
        finally:
            if self._commits is not None:
                self._commits.close()

    async def _look_again_and_again(self) -> None:
        looked_at_all = time.monotonic()
        while True:
            began = time.monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(max(looked_at_all + self._longest_pause - began, 0)):
                    await self._wake.wait()
            # Several changes in a row are read together.
            await asyncio.sleep(max(self._looked + POLL_SECONDS - time.monotonic(), 0))
            self._wake.clear()
            self._forget_those_who_left()
            self._looked = time.monotonic()
            if self._looked >= looked_at_all + self._longest_pause:
                looked_at_all = self._looked
                if await self._may_have_changed():
                    self._changed.update(self._seen)
            await self._distribute()

    async def _may_have_changed(self) -> bool:
        if self._commits is None:
            return True
        return await self._in_thread(self._commits.any_since_last_look)

    def _forget_those_who_left(self) -> None:
        for person in self._seen.keys() - self._listeners.keys():
            del self._seen[person]
        self._changed &= self._listeners.keys()

    async def _distribute(self) -> None:
        """Reads and distributes what is new for those whose data has changed."""
        looked = {person: self._seen[person] for person in self._changed if person in self._seen}
        if not looked:
            return
        self._changed -= looked.keys()
        try:
            news = await self._in_thread(partial(news_of, self._database, looked))
        except (DBAPIError, ConnectionsUsedUpError) as error:
            # The database is busy, full or away for a moment.
            logger.warning("events: %s", describe_error(error))
            self._changed.update(looked)
            asyncio.get_running_loop().call_later(UNHEARD_SECONDS, self._wake.set)
            return
        for person, each in news.items():
            self._seen[person] = each.last
            for queue in self._listeners.get(person, ()):
                _put(queue, each)

    async def _in_thread(self, look: Callable[[], _Found]) -> _Found:
        return await anyio.to_thread.run_sync(look, limiter=self._threads)


def _put(queue: asyncio.Queue[News | None], news: News) -> None:
    try:
        queue.put_nowait(news)
    except asyncio.QueueFull:
        _end(queue)


def _end(queue: asyncio.Queue[News | None]) -> None:
    with suppress(asyncio.QueueEmpty):
        while queue.full():
            queue.get_nowait()
    queue.put_nowait(None)
