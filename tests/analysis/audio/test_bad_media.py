"""Files that are not recordings, broken recordings, and hostile files."""

import os
import socket
import struct
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from analysis.audio.decoding import decode
from analysis.errors import MediaError
from tests.media_files import builders
from tests.service.running import eventually

DURATION = 10.0


@pytest.fixture(scope="module")
def speech_like() -> builders.Samples:
    """A burst each second over soft noise: silence would compress to nothing."""
    samples = builders.tone_bursts(DURATION, [0.5 + second for second in range(10)])
    noise = np.random.default_rng(1).standard_normal(len(samples)).astype(np.float32)
    return samples + 0.01 * noise


def refusal(path: Path, **options: float) -> MediaError:
    with pytest.raises(MediaError) as caught:
        decode(path, **options)
    assert str(path) not in caught.value.text
    assert caught.value.text.endswith(".")
    return caught.value


# --- not a recording ---


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.touch()
    assert refusal(path).code == "empty_file"


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.aac", "a.m4a", "a"])
def test_text_under_an_audio_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("Tell me about a time when you disagreed with a colleague.\n" * 200)
    assert refusal(path).code == "unreadable_media"


@pytest.mark.parametrize("make", [builders.png, builders.jpeg])
def test_image(tmp_path: Path, make) -> None:
    path = make(tmp_path / ("a.png" if make is builders.png else "a.jpg"))
    assert refusal(path.rename(tmp_path / "a.mp3")).code == "unreadable_media"


def test_random_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(np.random.default_rng(2).bytes(50_000))
    assert refusal(path).code == "unreadable_media"


def test_film_without_sound(tmp_path: Path) -> None:
    error = refusal(builders.write_picture(tmp_path / "a.mp4"))
    assert error.code == "no_audio_track"
    assert error.text == "This file has no sound track. Choose a recording with sound."


def test_wav_without_samples(tmp_path: Path) -> None:
    path = builders.wav(tmp_path / "a.wav", builders.tone_bursts(1.0, rate=8000), 8000)
    assert refusal(builders.cut(path, path, 78 / path.stat().st_size)).code == "unreadable_media"


@pytest.mark.parametrize(
    ("container", "codec", "named"),
    [
        ("au", "pcm_s16be", "AU"),
        ("mpegts", "libmp3lame", "MPEG transport stream"),
        ("w64", "pcm_s16le", "Wave64"),
        ("flv", "libmp3lame", "Flash video"),
        ("rm", "ac3", "RealMedia"),
    ],
)
def test_container_that_is_not_accepted(tmp_path: Path, container: str, codec: str, named: str) -> None:
    samples = builders.tone_bursts(1.0, [0.2], rate=44_100)
    path = builders.write_sound(tmp_path / "a.wav", samples, 44_100, container=container, codec=codec)
    error = refusal(path)
    assert error.code == "unread_format"
    assert named in error.text


def test_windows_media(tmp_path: Path) -> None:
    path = tmp_path / "a.wma"
    path.write_bytes(bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(2000))
    error = refusal(path)
    assert error.code == "windows_media"
    assert "Save it as MP3" in error.text


def test_protected_music(tmp_path: Path) -> None:
    path = builders.phone_m4a(tmp_path / "a.m4p", builders.tone_bursts(1.0, [0.2], rate=44_100))
    path.write_bytes(path.read_bytes().replace(b"mp4a", b"drms", 1))
    error = refusal(path)
    assert error.code == "protected_media"
    assert "protected against copying" in error.text


def test_folder_and_pipe(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "unreadable_media"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe).code == "unreadable_media"


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        decode(tmp_path / "a.wav")


# --- files that point elsewhere ---


