"""What a request was, for the log and the metrics: the template of its route and its status, no content."""

from contextvars import ContextVar
from dataclasses import dataclass

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
"""Id of the request that is being answered; what is logged meanwhile carries the same id."""

NO_ROUTE = "none"
"""Route of a request that was refused before its route was looked up, or that has none."""


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
