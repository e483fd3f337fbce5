"""The format of the log: plain lines for people, or one JSON object an event for machines.

Neither holds what somebody said, wrote or is called: messages name modules and ids, requests are logged by
the template of their route, and of an exception only its type and place.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from service.hosting.requests import FinishedRequest, current_request
from service.privacy import describe_error
from service.settings import Settings

REQUESTS = logging.getLogger("greenroom.requests")

_UNLOGGED = {"/health", "/ready"}
"""Routes that are asked every few seconds: only their failures are logged."""

_TEXT = "%(name)s: %(message)s"


class JsonFormatter(logging.Formatter):
    """One event as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of an event."""
        event: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request := current_request.get()) is not None:
            event["request"] = request
        if record.exc_info and record.exc_info[1] is not None:
            event["error"] = describe_error(record.exc_info[1])
        event.update(getattr(record, "fields", {}))
        return json.dumps(event, ensure_ascii=False)


def set_up(settings: Settings) -> None:
    """Sets the format of everything that this process logs from now on."""
    handler = logging.StreamHandler(sys.stderr)
    is_json = settings.log_format == "json"
    handler.setFormatter(JsonFormatter() if is_json else logging.Formatter(_TEXT))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    REQUESTS.setLevel(logging.INFO if is_json else logging.WARNING)


def log_request(request: FinishedRequest) -> None:
    """Logs a request that was answered."""
    if request.route in _UNLOGGED and request.status < 400:
        return
    fields = {
        "request": request.identifier,
        "method": request.method,
        "route": request.route,
        "status": request.status,
        "seconds": round(request.seconds, 4),
    }
    REQUESTS.info("request", extra={"fields": fields})
