"""Request checks and security headers. They are plain ASGI, so that they also cover streams and files.

There is no sign-in on a laptop, so any web page that the person visits could try to reach the service
through their browser. Three checks prevent that: the Host header must carry one of the allowed names, which a
foreign name pointed at 127.0.0.1 (DNS rebinding) does not; a request that changes something must come
from the service's own pages or from a program that is not a browser (no Origin); and what the API holds is
read only by those too, so that no link or frame of another page starts the download of somebody's data.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import as_problem, problem_response
from service.problems import ForeignHost, ForeignOrigin, Problem
from service.settings import Settings

_READING = {"GET", "HEAD", "OPTIONS"}

_OTHER_SITES = {"cross-site", "same-site"}
"""Values of Sec-Fetch-Site for another page; `same-site` is a page on another port of this machine. Programs
send none, and an address that the person typed has `none`."""

_OIDC_CALLBACK = "/api/sign-in/oidc/callback"
"""The page of the institution's sign-in leads here. It reads nothing, and checks its `state` itself."""

_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "media-src 'self' blob:",
        "img-src 'self' data: blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

_HTTPS_ONLY_SECONDS = 365 * 24 * 60 * 60
"""For which a browser keeps to HTTPS. Not for other names below this one: they are the office's."""

_HEADERS = {
    "content-security-policy": _CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(self), geolocation=()",
}


def _host_name(netloc: str) -> str:
    """`name:port` without the port, in lower case; the brackets of an IPv6 address are kept."""
    if netloc.startswith("["):
        return netloc.partition("]")[0].lower() + "]"
    return netloc.partition(":")[0].lower()


def _netloc(origin: str) -> str | None:
    """`name:port` of an origin, in lower case; None where it is no address."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None


class SecurityMiddleware:
    """Refuses foreign requests and adds the security headers to every response.

    Args:
        application: the application to protect.
        settings: asked at each request for `allowed_hosts`, the names that a Host header may carry, and for
            `public_origin`. With a public origin, its host is allowed and writes come from there alone,
            whatever Host header the proxy passes on.
    """

    def __init__(self, application: ASGIApp, *, settings: Callable[[], Settings]) -> None:
        self._application = application
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or responds with a problem."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._settings().is_secure:
                    # Once opened over HTTPS, never without: a cookie or a recording could be read on the way.
                    headers.setdefault("strict-transport-security", f"max-age={_HTTPS_ONLY_SECONDS}")
                # Practice answers are private, and a page must never be older than its service. Where people
                # sign in, a browser may be shared: it stores nothing of what the API sends.
                private = self._settings().accounts and scope["path"].startswith("/api/")
                headers.setdefault("cache-control", "no-store" if private else "no-cache")
            await send(message)

        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is not None:
            await problem_response(refusal)(scope, receive, send_with_headers)
            return
        await self._application(scope, receive, send_with_headers)

    def _refusal(self, method: str, path: str, headers: Headers) -> Problem | None:
        settings = self._settings()
        public = settings.public_origin
        host = headers.get("host", "")
        name = _host_name(host)
        if name not in settings.allowed_hosts and not (public and name == _host_name(_netloc(public) or "")):
            return ForeignHost("Open this page at the address that the service printed when it started.")
        site = headers.get("sec-fetch-site")
        if method in _READING:
            # Pages may be linked to from anywhere.
            if site in _OTHER_SITES and path.startswith("/api/") and path != _OIDC_CALLBACK:
                return ForeignOrigin("Only Greenroom's own pages may read this. Open it from there.")
            return None
        origin = headers.get("origin")
        # Sandboxed pages send `null`, which has no host and therefore counts as foreign.
        own = origin == public if public else _netloc(origin or "") == host.lower()
        foreign = origin is not None and not own
        if foreign or site == "cross-site":
            return ForeignOrigin("Only Greenroom's own pages may change something here.")
        return None


class UnexpectedErrorMiddleware:
    """Turns an unexpected exception into a plain `internal_error`, so that no stack trace is sent."""

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on; responds to it if an exception escapes before the response starts."""
        started = False

        async def send_and_remember(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._application(scope, receive, send_and_remember)
        except Exception as error:  # noqa: BLE001 - the outermost handler
            problem = as_problem(error)
            if scope["type"] == "http" and not started:
                await problem_response(problem)(scope, receive, send)
