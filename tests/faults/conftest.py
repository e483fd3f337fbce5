"""Fixtures for the tests of faults."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.conftest import speech
from tests.service.running import RunningService

__all__ = ["speech"]

STAGES = ("decode", "playable", "activity", "transcribe", "measure")


class Troubles:
    """Faults to inject into the workers of a service, as files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, trouble: str, stage: str) -> None:
        """Injects a fault into this stage from now on: `hold`, `crash`, `fail`, `full` or `eat`."""
        (self.folder / f"reached-{stage}").unlink(missing_ok=True)
        (self.folder / f"{trouble}-{stage}").touch()

    def end(self) -> None:
        """Removes all faults."""
        for path in self.folder.iterdir():
            path.unlink()

    def reached(self, stage: str) -> bool:
        """Whether a worker has begun this stage since a fault was injected into it."""
        return (self.folder / f"reached-{stage}").exists()


@pytest.fixture
def troubles(tmp_path: Path) -> Troubles:
    """The faults of this test's services."""
    folder = tmp_path / "troubles"
    folder.mkdir()
    return Troubles(folder)


@pytest.fixture
def troubled(tmp_path: Path, troubles: Troubles) -> Iterator["Starter"]:
    """Starts services with the faults of `troubles`."""
    starter = Starter(tmp_path, troubles)
    yield starter
    for service in starter.started:
        service.kill()


class Starter:
    """Starts services in one data folder."""

    def __init__(self, folder: Path, troubles: Troubles) -> None:
        self._folder = folder
        self._troubles = troubles
        self.started: list[RunningService] = []

    def __call__(self, *, data_folder: Path | None = None, **settings: object) -> RunningService:
        os.environ["TROUBLE_FOLDER"] = str(self._troubles.folder)
        try:
            service = RunningService(
                data_folder or self._folder / "data",
                engine="tests.faults.troubled_engine:fake",
                **settings,
            )
        finally:
            del os.environ["TROUBLE_FOLDER"]
        self.started.append(service)
        return service.start()
