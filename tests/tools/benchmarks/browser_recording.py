"""A recording as a browser sends it: WebM with Opus, in chunks of a second."""

import io
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from analysis import SAMPLE_RATE
from analysis.audio.decoding import decode

_RATE = 48_000
_PACKET = _RATE * 60 // 1000
"""Samples in a packet: Chromium's recorder produces packets of 60 ms."""
_BIT_RATE = 96_000
CHUNK_SECONDS = 1.0


@dataclass(frozen=True)
class BrowserRecording:
    """Chunks in the order in which they are sent.

    Attributes:
        chunks: bytes, of about a second each.
        ends: seconds of sound that are there with each chunk.
    """

    chunks: tuple[bytes, ...]
    ends: tuple[float, ...]

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.ends[-1]


def as_browser_sends_it(file: Path, duration: float) -> BrowserRecording:
    """The first `duration` seconds of a recording, played again from its start where it is shorter.

    Raises:
        analysis.errors.MediaError: the file cannot be used.
    """
    samples = decode(file).samples
    samples = np.resize(samples, round(duration * SAMPLE_RATE))
    written = io.BytesIO()
    chunks: list[bytes] = []
    ends: list[float] = []
    taken = 0

    def cut(end: float) -> None:
        nonlocal taken
        chunks.append(written.getvalue()[taken:])
        taken += len(chunks[-1])
        ends.append(end)

    options = {"live": "1", "cluster_time_limit": "1000", "flush_packets": "1"}
    with av.open(written, "w", format="webm", options=options) as output:
        stream = output.add_stream("libopus", rate=_RATE, options={"frame_duration": "60"})
        stream.layout = "mono"
        stream.bit_rate = _BIT_RATE
        resampler = av.AudioResampler(format="flt", layout="mono", rate=_RATE, frame_size=_PACKET)
        sound = av.AudioFrame.from_ndarray(samples[np.newaxis], format="fltp", layout="mono")
        sound.sample_rate = SAMPLE_RATE
        for number, frame in enumerate([*resampler.resample(sound), *resampler.resample(None)]):
            frame.pts, frame.time_base = number * _PACKET, Fraction(1, _RATE)
            output.mux(stream.encode(frame))
            end = number * _PACKET / _RATE
            if end >= (len(chunks) + 1) * CHUNK_SECONDS:
                cut(end)
        output.mux(stream.encode(None))
    cut(duration)
    return BrowserRecording(tuple(chunks), tuple(ends))
