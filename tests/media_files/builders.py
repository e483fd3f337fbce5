"""Makes media files as recorders, phones and browsers write them, with known content.

Sound is tone bursts at known times, so that a test can say where something ended up. Samples are
float32 within [-1, 1], shape (n,) or (channels, n).
"""

import io
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Hole = tuple[float, float]
"""Start and length in seconds."""

BURST_LENGTH = 0.2
"""Seconds."""

FRAME_SAMPLES = 960
"""Samples a frame handed to an encoder: 20 ms at 48 kHz, as browsers do."""


class _Stream:
    """A place to write that cannot go back, as a recorder's: no header is filled in at the end."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.write = self._file.write
        self.close = self._file.close


def tone_bursts(
    duration: float, starts: Iterable[float] = (), *, rate: int = 48_000, channels: int = 1
) -> Samples:
    """Silence with a tone of 1 kHz and 0.2 s at each of `starts` (seconds)."""
    mono = np.zeros(round(duration * rate), dtype=np.float32)
    times = np.arange(round(BURST_LENGTH * rate)) / rate
    burst = (0.5 * np.sin(2 * np.pi * 1000 * times)).astype(np.float32)
    for start in starts:
        first = round(start * rate)
        mono[first : first + len(burst)] = burst[: len(mono) - first]
    return mono if channels == 1 else np.repeat(mono[None], channels, axis=0)


def burst_starts(samples: Samples, rate: int = 16_000, *, quiet: float = 0.1) -> list[float]:
    """Seconds at which sound starts after at least 50 ms below `quiet`."""
    loud = np.flatnonzero(np.abs(samples) > quiet)
    if len(loud) == 0:
        return []
    firsts = loud[np.flatnonzero(np.diff(loud, prepend=-rate) > 0.05 * rate)]
    return [float(first / rate) for first in firsts]


def write_sound(
    path: Path,
    samples: Samples,
    rate: int,
    *,
    container: str,
    codec: str,
    hole: Hole | None = None,
    start: float = 0.0,
    options: dict[str, str] | None = None,
    stream: bool = False,
    bit_rate: int | None = None,
    change_stamp: Callable[[float], float] | None = None,
    picture: str | None = None,
    picture_start: float = 0.0,
    encoder_options: dict[str, str] | None = None,
) -> Path:
    """Encode samples into a file.

    Args:
        hole: packets that start inside it are left out; the ones after keep their stamps.
        start: seconds added to every stamp of the sound.
        options: of FFmpeg's muxer.
        stream: write without going back, as a recorder that streams.
        change_stamp: from a packet's time in seconds to the one that is written.
        picture: `h264`, `mpeg4` or `libvpx-vp9`: a small moving picture beside the sound.
        picture_start: seconds added to every stamp of the picture.
        encoder_options: of the sound's encoder.
    """
    target = _Stream(path) if stream else str(path)
    with av.open(target, "w", format=container, options=options or {}) as output:
        # FFmpeg's own Vorbis encoder calls itself experimental.
        sound: Any = output.add_stream(
            codec, rate=rate, options={"strict": "experimental", **(encoder_options or {})}
        )
        sound.layout = _layout(samples)
        if bit_rate:
            sound.bit_rate = bit_rate
        pictures = _Pictures(output, picture, samples.shape[-1] / rate, picture_start) if picture else None
        for packet in _encode(sound, samples, rate):
            if packet.pts is None:
                continue
            time = float(packet.pts * packet.time_base)
            if hole is not None and hole[0] <= time < hole[0] + hole[1]:
                continue
            moved = (change_stamp(time) if change_stamp else time) + start
            shift = round((moved - time) / packet.time_base)
            packet.pts += shift
            packet.dts += shift
            if pictures:
                pictures.write_until(time)
            output.mux(packet)
        if pictures:
            pictures.write_until(samples.shape[-1] / rate)
    if isinstance(target, _Stream):
        target.close()
    return path


def several_tracks(
    path: Path,
    tracks: Sequence[Samples],
    rate: int,
    *,
    container: str,
    codec: str,
    languages: Sequence[str] = (),
    picture: str | None = None,
) -> Path:
    """A file with a sound track for each of `tracks`, all starting at time 0.

    Args:
        languages: ISO 639-2 code of each track.
        picture: as for `write_sound`.
    """
    with av.open(str(path), "w", format=container) as output:
        streams = []
        for samples in tracks:
            stream: Any = output.add_stream(codec, rate=rate)
            stream.layout = _layout(samples)
            streams.append(stream)
        for stream, language in zip(streams, languages, strict=False):
            stream.metadata["language"] = language
        length = max(samples.shape[-1] for samples in tracks) / rate
        pictures = _Pictures(output, picture, length) if picture else None
        packets = [
            packet
            for stream, samples in zip(streams, tracks, strict=True)
            for packet in _encode(stream, samples, rate)
            if packet.dts is not None
        ]
        for packet in sorted(packets, key=lambda packet: packet.dts * packet.time_base):
            if pictures:
                pictures.write_until(float(packet.dts * packet.time_base))
            output.mux(packet)
        if pictures:
            pictures.write_until(length)
    return path


def without_decoder(path: Path, track: int) -> Path:
    """Marks a sound track of a MOV with PCM, counted from 1, as one of a codec that nobody knows."""
    content = path.read_bytes()
    place = -1
    for _ in range(track):
        place = content.index(b"stsd", place + 1)
    name = place + 16  # version, count and size of the entry come first
    path.write_bytes(content[:name] + b"xxxx" + content[name + 4 :])
    return path


def write_picture(path: Path, *, duration: float = 1.0) -> Path:
    """A film without sound."""
    with av.open(str(path), "w", format="mp4") as output:
        _Pictures(output, "mpeg4", duration).write_until(duration)
    return path


def wav(path: Path, samples: Samples, rate: int, *, codec: str = "pcm_s16le") -> Path:
    """A WAV file."""
    return write_sound(path, samples, rate, container="wav", codec=codec)


def browser_webm(
    path: Path, samples: Samples, rate: int = 48_000, hole: Hole | None = None, *, start: float = 0.0
) -> Path:
    """What Chrome's and Firefox's recorder write: Opus in WebM, no duration, no cues, unknown sizes."""
    return write_sound(
        path,
        samples,
        rate,
        container="webm",
        codec="libopus",
        hole=hole,
        start=start,
        options={"live": "1"},
        stream=True,
    )


def safari_mp4(path: Path, samples: Samples, rate: int = 48_000, hole: Hole | None = None) -> Path:
    """What Safari's recorder writes: AAC in fragments of a second, no duration, no edit list."""
    return write_sound(
        path,
        samples,
        rate,
        container="mp4",
        codec="aac",
        hole=hole,
        options={"movflags": "empty_moov+default_base_moof+frag_keyframe", "frag_duration": "1000000"},
        stream=True,
    )


