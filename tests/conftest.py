"""What applies to every test."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.recogniser_folder import delete_folder, make_folder

# Several tests run at once, on machines that may be busy: how long an example takes says nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

TESTS = Path(__file__).parent
LONGEST_FIRST = ("faults", "browser", "accuracy", "service/jobs", "service", "tools", "analysis")
"""Folders in the order in which their files are handed out, so that all processes end at nearly one time."""

_FOLDER = pytest.StashKey[Path | None]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts files that take long before those that take a moment; within a file, the order stays."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folder = item.path.relative_to(TESTS).parent
    return next(
        (rank for rank, name in enumerate(LONGEST_FIRST) if folder.is_relative_to(name)), len(LONGEST_FIRST)
    )


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others makes the folder in which they share the recogniser's texts."""
    config.stash[_FOLDER] = make_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Deletes that folder."""
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        delete_folder(folder)
