"""The hub hears of changes that other processes make, on both databases, and misses none."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import pytest
from fastapi.sse import ServerSentEvent
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.db.engine import Database
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.events import hub as hubs
from service.events.hub import EventHub
from service.recordings.intake import Intake
from service.schemas import NewAnswer
from tests.service.own_loop import in_own_loop

PROMPTLY = 1.0
"""Seconds that a page may wait for a change."""


def intake(service: Service) -> Intake:
    """What another process would write with."""
    database = Database(service.settings.database_address)
    return Intake(database, service.storage, LOCAL_PERSON, maximum_bytes=1000)


async def next_event(stream: AsyncIterator[ServerSentEvent], patience: float = PROMPTLY) -> tuple[str, Any]:
    event = await asyncio.wait_for(anext(stream), patience)
    return str(event.event), event.data if event.raw_data is None else json.loads(event.raw_data)


async def in_thread(work: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(None, work)


def test_a_change_of_another_process_arrives_promptly(opened: Service) -> None:
    other = intake(opened)

    async def follow() -> None:
        stream = EventHub(opened.database).listen(LOCAL_PERSON, None)
        assert await next_event(stream, 5) == ("connected", {"resumed": False})
        for number in range(3):
            made = await in_thread(partial(other.create, NewAnswer(title=f"Number {number}")))
            name, data = await next_event(stream)
            assert (name, data["id"], data["title"]) == ("answer", made.id, f"Number {number}")
        await stream.aclose()  # type: ignore[attr-defined]

    in_own_loop(follow())


def test_a_look_that_failed_is_made_again(opened: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    other = intake(opened)
    failures = iter([OperationalError("SELECT", None, Exception("the database is busy"))])
    look = hubs.news_of

    def failing_once(*arguments: Any) -> Any:
        for failure in failures:
            raise failure
        return look(*arguments)

    monkeypatch.setattr(hubs, "news_of", failing_once)
    monkeypatch.setattr(hubs, "FALLBACK_SECONDS", 60.0)

    async def follow() -> None:
        stream = EventHub(opened.database).listen(LOCAL_PERSON, None)
        await next_event(stream, 5)
        made = await in_thread(partial(other.create, NewAnswer()))
        # Nothing else is committed that could draw attention to it.
        name, data = await next_event(stream, hubs.UNHEARD_SECONDS + 2 * PROMPTLY)
        assert (name, data["id"]) == ("answer", made.id)
        await stream.aclose()  # type: ignore[attr-defined]

    in_own_loop(follow())


def test_a_page_that_comes_while_others_write_misses_nothing(opened: Service) -> None:
    other = intake(opened)
    made: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            made.append(other.create(NewAnswer()).id)

    async def follow() -> set[str]:
        hub = EventHub(opened.database)
        writing = asyncio.get_running_loop().run_in_executor(None, write)
        seen: set[str] = set()
        last = 0
        try:
            # Connects again and again, each time from the last event it received.
            for _ in range(5):
                stream = hub.listen(LOCAL_PERSON, last)
                deadline = time.monotonic() + 0.2
                while time.monotonic() < deadline:
                    event = await asyncio.wait_for(anext(stream), 5)
                    assert int(event.id or 0) >= last
                    last = int(event.id or 0)
                    if event.event == "answer":
                        seen.add(json.loads(str(event.raw_data))["id"])
                await stream.aclose()  # type: ignore[attr-defined]
        finally:
            stop.set()
            await writing
        stream = hub.listen(LOCAL_PERSON, last)
        while (event := await asyncio.wait_for(anext(stream), 5)).event != "connected":
            seen.add(json.loads(str(event.raw_data))["id"])
        await stream.aclose()  # type: ignore[attr-defined]
        return seen

    assert in_own_loop(follow()) == set(made)
    assert len(made) > 5


@pytest.fixture
def hosted(new_service: Callable[..., Service], tmp_path: Any) -> Service:
    return new_service("postgresql", tmp_path)


def end_listening(service: Service) -> int:
    """Ends every other connection to the database, as a restart of the server does; how many there were."""
    with service.database.reading() as session:
        ended = session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()"
            )
        )
        return len(ended.all())


@pytest.mark.postgresql
def test_a_change_is_announced_and_not_looked_for(hosted: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "FALLBACK_SECONDS", 60.0)
    monkeypatch.setattr(hubs, "UNHEARD_SECONDS", 60.0)
    test_a_change_of_another_process_arrives_promptly(hosted)


@pytest.mark.postgresql
def test_a_lost_connection_is_noticed_and_nothing_is_missed(
    hosted: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "FALLBACK_SECONDS", 60.0)
    other = intake(hosted)

    async def follow() -> None:
        stream = EventHub(hosted.database).listen(LOCAL_PERSON, None)
        await next_event(stream, 5)
        await in_thread(lambda: other.create(NewAnswer(title="Heard")))
        assert (await next_event(stream))[1]["title"] == "Heard"
        assert await in_thread(lambda: end_listening(hosted)) == 1
        await in_thread(lambda: other.create(NewAnswer(title="While it was away")))
        assert (await next_event(stream, 3))[1]["title"] == "While it was away"
        await asyncio.sleep(1.5)
        await in_thread(lambda: other.create(NewAnswer(title="Heard again")))
        assert (await next_event(stream))[1]["title"] == "Heard again"
        await stream.aclose()  # type: ignore[attr-defined]

    in_own_loop(follow())