def phone_m4a(path: Path, samples: Samples, rate: int = 44_100) -> Path:
    """What a phone's voice recorder writes: AAC, the index at the end."""
    return write_sound(path, samples, rate, container="ipod", codec="aac")


def jumping_webm(path: Path, jump: float = 20 * 3600.0, *, with_header: bool = False) -> Path:
    """A few seconds of sound whose stamps jump ahead by `jump` seconds in the middle.

    Args:
        with_header: the header gives the duration, jump included.
    """
    samples = tone_bursts(4.0, [1.0, 3.0])
    return write_sound(
        path,
        samples,
        48_000,
        container="webm",
        codec="libopus",
        options={} if with_header else {"live": "1"},
        stream=not with_header,
        bit_rate=24_000,
        change_stamp=lambda time: time if time < 2 else time + jump,
    )


def silent_flac(path: Path, hours: float) -> Path:
    """Hours of silence in a few hundred kilobytes: one compressed second, again and again."""
    rate = 8000
    with av.open(str(path), "w", format="flac") as output:
        sound: Any = output.add_stream("flac", rate=rate)
        sound.layout = "mono"
        silence = np.zeros((1, rate * 60), dtype=np.int16)
        for _ in range(round(hours * 60)):
            frame = av.AudioFrame.from_ndarray(silence, format="s16", layout="mono")
            frame.sample_rate = rate
            output.mux(sound.encode(frame))
        output.mux(sound.encode(None))
    return path


def cut(source: Path, target: Path, share: float) -> Path:
    """The first `share` (0 to 1) of a file's bytes."""
    content = source.read_bytes()
    target.write_bytes(content[: int(len(content) * share)])
    return target


def endless_wav(path: Path, samples: Samples, rate: int) -> Path:
    """A WAV file whose header says 'until 4 GB', as programs write that stream to a pipe."""
    content = bytearray(wav(path, samples, rate).read_bytes())
    place = content.index(b"data") + 4
    content[place : place + 4] = struct.pack("<I", 0xFFFFFFFF)
    content[4:8] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(content)
    return path


def png(path: Path) -> Path:
    """A small PNG picture."""
    return _image(path, "png", "rgb24")


def jpeg(path: Path) -> Path:
    """A small JPEG picture."""
    return _image(path, "mjpeg", "yuvj420p")


