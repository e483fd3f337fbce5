"""Figures for Prometheus, at an address of their own that nobody reaches through the proxy.

Requests are counted in this process. Jobs and workers are read from the database when Prometheus asks, so
that each node tells them all: take the maximum. No label holds an id, a name or a title.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from statistics import quantiles

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as ConnectionsUsedUpError

from service.db.clock import database_seconds
from service.db.engine import Database
from service.db.models import Job, Worker
from service.hosting.requests import FinishedRequest
from service.privacy import describe_error

logger = logging.getLogger("greenroom.metrics")

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds in seconds: a list takes some milliseconds, an upload of a whole file many seconds."""

_STATES = ("waiting", "leased", "dead")
"""States of jobs that say how the queue does. Those that are done are not counted: there may be a million."""

_RECENT_SECONDS = 3600.0
"""Jobs that ended within this time count for their duration."""

_MOST_RECENT = 200
"""Jobs that count for their duration, at most."""

CHUNK_ROUTES = {"/api/answers/{answer}/chunks/{number}", "/api/uploads"}
"""Routes over which recordings arrive."""


class Metrics:
    """The figures of one node.

    Args:
        database: of the jobs and the workers.
        lease: seconds without a sign of life after which a worker counts as gone.
    """

    def __init__(self, database: Database, *, lease: float) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_DatabaseFigures(database, lease=lease))
        self._requests = Counter(
            "greenroom_requests",
            "Requests that were answered.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "greenroom_request_seconds",
            "Seconds from the first byte of a request to the end of the response. Without streams of events.",
            ["route"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._streams = Gauge(
            "greenroom_event_streams", "Streams of events that are open now.", registry=self.registry
        )
        self._recorded = Counter(
            "greenroom_recording_bytes", "Bytes of recordings that arrived.", registry=self.registry
        )

    def observe(self, request: FinishedRequest) -> None:
        """Counts a request that was answered."""
        self._requests.labels(request.method, request.route, str(request.status)).inc()
        if not request.is_stream:
            self._seconds.labels(request.route).observe(request.seconds)
        if request.route in CHUNK_ROUTES:
            self._recorded.inc(request.received)

    def note_stream(self, change: int) -> None:
        """Counts a stream of events that began (1) or ended (-1)."""
        self._streams.inc(change)

    def serve(self, address: str) -> None:
        """Answers Prometheus in a thread.

        Args:
            address: host and port, such as `127.0.0.1:9414`.

        Raises:
            OSError: the address cannot be listened on.
        """
        host, _, port = address.rpartition(":")
        start_http_server(int(port), host.strip("[]"), registry=self.registry)


class _DatabaseFigures(Collector):
    """Jobs and workers, as the database has them when Prometheus asks."""

    def __init__(self, database: Database, *, lease: float) -> None:
        self._database = database
        self._lease = lease

    def describe(self) -> Iterable[Metric]:
        """Nothing: what there is depends on whether the database answers."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The figures; without the database only that it does not answer."""
        began = time.perf_counter()
        try:
            figures = self._read()
        except (DBAPIError, ConnectionsUsedUpError) as error:
            logger.warning("%s", describe_error(error))
            figures = []
        yield GaugeMetricFamily("greenroom_database_up", "Whether the database answers.", bool(figures))
        yield GaugeMetricFamily(
            "greenroom_database_seconds",
            "Seconds that reading these figures took.",
            time.perf_counter() - began,
        )
        yield from figures

    def _read(self) -> list[Metric]:
        with self._database.reading() as session:
            counted = session.execute(
                select(Job.state, func.count()).where(Job.state.in_(_STATES)).group_by(Job.state)
            )
            numbers: dict[str, int] = {state: number for state, number in counted}
            alive = session.scalar(
                select(func.count())
                .select_from(Worker)
                .where(Worker.seen_at >= database_seconds() - self._lease)
            )
            recent = session.scalars(
                select(Job.work_seconds)
                .where(Job.work_seconds.is_not(None), Job.finished_at >= database_seconds() - _RECENT_SECONDS)
                .order_by(Job.finished_at.desc())
                .limit(_MOST_RECENT)
            )
            times = [seconds for seconds in recent if seconds is not None]
        jobs = GaugeMetricFamily("greenroom_jobs", "Jobs that are not done, by state.", labels=["state"])
        for state in _STATES:
            jobs.add_metric([state], numbers.get(state, 0))
        workers = GaugeMetricFamily(
            "greenroom_workers", "Workers that gave a sign of life. Only on PostgreSQL.", alive or 0
        )
        durations = GaugeMetricFamily(
            "greenroom_job_seconds", "Seconds that jobs of the last hour took.", labels=["quantile"]
        )
        if times:
            tenths = quantiles(times, n=10, method="inclusive") if len(times) > 1 else times * 9
            durations.add_metric(["0.5"], tenths[4])
            durations.add_metric(["0.9"], tenths[8])
        return [jobs, workers, durations]
