"""Whether this node can serve: it is not about to stop, and its database and its storage are there.

A part that does not answer makes no node hang: each check has a few seconds, and one that is still under
way is never begun a second time.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
import anyio.to_thread

from service.db.engine import Database
from service.privacy import describe_error
from service.recordings.storage import Storage

logger = logging.getLogger("greenroom.readiness")

CHECK_SECONDS = 3.0
"""Seconds that a part has to answer."""

FRESH_SECONDS = 1.0
"""Seconds for which a result is used again, however often somebody asks."""


@dataclass
class _Part:
    """One part, with its last result.

    Attributes:
        check: raises an exception, or returns False, where the part cannot be used.
    """

    check: Callable[[], bool]
    works: bool = False
    checked: float = -FRESH_SECONDS
    under_way: asyncio.Task[bool] | None = field(default=None, repr=False)


class Readiness:
    """Checks the parts that this node needs.

    Args:
        database: answers a query, and has at least the tables of this version.
        storage: can be reached.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._parts = {"database": _Part(database.is_migrated), "storage": _Part(storage.is_reachable)}
        self._stopping = False
        # Its own threads: those of the requests may all wait for what is checked here.
        self._limiter = anyio.CapacityLimiter(len(self._parts))

    def stop(self) -> None:
        """From now on this node is not ready: it is about to stop."""
        self._stopping = True

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop."""
        return self._stopping

    async def look(self) -> dict[str, str]:
        """What each part is: `ok` or `unavailable`; for the node itself `ok` or `stopping`."""
        async with asyncio.TaskGroup() as group:
            results = {name: group.create_task(self._works(name)) for name in self._parts}
        parts = {name: "ok" if result.result() else "unavailable" for name, result in results.items()}
        return {"node": "stopping" if self._stopping else "ok", **parts}

    async def _works(self, name: str) -> bool:
        part = self._parts[name]
        if part.under_way is None or part.under_way.done():
            if time.monotonic() - part.checked < FRESH_SECONDS:
                return part.works
            part.under_way = asyncio.create_task(self._check(name))
        try:
            return await asyncio.wait_for(asyncio.shield(part.under_way), CHECK_SECONDS)
        except TimeoutError:
            return False

    async def _check(self, name: str) -> bool:
        part = self._parts[name]
        try:
            works = await anyio.to_thread.run_sync(part.check, limiter=self._limiter)
        except Exception as error:  # noqa: BLE001 - whatever it is, the part cannot be used
            works = False
            if part.works or part.checked < 0:
                logger.warning("%s unavailable: %s", name, describe_error(error))
        part.works, part.checked = works, time.monotonic()
        return works
