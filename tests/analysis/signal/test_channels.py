"""Two channels with a voice each are told from one voice on two channels."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import fftconvolve

from analysis import SAMPLE_RATE
from analysis.audio.channel_levels import LEVEL_FRAME, ChannelLevels
from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.errors import MediaError
from analysis.report import Channel
from analysis.signal.channels import contrast
from analysis.signal.sides import hears_both_sides, speech_in
from analysis.signal.sound_choice import SoundChoice, decode_chosen, with_both_sides
from tests.analysis.sounds import Samples, music, noise
from tests.media_files import builders

LENGTH = 12
"""Seconds."""


@pytest.fixture(scope="module")
def one(recording: Callable[[str], Recording]) -> Samples:
    return recording("good-answer").samples[: LENGTH * SAMPLE_RATE]


@pytest.fixture(scope="module")
def other(recording: Callable[[str], Recording]) -> Samples:
    return recording("fast").samples[: LENGTH * SAMPLE_RATE]


def only(sound: Samples, start: float, end: float) -> Samples:
    """The sound with silence around one stretch."""
    part = np.zeros_like(sound)
    inside = slice(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE))
    part[inside] = sound[inside]
    return part


def late(sound: Samples, seconds: float) -> Samples:
    samples = round(seconds * SAMPLE_RATE)
    return np.concatenate([np.zeros(samples, np.float32), sound[: len(sound) - samples]])


def in_a_room(sound: Samples, seed: int, reverberation: float = 0.4) -> Samples:
    """As one of two microphones hears it."""
    times = np.arange(round(reverberation * SAMPLE_RATE))
    tail = np.random.default_rng(seed).standard_normal(len(times)) * 10 ** (-3 * times / len(times))
    tail[0] = 3 * np.sqrt(np.sum(tail**2))
    heard = fftconvolve(sound, tail / np.sqrt(np.sum(tail**2)))[: len(sound)]
    return heard.astype(np.float32)


def levels(left: Samples, right: Samples) -> NDArray[np.float32]:
    collected = ChannelLevels(2, SAMPLE_RATE)
    collected.sound(np.stack([left, right]))
    return collected.levels()


def stereo(folder: Path, left: Samples, right: Samples) -> Path:
    return builders.wav(folder / "a.wav", np.stack([left, right]).astype(np.float32), SAMPLE_RATE)


def speech(sound: Samples, folder: Path) -> float:
    return sum(
        span.duration for span in speech_in(decode(builders.wav(folder / "b.wav", sound, SAMPLE_RATE)))
    )


@pytest.mark.parametrize(
    ("name", "second"),
    [
        ("the same", lambda voice: voice),
        ("lower", lambda voice: 0.1 * voice),
        ("much lower, in noise", lambda voice: 0.03 * voice + noise(LENGTH, -60.0)),
        ("in as much noise", lambda voice: voice + noise(LENGTH, -25.0)),
        ("opposite phase", lambda voice: -voice),
        ("10 ms late", lambda voice: late(voice, 0.01)),
        ("40 ms late and lower", lambda voice: 0.3 * late(voice, 0.04)),
        ("300 ms late", lambda voice: late(voice, 0.3)),
        ("another microphone", lambda voice: in_a_room(voice, 2)),
        ("limited", lambda voice: np.tanh(8 * voice) / 4),
        ("silent", lambda voice: 0 * voice),
        ("lost in the middle", lambda voice: voice - only(voice, 4, 7)),
        ("found in the middle", lambda voice: only(voice, 6, LENGTH)),
    ],
)
def test_one_voice_on_both_channels_changes_together(
    one: Samples, name: str, second: Callable[[Samples], Samples]
) -> None:
    for left, right in ((in_a_room(one, 1), second(one)), (second(one), in_a_room(one, 1))):
        assert contrast(levels(left, right.astype(np.float32))) is None, name


@pytest.mark.parametrize("decibels", [0.0, -10.0, -21.0, -40.0])
@pytest.mark.parametrize("leak", [0.0, 0.05, 0.2])
def test_sides_of_a_call_that_take_turns(one: Samples, other: Samples, decibels: float, leak: float) -> None:
    question, answer = only(one, 0, 4), only(other, 4, LENGTH)
    factor = 10 ** (decibels / 20)
    found = contrast(levels(question + leak * answer, factor * (answer + leak * question)))
    assert found is not None
    answer_starts = round(4 / LEVEL_FRAME)
    assert not found.left[answer_starts + 10 :].any()
    assert not found.right[: answer_starts - 10].any()
    assert found.right_level == pytest.approx(found.left_level + decibels, abs=4.0)


def test_sides_of_a_call_that_speak_at_once(one: Samples, other: Samples) -> None:
    assert contrast(levels(one, other)) is not None
    assert contrast(levels(one, 0.05 * other)) is not None


@pytest.mark.parametrize("decibels", [0.0, -21.0, -35.0])
def test_both_sides_are_heard_at_the_same_level(
    tmp_path: Path, one: Samples, other: Samples, decibels: float
) -> None:
    question, answer = only(one, 0, 4), only(other, 4, LENGTH)
    path = stereo(tmp_path, question, 10 ** (decibels / 20) * answer)
    recording = decode_chosen(path)
    left, right = recording.description.sides
    assert recording.description.channel == "both"
    assert (left.channel, right.channel) == ("left", "right")
    assert [notice.code for notice in recording.notices] == ["two_sides"]
    halves = np.split(recording.samples, [4 * SAMPLE_RATE])
    loud = [np.percentile(np.abs(half), 99) for half in halves]
    assert loud[1] == pytest.approx(loud[0], rel=0.6)
    assert np.max(np.abs(recording.samples)) <= 1.0
    assert left.speech == pytest.approx(speech(question, tmp_path), abs=0.3)
    assert right.speech == pytest.approx(speech(answer, tmp_path), abs=0.3)


@pytest.mark.parametrize(("channel", "index"), [("left", 0), ("right", 1)])
def test_a_chosen_side_sounds_as_it_does_alone(
    tmp_path: Path, one: Samples, other: Samples, channel: Channel, index: int
) -> None:
    sides = only(one, 0, 4), 0.1 * only(other, 3, LENGTH)
    recording = decode_chosen(stereo(tmp_path, *sides), SoundChoice(channel=channel))
    alone = decode(builders.wav(tmp_path / "b.wav", sides[index], SAMPLE_RATE))
    assert np.array_equal(recording.samples, alone.samples)
    assert recording.description.channel == channel
    assert len(recording.description.sides) == 2
    assert f"The {channel} side was measured, as you chose." in recording.notices[0].text


@pytest.mark.parametrize(("leak", "heard"), [(0.0, False), (0.001, False), (0.2, True)])
def test_a_side_on_which_the_other_voice_leaks_says_so(
    tmp_path: Path, one: Samples, other: Samples, leak: float, heard: bool
) -> None:
    question, answer = only(one, 0, 5) + noise(LENGTH, -65.0), only(other, 5, LENGTH) + noise(LENGTH, -65.0)
    path = stereo(tmp_path, question + leak * answer, 0.1 * (answer + leak * question))
    recording = decode_chosen(path, SoundChoice(channel="right"))
    left, right = recording.description.sides
    assert hears_both_sides(recording.description) is heard
    assert (right.leak >= 1.0) is heard
    assert left.speech == pytest.approx(speech(question, tmp_path), abs=0.5)
    assert right.speech == pytest.approx(speech(answer, tmp_path), abs=0.5)
    assert ("The other voice is heard there too." in recording.notices[0].text) is heard


@pytest.mark.parametrize("decibels", [0.0, -20.0])
def test_a_side_that_speaks_at_the_same_time_is_no_leak(
    tmp_path: Path, one: Samples, other: Samples, decibels: float
) -> None:
    path = stereo(tmp_path, one, 10 ** (decibels / 20) * other)
    left, right = decode_chosen(path).description.sides
    assert (left.leak, right.leak) == (0.0, 0.0)
    assert right.speech == pytest.approx(speech(other, tmp_path), abs=0.5)


def test_a_greeting_on_the_other_side_is_heard(tmp_path: Path, one: Samples, other: Samples) -> None:
    path = stereo(tmp_path, 0.05 * only(other, 0, 2), only(one, 2.5, LENGTH))
    assert decode_chosen(path).description.channel == "both"


def test_a_side_that_joins_late_is_heard(tmp_path: Path, one: Samples, other: Samples) -> None:
    minutes = 2
    left = np.concatenate([*[one] * (5 * minutes), 0 * other])
    right = np.concatenate([*[0 * one] * (5 * minutes), 0.1 * other])
    recording = decode_chosen(stereo(tmp_path, left, right))
    assert recording.description.channel == "both"
    heard = np.abs(recording.samples[-LENGTH * SAMPLE_RATE :])
    assert np.percentile(heard, 99) > 0.5 * np.percentile(np.abs(other), 99)


@pytest.mark.parametrize(
    "sound", [noise(LENGTH, -60.0), noise(LENGTH, -25.0), noise(LENGTH, -30.0, brown=True), music(LENGTH)]
)
def test_a_side_without_a_voice_is_left_out(tmp_path: Path, one: Samples, sound: Samples) -> None:
    path = stereo(tmp_path, one, sound)
    recording, plain = decode_chosen(path), decode(path)
    assert (recording.notices, recording.description) == ((), plain.description)
    assert np.max(np.abs(recording.samples - one)) < 1e-3


def test_a_channel_of_one_voice_can_be_chosen(tmp_path: Path, one: Samples) -> None:
    path = stereo(tmp_path, one, 0.5 * one)
    recording = decode_chosen(path, SoundChoice(channel="right"))
    assert np.max(np.abs(recording.samples)) == pytest.approx(0.5 * np.max(np.abs(one)), rel=0.01)
    assert (recording.description.channel, recording.description.sides) == ("right", ())
    assert [notice.code for notice in recording.notices] == ["one_side"]


def test_one_channel_has_no_sides(tmp_path: Path, one: Samples) -> None:
    path = builders.wav(tmp_path / "a.wav", one, SAMPLE_RATE)
    with pytest.raises(MediaError) as error:
        decode_chosen(path, SoundChoice(channel="left"))
    assert error.value.code == "no_such_channel"
    assert decode_chosen(path, SoundChoice(channel="both")).notices == ()


def test_a_live_recording_of_one_voice_is_kept_as_it_was_decoded(
    tmp_path: Path, one: Samples, other: Samples
) -> None:
    path = stereo(tmp_path, one, one)
    recording = decode(path)
    assert with_both_sides(recording, path) is recording
    call = stereo(tmp_path, only(one, 0, 4), only(other, 4, LENGTH))
    assert with_both_sides(decode(call), call).description == decode_chosen(call).description


def test_a_gap_keeps_levels_and_sound_on_one_clock() -> None:
    collected = ChannelLevels(2, SAMPLE_RATE)
    collected.sound(np.full((2, 1000), 0.1, np.float32))
    collected.silence(3000)
    collected.sound(np.full((2, 2400), 0.1, np.float32))
    found = collected.levels()
    assert len(found) == 6400 // 320
    assert np.flatnonzero(found[:, 0] > -30).tolist() == [0, 1, 2, 3, *range(12, 20)]
