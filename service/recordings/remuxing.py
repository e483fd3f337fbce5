"""Remuxing: copies the packets of a recording into another container without decoding them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import av
import av.error
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Discard, Stream

from analysis.audio.containers import Media
from analysis.audio.timeline import STAMP_TOLERANCE

AnyPacket: TypeAlias = "Packet[Any]"

READ_ERRORS = 1000
"""Most read errors that are skipped, the same number as in decoding."""

OPUS_SILENCE = b"\xf8\xff\xfe"
"""One Opus packet of 20 ms of silence, independent of earlier packets."""

OPUS_SILENCE_LENGTH = 0.02
"""Seconds."""

MUXER_OPTIONS = {
    # With the index in front and clusters of 2 s, a player can start and seek after one request.
    "webm": {"cues_to_front": "1", "cluster_time_limit": "2000"},
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
        suffix: file name suffix of the result.
        with_picture: whether the video track is copied too.
        fills_gaps: whether gaps in the sound are filled with silent packets.
    """

    container: str
    media_type: str
    suffix: str
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


def remux(media: Media, target: Path, plan: Remux, *, start: float) -> None:
    """Writes the remuxed file.

    Args:
        media: a newly opened file.
        target: the new file.
        plan: how to remux.
        start: timestamp that becomes 0, in seconds.

    Raises:
        av.error.FFmpegError: the container does not support this sound, or the file cannot be written.
    """
    wanted: list[Stream] = [media.sound]
    if plan.with_picture and media.picture is not None:
        wanted.append(media.picture)
    options = MUXER_OPTIONS[plan.container]
    with av.open(str(target), "w", format=plan.container, options=options) as output:
        tracks = {stream.index: _Track(output, stream, start) for stream in wanted}
        if plan.fills_gaps:
            tracks[media.sound.index].fill_gaps()
        for packet in read_packets(media, wanted):
            tracks[packet.stream_index].write(packet)


class _Track:
    """Copies one stream from file to file."""

    def __init__(self, output: OutputContainer, source: Stream, start: float) -> None:
        self._output = output
        self._target = output.add_stream_from_template(source, opaque=True)
        self._tick = float(source.time_base or 1)
        self._shift = round(start / self._tick)
        self._last_dts: int | None = None
        self._filled_to: float | None = None

    def fill_gaps(self) -> None:
        """Fills gaps from now on; if called before the first packet, also the time before that packet."""
        self._filled_to = 0.0

    def write(self, packet: AnyPacket) -> None:
        """Writes a packet with shifted timestamps; a packet that would go back in time is left out."""
        assert packet.pts is not None and packet.dts is not None
        packet.pts -= self._shift
        packet.dts -= self._shift
        if self._last_dts is not None and packet.dts <= self._last_dts:
            return
        if self._filled_to is not None:
            self._fill(self._filled_to, packet)
            self._filled_to = (packet.pts + (packet.duration or 0)) * self._tick
        self._last_dts = packet.dts
        packet.stream = self._target
        self._output.mux(packet)

    def _fill(self, begin: float, packet: AnyPacket) -> None:
        end = (packet.pts or 0) * self._tick
        if end - begin <= STAMP_TOLERANCE:
            return
        for number in range(int((end - begin) / OPUS_SILENCE_LENGTH)):
            silence = Packet(OPUS_SILENCE)
            silence.stream = self._target
            silence.time_base = packet.time_base
            silence.pts = silence.dts = round((begin + number * OPUS_SILENCE_LENGTH) / self._tick)
            silence.duration = round(OPUS_SILENCE_LENGTH / self._tick)
            silence.is_keyframe = True
            self._output.mux(silence)
