"""Encodes the sound of a recording as AAC, with gaps of the original as silence."""

import math
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio import AudioStream
from av.container import OutputContainer
from numpy.typing import NDArray

from analysis.audio.containers import Source
from analysis.audio.decoding import decode_into
from analysis.audio.mixing import Gains
from analysis.audio.unread_formats import CUT_OFF
from analysis.errors import MediaError

SOUND_RATE = 48_000
"""Hz. Browsers play this rate without converting it."""

BIT_RATE = 96_000
"""Bits per second; mono speech does not benefit from more."""


class _AacSink:
    """Encodes the sound and silence of a timeline."""

    def __init__(self, output: OutputContainer) -> None:
        self._output = output
        self._stream: AudioStream = output.add_stream("aac", rate=SOUND_RATE)
        self._stream.layout = "mono"
        self._stream.bit_rate = BIT_RATE
        self.written = 0

    def sound(self, samples: NDArray[np.float32]) -> None:
        """Encodes sound."""
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[np.newaxis]), format="fltp", layout="mono"
        )
        frame.sample_rate = SOUND_RATE
        frame.time_base = Fraction(1, SOUND_RATE)
        frame.pts = self.written
        self.written += len(samples)
        self._output.mux(self._stream.encode(frame))

    def silence(self, samples: int) -> None:
        """Encodes silence, one second at a time, because a gap may be an hour long."""
        for first in range(0, samples, SOUND_RATE):
            self.sound(np.zeros(min(SOUND_RATE, samples - first), dtype=np.float32))

    def finish(self) -> None:
        """Flushes the encoder."""
        self._output.mux(self._stream.encode(None))


def encode_sound(
    source: Source, target: Path | BinaryIO, *, track: int | None = None, gains: Gains | None = None
) -> None:
    """Writes the sound of a recording as M4A.

    Args:
        source: a recording that `analysis` has accepted; its length is not checked again.
        target: the new file; one that is open for writing has its index last, since moving it to the
            front takes a second file.
        track, gains: as for `analysis.audio.decoding.decode`.

    Raises:
        MediaError: no sound in the file can be decoded.
        av.error.FFmpegError: the file cannot be written.
    """
    by_path = isinstance(target, Path)
    options = {"movflags": "faststart"} if by_path else {}
    with av.open(str(target) if by_path else target, "w", format="ipod", options=options) as output:
        sink = _AacSink(output)
        decode_into(sink, source, rate=SOUND_RATE, maximum_duration=math.inf, track=track, gains=gains)
        if sink.written == 0:
            raise MediaError(CUT_OFF)
        sink.finish()
