"""The running server: the web application and the workers, started and stopped together."""

import asyncio
import errno
import logging
import math
import os
import signal
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

import uvicorn

from service.app import create_application
from service.connections import connection_class
from service.dependencies import Service
from service.hosting import logs
from service.jobs.supervisor import Supervisor
from service.people.requirements import check_accounts
from service.people.sign_in_sessions import Limits
from service.people.upkeep import Upkeep
from service.settings import Settings
from service.sweeping import sweep, sweep_regularly

if TYPE_CHECKING:
    from service.hosting.metrics import Metrics

_LAST_CONNECTIONS_SECONDS = 0.2
"""How long connections that were accepted just before the end have to say what they want."""


class AddressTakenError(Exception):
    """The server cannot listen on this address."""


class _Server(uvicorn.Server):
    """Reports when it listens, and on shutdown ends the event streams, which never end by themselves.

    Where other nodes serve too, it first says that it is not ready and still takes requests for a while, so
    that whoever passes them on has time to notice. Then it takes no more, and pages connect to another node.
    """

    def __init__(self, config: uvicorn.Config, service: Service, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._service = service
        self._on_start = on_start
        self._drain = service.settings.drain
        self._drained: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stops on the first signal, and immediately on a second Ctrl+C.

        The signal is not raised again afterwards, because stopping is not an error.
        """
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self._service.readiness.stop()
        if self._drain > 0 and self._drained is None:
            self._drained = time.monotonic() + self._drain
        else:
            self.should_exit = True

    async def on_tick(self, counter: int) -> bool:
        if self._drained is not None and time.monotonic() >= self._drained:
            self.should_exit = True
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._drain > 0:
            for server in self.servers:
                server.close()
            for listening in sockets or ():
                listening.close()
            await asyncio.sleep(_LAST_CONNECTIONS_SECONDS)
        self._service.events.close()
        await super().shutdown(sockets)


def serve(settings: Settings, on_start: Callable[[str, Service], None]) -> None:
    """Serves until it is told to stop.

    Args:
        settings: the settings of the service.
        on_start: called with the address and the service once the server listens.

    Raises:
        AddressTakenError: the address is not available; nothing was started.
        AccountsNotSafeError: people could not sign in safely with these settings; nothing was started.
    """
    check_accounts(settings)
    os.umask(0o077)
    logs.set_up(settings)
    listening = _listen(settings)
    port = listening.getsockname()[1]
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    with listening:
        service = Service.open(settings)
        if settings.storage_url:
            sweep_regularly(service)
        else:
            sweep(service)
        supervisor = Supervisor(settings, service.database)
        config = uvicorn.Config(
            create_application(service, metrics=_serve_metrics(service)),
            http=connection_class(stalled_after=settings.stalled_after),
            **_log_options(settings),
            # Addresses contain only ids, but a line for each request is not needed either.
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=math.ceil(settings.stop_within),
            # service.api.client_address reads X-Forwarded-For, of trusted proxies only.
            proxy_headers=False,
        )
        server = _Server(config, service, lambda: on_start(f"http://{name}:{port}", service))
        limits = Limits(settings.sign_in_idle, settings.sign_in_lifetime)
        upkeep = Upkeep(service.database, service.storage, limits)
        supervisor.start()
        if settings.accounts:
            upkeep.start()
        try:
            server.run(sockets=[listening])
        finally:
            upkeep.stop()
            supervisor.stop()
            service.database.close()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sends small pieces immediately (TCP_NODELAY) only on a socket that is marked as TCP. Otherwise
    # the end of a response waits 40 ms for the acknowledgement of its beginning.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # Allows a port whose last connections are still closing, but not one that another program listens on.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen()
    except OSError as error:
        listening.close()
        reason = {
            errno.EADDRINUSE: "Another program already uses it, perhaps Greenroom itself.",
            errno.EACCES: "This user may not use that port.",
            errno.EADDRNOTAVAIL: "This machine has no such address.",
        }.get(error.errno or 0, "The server cannot listen on it.")
        raise AddressTakenError(f"{settings.host} port {settings.port}: {reason}") from error
    return listening


def _serve_metrics(service: Service) -> "Metrics | None":
    """Starts to give figures where the settings want it.

    Raises:
        AddressTakenError: their address is not available.
    """
    address = service.settings.metrics
    if not address:
        return None
    from service.hosting.metrics import Metrics  # needs a package that a laptop may not have

    metrics = Metrics(service.database, lease=service.settings.lease)
    try:
        metrics.serve(address)
    except OSError as error:
        raise AddressTakenError(f"{address} (GREENROOM_METRICS): it cannot be listened on.") from error
    return metrics


def _log_options(settings: Settings) -> dict[str, Any]:
    """Without a configuration of its own, uvicorn logs in the format of everything else."""
    return {"log_config": None} if settings.log_format == "json" else {"log_level": logging.WARNING}
