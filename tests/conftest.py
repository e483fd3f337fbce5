"""What applies to every test."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.recogniser_folder import delete_folder, make_folder

# Several tests run at once, on machines that may be busy: how long an example takes says nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

TESTS = Path(__file__).parent
LONGEST_FIRST = ("browser", "faults", "accuracy", "service/jobs", "service", "wheel", "tools", "analysis")
"""Folders in the order in which their files are handed out, so that all processes end at nearly one time."""
RECORDING_PAGES = ("test_practice", "test_progress", "test_recording")
"""How names of browser tests begin that need a microphone or a history. The others need the recogniser."""
_FOLDER = pytest.StashKey[Path | None]()


# First: xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Groups tests that share what takes long to start, and puts groups that take long before the others."""
    items.sort(key=lambda item: _rank(item.path))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item.path)))


def _rank(path: Path) -> tuple[int, str]:
    folder = path.relative_to(TESTS).parent
    places = enumerate(LONGEST_FIRST)
    return next((place for place, name in places if folder.is_relative_to(name)), len(LONGEST_FIRST)), _group(
        path
    )


def _group(path: Path) -> str:
    """One process runs all tests of a group: a file, or browser tests that share services."""
    if path.parent == TESTS / "browser":
        return "recording" if path.name.startswith(RECORDING_PAGES) else "reports"
    return path.relative_to(TESTS).with_suffix("").as_posix()


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others makes the folder in which they share the recogniser's texts."""
    config.stash[_FOLDER] = make_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Deletes that folder."""
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        delete_folder(folder)
