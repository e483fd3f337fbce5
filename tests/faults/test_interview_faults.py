"""Anything may happen in an interview at any moment: what was recorded is kept, and keeps its place."""

import socket
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.fake_microphone import speech, write_microphone
from tests.faults.interview_play import FORMAT, InterviewPlay, plan
from tests.faults.test_full_disk import small_disk
from tests.service.running import RunningService

__all__ = ["small_disk"]

MANY = 10
"""Runs of ten faults each."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_microphone(tmp_path_factory.mktemp("sound") / "speech.wav", speech(20.0))


def serve(data: Path) -> RunningService:
    """A service that listens at the same address when it is started again."""
    data.mkdir()
    (data / "formats.toml").write_text(FORMAT)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = int(listening.getsockname()[1])
    floor = 4 * 1024 * 1024
    return RunningService(data, port=port, interrupted_after=3, lease=3, free_space_floor=floor)


@pytest.mark.long
def test_nothing_is_lost_in_five_faults(playwright: Playwright, tmp_path: Path, sound: Path) -> None:
    service = serve(tmp_path / "data").start()
    faults = plan(3, 5, ("tab", "reload", "service", "worker", "network"), every=(0.3, 1.5))
    play = InterviewPlay(playwright, service, tmp_path / "profile", sound, seed=3)
    try:
        played = play.play(faults, to_the_end=False)
    finally:
        play.close()
        service.kill()
    assert not played.problems, "\n".join([*played.problems, str(played.faults)])
    assert len(played.faults) == 5 and played.answers > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 100 + MANY))
def test_nothing_is_lost_in_a_hundred_faults(
    playwright: Playwright, small_disk: Path, tmp_path: Path, sound: Path, seed: int
) -> None:
    service = serve(small_disk / "data").start()
    profile, ballast = tmp_path / "profile", small_disk / "ballast"
    play = InterviewPlay(playwright, service, profile, sound, seed=seed, ballast=ballast)
    try:
        played = play.play(plan(seed, 100 // MANY))
    finally:
        play.close()
        service.kill()
    assert not played.problems, "\n".join([*played.problems, str(played.faults)])
    assert len(played.faults) == 100 // MANY and played.interviews > 0
