"""Requests of one person, with few and with very many answers of other people in the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import psutil
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from service.dependencies import Service
from service.people.sign_in_sessions import cookie_name
from service.settings import Settings
from tests.tools.benchmarks.answer_list import PAGE
from tests.tools.benchmarks.many_rows import ANSWERS_EACH, OneOfMany, fill_with_many
from tests.tools.benchmarks.served import Served

FEW_ROWS = 10_000
ROUNDS = 9
REQUESTS = 20
_SECRET = "only the benchmark has this secret key"


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one request, a median of rounds.

    Attributes:
        processor: of the web node and, where it runs on this machine, of the database's connections.
        wall: until the response is there.
    """

    processor: float
    wall: float


@dataclass(frozen=True)
class Growth:
    """What one kind of request costs with few and with many answers in the database.

    Attributes:
        request: its name.
        few, many: the cost.
        processor_ratio, wall_ratio: of the many to the few, the median of the ratios of paired rounds.
    """

    request: str
    few: Cost
    many: Cost
    processor_ratio: float
    wall_ratio: float


@dataclass(frozen=True)
class RowsSpeed:
    """Growth with the answers of other people.

    Attributes:
        few_rows, many_rows: answers in each database.
        own_rows: those of the person who asks, in both.
        fill_seconds: how long the larger database took to fill.
        growth: of each kind of request.
    """

    few_rows: int
    many_rows: int
    own_rows: int
    fill_seconds: float
    growth: tuple[Growth, ...]


def rows_speed(
    folder: Path,
    rows: int,
    address: str = "",
    *,
    few: int = FEW_ROWS,
    each: int = ANSWERS_EACH,
    rounds: int = ROUNDS,
) -> RowsSpeed:
    """Fills two databases, serves both and asks them the same in turns.

    Args:
        folder: for the data; does not exist yet.
        rows: answers in the larger database.
        address: of a PostgreSQL database; the two are made beside it, and removed. SQLite if empty.
        few: answers in the smaller database.
        each: answers of each person.
        rounds: of each request; one more is made before.
    """
    with ExitStack() as stack:
        smaller = stack.enter_context(_filled(folder / "few", address, "few", few, each))
        larger = stack.enter_context(_filled(folder / "many", address, "many", rows, each))
        growth = tuple(
            _compared(name, smaller, larger, rounds, request) for name, request in _requests(smaller.person)
        )
    return RowsSpeed(smaller.person.rows, larger.person.rows, each, larger.fill_seconds, growth)


@dataclass(frozen=True)
class _Node:
    """A web node on a filled database.

    Attributes:
        address: of its database; empty for SQLite.
    """

    served: Served
    person: OneOfMany
    fill_seconds: float
    address: str

    def processor_time(self) -> float:
        """Seconds of processor time of the node and of its connections."""
        return self.served.processor_time() + sum(map(_processor_time, self._connections()))

    def _connections(self) -> list[int]:
        if not self.address:
            return []
        engine = create_engine(self.address)
        with engine.connect() as connection:
            found = connection.execute(
                text(
                    "SELECT pid FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            processes = list(found.scalars())
        engine.dispose()
        return processes


def _processor_time(process: int) -> float:
    try:
        return sum(psutil.Process(process).cpu_times()[:2])
    except psutil.NoSuchProcess:
        # On another machine, or just ended.
        return 0.0


@contextmanager
def _filled(folder: Path, server: str, name: str, rows: int, each: int) -> Iterator[_Node]:
    with _database(server, name) as address:
        settings = Settings(
            data_folder=folder,
            database_url=address,
            accounts=True,
            secret_key=SecretStr(_SECRET),
            free_space_floor=0,
        )
        service = Service.open(settings)
        began = time.monotonic()
        try:
            person = fill_with_many(service, rows, each=each)
        finally:
            service.database.close()
        seconds = time.monotonic() - began
        with Served(folder, database_url=address, accounts=True, secret_key=_SECRET, workers=0) as served:
            served.client.cookies.set(cookie_name(secure=False), person.token)
            served.client.timeout = httpx.Timeout(120.0)
            yield _Node(served, person, seconds, address)


@contextmanager
def _database(address: str, name: str) -> Iterator[str]:
    """A new database beside the one of this address, removed afterwards."""
    if not address:
        yield ""
        return
    url = make_url(address)
    own = f"{url.database}_{name}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{own}"'))
        try:
            yield url.set(database=own).render_as_string(hide_password=False)
        finally:
            with engine.connect() as connection:
                connection.execute(text(f'DROP DATABASE "{own}" WITH (FORCE)'))
    finally:
        engine.dispose()


_Request = Callable[[httpx.Client], httpx.Response]


def _requests(person: OneOfMany) -> tuple[tuple[str, _Request], ...]:
    def get(path: str, **parameters: str | int) -> _Request:
        return lambda client: client.get(path, params=parameters)

    return (
        ("list", get("/api/answers", limit=PAGE)),
        ("list of sessions", get("/api/sessions")),
        ("search, common word", get("/api/search", words=person.common)),
        ("search, rare word", get("/api/search", words=person.rare)),
        ("progress", get("/api/progress")),
    )


def _compared(name: str, few: _Node, many: _Node, rounds: int, request: _Request) -> Growth:
    pairs: list[tuple[Cost, Cost]] = []
    answered = [request(node.served.client).raise_for_status() for node in (few, many)]
    assert _amount(answered[0]) == _amount(answered[1]), "the two databases give different answers"
    for number in range(rounds):
        # Whichever comes first may be slower, or faster.
        nodes = (few, many) if number % 2 else (many, few)
        costs = {id(node): _cost(node, request) for node in nodes}
        pairs.append((costs[id(few)], costs[id(many)]))
    return Growth(
        name,
        _middle([pair[0] for pair in pairs]),
        _middle([pair[1] for pair in pairs]),
        median(pair[1].processor / max(pair[0].processor, 0.1) for pair in pairs),
        median(pair[1].wall / pair[0].wall for pair in pairs),
    )


def _amount(response: httpx.Response) -> int:
    """How many answers a response tells of."""
    content = response.json()
    if "report" in content:
        return int(content["report"]["takes"])
    return int(content.get("total", len(content["items"])))


def _cost(node: _Node, request: _Request) -> Cost:
    processor, walls = node.processor_time(), []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        request(node.served.client).raise_for_status()
        walls.append((time.perf_counter() - began) * 1000)
    return Cost((node.processor_time() - processor) / REQUESTS * 1000, median(walls))


def _middle(costs: list[Cost]) -> Cost:
    return Cost(median(cost.processor for cost in costs), median(cost.wall for cost in costs))
