"""The sound track with the most speech is measured, or the one that the person chose."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.errors import MediaError
from analysis.signal.sound_choice import SoundChoice, decode_chosen
from tests.analysis.sounds import Samples, music, noise, silence
from tests.media_files import builders

LENGTH = 8
"""Seconds."""


@pytest.fixture(scope="module")
def voices(recording: Callable[[str], Recording]) -> tuple[Samples, Samples]:
    """An interviewer who speaks for 3 s, and an applicant who speaks all the time."""
    interviewer = recording("good-answer").samples[: LENGTH * SAMPLE_RATE].copy()
    interviewer[3 * SAMPLE_RATE :] = 0.0
    return interviewer, recording("fast").samples[: LENGTH * SAMPLE_RATE].copy()


def test_a_file_with_one_track_is_decoded_without_a_notice(
    tmp_path: Path, voices: tuple[Samples, Samples]
) -> None:
    path = builders.wav(tmp_path / "a.wav", voices[0], SAMPLE_RATE)
    chosen, plain = decode_chosen(path), decode(path)
    assert np.array_equal(chosen.samples, plain.samples)
    assert (chosen.description.tracks, chosen.description.track, chosen.notices) == ((), 1, ())


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("mov", "pcm_s16le"), ("matroska", "flac")])
def test_the_track_with_the_most_speech_is_measured(
    tmp_path: Path, voices: tuple[Samples, Samples], container: str, codec: str
) -> None:
    path = builders.several_tracks(
        tmp_path / "a", voices, SAMPLE_RATE, container=container, codec=codec, languages=["eng", "fra"]
    )
    recording = decode_chosen(path)
    first, second = recording.description.tracks
    assert recording.description.track == second.number == 2
    assert (first.language, second.language) == ("eng", "fra")
    assert first.speech is not None and second.speech is not None
    assert 1.0 < first.speech <= 3.1 < second.speech
    (notice,) = recording.notices
    assert notice.code == "several_tracks"
    assert "2 sound tracks. Track 2 was measured" in notice.text


@pytest.mark.parametrize("first", [silence(LENGTH), noise(LENGTH, -30.0), music(LENGTH)])
def test_a_track_without_speech_in_front_is_passed_over(
    tmp_path: Path, voices: tuple[Samples, Samples], first: Samples
) -> None:
    path = builders.several_tracks(
        tmp_path / "a", [first, voices[1]], SAMPLE_RATE, container="mp4", codec="aac"
    )
    assert decode_chosen(path).description.track == 2


@pytest.mark.parametrize("level", [0.0, -20.0, -40.0])
def test_a_louder_track_is_not_preferred(
    tmp_path: Path, voices: tuple[Samples, Samples], level: float
) -> None:
    quiet = (voices[1] * 10 ** (level / 20)).astype(np.float32)
    path = builders.several_tracks(
        tmp_path / "a", [voices[0], quiet], SAMPLE_RATE, container="matroska", codec="pcm_s16le"
    )
    assert decode_chosen(path).description.track == 2


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_chosen_track_sounds_as_it_does_alone(
    tmp_path: Path, voices: tuple[Samples, Samples], number: int
) -> None:
    tracks = [*voices, noise(LENGTH, -20.0)]
    path = builders.several_tracks(
        tmp_path / "a", tracks, SAMPLE_RATE, container="mov", codec="pcm_s16le", picture="mpeg4"
    )
    alone = builders.write_sound(
        tmp_path / "b", tracks[number - 1], SAMPLE_RATE, container="mov", codec="pcm_s16le", picture="mpeg4"
    )
    recording = decode_chosen(path, SoundChoice(track=number))
    assert np.array_equal(recording.samples, decode(alone).samples)
    assert recording.description.track == number
    assert len(recording.description.tracks) == 3
    assert "as you chose" in recording.notices[0].text


@pytest.mark.parametrize("unknown", [1, 2])
def test_a_track_without_a_decoder_is_left_out(
    tmp_path: Path, voices: tuple[Samples, Samples], unknown: int
) -> None:
    path = builders.several_tracks(tmp_path / "a", voices, SAMPLE_RATE, container="mov", codec="pcm_s16le")
    builders.without_decoder(path, unknown)
    recording = decode_chosen(path)
    assert recording.description.track == 3 - unknown
    assert recording.description.tracks[unknown - 1].speech is None
    several, left_out = recording.notices
    assert (several.code, left_out.code) == ("several_tracks", "unreadable_track")
    assert f"Track {unknown} cannot be read" in left_out.text
    with pytest.raises(MediaError) as error:
        decode_chosen(path, SoundChoice(track=unknown))
    assert error.value.code == "unreadable_track"


def test_a_file_is_refused_only_if_no_track_can_be_decoded(
    tmp_path: Path, voices: tuple[Samples, Samples]
) -> None:
    path = builders.several_tracks(tmp_path / "a", voices, SAMPLE_RATE, container="mov", codec="pcm_s16le")
    builders.without_decoder(builders.without_decoder(path, 1), 2)
    with pytest.raises(MediaError) as error:
        decode_chosen(path)
    assert error.value.code == "unknown_codec"


@pytest.mark.parametrize(("tracks", "number"), [(1, 2), (2, 3)])
def test_a_track_that_is_not_there_cannot_be_chosen(
    tmp_path: Path, voices: tuple[Samples, Samples], tracks: int, number: int
) -> None:
    path = builders.several_tracks(tmp_path / "a", voices[:tracks], SAMPLE_RATE, container="mp4", codec="aac")
    with pytest.raises(MediaError) as error:
        decode_chosen(path, SoundChoice(track=number))
    assert error.value.code == "no_such_track"