class Listener:
    """A local server that records connections to it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.port = self._socket.getsockname()[1]
        self._visitors: list[int] = []
        self._open = True
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while self._open:
            try:
                connection, (_, port) = self._socket.accept()
            except TimeoutError:
                continue
            self._visitors.append(port)
            connection.close()

    def visited(self) -> bool:
        """Whether anything connected. Connections are accepted in order: after this one, all earlier are."""
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            port = last.getsockname()[1]
            eventually(lambda: port in self._visitors)
        return self._visitors != [port]

    def close(self) -> None:
        self._open = False
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


def hls(target: str) -> str:
    return (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXT-X-MEDIA-SEQUENCE:0\n"
        f"#EXTINF:5.0,\n{target}\n#EXT-X-ENDLIST\n"
    )


def ffconcat(target: str) -> str:
    return f"ffconcat version 1.0\nfile '{target}'\nduration 5\n"


def dash(target: str) -> str:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT5S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
        '<Period><AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="64000">'
        f"<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    )


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.wav", "a.m3u8", "a.mpd", "a.ffconcat"])
@pytest.mark.parametrize("playlist", [hls, ffconcat, dash])
def test_playlists_open_nothing(tmp_path: Path, listener: Listener, playlist, name: str) -> None:
    secret = builders.wav(tmp_path / "secret.wav", builders.tone_bursts(2.0, [0.5], rate=8000), 8000)
    os.utime(secret, (1, 1))
    for target in ("secret.wav", str(secret), f"file:{secret}", f"http://127.0.0.1:{listener.port}/a.wav"):
        path = tmp_path / name
        path.write_text(playlist(target))
        assert refusal(path).code == "unreadable_media"
    assert not listener.visited()
    # Linux moves the access time of a file last read before it was changed, unless mounted without.
    assert secret.stat().st_atime == 1


def mov_with_outside_reference(path: Path, target: Path) -> Path:
    """A MOV whose data reference (`dref`) is an alias of another file."""
    samples = builders.tone_bursts(2.0, [0.5], rate=8000)
    source = builders.write_sound(path, samples, 8000, container="mov", codec="pcm_s16le")
    content = source.read_bytes()
    # Volume, file and folder of a Mac alias record; FFmpeg takes the path of kind 2 and 18.
    name = str(target).encode()
    strings = b"".join(
        struct.pack(">HH", kind, len(value)) + value + b"\0" * (len(value) % 2)
        for kind, value in ((2, name), (18, name))
    )
    one_folder_up_and_down = struct.pack(">HH", 1, 1)
    alias = bytes(10) + bytes(28) + bytes(12) + bytes([1]) + b"x" * 63
    alias += bytes(16) + one_folder_up_and_down + bytes(16) + strings
    alias += struct.pack(">h", -1)
    entry = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    new = struct.pack(">I4sII", 16 + len(entry), b"dref", 0, 1) + entry
    place = content.index(b"dref") - 4
    (old_length,) = struct.unpack(">I", content[place : place + 4])
    changed = bytearray(content[:place] + new + content[place + old_length :])
    grown = len(new) - old_length
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        at = changed.rindex(kind, 0, place) - 4
        (length,) = struct.unpack(">I", changed[at : at + 4])
        changed[at : at + 4] = struct.pack(">I", length + grown)
    path.write_bytes(changed)
    return path


def test_mov_with_an_outside_reference_opens_nothing(tmp_path: Path) -> None:
    secret = builders.wav(tmp_path / "secret.wav", builders.tone_bursts(2.0, [0.5], rate=8000), 8000)
    os.utime(secret, (1, 1))
    path = mov_with_outside_reference(tmp_path / "a.mov", secret)
    assert refusal(path).code == "unreadable_media"
    assert secret.stat().st_atime == 1


# --- too long ---


@pytest.mark.parametrize("limit", [60.0, 90.0])
def test_limit_is_reported_in_minutes(tmp_path: Path, limit: float) -> None:
    path = builders.wav(tmp_path / "a", builders.tone_bursts(120.0, rate=8000), 8000)
    error = refusal(path, maximum_duration=limit)
    assert error.code == "too_long"
    assert ("1 minute," if limit == 60 else "1.5 minutes,") in error.text


def test_just_at_the_limit_is_accepted(tmp_path: Path) -> None:
    path = builders.phone_m4a(tmp_path / "a", builders.tone_bursts(5.0, rate=44_100))
    assert decode(path, maximum_duration=5.0).duration == pytest.approx(5.0, abs=0.03)


def test_five_hours_are_refused_by_the_header(tmp_path: Path) -> None:
    rate, hours = 8000, 5
    path = builders.wav(tmp_path / "a", builders.tone_bursts(1.0, rate=rate), rate)
    content = bytearray(path.read_bytes())
    place = content.index(b"data") + 4
    content[place : place + 4] = struct.pack("<I", hours * 3600 * rate * 2)
    path.write_bytes(content)
    with path.open("r+b") as file:
        file.truncate(len(content) + hours * 3600 * rate * 2)
    started = time.process_time()
    assert refusal(path).code == "too_long"
    assert time.process_time() - started < 1.0


def test_length_is_limited_without_a_header_duration(tmp_path: Path) -> None:
    path = builders.browser_webm(tmp_path / "a", builders.tone_bursts(30.0))
    error = refusal(path, maximum_duration=20.0)
    assert error.code == "too_long"


def test_length_is_limited_with_false_timestamps(tmp_path: Path) -> None:
    path = builders.write_sound(
        tmp_path / "a",
        builders.tone_bursts(30.0, rate=16_000),
        16_000,
        container="mp3",
        codec="libmp3lame",
        options={"write_xing": "0"},
    )
    assert refusal(path, maximum_duration=20.0).code == "too_long"


@pytest.mark.parametrize("limit", [600.0])
def test_decompression_bomb_of_silence(tmp_path: Path, limit: float) -> None:
    path = builders.silent_flac(tmp_path / "a.flac", hours=1.0)
    assert refusal(path, maximum_duration=limit).code == "too_long"
    # The same without a length in its header: 36 bits from the 22nd byte on.
    content = bytearray(path.read_bytes())
    content[21] &= 0xF0
    content[22:26] = bytes(4)
    path.write_bytes(content)
    assert refusal(path, maximum_duration=limit).code == "too_long"


@pytest.mark.parametrize("with_header", [False, True])
def test_timestamp_jump_allocates_no_silence(tmp_path: Path, with_header: bool) -> None:
    path = builders.jumping_webm(tmp_path / "a.webm", with_header=with_header)
    assert path.stat().st_size < 20_000
    started = time.process_time()
    tracemalloc.start()
    try:
        assert refusal(path).code == "too_long"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 1.0


# --- cut off and damaged ---

CUTTABLE = {
    "wav": ("wav", "pcm_s16le", {}),
    "flac": ("flac", "flac", {}),
    "mp3": ("mp3", "libmp3lame", {}),
    "mp4": ("mp4", "aac", {"movflags": "faststart"}),
    "webm": ("webm", "libopus", {}),
    "aiff": ("aiff", "pcm_s16be", {}),
}


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory, speech_like: builders.Samples) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("whole")
    files = {
        name: builders.write_sound(
            folder / name, speech_like, 48_000, container=container, codec=codec, options=options
        )
        for name, (container, codec, options) in CUTTABLE.items()
    }
    files["m4a"] = builders.phone_m4a(folder / "m4a", speech_like, 48_000)
    files["aac"] = builders.write_sound(folder / "aac", speech_like, 48_000, container="adts", codec="aac")
    files["ogg"] = builders.write_sound(folder / "ogg", speech_like, 48_000, container="ogg", codec="libopus")
    files["recorder"] = builders.browser_webm(folder / "recorder", speech_like)
    files["safari"] = builders.safari_mp4(folder / "safari", speech_like)
    return files


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
@pytest.mark.parametrize("name", [*CUTTABLE, "aac", "recorder", "safari"])
def test_cut_off(tmp_path: Path, whole_files: dict[str, Path], name: str, share: float) -> None:
    recording = decode(builders.cut(whole_files[name], tmp_path / "cut", share))
    assert recording.duration == pytest.approx(DURATION * share, abs=0.4)
    found = builders.burst_starts(recording.samples, quiet=0.2)
    priming = 1024 / 48_000 if name in ("aac", "safari") else 0.0
    assert found == pytest.approx([0.5 + second + priming for second in range(len(found))], abs=0.01)
    assert len(found) == pytest.approx(DURATION * share, abs=1)
    if name == "mp3" and share == 0.99:
        # Less than 0.1 s is lost, which nothing in the file shows.
        return
    (notice,) = recording.notices
    assert notice.code == "truncated"
    assert notice.start == recording.duration
    if name in CUTTABLE and share < 0.99:
        assert notice.end == pytest.approx(DURATION, abs=0.05)
        assert f"about {DURATION * (1 - share):.0f} s is missing at the end" in notice.text


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_cut_off_ogg(tmp_path: Path, whole_files: dict[str, Path], share: float) -> None:
    recording = decode(builders.cut(whole_files["ogg"], tmp_path / "cut", share))
    # Ogg loses whole pages, here of a second each.
    assert DURATION * share - 1.5 < recording.duration <= DURATION * share
    assert [notice.code for notice in recording.notices] == ["truncated"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_cut_off_phone_recording_lacks_its_index(
    tmp_path: Path, whole_files: dict[str, Path], share: float
) -> None:
    error = refusal(builders.cut(whole_files["m4a"], tmp_path / "cut", share))
    assert error.code == "unreadable_media"
    assert "is not complete" in error.text


def test_cut_off_before_any_sound(tmp_path: Path, whole_files: dict[str, Path]) -> None:
    for name in ("ogg", "flac"):
        error = refusal(builders.cut(whole_files[name], tmp_path / "cut", 0.005))
        assert error.code == "unreadable_media"
        assert "ends so early" in error.text


def test_appended_data_is_not_a_loss(tmp_path: Path, whole_files: dict[str, Path]) -> None:
    for name, path in whole_files.items():
        longer = tmp_path / name
        longer.write_bytes(path.read_bytes() + b"TAG" + b"a title".ljust(125))
        assert decode(longer).notices == (), name


@pytest.mark.parametrize(
    ("name", "length"), [("flac", 3000), ("flac", 20), ("mp3", 3000), ("m4a", 3000), ("aac", 3000)]
)
def test_damaged_middle_is_left_out_and_reported(
    tmp_path: Path, whole_files: dict[str, Path], name: str, length: int
) -> None:
    content = bytearray(whole_files[name].read_bytes())
    middle = len(content) // 2
    content[middle : middle + length] = np.random.default_rng(3).bytes(length)
    path = tmp_path / "damaged"
    path.write_bytes(content)
    recording = decode(path)
    damage = [notice for notice in recording.notices if notice.code == "damaged"]
    assert damage
    assert damage[0].start == pytest.approx(DURATION / 2, abs=0.3)
    assert len(builders.burst_starts(recording.samples, quiet=0.2)) >= 9
    assert np.max(np.abs(recording.samples)) < 0.9


def test_nothing_is_printed(
    tmp_path: Path, whole_files: dict[str, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("mp3", "aac", "webm"):
        decode(builders.cut(whole_files[name], tmp_path / "cut", 0.5))
    (tmp_path / "text").write_text("no sound")
    refusal(tmp_path / "text")
    assert capfd.readouterr() == ("", "")