def _image(path: Path, codec: str, pixels: str) -> Path:
    with av.open(str(path), "w", format="image2") as output:
        stream: Any = output.add_stream(codec, rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 64, pixels
        output.mux(stream.encode(av.VideoFrame(64, 64, pixels)))
        output.mux(stream.encode(None))
    return path


def _layout(samples: Samples) -> str:
    if samples.ndim == 1:
        return "mono"
    return {1: "mono", 2: "stereo", 6: "5.1"}[samples.shape[0]]


def _encode(sound: Any, samples: Samples, rate: int) -> Iterator[Any]:
    channels = np.atleast_2d(samples).astype(np.float32)
    codec = sound.codec_context
    length = codec.frame_size or FRAME_SAMPLES
    resampler = av.AudioResampler(format=codec.format.name, layout=_layout(samples), rate=rate)
    for first in range(0, channels.shape[1], length):
        part = np.ascontiguousarray(channels[:, first : first + length])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=_layout(samples))
        frame.sample_rate = rate
        frame.time_base = Fraction(1, rate)
        frame.pts = first
        for converted in resampler.resample(frame):
            yield from sound.encode(converted)
    yield from sound.encode(None)


class _Pictures:
    """A small picture ten times a second."""

    RATE = 10

    def __init__(self, output: Any, codec: str, duration: float, start: float = 0.0) -> None:
        self._output = output
        self._start = round(start * self.RATE)
        self._count = 0
        self._made_by_hand = codec == "h264"
        if self._made_by_hand:
            # Written by hand: an encoder for it comes only under a licence that this project avoids.
            with av.open(io.BytesIO(h264_parameters() + h264_picture(0)), format="h264") as first:
                self._stream = output.add_stream_from_template(first.streams.video[0], opaque=True)
        else:
            self._stream = output.add_stream(codec, rate=self.RATE)
            self._stream.width = self._stream.height = 64
            self._stream.pix_fmt = "yuv420p"
            if codec == "libvpx-vp9":
                self._stream.options = {"cpu-used": "8", "deadline": "realtime", "lag-in-frames": "0"}
        self._total = round(duration * self.RATE)

    def write_until(self, time: float) -> None:
        """Write the pictures due before `time`; all and the encoder's rest at the end."""
        while self._count < min(self._total, time * self.RATE):
            self._write(self._count)
            self._count += 1
        if self._count == self._total and not self._made_by_hand:
            self._count += 1
            self._output.mux(self._stream.encode(None))

    def _write(self, number: int) -> None:
        if self._made_by_hand:
            packet = av.Packet(h264_picture(number))
            packet.stream = self._stream
            packet.time_base = Fraction(1, self.RATE)
            packet.pts = packet.dts = number + self._start
            packet.duration = 1
            packet.is_keyframe = True
            self._output.mux(packet)
            return
        frame = av.VideoFrame(64, 64, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([100 + number % 50]) * plane.buffer_size)
        frame.pts = number + self._start
        frame.time_base = Fraction(1, self.RATE)
        self._output.mux(self._stream.encode(frame))


class _Bits:
    """Writes H.264's bit strings."""

    def __init__(self) -> None:
        self._bits = ""

    def fixed(self, value: int, length: int) -> None:
        """An unsigned number of `length` bits."""
        self._bits += f"{value:0{length}b}"

    def golomb(self, *values: int) -> None:
        """Unsigned Exp-Golomb numbers."""
        for value in values:
            digits = f"{value + 1:b}"
            self._bits += "0" * (len(digits) - 1) + digits

    def aligned(self) -> bytes:
        """The bytes, with zeros up to the end of the last."""
        bits = self._bits + "0" * (-len(self._bits) % 8)
        return int(bits, 2).to_bytes(len(bits) // 8)

    def finish(self) -> bytes:
        """The bytes, with the stop bit."""
        self._bits += "1"
        return self.aligned()


START_CODE = b"\0\0\0\1"


def h264_parameters() -> bytes:
    """Sequence and picture parameters of a 16 x 16 baseline stream."""
    sequence = _Bits()
    sequence.golomb(0, 0, 2, 0)
    sequence.fixed(0, 1)
    sequence.golomb(0, 0)
    sequence.fixed(0b1100, 4)
    picture = _Bits()
    picture.golomb(0, 0)
    picture.fixed(0b00, 2)
    picture.golomb(0, 0, 0)
    picture.fixed(0b000, 3)
    picture.golomb(0, 0, 0)
    picture.fixed(0b000, 3)
    return (
        START_CODE
        + bytes([0x67, 66, 0xC0, 10])
        + sequence.finish()
        + START_CODE
        + bytes([0x68])
        + picture.finish()
    )


def h264_picture(number: int) -> bytes:
    """One uncompressed 16 x 16 picture, complete in itself."""
    header = _Bits()
    header.golomb(0, 7, 0)
    header.fixed(0, 4)
    header.golomb(number % 2)
    header.fixed(0b00, 2)
    header.golomb(0)
    header.golomb(25)
    return START_CODE + b"\x65" + header.aligned() + bytes([100 + number % 50]) * 384 + b"\x80"
