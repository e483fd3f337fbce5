"""Processor time of a web node for what many people do at once, on either database.

Processor time and not waiting time, because machines that measure are noisy. No worker runs, so that the
figures are those of the web node alone.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
from pydantic import SecretStr

from service.dependencies import Service
from service.people.accounts import Accounts
from service.people.sign_in_sessions import cookie_name, start_session
from service.recordings.intake import Intake
from service.schemas import NewAnswer
from service.settings import Settings
from tests.tools.benchmarks.answer_list import PAGE, fill
from tests.tools.benchmarks.served import Served

REQUESTS = 50
ROUNDS = 3
PEOPLE = 300
CHANGES_A_SECOND = 10
STREAM_SECONDS = 10.0
_CHUNK = os.urandom(16_000)
"""About a second of sound as a browser records it."""
_ANSWERS = 200
_SECRET = "only the benchmark has this secret key"
_PATIENCE = 120.0


@dataclass(frozen=True)
class HostingSpeed:
    """Figures of one web node with accounts.

    Attributes:
        list_page: processor time of a list of 50 answers that is sent, milliseconds; a median of rounds.
        list_changed: the same where one of the 50 has changed since the last request.
        list_known: the same where the page has not changed and is not sent.
        chunk: processor time of storing one chunk of a live recording, milliseconds.
        streams: event streams open at once, one a person.
        idle_share, stream_share: share of one processor that they take without changes, and with
            `CHANGES_A_SECOND` of them.
        latency, latest: from the writing of a change until its page has it, seconds: median and longest.
    """

    list_page: float
    list_changed: float
    list_known: float
    chunk: float
    streams: int
    idle_share: float
    stream_share: float
    latency: float
    latest: float


def hosting_speed(
    folder: Path, address: str = "", *, people: int = PEOPLE, requests: int = REQUESTS
) -> HostingSpeed:
    """Fills a database of its own, serves it and measures.

    Args:
        folder: for the data; does not exist yet.
        address: of an empty database; SQLite in the folder if empty.
        people: with a page open.
        requests: in each of `ROUNDS` rounds.
    """
    settings = Settings(
        data_folder=folder,
        database_url=address,
        accounts=True,
        secret_key=SecretStr(_SECRET),
        free_space_floor=0,
    )
    service = Service.open(settings)
    try:
        tokens = _sign_in(service, people)
        first = next(iter(tokens))
        fill(service, _ANSWERS, person=first)
        with Served(folder, database_url=address, accounts=True, secret_key=_SECRET, workers=0) as served:
            served.client.cookies.set(cookie_name(secure=False), tokens[first])
            listed = _lists(served, requests)
            chunk = _chunks(served, requests)
            streams = asyncio.run(_streams(served, service, tokens))
    finally:
        service.database.close()
    return HostingSpeed(*listed, chunk, people, *streams)


def _sign_in(service: Service, count: int) -> dict[str, str]:
    """Accounts of as many people, and the token of a session of each."""
    tokens = {}
    with service.database.writing() as session:
        accounts = Accounts(session)
        for number in range(count):
            row = accounts.create(email=f"{number}@example.org", name=f"Person {number}", role="applicant")
            session.flush()
            tokens[row.person_id] = start_session(session, row.person_id, browser=None)
    return tokens


def _processor_time(served: Served, requests: int, request: Callable[[int], httpx.Response]) -> float:
    """Milliseconds for one request, the median of the rounds; one round more is made before."""
    taken = []
    for number in range(ROUNDS + 1):
        began = served.processor_time()
        for each in range(requests):
            request(number * requests + each).raise_for_status()
        taken.append((served.processor_time() - began) / requests * 1000)
    return median(taken[1:])


def _lists(served: Served, requests: int) -> tuple[float, float, float]:
    path = f"/api/answers?limit={PAGE}"
    client = served.client
    whole = _processor_time(served, requests, lambda _: client.get(path))
    newest = client.get(path).json()["items"][0]["id"]
    titled = _processor_time(
        served, requests, lambda number: client.patch(f"/api/answers/{newest}", json={"title": f"T{number}"})
    )

    def change(number: int) -> httpx.Response:
        client.patch(f"/api/answers/{newest}", json={"title": f"Title {number}"}).raise_for_status()
        return client.get(path)

    changed = _processor_time(served, requests, change) - titled
    etag = client.get(path).headers["etag"]

    def ask_again(_: int) -> httpx.Response:
        response = client.get(path, headers={"if-none-match": etag})
        assert response.status_code == 304
        response.status_code = 200
        return response

    return whole, changed, _processor_time(served, requests, ask_again)


def _chunks(served: Served, requests: int) -> float:
    answer = served.client.post("/api/answers", json={"source": "recording"}).json()["id"]
    return _processor_time(
        served,
        requests,
        lambda number: served.client.put(f"/api/answers/{answer}/chunks/{number}", content=_CHUNK),
    )


class _Stream:
    """One page's event stream: notes when each answer arrived."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()
        self.arrived: dict[str, float] = {}

    async def follow(self, served: Served, token: str) -> None:
        address = served.client.base_url
        reader, writer = await asyncio.open_connection(address.host, address.port)
        head = f"GET /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie_name(secure=False)}={token}"
        writer.write(f"{head}\r\n\r\n".encode())
        try:
            async for line in reader:
                if line.startswith(b"event: connected"):
                    self.connected.set()
                elif line.startswith(b"data: ") and b'"title"' in line:
                    title = line.split(b'"title":"', 1)[1].split(b'"', 1)[0].decode()
                    self.arrived.setdefault(title, time.monotonic())
        finally:
            writer.close()


async def _streams(
    served: Served, service: Service, tokens: dict[str, str]
) -> tuple[float, float, float, float]:
    streams = {person: _Stream() for person in tokens}
    tasks = [asyncio.create_task(streams[person].follow(served, token)) for person, token in tokens.items()]
    for stream in streams.values():
        await asyncio.wait_for(stream.connected.wait(), _PATIENCE)
    await asyncio.sleep(2.0)
    idle = await _share(served, asyncio.sleep(STREAM_SECONDS))
    written: dict[tuple[str, str], float] = {}
    people = list(tokens)

    async def write() -> None:
        loop = asyncio.get_running_loop()
        until = time.monotonic() + STREAM_SECONDS
        number = 0
        while time.monotonic() < until:
            person, title = people[number * 7 % len(people)], f"Change {number}"
            intake = Intake(service.database, service.storage, person, maximum_bytes=1000)
            await loop.run_in_executor(None, intake.create, NewAnswer(title=title))
            written[person, title] = time.monotonic()
            number += 1
            await asyncio.sleep(1 / CHANGES_A_SECOND)

    busy = await _share(served, write())
    deadline = time.monotonic() + _PATIENCE
    while any(title not in streams[person].arrived for person, title in written):
        assert time.monotonic() < deadline, "a page missed a change"
        await asyncio.sleep(0.1)
    late = [max(streams[person].arrived[title] - at, 0.0) for (person, title), at in written.items()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return idle, busy, median(late), max(late)


async def _share(served: Served, meanwhile: Awaitable[None]) -> float:
    began, processor = time.monotonic(), served.processor_time()
    await meanwhile
    return (served.processor_time() - processor) / (time.monotonic() - began)
