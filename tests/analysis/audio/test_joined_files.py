"""Files that were joined byte by byte are heard to their end, or it is said what follows."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.audio.decoding import decode
from analysis.audio.joined_files import find_parts
from analysis.audio.streaming import StreamingDecoder
from analysis.errors import MediaError
from tests.media_files import builders

RATE = 24_000
DURATION = 2.0
SOUND = builders.tone_bursts(DURATION, [0.5, 1.25], rate=RATE)
JOINED = pytest.approx([0.5, 1.25, 2.5, 3.25], abs=0.1)


def encoded(container: str, codec: str) -> Callable[[Path], bytes]:
    return lambda path: builders.write_sound(path, SOUND, RATE, container=container, codec=codec).read_bytes()


KINDS: dict[str, Callable[[Path], bytes]] = {
    "wav": encoded("wav", "pcm_s16le"),
    "flac": encoded("flac", "flac"),
    "mp3": encoded("mp3", "libmp3lame"),
    "m4a": encoded("ipod", "aac"),
    "mov": encoded("mov", "pcm_s16le"),
    "aac": encoded("adts", "aac"),
    "ogg": encoded("ogg", "libopus"),
    "webm": encoded("webm", "libopus"),
    "recorder": lambda path: builders.browser_webm(
        path, builders.tone_bursts(DURATION, [0.5, 1.25])
    ).read_bytes(),
    "safari": lambda path: builders.safari_mp4(
        path, builders.tone_bursts(DURATION, [0.5, 1.25])
    ).read_bytes(),
}
READ_APART = ("wav", "flac", "mp3", "m4a", "mov", "safari")


def written(path: Path, *parts: bytes) -> Path:
    path.write_bytes(b"".join(parts))
    return path


@pytest.mark.parametrize("name", KINDS)
def test_both_files_are_heard(tmp_path: Path, name: str) -> None:
    one = KINDS[name](tmp_path / "one")
    recording = decode(written(tmp_path / "two", one, one))
    assert recording.duration == pytest.approx(2 * DURATION, abs=0.12)
    assert builders.burst_starts(recording.samples) == JOINED
    assert recording.description.gaps == ()
    codes = [notice.code for notice in recording.notices]
    assert codes == (["joined"] if name in READ_APART else [] if name == "aac" else ["times_not_used"])


@pytest.mark.parametrize("name", ["wav", "m4a"])
def test_what_follows_and_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    one = KINDS[name](tmp_path / "one")
    recording = decode(written(tmp_path / "two", one, one[:40]))
    assert recording.duration == pytest.approx(DURATION, abs=0.06)
    assert [notice.code for notice in recording.notices] == ["unread_part"]
    assert "One more recording follows" in recording.notices[0].text


def test_parts_of_different_kinds_keep_their_notices_in_place(tmp_path: Path) -> None:
    stereo = np.stack([builders.tone_bursts(DURATION, [0.5, 1.25], rate=8_000)] * 2)
    first = KINDS["wav"](tmp_path / "one")
    second = builders.wav(tmp_path / "second", stereo, 8_000).read_bytes()
    recording = decode(written(tmp_path / "two", first, second[: int(len(second) * 0.9)]))
    assert builders.burst_starts(recording.samples) == JOINED
    joined, truncated = recording.notices
    assert (joined.code, truncated.code) == ("joined", "truncated")
    assert truncated.start == pytest.approx(2 * DURATION - 0.2, abs=0.02)


def test_the_limit_is_that_of_all_parts(tmp_path: Path) -> None:
    one = KINDS["wav"](tmp_path / "one")
    path = written(tmp_path / "two", one, one)
    with pytest.raises(MediaError) as refused:
        decode(path, maximum_duration=3.0)
    assert refused.value.code == "too_long"


def test_a_joined_file_is_not_streamed(tmp_path: Path) -> None:
    one = KINDS["wav"](tmp_path / "one")
    path = written(tmp_path / "two", one, one)
    with path.open("rb") as file, StreamingDecoder(file) as decoder:
        list(decoder.decode())
        with pytest.raises(MediaError):
            decoder.finish(path)


# --- WAV files whose chunks are unusual ---


def chunk(kind: bytes, content: bytes, *, length: int | None = None) -> bytes:
    padding = b"\0" * (len(content) % 2)
    return kind + struct.pack("<I", len(content) if length is None else length) + content + padding


FORM = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16))
PCM = (SOUND * 32767).astype("<i2").tobytes()
HALVES = PCM[: len(PCM) // 2], PCM[len(PCM) // 2 :]
TITLE = chunk(b"LIST", b"INFOINAM\4\0\0\0take")


def riff(*chunks: bytes) -> bytes:
    inner = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


UNUSUAL = {
    "two data chunks": riff(FORM, chunk(b"data", HALVES[0]), chunk(b"data", HALVES[1])),
    "a chunk between two data chunks": riff(
        FORM, chunk(b"data", HALVES[0]), TITLE, chunk(b"data", HALVES[1])
    ),
    "a title after the sound": riff(FORM, chunk(b"data", PCM), TITLE),
    "a length that is too small": riff(FORM, chunk(b"data", PCM, length=RATE)),
    "a length that counts the header": riff(FORM, chunk(b"data", PCM, length=len(PCM) + 44)),
    "a tag after the file": riff(FORM, chunk(b"data", PCM)) + b"TAG" + b"a title".ljust(125),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_all_sound_of_an_unusual_wav_is_heard(tmp_path: Path, name: str) -> None:
    recording = decode(written(tmp_path / "a", UNUSUAL[name]))
    assert recording.duration == pytest.approx(DURATION, abs=0.002)
    assert builders.burst_starts(recording.samples) == pytest.approx([0.5, 1.25], abs=0.002)
    assert {notice.code for notice in recording.notices} <= {"joined"}


def test_a_length_that_counts_the_header_hides_no_second_file(tmp_path: Path) -> None:
    one = UNUSUAL["a length that counts the header"]
    recording = decode(written(tmp_path / "two", one, riff(FORM, chunk(b"data", PCM))))
    assert builders.burst_starts(recording.samples) == JOINED


@pytest.mark.parametrize("seed", range(20))
def test_bytes_that_are_no_file_have_one_part(tmp_path: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    starts = [
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\0\x18ftypisom",
        b"fLaC\0\0\0\x22",
        b"ID3\4\0\0\0\0\0\0",
        b"\xff\xfb",
    ]
    path = written(tmp_path / "a", starts[seed % 5], random.bytes(random.integers(0, 3000)))
    with path.open("rb") as file:
        (part,) = find_parts(file, path.stat().st_size)
    assert (part.start, part.end) == (0, path.stat().st_size)
