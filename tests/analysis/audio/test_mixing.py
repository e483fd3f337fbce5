"""Channels are mixed to mono without losing the voice."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from analysis.audio.decoding import decode
from analysis.audio.mixing import MonoMixer
from tests.media_files import builders

TONE = builders.tone_bursts(2.0, [0.5], rate=16_000)


def level(path: Path) -> float:
    return float(np.max(np.abs(decode(path).samples)))


@pytest.mark.parametrize(
    ("name", "channels"),
    [
        ("same", [TONE, TONE]),
        ("opposite phase", [TONE, -TONE]),
        ("right silent", [TONE, 0 * TONE]),
        ("left silent", [0 * TONE, TONE]),
        ("right nearly silent", [TONE, np.full_like(TONE, 0.001)]),
        ("surround, centre only", [0 * TONE, 0 * TONE, TONE, 0 * TONE, 0 * TONE, 0 * TONE]),
    ],
)
def test_the_voice_keeps_its_level(tmp_path: Path, name: str, channels: list[builders.Samples]) -> None:
    path = builders.wav(tmp_path / "a", np.stack(channels), 16_000)
    assert level(path) == pytest.approx(0.5, abs=0.03), name


@pytest.mark.parametrize("channels", [7, 8, 9, 16])
def test_a_voice_on_one_of_many_channels(tmp_path: Path, channels: int) -> None:
    """From 8 channels on, FFmpeg's list of planes has no end that could be looked for."""
    sound = np.zeros((channels, len(TONE)), dtype=np.float32)
    sound[-1] = TONE
    path = tmp_path / "a.wav"
    soundfile.write(path, sound.T, 16_000)
    recording = decode(path)
    assert recording.description.channels == channels
    assert builders.burst_starts(recording.samples) == pytest.approx([0.5], abs=0.01)
    assert level(path) == pytest.approx(0.5, abs=0.03)


def test_two_people_on_two_channels_are_both_heard(tmp_path: Path) -> None:
    left = builders.tone_bursts(4.0, [0.5], rate=16_000)
    right = builders.tone_bursts(4.0, [2.5], rate=16_000)
    recording = decode(builders.wav(tmp_path / "a", np.stack([left, right]), 16_000))
    assert builders.burst_starts(recording.samples) == pytest.approx([0.5, 2.5], abs=0.01)


def test_a_change_of_weights_causes_no_click() -> None:
    mixer = MonoMixer(2)
    quiet = np.full((2, 16_000), 0.2, dtype=np.float32)
    loud = np.stack([np.full(16_000, 0.9), np.full(16_000, -0.9)]).astype(np.float32)
    first, second = mixer.mix(quiet), mixer.mix(loud)
    assert np.max(np.abs(np.diff(np.concatenate([first, second])))) < 0.3
    assert second[-1] == pytest.approx(0.9)
