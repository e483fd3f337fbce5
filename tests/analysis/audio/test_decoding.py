"""Every container: the right length, and every sound at its time."""

import math
from pathlib import Path

import av
import numpy as np
import pytest

from analysis.audio.amr import AmrDecoder
from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.progress import Progress
from tests.media_files import builders

BURSTS = [0.5, 2.0, 4.0]
DURATION = 5.0
AAC_PRIMING = 1024
"""Priming samples of AAC encoders; only MP4's edit list marks them, so in other containers they are sound."""

SoundFormat = tuple[str, str, int, int]
"""Container, codec, Hz, samples of priming."""

FORMATS = [
    pytest.param(("wav", "pcm_s16le", 48_000, 0), id="wav"),
    pytest.param(("wav", "pcm_u8", 8_000, 0), id="wav-8-bit"),
    pytest.param(("wav", "pcm_s24le", 44_100, 0), id="wav-24-bit"),
    pytest.param(("wav", "pcm_f32le", 16_000, 0), id="wav-float"),
    pytest.param(("flac", "flac", 44_100, 0), id="flac"),
    pytest.param(("mp3", "libmp3lame", 44_100, 0), id="mp3"),
    pytest.param(("mp3", "libmp3lame", 16_000, 0), id="mp3-16-kHz"),
    pytest.param(("ipod", "aac", 44_100, 0), id="m4a"),
    pytest.param(("ipod", "aac", 8_000, 0), id="m4a-8-kHz"),
    pytest.param(("ipod", "alac", 44_100, 0), id="m4a-alac"),
    pytest.param(("adts", "aac", 44_100, AAC_PRIMING), id="aac"),
    pytest.param(("ogg", "libopus", 48_000, 0), id="ogg-opus"),
    pytest.param(("webm", "libopus", 48_000, 0), id="webm"),
    pytest.param(("matroska", "libopus", 16_000, 0), id="matroska"),
    pytest.param(("mov", "aac", 48_000, 0), id="mov"),
    pytest.param(("mov", "pcm_s16le", 48_000, 0), id="mov-pcm"),
    pytest.param(("mp4", "aac", 22_050, 0), id="mp4"),
    pytest.param(("aiff", "pcm_s16be", 44_100, 0), id="aiff"),
    pytest.param(("caf", "pcm_s16le", 48_000, 0), id="caf"),
    pytest.param(("caf", "alac", 44_100, 0), id="caf-alac"),
    pytest.param(("avi", "pcm_s16le", 16_000, 0), id="avi"),
]


def assert_bursts(recording: Recording, expected: list[float], *, tolerance: float = 0.01) -> None:
    found = builders.burst_starts(recording.samples)
    assert len(found) == len(expected), found
    assert found == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("sound_format", FORMATS)
def test_round_trip(tmp_path: Path, sound_format: SoundFormat, channels: int) -> None:
    container, codec, rate, priming = sound_format
    samples = builders.tone_bursts(DURATION, BURSTS, rate=rate, channels=channels)
    path = builders.write_sound(tmp_path / "a.bin", samples, rate, container=container, codec=codec)
    recording = decode(path)
    assert recording.duration == pytest.approx(DURATION, abs=0.03 if not priming else 0.06)
    assert_bursts(recording, [burst + priming / rate for burst in BURSTS])
    assert np.max(np.abs(recording.samples)) == pytest.approx(0.5, abs=0.1)
    assert recording.samples.dtype == np.float32
    assert recording.samples.shape == (round(recording.duration * 16_000),)
    assert recording.description.channels == channels
    assert recording.description.sample_rate == (48_000 if codec == "libopus" else rate)
    assert recording.description.gaps == ()
    assert recording.notices == ()
    assert not recording.has_video


@pytest.mark.parametrize("container", ["amr", "3gp"])
@pytest.mark.parametrize("silence_is_sent", [True, False])
def test_amr(tmp_path: Path, container: str, silence_is_sent: bool) -> None:
    """Silence of which the encoder sends nothing is no damage and no gap."""
    samples = builders.tone_bursts(DURATION, BURSTS, rate=8_000)
    path = builders.write_sound(
        tmp_path / "a",
        samples,
        8_000,
        container=container,
        codec="libopencore_amrnb",
        encoder_options={} if silence_is_sent else {"dtx": "1"},
    )
    kinds = set()
    with av.open(str(path)) as file:
        kinds = {bytes(packet)[0] >> 3 & 15 for packet in file.demux() if packet.size}
    assert (15 in kinds) is not silence_is_sent
    recording = decode(path)
    assert recording.description.codec == "amr_nb"
    assert recording.duration == pytest.approx(DURATION, abs=0.03)
    assert recording.description.gaps == ()
    assert recording.notices == ()
    # A codec for speech blurs the edges of a tone.
    assert_bursts(recording, BURSTS, tolerance=0.04)


