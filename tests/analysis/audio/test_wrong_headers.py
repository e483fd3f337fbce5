"""A header is a hint: what decodes decides how long a recording is and whether something is missing."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.audio.decoding import decode
from analysis.errors import MediaError
from tests.media_files import builders

DURATION = 4.0
RATE = 24_000
SOUND = builders.tone_bursts(DURATION, [0.5, 2.0, 3.0], rate=RATE)
FORMATS = {
    "wav": ("wav", "pcm_s16le"),
    "m4a": ("ipod", "aac"),
    "webm": ("webm", "libopus"),
    "mp3": ("mp3", "libmp3lame"),
    "flac": ("flac", "flac"),
}
Change = Callable[[bytearray], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    return {
        name: builders.write_sound(folder / name, SOUND, RATE, container=container, codec=codec).read_bytes()
        for name, (container, codec) in FORMATS.items()
    }


def number(form: str, mark: bytes, after: int, change: Callable[[float], float]) -> Change:
    """Changes the number at `after` bytes behind a mark."""

    def apply(content: bytearray) -> None:
        place = content.index(mark) + after
        (old,) = struct.unpack_from(form, content, place)
        new = change(old)
        struct.pack_into(form, content, place, new if form[-1] == "d" else min(int(new), 2**32 - 1))

    return apply


def flac_samples(content: bytearray, factor: float) -> None:
    stated = int.from_bytes(content[21:26])
    count = int((stated & (1 << 36) - 1) * factor)
    content[21:26] = (stated >> 36 << 36 | count).to_bytes(5)


WRONG: dict[str, tuple[str, Change]] = {
    **{
        f"byte rate of a WAV, times {f}": ("wav", number("<I", b"fmt ", 16, lambda old, f=f: old * f))
        for f in (0, 0.001, 0.5, 2, 1000)
    },
    **{
        f"{more} bytes too many in a WAV": ("wav", number("<I", b"data", 4, lambda old, n=more: old + n))
        for more in (2, 44, 100)
    },
    "no length in a WAV": ("wav", number("<I", b"data", 4, lambda old: 0)),
    "no length in an edit list": ("m4a", number(">I", b"elst", 12, lambda old: 0)),
    **{
        f"{box} of an M4A, times {f}": ("m4a", number(">I", box.encode(), 20, lambda old, f=f: old * f))
        for box in ("mvhd", "mdhd")
        for f in (0, 0.1, 1000)
    },
    **{
        f"duration of a WebM, times {f}": ("webm", number(">d", b"\x44\x89\x88", 3, lambda old, f=f: old * f))
        for f in (0, 0.1, 2, 1000)
    },
    **{
        f"frames of an MP3, times {f}": ("mp3", number(">I", b"Info", 8, lambda old, f=f: old * f))
        for f in (0, 0.1, 2, 1000)
    },
    **{
        f"samples of a FLAC, times {f}": ("flac", lambda content, f=f: flac_samples(content, f))
        for f in (0, 0.1, 1000)
    },
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_number_in_a_header_changes_nothing(
    tmp_path: Path, whole: dict[str, bytes], name: str
) -> None:
    kind, change = WRONG[name]
    content = bytearray(whole[kind])
    change(content)
    assert content != whole[kind]
    path = tmp_path / "wrong"
    path.write_bytes(content)
    recording = decode(path)
    assert recording.duration == pytest.approx(DURATION, abs=0.05)
    assert builders.burst_starts(recording.samples) == pytest.approx([0.5, 2.0, 3.0], abs=0.01)
    assert recording.notices == ()


def test_a_duration_of_hours_in_a_recorder_file_is_not_too_long(tmp_path: Path) -> None:
    """A duration is often put into a recorder's WebM afterwards, whose sizes stay open."""
    path = builders.write_sound(tmp_path / "a", SOUND, RATE, container="webm", codec="libopus")
    content = bytearray(path.read_bytes())
    number(">d", b"\x44\x89\x88", 3, lambda old: old * 1000)(content)
    segment = content.index(b"\x18\x53\x80\x67") + 4
    content[segment : segment + 8] = b"\x01" + b"\xff" * 7
    path.write_bytes(content)
    recording = decode(path)
    assert recording.duration == pytest.approx(DURATION, abs=0.05)
    assert recording.notices == ()


@pytest.mark.parametrize("name", FORMATS)
def test_sound_past_the_limit_is_refused_whatever_the_header_says(
    tmp_path: Path, whole: dict[str, bytes], name: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(whole[name])
    with pytest.raises(MediaError) as refused:
        decode(path, maximum_duration=2.0)
    assert refused.value.code == "too_long"
