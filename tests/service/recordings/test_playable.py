"""Playable copies: they have the same times as the report, and players can seek in them."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
import pytest

from analysis.audio.containers import open_media
from analysis.audio.decoding import decode
from service.recordings.playable_media import Playable, make_playable, read_clock
from tests.media_files import builders
from tests.media_files.restamping import restamp_webm

BURSTS = [0.5, 2.0, 4.0]
DURATION = 5.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


def assert_same_clock(source: Path, playable: Playable, folder: Path) -> None:
    """Asserts that the copy has the original's sound at the same times, and that it is the only new file."""
    before, after = decode(source), decode(playable.path)
    assert after.description.gaps == ()
    assert after.duration == pytest.approx(before.duration, abs=0.05)
    assert builders.burst_starts(after.samples) == pytest.approx(
        builders.burst_starts(before.samples), abs=0.02
    )
    with open_media(playable.path) as media:
        assert media.structure.seekable
        assert media.probable_duration == pytest.approx(after.duration, abs=0.1)
    assert [path.name for path in folder.iterdir()] == [playable.path.name]


@pytest.mark.parametrize(
    ("sound_format", "options", "media_type"),
    [
        (("wav", "pcm_s16le"), {}, "audio/wav"),
        (("flac", "flac"), {}, "audio/flac"),
        (("mp3", "libmp3lame"), {}, "audio/mpeg"),
        (("ipod", "aac"), {"movflags": "faststart"}, "audio/mp4"),
        (("ogg", "libopus"), {}, "audio/ogg"),
        (("webm", "libopus"), {}, "audio/webm"),
    ],
)
def test_playable_sound_is_served_unchanged(
    tmp_path: Path, folder: Path, sound_format: tuple[str, str], options: dict[str, str], media_type: str
) -> None:
    container, codec = sound_format
    samples = builders.tone_bursts(DURATION, BURSTS)
    source = builders.write_sound(
        tmp_path / "a.html", samples, 48_000, container=container, codec=codec, options=options
    )
    assert make_playable(source, folder) == Playable(source, media_type)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("film", "media_type"),
    [
        (("mp4", "aac", "h264"), "video/mp4"),
        (("webm", "libopus", "libvpx-vp9"), "video/webm"),
    ],
)
def test_playable_video_is_served_unchanged(
    tmp_path: Path, folder: Path, film: tuple[str, str, str], media_type: str
) -> None:
    container, codec, picture = film
    samples = builders.tone_bursts(DURATION, BURSTS)
    source = builders.write_sound(
        tmp_path / "a",
        samples,
        48_000,
        container=container,
        codec=codec,
        picture=picture,
        options={"movflags": "faststart"} if container == "mp4" else {},
    )
    assert make_playable(source, folder) == Playable(source, media_type)


def test_recorder_webm_gets_duration_and_cues(tmp_path: Path, folder: Path) -> None:
    source = builders.browser_webm(tmp_path / "a", builders.tone_bursts(DURATION, BURSTS))
    content = source.read_bytes()
    playable = make_playable(source, folder)
    assert playable == Playable(folder / "playable.webm", "audio/webm")
    assert_same_clock(source, playable, folder)
    assert source.read_bytes() == content


def test_a_gap_in_opus_is_filled_without_encoding(tmp_path: Path, folder: Path) -> None:
    samples = builders.tone_bursts(8.0, [0.5, 3.0, 6.0])
    source = builders.browser_webm(tmp_path / "a", samples, hole=(2.0, 2.5))
    playable = make_playable(source, folder)
    assert playable.media_type == "audio/webm"
    assert_same_clock(source, playable, folder)
    # A player that goes by the sound alone and not by its stamps is in time too.
    with av.open(str(playable.path)) as container:
        played = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
    assert played == pytest.approx(8.0, abs=0.05)


WRONG_STAMPS: dict[str, Callable[[float], float]] = {
    "jitter": lambda time: time + 0.1 * (round(time * 50) * 7 % 10) / 10,
    "micro-gaps": lambda time: time + 0.05 * int(time),
    "running slow": lambda time: time / 3,
    "starting again": lambda time: time % 2.0,
    "a gap and jitter": lambda time: time + 0.05 * (round(time * 50) % 2) + (1.5 if time > 4 else 0),
}