def test_several_amr_frames_in_a_packet(tmp_path: Path) -> None:
    samples = builders.tone_bursts(1.0, [0.3], rate=8_000)
    path = builders.write_sound(
        tmp_path / "a",
        samples,
        8_000,
        container="amr",
        codec="libopencore_amrnb",
        encoder_options={"dtx": "1"},
    )
    with av.open(str(path)) as file:
        packets = [bytes(packet) for packet in file.demux() if packet.size]
        decoder = AmrDecoder(file.streams.audio[0].codec_context)
        together = decoder.decode(av.Packet(b"".join(packets)))
    assert sum(frame.samples for frame in together) == 160 * len(packets)


@pytest.mark.parametrize("container", ["ogg", "webm"])
def test_vorbis(tmp_path: Path, container: str) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS, channels=2)
    path = builders.write_sound(tmp_path / "a", samples, 48_000, container=container, codec="vorbis")
    recording = decode(path)
    assert recording.description.codec == "vorbis"
    assert recording.duration == pytest.approx(DURATION, abs=0.03)
    assert recording.description.gaps == ()
    assert_bursts(recording, BURSTS)


@pytest.mark.parametrize(
    ("container", "codec", "picture"),
    [
        ("mp4", "aac", "h264"),
        ("mov", "aac", "h264"),
        ("mp4", "aac", "mpeg4"),
        ("webm", "libopus", "libvpx-vp9"),
        ("matroska", "libopus", "h264"),
    ],
)
def test_film(tmp_path: Path, container: str, codec: str, picture: str) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS)
    path = builders.write_sound(
        tmp_path / "film", samples, 48_000, container=container, codec=codec, picture=picture
    )
    recording = decode(path)
    assert recording.has_video
    assert recording.duration == pytest.approx(DURATION, abs=0.03)
    assert recording.notices == ()
    assert_bursts(recording, BURSTS)


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("webm", "libopus")])
def test_sound_that_starts_after_the_picture_keeps_its_place(
    tmp_path: Path, container: str, codec: str
) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS)
    path = builders.write_sound(
        tmp_path / "a",
        samples,
        48_000,
        container=container,
        codec=codec,
        picture="libvpx-vp9",
        start=1.5,
    )
    recording = decode(path)
    assert_bursts(recording, [burst + 1.5 for burst in BURSTS], tolerance=0.03)
    assert len(recording.description.gaps) == 1
    assert recording.description.gaps[0].start == 0
    assert recording.description.gaps[0].end == pytest.approx(1.5, abs=0.03)
    assert [notice.code for notice in recording.notices] == ["sound_starts_late"]
    assert "The sound only starts at 0:01" in recording.notices[0].text


@pytest.mark.parametrize(
    ("container", "codec", "picture", "options"),
    [
        ("mp4", "aac", "h264", {}),
        ("mp4", "aac", "h264", {"movflags": "empty_moov+default_base_moof", "frag_duration": "1000000"}),
        ("webm", "libopus", "libvpx-vp9", {}),
        ("webm", "libopus", "libvpx-vp9", {"live": "1"}),
    ],
)
@pytest.mark.parametrize("start", [0.0, 100.0])
def test_a_microphone_that_is_lost_while_the_picture_goes_on_is_said(
    tmp_path: Path, container: str, codec: str, picture: str, options: dict[str, str], start: float
) -> None:
    for sound_end, codes in ((6.0, []), (2.0, ["sound_ends_early"])):
        path = builders.write_sound(
            tmp_path / "a",
            builders.tone_bursts(6.0, [0.5]),
            48_000,
            container=container,
            codec=codec,
            picture=picture,
            options=options,
            stream=bool(options),
            hole=(sound_end, 10.0),
            start=start,
            picture_start=start,
        )
        recording = decode(path)
        assert recording.duration == pytest.approx(sound_end, abs=0.06)
        assert [notice.code for notice in recording.notices] == codes
        for notice in recording.notices:
            assert (notice.start, notice.end) == (recording.duration, pytest.approx(6.0, abs=0.2))
            assert "The sound ends at 0:02, but the picture goes on to 0:0" in notice.text


