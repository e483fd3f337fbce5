"""Tells the log and the metrics what each request was. Plain ASGI, added only where one of them is on."""

import re
import secrets
import time
from collections.abc import Callable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.hosting.requests import NO_ROUTE, FinishedRequest, current_request

_REQUEST_ID = re.compile(r"[0-9a-f]{16,64}")
"""An id that a proxy gave (nginx: `$request_id`). Anything else is replaced, since it goes into the log."""

_FOUND = "greenroom.found_routes"


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
