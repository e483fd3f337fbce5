"""Limits on what a request may hold and how long it may stand still. Plain ASGI, before anything is parsed.

The body of a request is read here as a whole, up to a limit, unless its route streams it: recordings are
far larger and have limits of their own. A sender may be as slow as it likes, as long as something arrives
now and then.
"""

import asyncio
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem_response
from service.problems import NotFound, Problem, RequestStalled, TooLarge

BODY_BYTES = 128 * 1024
"""Largest body of a request: the longest title, question and notes together have about 35 kB in UTF-8."""

CORRECTIONS_BYTES = 1024 * 1024
"""Largest body of corrections: up to 2,000 of them, of about 120 bytes each."""

IMPORT_BYTES = 1024 * 1024
"""Largest file of a mentor's comments: 200 of them, of up to 2,000 characters each, mostly have far less."""

STILL_BYTES = 1024 * 1024
"""Largest still picture of the set-up check."""

VOICE_BYTES = 2 * 1024 * 1024
"""Largest spoken comment."""

_STREAMED = re.compile(r"/api/uploads/?|/api/answers/[^/]+/chunks/[^/]+")
_CORRECTIONS = re.compile(r"/api/answers/[^/]+/corrections")
_VOICES = re.compile(r"/api/reviews/[^/]+/comments/[^/]+/voice")
_IMPORTS = re.compile(r"/api/answers/[^/]+/comments/import")
_STILLS = re.compile(r"/api/set-up-check/stills")


class RequestLimitsMiddleware:
    """Refuses bodies that are too large, requests that stand still, and addresses with a NUL character.

    Args:
        application: the application to protect.
        stalled_after: seconds without a byte of the body after which the request is given up.
    """

    def __init__(self, application: ASGIApp, *, stalled_after: float) -> None:
        self._application = application
        self._stalled_after = stalled_after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or responds with a problem."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        # No file, row or id has such a name; file systems and PostgreSQL raise an error for it.
        if "\0" in scope["path"]:
            await problem_response(NotFound("There is nothing at this address."))(scope, receive, send)
            return
        patient = self._with_deadline(receive)
        headers = Headers(scope=scope)
        has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        if not has_body or _STREAMED.fullmatch(scope["path"]):
            await self._application(scope, patient if has_body else receive, send)
            return
        try:
            body = await _read(headers, patient, limit_of(scope["path"]))
        except Problem as problem:
            await problem_response(problem)(scope, receive, send)
            return
        await self._application(scope, _replaying(body, receive), send)

    def _with_deadline(self, receive: Receive) -> Receive:
        """Raises `RequestStalled` where nothing arrives; the time a request takes in all has no limit."""
        more = True

        async def receive_in_time() -> Message:
            nonlocal more
            if not more:
                # The body is complete: only the end of the connection can follow, whenever it comes.
                return await receive()
            try:
                async with asyncio.timeout(self._stalled_after):
                    message = await receive()
            except TimeoutError as error:
                raise RequestStalled(self._stalled_after) from error
            more = message["type"] == "http.request" and message.get("more_body", False)
            return message

        return receive_in_time


def limit_of(path: str) -> int:
    """Bytes that the body of a request to this path may have."""
    if _STILLS.fullmatch(path):
        return STILL_BYTES
    if _VOICES.fullmatch(path):
        return VOICE_BYTES
    if _IMPORTS.fullmatch(path):
        return IMPORT_BYTES
    return CORRECTIONS_BYTES if _CORRECTIONS.fullmatch(path) else BODY_BYTES


async def _read(headers: Headers, receive: Receive, limit: int) -> list[Message]:
    """The messages of the body.

    Raises:
        TooLarge: it has more than `limit` bytes, whether or not it says so beforehand.
        RequestStalled: nothing arrived for too long.
    """
    refusal = TooLarge(
        f"This request holds more than the {limit // 1024} KB that are allowed here. Nothing was changed.",
        maximum_bytes=limit,
    )
    declared = headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > len(str(limit)) or int(declared) > limit):
        raise refusal
    messages: list[Message] = []
    size, more = 0, True
    while more:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > limit:
            raise refusal
        more = message["type"] == "http.request" and message.get("more_body", False)
    return messages


def _replaying(messages: list[Message], receive: Receive) -> Receive:
    async def receive_again() -> Message:
        return messages.pop(0) if messages else await receive()

    return receive_again
