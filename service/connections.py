"""Connections: how long a client may take to begin a request, and how large its head may be.

The server itself waits for the headers of a request without end, and keeps all of them. Once they are
complete, `service.api.request_limits` takes over.
"""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
"""Largest size of the address and headers of a request together."""

_REFUSALS = {
    408: b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    431: b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
}


def connection_class(*, stalled_after: float) -> type[HttpToolsProtocol]:
    """The connections of a server.

    Args:
        stalled_after: seconds from the first byte of a request, or from the connection's beginning, within
            which its headers have to be complete.
    """

    class Connection(HttpToolsProtocol):
        """One connection, over which requests come one after the other."""

        def __init__(self, config: Config, *arguments: Any, **options: Any) -> None:
            super().__init__(config, *arguments, **options)
            self._deadline: asyncio.TimerHandle | None = None
            self._head_bytes = 0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Called when a client has connected."""
            super().connection_made(transport)
            self._await_headers()

        def connection_lost(self, exc: Exception | None) -> None:
            """Called when the connection has ended."""
            self._stop_waiting()
            super().connection_lost(exc)

        def on_message_begin(self) -> None:
            """Called at the first byte of a request."""
            super().on_message_begin()
            self._await_headers()

        def data_received(self, data: bytes) -> None:
            """Called with what arrived."""
            super().data_received(data)
            if self._deadline is not None:
                self._head_bytes += len(data)
                if self._head_bytes > HEAD_BYTES:
                    self._refuse(431)

        def on_headers_complete(self) -> None:
            """Called when the body begins, or the request is complete."""
            self._stop_waiting()
            super().on_headers_complete()

        def _await_headers(self) -> None:
            self._stop_waiting()
            self._head_bytes = 0
            self._deadline = self.loop.call_later(stalled_after, self._refuse, 408)

        def _stop_waiting(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

        def _refuse(self, status: int) -> None:
            # While an earlier request over this connection is still being answered, nothing may come between.
            # Browsers open connections in advance, and would take a refusal as the answer to a later request.
            has_begun = self._head_bytes > 0
            if has_begun and (self.cycle is None or self.cycle.response_complete):
                self.transport.write(_REFUSALS[status])
            self.transport.close()

    return Connection
