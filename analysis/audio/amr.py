"""AMR, the codec of telephone calls and of many older phones' recorders.

During silence its encoder sends a description of the background noise now and then (SID) and nothing
otherwise (NO_DATA). FFmpeg decodes neither and reports an error for each, although nothing is damaged. Here
they become silence of the same length: 3GPP TS 26.101 and 26.201 number the frame types and give their sizes.
"""

from dataclasses import dataclass

import av
import av.error
import numpy as np


@dataclass(frozen=True)
class _Variant:
    """Attributes:
    rate: Hz.
    sizes: bytes of a frame by its type, with the byte that holds the type; other types hold that byte only.
    speech: number of types that hold speech.
    silent: types of silence.
    """

    rate: int
    sizes: tuple[int, ...]
    speech: int
    silent: tuple[int, ...]


VARIANTS = {
    "amrnb": _Variant(8_000, (13, 14, 16, 18, 20, 21, 27, 32, 6), 8, (8, 15)),
    "amrwb": _Variant(16_000, (18, 24, 33, 37, 41, 47, 51, 59, 61, 6), 9, (9, 14, 15)),
}
"""By FFmpeg's names of the decoders."""

FRAME_LENGTH = 0.02
"""Seconds."""


class AmrDecoder:
    """Decodes packets of AMR, which may hold several frames.

    Args:
        codec: decoder of the track.
    """

    def __init__(self, codec: av.AudioCodecContext) -> None:
        self._codec = codec
        self._variant = VARIANTS[codec.name]

    def decode(self, packet: "av.Packet[av.AudioStream]") -> list[av.AudioFrame]:
        """The audio of a packet; the first frame has its timestamp.

        Raises:
            av.error.FFmpegError: a frame with speech is damaged.
        """
        if packet.size == 0:
            return self._codec.decode(packet)
        decoded: list[av.AudioFrame] = []
        content, place = bytes(packet), 0
        while place < len(content):
            kind = content[place] >> 3 & 15
            size = self._variant.sizes[kind] if kind < len(self._variant.sizes) else 1
            if not any(content[place : place + size]):
                # A lost block of a disk; its zeros would be speech.
                raise av.error.InvalidDataError(0, "a frame of zeros")
            if kind < self._variant.speech:
                decoded += self._codec.decode(av.Packet(content[place : place + size]))
            elif kind in self._variant.silent:
                decoded.append(self._silence())
            else:
                raise av.error.InvalidDataError(0, f"no recorder writes frames of type {kind}")
            place += size
        for number, frame in enumerate(decoded):
            frame.pts = packet.pts if number == 0 else None
            if packet.time_base is not None:
                frame.time_base = packet.time_base
        return decoded

    def _silence(self) -> av.AudioFrame:
        samples = np.zeros((1, round(FRAME_LENGTH * self._variant.rate)), dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format=self._codec.format.name, layout="mono")
        frame.sample_rate = self._variant.rate
        return frame