@pytest.mark.parametrize("name", WRONG_STAMPS)
def test_timestamps_that_do_not_fit_the_sound_are_replaced(tmp_path: Path, folder: Path, name: str) -> None:
    """Whatever the player makes of timestamps, it has the times of the report."""
    source = builders.write_sound(
        tmp_path / "a", builders.tone_bursts(8.0, [0.5, 3.0, 6.0]), 48_000, container="webm", codec="libopus"
    )
    restamp_webm(source, WRONG_STAMPS[name])
    playable = make_playable(source, folder)
    assert playable.path != source
    assert_same_clock(source, playable, folder)
    with open_media(playable.path) as media:
        assert read_clock(media).is_plain


@pytest.mark.parametrize("name", ["micro-gaps", "running slow"])
def test_timestamps_of_an_mp4_that_do_not_fit_the_sound_are_replaced(
    tmp_path: Path, folder: Path, name: str
) -> None:
    source = builders.write_sound(
        tmp_path / "a",
        builders.tone_bursts(8.0, [0.5, 3.0, 6.0]),
        48_000,
        container="mp4",
        codec="aac",
        change_stamp=WRONG_STAMPS[name],
    )
    playable = make_playable(source, folder)
    assert playable.path != source
    assert_same_clock(source, playable, folder)


def test_a_gap_in_aac_is_filled(tmp_path: Path, folder: Path) -> None:
    samples = builders.tone_bursts(6.0, [0.5, 5.0])
    source = builders.safari_mp4(tmp_path / "a", samples, hole=(1.5, 2.0))
    playable = make_playable(source, folder)
    assert playable == Playable(folder / "playable.m4a", "audio/mp4")
    assert_same_clock(source, playable, folder)


def test_timestamps_of_a_running_recorder_are_shifted_to_zero(tmp_path: Path, folder: Path) -> None:
    source = builders.browser_webm(tmp_path / "a", builders.tone_bursts(DURATION, BURSTS), start=1000.0)
    playable = make_playable(source, folder)
    assert_same_clock(source, playable, folder)
    with open_media(playable.path) as media:
        assert media.sound.start_time * media.sound.time_base == pytest.approx(0, abs=0.04)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("ipod", "aac", None), ("playable.m4a", "audio/mp4", "aac")),
        (("adts", "aac", None), ("playable.m4a", "audio/mp4", "aac")),
        (("mov", "aac", "h264"), ("playable.mp4", "video/mp4", "aac")),
        (("mov", "pcm_s16le", None), ("playable.m4a", "audio/mp4", "aac")),
        (("ipod", "alac", None), ("playable.m4a", "audio/mp4", "aac")),
        (("mp4", "aac", "mpeg4"), ("playable.m4a", "audio/mp4", "aac")),
        (("matroska", "libopus", "h264"), ("playable.mp4", "video/mp4", "opus")),
        (("matroska", "pcm_s16le", "libvpx-vp9"), ("playable.m4a", "audio/mp4", "aac")),
        (("wav", "pcm_s32le", None), ("playable.m4a", "audio/mp4", "aac")),
    ],
)
def test_copies(
    tmp_path: Path, folder: Path, given: tuple[str, str, str | None], expected: tuple[str, str, str]
) -> None:
    container, codec, picture = given
    samples = builders.tone_bursts(DURATION, BURSTS, channels=2)
    source = builders.write_sound(
        tmp_path / "a", samples, 48_000, container=container, codec=codec, picture=picture
    )
    playable = make_playable(source, folder)
    assert_same_clock(source, playable, folder)
    recording = decode(playable.path)
    assert (playable.path.name, playable.media_type, recording.description.codec) == expected
    assert recording.has_video == (expected[1] == "video/mp4")


def test_mp3_without_a_frame_count_gets_one(tmp_path: Path, folder: Path) -> None:
    source = builders.write_sound(
        tmp_path / "a",
        builders.tone_bursts(DURATION, BURSTS),
        48_000,
        container="mp3",
        codec="libmp3lame",
        options={"write_xing": "0"},
    )
    playable = make_playable(source, folder)
    assert playable.media_type == "audio/mpeg"
    assert decode(source).duration == pytest.approx(decode(playable.path).duration, abs=0.05)
    assert_same_clock(source, playable, folder)


def test_safari_fragments_become_one_file(tmp_path: Path, folder: Path) -> None:
    source = builders.safari_mp4(tmp_path / "a", builders.tone_bursts(DURATION, BURSTS))
    playable = make_playable(source, folder)
    assert playable.media_type == "audio/mp4"
    assert_same_clock(source, playable, folder)


