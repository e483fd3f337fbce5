"""What a request was, for the log and the metrics: the template of its route and its status, no content."""

import re
import secrets
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REQUEST_ID = re.compile(r"[0-9a-f]{16,64}")
"""An id that a proxy gave (nginx: `$request_id`). Anything else is replaced, since it goes into the log."""

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
"""Id of the request that is being answered; what is logged meanwhile carries the same id."""

NO_ROUTE = "none"
"""Route of a request that was refused before its route was looked up, or that has none."""


_FOUND = "greenroom.found_routes"


@dataclass(frozen=True)
class FinishedRequest:
    """A request that was answered.

    Attributes:
        identifier: its id in the log.
        method: of HTTP; `OTHER` for one that HTTP does not define.
        route: template of its route, such as `/api/answers/{answer}`.
        status: of the response; 499 where the client left before there was one.
        seconds: from its first byte to the end of the response.
        received: bytes of its body.
        is_stream: it was a stream of events, which lasts as long as a page is open.
    """

    identifier: str
    method: str
    route: str
    status: int
    seconds: float
    received: int
    is_stream: bool


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class ObservationMiddleware:
    """Gives each request an id and tells observers how it ended. Plain ASGI, around everything else.

    Args:
        application: whose requests are observed.
        observers: called after each request.
        on_stream: called with 1 when a stream of events begins, and with -1 when it ends.
    """

    def __init__(
        self,
        application: ASGIApp,
        *,
        observers: Sequence[Callable[[FinishedRequest], None]],
        on_stream: Callable[[int], None],
    ) -> None:
        self._application = application
        self._observers = observers
        self._on_stream = on_stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and reports it when it has ended."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        began = time.perf_counter()
        given = Headers(scope=scope).get("x-request-id", "")
        identifier = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
        status, received, is_stream = 499, 0, False

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return message

        async def noting(message: Message) -> None:
            nonlocal status, is_stream
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = identifier
                if headers.get("content-type", "").startswith("text/event-stream"):
                    is_stream = True
                    self._on_stream(1)
            await send(message)

        token = current_request.set(identifier)
        found: list[str] = []
        scope[_FOUND] = found
        try:
            await self._application(scope, counting, noting)
        finally:
            current_request.reset(token)
            if is_stream:
                self._on_stream(-1)
            finished = FinishedRequest(
                identifier=identifier,
                method=scope["method"] if scope["method"] in _METHODS else "OTHER",
                route=found[-1] if found else NO_ROUTE,
                status=status,
                seconds=time.perf_counter() - began,
                received=received,
                is_stream=is_stream,
            )
            for observe in self._observers:
                observe(finished)


class RouteMiddleware:
    """Tells `ObservationMiddleware` which route was found. Innermost: others pass on copies of the scope."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and notes its route."""
        try:
            await self._application(scope, receive, send)
        finally:
            if _FOUND in scope:
                scope[_FOUND].append(_route(scope))


def _route(scope: Scope) -> str:
    """The template of the route that was found; for files of the pages the folder."""
    path = getattr(scope.get("route"), "path", None)
    if isinstance(path, str):
        return path
    # A folder of files is mounted, and has no route.
    return str(scope["root_path"]) if scope.get("root_path") else NO_ROUTE
