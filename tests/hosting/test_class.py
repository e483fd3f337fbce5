"""A small class plays through an assignment on two web nodes: nothing is lost, and nobody sees another's."""

import os
from pathlib import Path

import pytest

from tests.browser.browser_paths import find_browser, install_command
from tests.hosting.class_play import play

APPLICANTS = 6

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.postgresql]


def test_a_class_plays_through_an_assignment(tmp_path: Path) -> None:
    if find_browser() is None:
        missing = f"no Chromium on this machine; to have one: {install_command()}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    outcome = play(tmp_path, applicants=APPLICANTS, browsers=2)
    assert outcome.wrong == []
    assert outcome.stopped == 0
    assert outcome.submitted == f"{APPLICANTS - 1} of {APPLICANTS} have submitted"
    assert len(outcome.requests) == 2 and all(outcome.requests.values()), outcome.requests
    assert not [text for text in outcome.errors if text.startswith("script:")], outcome.errors
    assert outcome.refused == {}
