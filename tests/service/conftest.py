"""Fixtures of the service's tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.application import create_application
from service.dependencies import Service
from service.settings import Settings
from tests.service.recordings import write_speech
from tests.service.running import RunningService


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


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The parts of a service, in this process, without a worker."""
    opened = Service.open(Settings(data_folder=tmp_path / "data", maximum_bytes=100_000, free_space_floor=0))
    yield opened
    opened.database.close()


@pytest.fixture
def client(service: Service) -> TestClient:
    """Talks to `service` without a network."""
    return TestClient(create_application(service), base_url="http://localhost")
