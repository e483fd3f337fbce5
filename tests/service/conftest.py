"""Fixtures of the service's tests."""

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.settings import Settings
from tests.service.in_process import client_of, copy_database, new_database
from tests.service.postgresql_server import PostgreSQLServer
from tests.service.running import RunningService
from tests.service.s3_server import S3Server
from tests.service.signed_in import hosted_service
from tests.service.speech_files import write_speech


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A WAV file of 12 s of speech."""
    return write_speech(tmp_path_factory.mktemp("speech") / "answer.wav")


@pytest.fixture(scope="session")
def running_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """A service that all tests of the run share. Its engine is the fake one."""
    service = RunningService(tmp_path_factory.mktemp("service") / "data")
    yield service.start()
    service.kill()


@pytest.fixture
def start_service(tmp_path: Path) -> Iterator[Callable[..., RunningService]]:
    """Starts services of a test's own; takes settings by their short names."""
    started: list[RunningService] = []

    def start(*arguments: str, **settings: object) -> RunningService:
        service = RunningService(tmp_path / "data", *arguments, **settings)
        started.append(service)
        return service.start()

    yield start
    for service in started:
        service.kill()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with all migrations and nothing else, to be copied: migrating takes longer."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    Service.open(Settings(data_folder=folder, free_space_floor=0)).database.close()
    # Closing the last connection moved the write-ahead log into the file.
    assert [path.name for path in folder.glob("greenroom.sqlite3*")] == ["greenroom.sqlite3"]
    return folder / "greenroom.sqlite3"


@pytest.fixture(scope="session")
def migrated_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database with all migrations and nothing else."""
    address = new_database(postgresql_server, "migrated")
    folder = tmp_path_factory.mktemp("migrated")
    Service.open(Settings(data_folder=folder, database_url=address, free_space_floor=0)).database.close()
    return "migrated"


@pytest.fixture
def service(tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    """The parts of a service, in this process, without a worker."""
    copy_database(migrated_file, tmp_path / "data")
    opened = Service.open(Settings(data_folder=tmp_path / "data", maximum_bytes=100_000, free_space_floor=0))
    yield opened
    opened.database.close()


@pytest.fixture
def hosted(tmp_path: Path, migrated_file: Path) -> Iterator[Service]:
    """The parts of a service with accounts, in this process, without a worker (`signed_in.sign_in_as`)."""
    copy_database(migrated_file, tmp_path / "hosted")
    with hosted_service(tmp_path / "hosted") as opened:
        yield opened


@pytest.fixture
def client(service: Service) -> TestClient:
    """Talks to `service` without a network."""
    return client_of(service)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of this test run; its address without the database's name."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not programs or shutil.which("runuser") is None or os.geteuid() != 0:
        if os.environ.get("CI") == "true":
            pytest.fail("in CI a PostgreSQL server is needed: apt-get install postgresql")
        pytest.skip("no PostgreSQL that could be started here: apt-get install postgresql, as root")
    server = PostgreSQLServer(Path(programs[-1]))
    yield server.address
    server.remove()


@pytest.fixture
def own_postgresql_server(postgresql_server: str) -> Iterator[PostgreSQLServer]:
    """A PostgreSQL server that a test may stop and restart."""
    server = PostgreSQLServer(Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]))
    yield server
    server.remove()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """An S3 server of this test run. Each test takes a prefix of its own."""
    server = S3Server(Path(tempfile.mkdtemp(prefix="greenroom-s3-")))
    yield server.start()
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    return new_database(request.getfixturevalue("postgresql_server"), f"test_{tmp_path.name.lower()}")


@pytest.fixture(scope="session")
def new_service(
    request: pytest.FixtureRequest, migrated_file: Path
) -> Iterator[Callable[[str, Path], Service]]:
    """Opens a service on a new database of a kind, `sqlite` or `postgresql`, in a folder of its own."""
    opened: list[Service] = []

    def open_one(kind: str, folder: Path) -> Service:
        address = ""
        if kind == "postgresql":
            server = request.getfixturevalue("postgresql_server")
            template = request.getfixturevalue("migrated_template")
            address = new_database(server, f"test_{len(opened)}_{folder.name.lower()}", template)
        else:
            copy_database(migrated_file, folder / "data")
        opened.append(
            Service.open(Settings(data_folder=folder / "data", database_url=address, free_space_floor=0))
        )
        return opened[-1]

    yield open_one
    for service in opened:
        service.database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def opened(
    request: pytest.FixtureRequest, new_service: Callable[[str, Path], Service], tmp_path: Path
) -> Iterator[Service]:
    """A service on a migrated database of each kind."""
    service = new_service(request.param, tmp_path)
    yield service
    service.database.close()