def test_a_recorder_that_was_already_running_starts_at_zero(tmp_path: Path) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS)
    recording = decode(builders.browser_webm(tmp_path / "a", samples, start=1000.0))
    assert recording.description.gaps == ()
    assert_bursts(recording, BURSTS)


def test_a_late_first_timestamp_is_not_a_loss(tmp_path: Path) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS)
    path = builders.write_sound(
        tmp_path / "a", samples, 48_000, container="webm", codec="libopus", start=30.0
    )
    recording = decode(path)
    assert recording.notices == ()
    assert_bursts(recording, BURSTS)


def test_browser_webm_has_no_duration_and_is_read_whole(tmp_path: Path) -> None:
    recording = decode(builders.browser_webm(tmp_path / "a", builders.tone_bursts(DURATION, BURSTS)))
    assert recording.description.media_duration is None
    assert recording.duration == pytest.approx(DURATION, abs=0.03)
    assert recording.notices == ()
    assert_bursts(recording, BURSTS)


def test_gap_in_a_browser_webm_becomes_silence(tmp_path: Path) -> None:
    samples = builders.tone_bursts(8.0, [0.5, 3.0, 6.0])
    recording = decode(builders.browser_webm(tmp_path / "a", samples, hole=(2.5, 2.0)))
    assert recording.duration == pytest.approx(8.0, abs=0.03)
    assert_bursts(recording, [0.5, 6.0])
    (gap,) = recording.description.gaps
    assert (gap.start, gap.end) == pytest.approx((2.5, 4.5), abs=0.03)
    assert not np.any(recording.samples[math.ceil(gap.start * 16_000) + 16 : int(gap.end * 16_000) - 16])
    (notice,) = recording.notices
    assert notice.code == "gap"
    assert (notice.start, notice.end) == (gap.start, gap.end)


def test_short_gap_is_listed_without_a_notice(tmp_path: Path) -> None:
    samples = builders.tone_bursts(4.0, [0.5, 3.0])
    recording = decode(builders.browser_webm(tmp_path / "a", samples, hole=(1.5, 0.2)))
    assert len(recording.description.gaps) == 1
    assert recording.notices == ()
    assert_bursts(recording, [0.5, 3.0])


def test_safari_fragments(tmp_path: Path) -> None:
    samples = builders.tone_bursts(6.0, [0.5, 3.0, 5.0])
    whole = decode(builders.safari_mp4(tmp_path / "whole", samples))
    assert whole.duration == pytest.approx(6.0, abs=0.05)
    assert whole.notices == ()
    priming = AAC_PRIMING / 48_000
    assert_bursts(whole, [0.5 + priming, 3.0 + priming, 5.0 + priming])
    holed = decode(builders.safari_mp4(tmp_path / "holed", samples, hole=(1.5, 1.0)))
    assert len(holed.description.gaps) == 1
    assert_bursts(holed, [0.5 + priming, 3.0 + priming, 5.0 + priming])


