"""Decoding a recording while it is still being made."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.audio.decoding import decode
from analysis.audio.streaming import StreamingDecoder
from analysis.errors import MediaError
from analysis.report import Span
from tests.media_files import builders
from tests.tools.benchmarks.browser_recording import as_browser_sends_it

SAMPLES = Path(__file__).parents[3] / "samples" / "audio"


class Chunks:
    """A stream in which each chunk arrives only after the previous one has been read."""

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks = list(chunks)
        self._ready = b""
        self.given = 0

    def read(self, size: int, /) -> bytes:
        while not self._ready and self._chunks:
            self._ready = self._chunks.pop(0)
            self.given += 1
        given, self._ready = self._ready[:size], self._ready[size:]
        return given


def decode_stream(path: Path, chunks: list[bytes]) -> tuple[object, list[tuple[int, float]]]:
    """The recording, and pairs of chunks read and seconds decoded so far."""
    stream = Chunks(chunks)
    seen = []
    with StreamingDecoder(stream) as decoder:
        for so_far in decoder.decode():
            seen.append((stream.given, len(so_far.samples) / 16_000))
        return decoder.finish(path), seen


def assert_same(path: Path, chunks: list[bytes]) -> list[tuple[int, float]]:
    streamed, seen = decode_stream(path, chunks)
    whole = decode(path)
    assert np.array_equal(streamed.samples, whole.samples)  # type: ignore[attr-defined]
    for field in ("description", "notices", "container", "has_video"):
        assert getattr(streamed, field) == getattr(whole, field), field
    return seen


def cut(path: Path, size: int) -> list[bytes]:
    data = path.read_bytes()
    return [data[start : start + size] for start in range(0, len(data), size)]


def test_a_browsers_recording_is_decoded_as_it_arrives(tmp_path: Path) -> None:
    recording = as_browser_sends_it(SAMPLES / "too-short.flac", 12.0)
    path = tmp_path / "answer.webm"
    path.write_bytes(b"".join(recording.chunks))
    seen = assert_same(path, list(recording.chunks))
    assert len(seen) >= 10
    for chunks, seconds in seen:
        assert seconds >= recording.ends[chunks - 1] - 2.5, "it lags behind what has come"


SOUND = builders.tone_bursts(8.0, [1.0, 3.0, 5.0, 7.0])
BUILDERS: dict[str, Callable[[Path], Path]] = {
    "webm": lambda folder: builders.browser_webm(folder / "a.webm", SOUND),
    "webm with a hole": lambda folder: builders.browser_webm(folder / "a.webm", SOUND, hole=(3.5, 1.0)),
    "safari's mp4": lambda folder: builders.safari_mp4(folder / "a.mp4", SOUND),
    "wav": lambda folder: builders.wav(folder / "a.wav", SOUND, 48_000),
}


@pytest.mark.parametrize("size", [313, 4_096, 1 << 20])
@pytest.mark.parametrize("name", BUILDERS)
def test_streamed_and_whole_are_identical(tmp_path: Path, name: str, size: int) -> None:
    path = BUILDERS[name](tmp_path)
    assert_same(path, cut(path, size))


def test_truncation_is_reported_as_for_a_whole_file(tmp_path: Path) -> None:
    path = builders.browser_webm(tmp_path / "a.webm", SOUND)
    path.write_bytes(path.read_bytes()[:-700])
    assert_same(path, cut(path, 1_000))


def test_an_index_at_the_end_cannot_be_streamed(tmp_path: Path) -> None:
    path = builders.phone_m4a(tmp_path / "a.m4a", SOUND)
    with pytest.raises(MediaError):
        decode_stream(path, cut(path, 4_096))
    assert decode(path).duration > 1


def test_gaps_are_known_once_they_have_passed(tmp_path: Path) -> None:
    path = builders.browser_webm(tmp_path / "a.webm", SOUND, hole=(3.5, 1.0))
    seen: list[tuple[Span, ...]] = []
    with StreamingDecoder(Chunks(cut(path, 2_000))) as decoder:
        seen.extend(tuple(so_far.gaps) for so_far in decoder.decode())
        gaps = decoder.finish(path).description.gaps
    assert len(gaps) == 1 and seen[0] == () and seen[-1] == gaps


def test_too_long_a_stream_is_refused_while_it_is_decoded(tmp_path: Path) -> None:
    recording = as_browser_sends_it(SAMPLES / "too-short.flac", 12.0)
    stream = Chunks(list(recording.chunks))
    with StreamingDecoder(stream, maximum_duration=5.0) as decoder, pytest.raises(MediaError) as refused:
        list(decoder.decode())
    assert refused.value.code == "too_long"
    assert stream.given < 8


def test_several_sound_tracks_cannot_be_streamed(tmp_path: Path) -> None:
    track = builders.tone_bursts(2.0, [0.5], rate=16_000)
    path = builders.several_tracks(
        tmp_path / "a", [track, track], 16_000, container="matroska", codec="pcm_s16le"
    )
    with pytest.raises(MediaError):
        decode_stream(path, cut(path, 4000))
    assert decode(path).description.track == 1
