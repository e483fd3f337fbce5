"""Remuxing: copies the packets of a recording into another container without decoding them.

The sound gets new timestamps by the rules of `analysis.audio.gaps`, so that it plays at the times of the
report also where those in the file jitter, drift or start again.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeAlias

import av.error
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Discard, Stream

from analysis.audio.containers import Media
from analysis.audio.gaps import GapFinder, Placed
from analysis.audio.repeated_packets import RepeatedPackets
from analysis.report import Span
from service.recordings.output_file import open_output

AnyPacket: TypeAlias = "Packet[Any]"

READ_ERRORS = 1000
"""Most read errors that are skipped, the same number as in decoding."""

OPUS_SILENCE = b"\xf8\xff\xfe"
"""One Opus packet of 20 ms of silence, independent of earlier packets."""

OPUS_SILENCE_LENGTH = 0.02
"""Seconds."""

MUXER_OPTIONS = {
    # With the index in front and clusters of 2 s, a player can start and seek after one request. Identifiers
    # are counted: a confined process has no file of random bytes, and FFmpeg would wait 0.15 s for others.
    "webm": {"cues_to_front": "1", "cluster_time_limit": "2000", "fflags": "+bitexact"},
    "mp4": {"movflags": "faststart"},
    # Writes the number of frames, without which players have to guess positions.
    "mp3": {"write_xing": "1"},
}


@dataclass(frozen=True)
class Remux:
    """How a file is remuxed.

    Attributes:
        container: FFmpeg's name of the muxer: `webm`, `mp4` or `mp3`.
        media_type: media type of the result.
        with_picture: whether the video track is copied too.
        fills_gaps: whether gaps in the sound are filled with silent packets.
    """

    container: str
    media_type: str
    with_picture: bool = False
    fills_gaps: bool = False


def read_packets(media: Media, streams: list[Stream]) -> Iterator[AnyPacket]:
    """Packets of some streams in file order; unreadable ones are skipped."""
    for stream in media.container.streams:
        stream.discard = Discard.default if stream in streams else Discard.all
    for _ in range(READ_ERRORS):
        try:
            for packet in media.container.demux(streams):
                if packet.pts is not None and packet.dts is not None and packet.size > 0:
                    yield packet
            return
        except av.error.EOFError:
            return
        except av.error.FFmpegError:
            continue


def remux(
    media: Media,
    target: BinaryIO,
    plan: Remux,
    *,
    start: float,
    on_headway: Callable[[], None] = lambda: None,
) -> None:
    """Writes the remuxed file.

    Args:
        media: a newly opened file.
        target: the new file, open for reading and writing.
        plan: how to remux.
        start: timestamp that becomes 0, in seconds.
        on_headway: called now and then while the work goes on.

    Raises:
        av.error.FFmpegError: the container does not support this sound.
        OSError: the file cannot be written.
    """
    wanted: list[Stream] = [media.sound]
    if plan.with_picture and media.picture is not None:
        wanted.append(media.picture)
    options = MUXER_OPTIONS[plan.container]
    with open_output(target, plan.container, options, on_headway) as output:
        pictures = {
            stream.index: _PictureTrack(output, stream, start) for stream in wanted if stream != media.sound
        }
        sound = _SoundTrack(output, media, start, fills_gaps=plan.fills_gaps)
        for packet in read_packets(media, wanted):
            if packet.stream_index in pictures:
                pictures[packet.stream_index].write(packet)
            else:
                sound.write(packet)
        sound.finish()


def packet_length(media: Media, packet: AnyPacket) -> float:
    """Seconds of sound in a packet. In MP4 the stated duration is only the time to the next timestamp."""
    codec = media.sound.codec_context
    if codec.frame_size and media.container.format.name.startswith("mov"):
        return float(codec.frame_size / codec.sample_rate)
    return (packet.duration or 0) * float(media.sound.time_base or 1) - _padding(media, packet)


def _padding(media: Media, packet: AnyPacket) -> float:
    """Seconds at the end of a packet that are not to be heard, where its stated duration includes them."""
    if not media.container.format.name.startswith("matroska") or not packet.has_sidedata("skip_samples"):
        return 0.0
    samples: int = struct.unpack_from("<I", bytes(packet.get_sidedata("skip_samples")), 4)[0]
    return samples / float(media.sound.codec_context.sample_rate)


class _PictureTrack:
    """Copies one stream from file to file."""

    def __init__(self, output: OutputContainer, source: Stream, start: float) -> None:
        self._output = output
        self._target = output.add_stream_from_template(source, opaque=True)
        self._shift = round(start / float(source.time_base or 1))
        self._last_dts: int | None = None

    def write(self, packet: AnyPacket) -> None:
        """Writes a packet with shifted timestamps; a packet that would go back in time is left out."""
        assert packet.pts is not None and packet.dts is not None
        packet.pts -= self._shift
        packet.dts -= self._shift
        if self._last_dts is not None and packet.dts <= self._last_dts:
            return
        self._last_dts = packet.dts
        packet.stream = self._target
        self._output.mux(packet)


class _SoundTrack:
    """Copies the sound, each packet to its place in the report."""

    def __init__(self, output: OutputContainer, media: Media, start: float, *, fills_gaps: bool) -> None:
        self._output = output
        self._media = media
        self._target = output.add_stream_from_template(media.sound, opaque=True)
        self._tick = float(media.sound.time_base or 1)
        self._start = start
        self._fills_gaps = fills_gaps
        self._has_stamps = media.has_stamps
        self._finder: GapFinder[AnyPacket] = GapFinder()
        self._repeats = RepeatedPackets()
        self._priming: float | None = None
        self._last: int | None = None
        # Seconds by which the silent packets so far are shorter than the gaps.
        self._unfilled = 0.0

    def write(self, packet: AnyPacket) -> None:
        """Writes a packet, or keeps it until its place is certain."""
        for new in self._repeats.without_repeats(packet):
            stamp = (new.pts or 0) * self._tick - self._start
            if self._priming is None:
                self._priming = min(0.0, stamp)
            length = packet_length(self._media, new)
            for placed in self._finder.add(new, length, stamp - self._priming if self._has_stamps else None):
                self._mux(placed)

    def finish(self) -> None:
        """Writes the packets that were kept."""
        for placed in self._finder.finish():
            self._mux(placed)

    def _mux(self, placed: Placed[AnyPacket]) -> None:
        if placed.gap is not None and self._fills_gaps:
            self._fill(placed.gap, placed.piece)
        stamp = round((placed.start + (self._priming or 0.0)) / self._tick)
        # Milliseconds are too coarse for packets of 2.5 ms.
        stamp = stamp if self._last is None else max(stamp, self._last + 1)
        packet = placed.piece
        packet.pts = packet.dts = self._last = stamp
        packet.stream = self._target
        self._output.mux(packet)

    def _fill(self, gap: Span, packet: AnyPacket) -> None:
        self._unfilled += gap.duration
        count = round(self._unfilled / OPUS_SILENCE_LENGTH)
        self._unfilled -= count * OPUS_SILENCE_LENGTH
        for number in range(count):
            silence = Packet(OPUS_SILENCE)
            silence.stream = self._target
            silence.time_base = packet.time_base
            silence.pts = silence.dts = round((gap.start + number * OPUS_SILENCE_LENGTH) / self._tick)
            silence.duration = round(OPUS_SILENCE_LENGTH / self._tick)
            silence.is_keyframe = True
            self._last = silence.pts
            self._output.mux(silence)
