"""Decoding in a confined process gives the same as decoding here, bit by bit."""

import io
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.audio.confined_decoder import TASK_MODULE, ConfinedDecoder
from analysis.audio.containers import ReadableStream
from analysis.audio.decoding import decode
from analysis.audio.media_decoder import IN_THIS_PROCESS, MediaDecoder
from analysis.audio.recording import Recording
from analysis.confinement.process import ConfinedProcess, ReadyProcesses
from analysis.errors import MediaError
from analysis.progress import Progress, ignore_progress
from analysis.signal.sound_choice import decode_chosen, with_both_sides
from tests.media_files import builders
from tests.tools.fuzz_media import base_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files are passed on over Unix sockets")

SAMPLES = Path(__file__).parents[3] / "samples" / "audio"


@pytest.fixture(scope="module")
def ready() -> Iterator[ReadyProcesses]:
    ready = ReadyProcesses([TASK_MODULE])
    yield ready
    ready.close()


@pytest.fixture(scope="module")
def decoder(ready: ReadyProcesses) -> Iterator[ConfinedDecoder]:
    with ConfinedDecoder(ready) as decoder:
        yield decoder


def assert_equal(first: Recording, second: Recording) -> None:
    np.testing.assert_array_equal(first.samples, second.samples)
    assert first.description == second.description
    assert (first.container, first.has_video, first.notices, first.gains) == (
        *(second.container, second.has_video, second.notices, second.gains),
    )
    if first.channel_levels is None or second.channel_levels is None:
        assert first.channel_levels is second.channel_levels
    else:
        np.testing.assert_array_equal(first.channel_levels, second.channel_levels)


def whole(decoder: MediaDecoder, path: Path) -> Recording:
    return decoder.decode(path, track=None, gains=None, maximum_duration=60.0, progress=ignore_progress)


def streamed(decoder: MediaDecoder, path: Path) -> tuple[list[int], Recording]:
    stream: ReadableStream = io.BytesIO(path.read_bytes())
    with decoder.stream(stream, maximum_duration=60.0) as decoding:
        lengths = [len(sound.samples) for sound in decoding.decode()]
        return lengths, decoding.finish(path)


def some_files(folder: Path) -> dict[str, Path]:
    """What browsers record, in two containers, and a file with a side on each channel."""
    speech = decode(SAMPLES / "good-answer.flac").samples[: 4 * 16_000]
    sides = np.stack([speech, np.roll(speech, 32_000)])
    return {
        "webm": builders.browser_webm(folder / "recorder", np.repeat(speech, 3)),
        "wav": builders.write_sound(folder / "wav", sides, 16_000, container="wav", codec="pcm_s16le"),
    }


@pytest.mark.parametrize("make", [some_files, pytest.param(base_files, marks=pytest.mark.long)])
def test_whole_damaged_and_joined_files_are_decoded_as_here(
    decoder: ConfinedDecoder, tmp_path: Path, make: Callable[[Path], dict[str, Path]]
) -> None:
    for name, path in make(tmp_path).items():
        content = path.read_bytes()
        damaged = path.with_name(f"damaged-{path.name}")
        middle = len(content) // 2
        damaged.write_bytes(content[:middle] + bytes(200) + content[middle + 200 : -100])
        joined = path.with_name(f"joined-{path.name}")
        joined.write_bytes(content + content)
        for file in (path, damaged, joined):
            try:
                expected = whole(IN_THIS_PROCESS, file)
            except MediaError as error:
                with pytest.raises(MediaError) as raised:
                    whole(decoder, file)
                assert (raised.value.code, raised.value.text) == (error.code, error.text), name
            else:
                assert_equal(whole(decoder, file), expected)
                assert decoder.sound_tracks(file, None) == IN_THIS_PROCESS.sound_tracks(file, None)


@pytest.mark.parametrize("make", [some_files, pytest.param(base_files, marks=pytest.mark.long)])
def test_a_stream_arrives_in_the_same_steps(
    decoder: ConfinedDecoder, tmp_path: Path, make: Callable[[Path], dict[str, Path]]
) -> None:
    streamable = ("webm", "film.webm", "ogg", "wav")
    for path in (path for name, path in make(tmp_path).items() if name in streamable):
        lengths, recording = streamed(decoder, path)
        expected_lengths, expected = streamed(IN_THIS_PROCESS, path)
        assert lengths == expected_lengths
        assert len(lengths) > 2
        assert_equal(recording, expected)


@pytest.mark.long
def test_the_sides_of_a_call_are_found_as_here(decoder: ConfinedDecoder, tmp_path: Path) -> None:
    path = some_files(tmp_path)["wav"]
    assert_equal(decode_chosen(path, decoder=decoder), decode_chosen(path))
    _, mixed = streamed(decoder, path)
    assert_equal(with_both_sides(mixed, path, decoder=decoder), with_both_sides(mixed, path))


def test_refusals_keep_their_code_and_words(decoder: ConfinedDecoder, tmp_path: Path) -> None:
    empty, text = tmp_path / "empty", tmp_path / "text.wav"
    empty.touch()
    text.write_text("no recording " * 100)
    for path, options in (
        (empty, {}),
        (text, {}),
        (tmp_path, {}),
        (SAMPLES / "too-long.flac", {"maximum_duration": 20.0}),
    ):
        with pytest.raises(MediaError) as here:
            decode_chosen(path, **options)
        with pytest.raises(MediaError) as confined:
            decode_chosen(path, decoder=decoder, **options)
        assert (confined.value.code, confined.value.text) == (here.value.code, here.value.text)
    with pytest.raises(FileNotFoundError):
        decode_chosen(tmp_path / "missing", decoder=decoder)


def test_progress_is_the_same(decoder: ConfinedDecoder) -> None:
    path = SAMPLES / "too-short.flac"
    here: list[Progress] = []
    confined: list[Progress] = []
    decode_chosen(path, progress=here.append)
    decode_chosen(path, progress=confined.append, decoder=decoder)
    assert confined == here


def test_a_kill_is_one_error_and_the_next_call_works(
    ready: ReadyProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = SAMPLES / "too-short.flac"
    taken: list[ConfinedProcess] = []
    take = ready.take
    monkeypatch.setattr(ready, "take", lambda: taken.append(take()) or taken[-1])

    def kill(_: Progress) -> None:
        os.kill(taken[-1].pid, signal.SIGKILL)

    with ConfinedDecoder(ready) as decoder:
        with pytest.raises(MediaError) as raised:
            decode_chosen(path, progress=kill, decoder=decoder)
        assert raised.value.code == "decoder_crashed"
        assert decode_chosen(path, decoder=decoder).duration > 1.0
    assert len(taken) == 2


def test_an_error_of_the_listener_ends_the_task(decoder: ConfinedDecoder) -> None:
    path = SAMPLES / "too-short.flac"

    def stop(_: Any) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        decode_chosen(path, progress=stop, decoder=decoder)
    assert decode_chosen(path, decoder=decoder).duration > 1.0