def test_sound_that_starts_after_the_picture_keeps_its_time(tmp_path: Path, folder: Path) -> None:
    source = builders.write_sound(
        tmp_path / "a",
        builders.tone_bursts(DURATION, BURSTS),
        48_000,
        container="mp4",
        codec="aac",
        picture="mpeg4",
        start=1.5,
    )
    playable = make_playable(source, folder)
    found = builders.burst_starts(decode(playable.path).samples)
    assert found == pytest.approx([burst + 1.5 for burst in BURSTS], abs=0.03)


def test_opus_that_starts_after_the_picture_is_preceded_by_silence(tmp_path: Path, folder: Path) -> None:
    source = builders.write_sound(
        tmp_path / "a",
        builders.tone_bursts(DURATION, BURSTS),
        48_000,
        container="matroska",
        codec="libopus",
        picture="mpeg4",
        start=1.5,
    )
    playable = make_playable(source, folder)
    assert playable.media_type == "audio/webm"
    found = builders.burst_starts(decode(playable.path).samples)
    assert found == pytest.approx([burst + 1.5 for burst in BURSTS], abs=0.03)


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_cut_off_recorder_file_becomes_playable(tmp_path: Path, folder: Path, share: float) -> None:
    noise = np.random.default_rng(1).standard_normal(240_000).astype(np.float32)
    samples = builders.tone_bursts(DURATION, BURSTS) + 0.01 * noise
    source = builders.cut(builders.browser_webm(tmp_path / "a", samples), tmp_path / "cut", share)
    playable = make_playable(source, folder)
    assert_same_clock(source, playable, folder)


def test_a_failure_leaves_no_file(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = builders.write_sound(
        tmp_path / "a", builders.tone_bursts(1.0), 48_000, container="ipod", codec="alac"
    )

    def stop(source: BinaryIO, target: BinaryIO, **_: object) -> None:
        target.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("service.recordings.playable_media.encode_sound", stop)
    with pytest.raises(OSError, match="No space"):
        make_playable(source, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("container", "codec", "picture"),
    [
        ("mp4", "aac", "h264"),
        ("mp4", "aac", None),
        ("webm", "libopus", "libvpx-vp9"),
        ("ogg", "libopus", None),
        ("matroska", "flac", None),
    ],
)
@pytest.mark.parametrize("track", [1, 2])
def test_only_the_measured_track_is_played(
    tmp_path: Path, folder: Path, container: str, codec: str, picture: str | None, track: int
) -> None:
    tracks = [builders.tone_bursts(4.0, starts) for starts in ([0.5], [1.5, 2.5])]
    source = builders.several_tracks(
        tmp_path / "a", tracks, 48_000, container=container, codec=codec, picture=picture
    )
    playable = make_playable(source, folder, track=track)
    with open_media(playable.path) as media:
        assert len(media.sound_tracks) == 1
        assert (media.picture is not None) == (picture is not None)
    starts = builders.burst_starts(decode(playable.path).samples)
    assert starts == pytest.approx([[0.5], [1.5, 2.5]][track - 1], abs=0.04)


def test_a_joined_file_plays_to_its_end(tmp_path: Path, folder: Path) -> None:
    source = builders.wav(tmp_path / "a", builders.tone_bursts(3.0, [0.5, 2.0], rate=24_000), 24_000)
    source.write_bytes(source.read_bytes() * 2)
    playable = make_playable(source, folder)
    assert playable.media_type == "audio/mp4"
    assert_same_clock(source, playable, folder)


@pytest.mark.parametrize(
    ("container", "codec", "rate"),
    [
        ("avi", "libmp3lame", 16_000),
        ("aiff", "pcm_s16be", 16_000),
        ("caf", "alac", 16_000),
        ("amr", "libopencore_amrnb", 8_000),
    ],
)
def test_containers_that_browsers_do_not_play_are_encoded_again(
    tmp_path: Path, folder: Path, container: str, codec: str, rate: int
) -> None:
    samples = builders.tone_bursts(4.0, [0.5, 2.0], rate=rate)
    source = builders.write_sound(tmp_path / "a", samples, rate, container=container, codec=codec)
    playable = make_playable(source, folder)
    assert playable.media_type == "audio/mp4"
    assert_same_clock(source, playable, folder)
