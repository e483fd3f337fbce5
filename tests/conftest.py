"""What applies to every test."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.browser.browser_paths import find_browser
from tests.recogniser_folder import delete_folder, make_folder

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

# Several tests run at once, on machines that may be busy: how long an example takes says nothing.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

TESTS = Path(__file__).parent
LONGEST_FIRST = ("browser", "faults", "accuracy", "service/jobs", "service", "wheel", "tools", "analysis")
"""Folders in the order in which their files are handed out, so that all processes end at nearly one time."""
RECORDING_PAGES = ("test_practice", "test_progress", "test_recording")
"""How names of browser tests begin that need a microphone or a history. The others need the recogniser."""
INTERVIEWS = "test_interview"
"""How names of browser tests of interviews begin: they need a microphone and the voices."""
_FOLDER = pytest.StashKey[Path | None]()


class GroupScheduling(LoadScopeScheduling):
    """Hands out whole groups: a file, or those files of browser tests that share what takes long to start."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        folder, _, name = file.removeprefix("tests/").partition("/")
        if folder == "browser":
            if name.startswith(INTERVIEWS):
                return "interviews"
            return "recording" if name.startswith(RECORDING_PAGES) else "reports"
        return file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """How xdist shares tests out, whatever `--dist` says."""
    return GroupScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts files that take long before those that take a moment; within a file, the order stays."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    folder = item.path.relative_to(TESTS).parent
    ranks = (rank for rank, name in enumerate(LONGEST_FIRST) if folder.is_relative_to(name))
    return next(ranks, len(LONGEST_FIRST))


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others makes the folder in which they share the recogniser's texts."""
    config.stash[_FOLDER] = make_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Deletes that folder."""
    folder = config.stash.get(_FOLDER, None)
    if folder is not None:
        delete_folder(folder)


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """What drives a browser. A process can have one only, so tests of pages and of faults share it."""
    from playwright.sync_api import sync_playwright

    if find_browser() is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as started:
        yield started