def test_jittering_timestamps_are_not_gaps(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    samples = builders.tone_bursts(DURATION, BURSTS)
    path = builders.write_sound(
        tmp_path / "a",
        samples,
        48_000,
        container="matroska",
        codec="libopus",
        change_stamp=lambda time: time + random.uniform(0, 0.015),
    )
    recording = decode(path)
    assert recording.description.gaps == ()
    assert_bursts(recording, BURSTS, tolerance=0.03)


@pytest.mark.parametrize("speed", [0.99, 1.005])
def test_a_clock_that_drifts_neither_moves_sound_nor_makes_gaps(tmp_path: Path, speed: float) -> None:
    samples = builders.tone_bursts(20.0, [1.0, 19.0])
    path = builders.write_sound(
        tmp_path / "a",
        samples,
        48_000,
        container="matroska",
        codec="libopus",
        change_stamp=lambda time: time * speed,
    )
    recording = decode(path)
    assert_bursts(recording, [1.0, 19.0])
    assert recording.description.gaps == ()
    assert recording.notices == ()


def test_micro_gaps_between_fragments_are_joined(tmp_path: Path) -> None:
    samples = builders.tone_bursts(20.0, [1.0, 19.0])
    for gap, notices in ((0.005, []), (0.1, ["small_gaps"])):
        path = builders.write_sound(
            tmp_path / "a",
            samples,
            48_000,
            container="mp4",
            codec="aac",
            options={"movflags": "empty_moov+default_base_moof+frag_keyframe", "frag_duration": "1000000"},
            stream=True,
            change_stamp=lambda time, gap=gap: time + int(time) * gap,
        )
        recording = decode(path)
        priming = AAC_PRIMING / 48_000
        assert_bursts(recording, [1.0 + priming, 19.0 + priming])
        assert recording.description.gaps == ()
        assert [notice.code for notice in recording.notices] == notices


def test_timestamps_that_run_slow_drop_nothing_and_are_reported(tmp_path: Path) -> None:
    samples = builders.tone_bursts(20.0, [1.0, 19.0])
    path = builders.write_sound(
        tmp_path / "a",
        samples,
        48_000,
        container="webm",
        codec="libopus",
        change_stamp=lambda time: time / 3,
    )
    recording = decode(path)
    assert recording.duration == pytest.approx(20.0, abs=0.03)
    assert_bursts(recording, [1.0, 19.0])
    assert [notice.code for notice in recording.notices] == ["times_not_used"]


def test_a_recorder_restarted_each_second_loses_nothing(tmp_path: Path) -> None:
    parts = [
        builders.browser_webm(tmp_path / "part", builders.tone_bursts(0.96, [0.3])).read_bytes()
        for _ in range(5)
    ]
    path = tmp_path / "joined"
    path.write_bytes(b"".join(parts))
    recording = decode(path)
    assert recording.duration == pytest.approx(5 * 0.96, abs=0.1)
    assert len(builders.burst_starts(recording.samples)) == 5
    assert [notice.code for notice in recording.notices] == ["times_not_used"]


def test_restarted_timestamps_are_joined(tmp_path: Path) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS)
    path = builders.write_sound(tmp_path / "one", samples, 48_000, container="ogg", codec="libopus")
    joined = tmp_path / "two"
    joined.write_bytes(path.read_bytes() * 2)
    recording = decode(joined)
    assert recording.duration == pytest.approx(2 * DURATION, abs=0.1)
    assert_bursts(recording, BURSTS + [burst + DURATION for burst in BURSTS], tolerance=0.03)


def test_rate_and_channels_that_change_midway(tmp_path: Path) -> None:
    parts = []
    for number, (rate, channels) in enumerate([(44_100, 1), (22_050, 2), (48_000, 1)]):
        samples = builders.tone_bursts(2.0, [0.5], rate=rate, channels=channels)
        path = tmp_path / str(number)
        parts.append(builders.write_sound(path, samples, rate, container="adts", codec="aac").read_bytes())
    joined = tmp_path / "joined"
    joined.write_bytes(b"".join(parts))
    recording = decode(joined)
    found = builders.burst_starts(recording.samples)
    assert len(found) == 3
    assert recording.duration == pytest.approx(6.2, abs=0.2)


def test_streamed_wav_header_states_no_duration(tmp_path: Path) -> None:
    samples = builders.tone_bursts(DURATION, BURSTS, rate=16_000)
    recording = decode(builders.endless_wav(tmp_path / "a", samples, 16_000))
    assert recording.duration == pytest.approx(DURATION)
    assert recording.description.media_duration is None
    assert recording.notices == ()


def test_values_that_are_not_finite(tmp_path: Path) -> None:
    samples = builders.tone_bursts(2.0, [0.5], rate=16_000)
    samples[100], samples[200], samples[300], samples[400] = np.nan, np.inf, -np.inf, 7.0
    recording = decode(builders.wav(tmp_path / "a", samples, 16_000, codec="pcm_f32le"))
    assert np.all(np.isfinite(recording.samples))
    assert np.max(np.abs(recording.samples)) <= 1.0
    assert recording.samples[400] == 1.0


def test_progress_is_reported_each_second(tmp_path: Path) -> None:
    told: list[Progress] = []
    samples = builders.tone_bursts(DURATION, BURSTS, rate=16_000)
    decode(builders.wav(tmp_path / "a", samples, 16_000), progress=told.append)
    assert [step.stage for step in told] == ["decode"] * len(told)
    done = [step.done for step in told]
    assert done == sorted(done)
    assert 5 <= len(done) <= 7
    assert done[-1] == told[-1].total == DURATION
