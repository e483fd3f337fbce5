"""Encodes the sound of a recording as AAC, with gaps of the original as silence."""

import math
from collections.abc import Callable
from fractions import Fraction
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
from service.recordings.output_file import open_output

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
    source: Source,
    target: BinaryIO,
    *,
    track: int | None = None,
    gains: Gains | None = None,
    on_headway: Callable[[], None] = lambda: None,
) -> None:
    """Writes the sound of a recording as M4A, with its index first.

    Args:
        source: a recording that `analysis` has accepted; its length is not checked again.
        target: the new file, open for reading and writing.
        track, gains: as for `analysis.audio.decoding.decode`.
        on_headway: called now and then while the work goes on.

    Raises:
        MediaError: no sound in the file can be decoded.
        av.error.FFmpegError: the sound cannot be encoded.
        OSError: the file cannot be written.
    """
    with open_output(target, "ipod", {"movflags": "faststart"}, on_headway) as output:
        sink = _AacSink(output)
        decode_into(sink, source, rate=SOUND_RATE, maximum_duration=math.inf, track=track, gains=gains)
        if sink.written == 0:
            raise MediaError(CUT_OFF)
        sink.finish()
