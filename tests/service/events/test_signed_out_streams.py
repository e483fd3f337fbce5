"""An event stream sends nothing more once its person has signed out, or is signed out."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from starlette.requests import Request

from service.api.events import follow
from service.db.account_models import SignInSession
from service.db.models import now
from service.dependencies import Service
from service.people.caller import Caller
from service.people.office import Office
from service.people.sign_in_sessions import cookie_name
from service.schemas import NewAnswer
from tests.service.own_loop import in_own_loop
from tests.service.running import PATIENCE
from tests.service.signed_in import SignedIn, sign_in_as


def sign_out(service: Service, person: SignedIn) -> None:
    person.client.post("/api/sign-out").raise_for_status()


def suspend(service: Service, person: SignedIn) -> None:
    with service.database.writing() as session:
        Office(session).suspend(person.person, by="somebody")


@pytest.mark.parametrize("ending", [sign_out, suspend])
def test_nothing_is_sent_after_the_sign_in_session_has_ended(
    hosted: Service, ending: Callable[[Service, SignedIn], None]
) -> None:
    person = sign_in_as(hosted, "applicant")
    cookie = f"{cookie_name(secure=False)}={person.token}".encode()
    request = Request({"type": "http", "headers": [(b"cookie", cookie)]})

    async def receive() -> list[str]:
        stream = follow(request, hosted, Caller(person.person, "applicant"), None)
        received = [(await anext(stream)).event]
        create = hosted.intake(person.person).create
        await asyncio.to_thread(create, NewAnswer())
        received.append((await anext(stream)).event)
        await asyncio.to_thread(ending, hosted, person)
        await asyncio.to_thread(create, NewAnswer())
        received += [event.event async for event in stream]
        return [str(event) for event in received]

    assert in_own_loop(asyncio.wait_for(receive(), PATIENCE)) == ["connected", "answer"]


def test_events_do_not_keep_a_person_signed_in(hosted: Service) -> None:
    person = sign_in_as(hosted, "applicant")
    away = timedelta(hours=1)
    with hosted.database.writing() as session:
        session.execute(update(SignInSession).values(last_used_at=now() - away))
    cookie = f"{cookie_name(secure=False)}={person.token}".encode()
    request = Request({"type": "http", "headers": [(b"cookie", cookie)]})

    async def receive() -> list[str | None]:
        stream = follow(request, hosted, Caller(person.person, "applicant"), None)
        received = [(await anext(stream)).event]
        await asyncio.to_thread(hosted.intake(person.person).create, NewAnswer())
        return [*received, (await anext(stream)).event]

    assert in_own_loop(asyncio.wait_for(receive(), PATIENCE)) == ["connected", "answer"]
    with hosted.database.reading() as session:
        assert session.scalars(select(SignInSession.last_used_at)).one() < now() - away / 2
