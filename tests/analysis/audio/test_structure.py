"""What the bytes of a container say, where FFmpeg says nothing."""

import io
import struct
from pathlib import Path

import numpy as np
import pytest

from analysis.audio.bare_frames import MP3_LOSS
from analysis.audio.decoding import decode
from analysis.audio.structure_reading import read_structure
from tests.media_files import builders

SOUND = builders.tone_bursts(6.0, [0.5, 2.0, 4.0])


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def structure_of(content: bytes, container: str):
    return read_structure(io.BytesIO(content), len(content), container)


def test_many_short_fragments_are_no_damage() -> None:
    start = box(b"ftyp", b"iso5") + box(b"moov", box(b"mvex", b""))
    content = start + (box(b"moof", b"") + box(b"mdat", b"sound")) * 30_000
    found = structure_of(content, "mov,mp4")
    assert (found.ends_early, found.complete, found.damaged) == (False, True, False)
    assert structure_of(content[: len(start)] + bytes(10_000), "mov,mp4").damaged


@pytest.mark.parametrize(("more", "ends_early"), [(0, False), (MP3_LOSS, False), (3 * MP3_LOSS, True)])
def test_an_mp3_may_count_a_frame_too_many(tmp_path: Path, more: int, ends_early: bool) -> None:
    path = builders.write_sound(tmp_path / "a", SOUND, 48_000, container="mp3", codec="libmp3lame")
    content = bytearray(path.read_bytes())
    place = content.index(b"Info") + 12
    (counted,) = struct.unpack_from(">I", content, place)
    struct.pack_into(">I", content, place, counted + more)
    found = structure_of(bytes(content), "mp3")
    assert (found.ends_early, found.complete) == (ends_early, not ends_early)


KINDS = {
    "ogg": ("ogg", "libopus", {}),
    "webm": ("webm", "libopus", {}),
    "recorder": ("webm", "libopus", {"options": {"live": "1"}, "stream": True}),
    "aac": ("adts", "aac", {}),
}


@pytest.mark.parametrize("name", KINDS)
def test_damage_that_ffmpeg_skips_is_said(tmp_path: Path, name: str) -> None:
    container, codec, options = KINDS[name]
    noisy = SOUND + 0.01 * np.random.default_rng(1).standard_normal(len(SOUND)).astype(np.float32)
    path = builders.write_sound(tmp_path / "a", noisy, 48_000, container=container, codec=codec, **options)
    content = bytearray(path.read_bytes())
    assert not structure_of(bytes(content), decode(path).container).damaged
    content[len(content) // 3 : len(content) // 3 + 3000] = bytes(3000)
    path.write_bytes(content)
    recording = decode(path)
    assert structure_of(bytes(content), recording.container).damaged
    assert {notice.code for notice in recording.notices} & {"damaged", "gap", "truncated"}


def test_a_damaged_start_of_a_flac_keeps_the_rest_in_its_place(tmp_path: Path) -> None:
    noisy = SOUND + 0.01 * np.random.default_rng(1).standard_normal(len(SOUND)).astype(np.float32)
    path = builders.write_sound(tmp_path / "a", noisy, 48_000, container="flac", codec="flac")
    content = bytearray(path.read_bytes())
    content[9_000:100_000] = bytes(91_000)
    path.write_bytes(content)
    recording = decode(path)
    assert recording.duration == pytest.approx(6.0, abs=0.01)
    assert builders.burst_starts(recording.samples, quiet=0.2)[-1] == pytest.approx(4.0, abs=0.01)
    assert "damaged" in {notice.code for notice in recording.notices}
    assert "picture" not in " ".join(notice.text for notice in recording.notices)
