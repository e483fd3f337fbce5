"""Tries a request again that PostgreSQL gave up in favour of another one (a deadlock, for example).

Its transaction was rolled back, so the request has changed nothing. Locks are taken in one order and this
should not happen; a person should not see it if it does.
"""

import asyncio
from random import uniform

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_CONFLICTS = "greenroom.conflicts"
"""Key of a request's scope: a list of the conflicts that it met."""

_TRIES = 4

_LONGEST_PAUSE = 0.1
"""Seconds. A random share of it lets the other request come first."""

_KEPT_BYTES = 1024 * 1024
"""Largest body of a request that is tried again: it is held in memory until the response."""


def note_conflict(scope: Scope, error: Exception) -> None:
    """Notes that this request met a conflict, where the error becomes a response."""
    scope.get(_CONFLICTS, []).append(error)


class ConflictsMiddleware:
    """Repeats requests that met a conflict. It has to be inside whatever reads the body with a limit."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, a few times if needed. The last response stands."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._application(scope, receive, send)
            return
        body = _Body(receive)
        for left in reversed(range(_TRIES)):
            conflicts: list[Exception] = []
            response = _Response(send, conflicts, body, last=left == 0)
            await self._application({**scope, _CONFLICTS: conflicts}, body.receive, response.send)
            if not response.withheld:
                return
            body.rewind()
            await asyncio.sleep(uniform(0, _LONGEST_PAUSE))


class _Body:
    """The body of a request, which can be read again unless it is large."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept: list[Message] = []
        self._next = 0
        self._bytes = 0

    @property
    def complete(self) -> bool:
        return self._bytes <= _KEPT_BYTES

    def rewind(self) -> None:
        self._next = 0

    async def receive(self) -> Message:
        if self._next < len(self._kept):
            self._next += 1
            return self._kept[self._next - 1]
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self.complete:
            self._kept.append(message)
            self._next += 1
        else:
            self._kept.clear()
            self._next = 0
        return message


class _Response:
    """The response to one attempt, withheld if there is to be another one."""

    def __init__(self, send: Send, conflicts: list[Exception], body: _Body, *, last: bool) -> None:
        self._send = send
        self._conflicts = conflicts
        self._body = body
        self._last = last
        self.withheld = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.withheld = bool(self._conflicts) and self._body.complete and not self._last
        if not self.withheld:
            await self._send(message)
