"""Hears of changes from PostgreSQL: each writing transaction notifies, and one connection a node listens."""

import asyncio
import logging
from collections.abc import Callable

from service.answers.changes import CHANNEL
from service.db.engine import Database
from service.privacy import describe_error

logger = logging.getLogger(__name__)

_RECONNECT_SECONDS = 1.0
"""Pause before another attempt to listen, while the server is away."""


async def listen_for_changes(
    database: Database, on_change: Callable[[str], None], on_connection: Callable[[bool], None]
) -> None:
    """Listens without end, and connects again after the connection was lost.

    Args:
        database: on PostgreSQL.
        on_change: called with the id of a person whose data has changed.
        on_connection: called with True once changes are heard of, and with False once they no longer are.
            What happens in between has to be looked up.
    """
    import psycopg  # only where the service is hosted

    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **database.connection_arguments, autocommit=True
            ) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                on_connection(True)
                while True:
                    async for notification in connection.notifies(timeout=0):
                        on_change(notification.payload)
                    await _becomes_readable(connection.fileno())
        except (psycopg.Error, OSError) as error:
            logger.warning("listening: %s", describe_error(error))
        on_connection(False)
        await asyncio.sleep(_RECONNECT_SECONDS)


async def _becomes_readable(descriptor: int) -> None:
    """Waits for data, or for the end of a connection. psycopg's own waiting wakes up ten times a second."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(descriptor)
