"""Fixtures of the tests of people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.dependencies import Service
from service.people import passwords
from tests.service.in_process import copy_database, new_database
from tests.service.signed_in import hosted_service


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes passwords with the least work that argon2 takes: the parameters have a test of their own."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    monkeypatch.setattr(passwords, "_hash_of_nothing", lambda: hasher.hash("no account has this one"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """A service with accounts, on each kind of database."""
    address = ""
    if request.param == "sqlite":
        copy_database(request.getfixturevalue("migrated_file"), tmp_path / "either")
    else:
        server = request.getfixturevalue("postgresql_server")
        template = request.getfixturevalue("migrated_template")
        address = new_database(server, tmp_path.name.lower(), template)
    with hosted_service(tmp_path / "either", address) as service:
        yield service
