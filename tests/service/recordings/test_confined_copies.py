"""Playable copies are made in a confined process: the same ones, and by nothing that can do more."""

import errno
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import psutil
import pytest

from analysis.audio.confined_decoder import TASK_MODULE as DECODING
from analysis.audio.confined_decoder import ConfinedDecoder
from analysis.confinement.process import ConfinedProcess, ReadyProcesses
from analysis.confinement.system_calls import load_libseccomp
from analysis.errors import MediaError
from service.recordings.playable_media import TASK_MODULE, make_playable
from tests.media_files import builders
from tests.service.recordings import hostile_copies

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files are passed on over Unix sockets")
needs_seccomp = pytest.mark.skipif(load_libseccomp() is None, reason="this system has no libseccomp")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


def confined(module: str = TASK_MODULE, *, written_bytes: int = 1 << 30) -> ConfinedDecoder:
    return ConfinedDecoder(ReadyProcesses([DECODING, module], written_bytes=written_bytes))


@pytest.fixture
def hostile() -> Iterator[ConfinedDecoder]:
    with confined(hostile_copies.__name__, written_bytes=hostile_copies.MOST_BYTES) as decoder:
        yield decoder


def test_copies_are_the_same_as_here(tmp_path: Path, folder: Path) -> None:
    samples = builders.tone_bursts(8.0, [0.5, 3.0, 6.0])
    stereo = np.stack([samples, samples])
    files = {
        "playable.webm": builders.browser_webm(tmp_path / "webm", samples, hole=(2.0, 2.5)),
        "playable.mp4": builders.write_sound(
            tmp_path / "mov", stereo, 48_000, container="mov", codec="aac", picture="h264"
        ),
        "playable.m4a": builders.write_sound(
            tmp_path / "alac", samples, 48_000, container="ipod", codec="alac"
        ),
    }
    for name, source in files.items():
        here = make_playable(source, folder)
        kept = here.path.rename(tmp_path / name)
        with confined() as decoder:
            made = make_playable(source, folder, decoder=decoder)
        assert (made, made.path.name) == (here, name)
        assert made.path.read_bytes() == kept.read_bytes()
    assert {path.name for path in folder.iterdir()} == set(files)


def test_this_process_opens_no_media_and_the_other_is_ended(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = builders.browser_webm(tmp_path / "webm", builders.tone_bursts(2.0, [0.5]))

    def open_here(*_: object, **__: object) -> None:
        raise AssertionError("this process has opened the file")

    ready = ReadyProcesses([DECODING, TASK_MODULE], written_bytes=1 << 30)
    process = ready.take()
    monkeypatch.setattr(ready, "take", lambda: process)
    monkeypatch.setattr(av, "open", open_here)
    with ConfinedDecoder(ready) as decoder:
        assert make_playable(source, folder, decoder=decoder).media_type == "audio/webm"
        # It cannot change the file any more.
        assert not psutil.pid_exists(process.pid)


def test_what_plays_as_it_is_stays_and_refusals_keep_their_code(tmp_path: Path, folder: Path) -> None:
    source = builders.wav(tmp_path / "a", builders.tone_bursts(1.0), 48_000)
    text = tmp_path / "text"
    text.write_text("no recording " * 100)
    with confined() as decoder:
        assert make_playable(source, folder, decoder=decoder) == make_playable(source, folder)
        with pytest.raises(MediaError) as raised:
            make_playable(text, folder, decoder=decoder)
    assert raised.value.code == "unreadable_media"
    assert list(folder.iterdir()) == []


@needs_seccomp
def test_a_hostile_file_can_only_fill_its_own_copy(
    tmp_path: Path, folder: Path, hostile: ConfinedDecoder
) -> None:
    other, source = tmp_path / "other", tmp_path / "source"
    other.write_bytes(b"somebody else's recording")
    wish = json.dumps([str(folder / "beside"), str(other)])
    source.write_text(wish)
    playable = make_playable(source, folder, decoder=hostile)
    assert json.loads(playable.path.read_bytes()) == {
        "read another file": "EPERM",
        "write another file": "EPERM",
        "make a file beside the copy": "EPERM",
        "open the copy again": "EPERM",
        "change the recording": "EBADF",
        "write too much": "EFBIG",
        "write as much as it may": "done",
    }
    assert list(folder.iterdir()) == [playable.path]
    assert (source.read_text(), other.read_bytes()) == (wish, b"somebody else's recording")


@pytest.mark.parametrize("wish", [*hostile_copies.ANSWERS, b"crash"])
def test_neither_a_crash_nor_a_wrong_answer_is_believed(
    tmp_path: Path, folder: Path, hostile: ConfinedDecoder, wish: bytes
) -> None:
    source = tmp_path / "source"
    source.write_bytes(wish)
    with pytest.raises(MediaError) as raised:
        make_playable(source, folder, decoder=hostile)
    assert raised.value.code == "decoder_crashed"
    assert list(folder.iterdir()) == []


def test_nothing_is_left_of_a_copy_whose_process_is_killed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = builders.write_sound(
        tmp_path / "a", builders.tone_bursts(120.0, rate=16_000), 16_000, container="wav", codec="pcm_s32le"
    )
    ready = ReadyProcesses([DECODING, TASK_MODULE], written_bytes=1 << 30)
    process: ConfinedProcess = ready.take()
    monkeypatch.setattr(ready, "take", lambda: process)
    sizes = []

    def kill_halfway() -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not sizes:
            sizes.extend(size for path in folder.iterdir() if (size := path.stat().st_size) > 0)
        os.kill(process.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_halfway)
    killer.start()
    with ConfinedDecoder(ready) as decoder, pytest.raises(MediaError) as raised:
        make_playable(source, folder, decoder=decoder)
    killer.join()
    assert sizes
    assert raised.value.code == "decoder_crashed"
    assert list(folder.iterdir()) == []


def test_a_copy_that_cannot_be_written_to_its_end_is_an_error_of_the_system(
    tmp_path: Path, folder: Path
) -> None:
    samples = builders.tone_bursts(8.0, [0.5, 3.0, 6.0])
    for source, share in (
        (builders.browser_webm(tmp_path / "a", samples), 0.3),
        (builders.write_sound(tmp_path / "b", samples, 48_000, container="ipod", codec="alac"), 0.99),
    ):
        whole = make_playable(source, tmp_path).path.stat().st_size
        with (
            confined(written_bytes=int(share * whole)) as decoder,
            pytest.raises(OSError, match="too large") as raised,
        ):
            make_playable(source, folder, decoder=decoder)
        assert raised.value.errno == errno.EFBIG
        assert list(folder.iterdir()) == []
