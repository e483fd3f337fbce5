"""Sends a stored file, whole or in part, in pieces, from whichever storage there is (RFC 9110, section 14).

One range is answered with 206; several at once are answered with the whole file, as the standard allows.
"""

import logging
import re
from collections.abc import Callable, Generator, Iterator
from email.utils import format_datetime
from typing import cast

import anyio
from fastapi.responses import Response
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from service.recordings.storage import MissingFileError, StorageUnavailableError, StoredFile

logger = logging.getLogger(__name__)

ASKED_AGAIN_SECONDS = 0.5
"""How often a response in progress asks whether its reader may still read."""

_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(?:(\d{1,18})\s*-\s*(\d{0,18})|-\s*(\d{1,18}))\s*", re.ASCII | re.I)


class RangeNotSatisfiableError(Exception):
    """The range begins after the end of the file."""


class StoredFileResponse(Response):
    """A response with the content of a stored file.

    Where the file cannot be read on, or the reader may no longer read it, the connection ends before the
    stated length: nobody can take what arrived for the whole.

    Args:
        file: the file, as the storage found it.
        media_type: of the content.
        headers: further headers.
        still_allowed: asked before each piece and at least every `ASKED_AGAIN_SECONDS`, in another thread;
            False ends the response. None where nobody could take the permission back.
    """

    def __init__(
        self,
        file: StoredFile,
        *,
        media_type: str,
        headers: dict[str, str] | None = None,
        still_allowed: Callable[[], bool] | None = None,
    ) -> None:
        self.status_code = 200
        self.media_type = media_type
        self.background = None
        self.body = b""
        self._file = file
        self._still_allowed = still_allowed
        self.init_headers(
            {
                "accept-ranges": "bytes",
                "etag": f'"{file.tag}"',
                "last-modified": format_datetime(file.modified, usegmt=True),
                **(headers or {}),
            }
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the part of the file that the request asks for."""
        size = self._file.size
        try:
            part = self._asked_part(Headers(scope=scope))
        except RangeNotSatisfiableError:
            refusal = Response(status_code=416, headers={"content-range": f"bytes */{size}"})
            await refusal(scope, receive, send)
            return
        start, end = part or (0, size)
        if part is not None:
            self.status_code = 206
            self.headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
        self.headers["content-length"] = str(end - start)
        is_head = scope["method"] == "HEAD"
        pieces = iter(()) if is_head else self._file.open_range(start, end)
        # Before the headers are sent, an error can still become an error response.
        first = await _next(pieces) if await self._may_go_on() else None
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if is_head or start == end:
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            async with anyio.create_task_group() as group:
                for watch in (self._until_disallowed, lambda: _until_disconnected(receive)):
                    group.start_soon(_cancel_after, watch, group.cancel_scope)
                await self._send_pieces(send, first, pieces)
                group.cancel_scope.cancel()
        except* (MissingFileError, StorageUnavailableError) as errors:
            kinds = {type(error).__name__ for error in errors.exceptions}
            logger.error("a file could not be sent to its end: %s", ", ".join(sorted(kinds)))
        finally:
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(cast("Generator[bytes]", pieces).close)

    async def _send_pieces(self, send: Send, piece: bytes | None, rest: Iterator[bytes]) -> None:
        remaining = int(self.headers["content-length"])
        while piece and await self._may_go_on():
            remaining -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": remaining > 0})
            piece = await _next(rest) if remaining > 0 else None

    async def _may_go_on(self) -> bool:
        return self._still_allowed is None or await anyio.to_thread.run_sync(self._still_allowed)

    async def _until_disallowed(self) -> None:
        while await self._may_go_on():
            await anyio.sleep(ASKED_AGAIN_SECONDS if self._still_allowed else float("inf"))

    def _asked_part(self, headers: Headers) -> tuple[int, int] | None:
        """The first byte asked for and the one after the last; None for the whole file."""
        condition = headers.get("if-range")
        if condition is not None and condition not in (self.headers["etag"], self.headers["last-modified"]):
            return None
        asked = _ONE_RANGE.fullmatch(headers.get("range", ""))
        if asked is None:
            return None
        size = self._file.size
        if asked[3] is not None:
            start, end = max(size - int(asked[3]), 0), size
        else:
            start, end = int(asked[1]), min(int(asked[2]) + 1, size) if asked[2] else size
            if asked[2] and int(asked[2]) < start:
                return None
        if start >= size:
            raise RangeNotSatisfiableError
        return start, end


async def _next(pieces: Iterator[bytes]) -> bytes | None:
    return await anyio.to_thread.run_sync(next, pieces, None)


async def _cancel_after(watch: Callable[[], object], scope: anyio.CancelScope) -> None:
    await watch()  # type: ignore[misc]
    scope.cancel()


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
