"""Services with accounts, and people who are signed in to them.

Sessions are made directly: hashing a password takes as long as ten of these tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from service.dependencies import Service
from service.people.accounts import AccountRole, Accounts
from service.people.sign_in_sessions import cookie_name, start_session
from service.settings import Settings
from tests.service.in_process import client_of

SECRET_KEY = "a secret key that only the tests have"


@dataclass(frozen=True)
class SignedIn:
    """A person in a browser.

    Attributes:
        client: sends the cookie of the person's session.
        person: id.
        token: of the session, as it is in the cookie.
    """

    client: TestClient
    person: str
    token: str


@contextmanager
def hosted_service(folder: Path, address: str = "", **settings: Any) -> Iterator[Service]:
    """A service with accounts, in this process, without a worker.

    Args:
        folder: becomes the data folder; a migrated database in it is used as it is.
        address: of another database; empty for SQLite in the folder.
        settings: more settings, by their short names.
    """
    values = {"accounts": True, "secret_key": SECRET_KEY, "free_space_floor": 0, **settings}
    service = Service.open(Settings(data_folder=folder, database_url=address, **values))
    yield service
    service.database.close()


def sign_in_as(service: Service, role: AccountRole, name: str = "Somebody", **options: Any) -> SignedIn:
    """Makes an account and signs its person in.

    Args:
        service: with accounts.
        role: of the new account.
        name: shown to others; the e-mail address is made of it, with a number if it is taken.
        options: of `TestClient`.
    """
    with service.database.writing() as session:
        accounts = Accounts(session)
        start = name.lower().replace(" ", ".")
        number, email = 1, f"{start}@example.org"
        while accounts.with_email(email) is not None:
            number += 1
            email = f"{start}{number}@example.org"
        person = accounts.create(email=email, name=name, role=role).person_id
    return another_browser(service, person, **options)


def another_browser(service: Service, person: str, **options: Any) -> SignedIn:
    """Signs a person in once more, in a browser of its own."""
    with service.database.writing() as session:
        token = start_session(session, person, browser="A test")
    client = client_of(service, **options)
    client.cookies.set(cookie_name(secure=service.settings.is_secure), token)
    return SignedIn(client, person, token)
