"""Places audio by its presentation timestamps instead of appending it to the audio before.

A browser that loses the microphone for a while, or an incoming call on a phone, leaves a gap in the
timestamps. Players and most decoders join both sides, and everything after the gap moves forward. Here a gap
becomes silence of the same length, so that times stay correct and the gap can be reported.

Timestamps are not exact: Matroska rounds to 1 ms, recorders use their own clock, codecs add priming.
`STAMP_TOLERANCE` distinguishes that from a gap.
"""

from typing import Any, Protocol, cast

import av
import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.mixing import MonoMixer
from analysis.report import Span

STAMP_TOLERANCE = 0.04
"""Seconds that a timestamp may differ from the end of the audio before and still continue it.

Two Opus packets. Timestamps of browser recorders vary by up to about 20 ms; a gap that a listener could take
for a pause starts at 250 ms. Audio is never misplaced by more than this, and a drift that reaches it is
corrected.
"""

CLOCK_RESET = 1.0
"""Seconds. Timestamps that go back by more have restarted (joined files): their audio is appended. Timestamps
that go back by less overlap: what is already there stays and the overlapping audio is dropped."""

MIX_LENGTH = 1
"""Seconds that are mixed at a time, so that there are few NumPy calls."""

GROWTH_SAMPLES = 60 * SAMPLE_RATE
"""Samples by which a buffer grows (3.8 MB): little memory is unused, and growing is rare."""


class Sink(Protocol):
    """Receives the audio of a timeline, in order and without gaps."""

    def sound(self, samples: NDArray[np.float32]) -> None:
        """Receives mono samples, shape (n,), float32 within [-1, 1]."""

    def silence(self, samples: int) -> None:
        """Receives the silence of a gap."""


class SampleBuffer:
    """A sink that keeps everything and never holds a second copy of it.

    It grows in place, so its samples must not be read before `take`.
    """

    def __init__(self) -> None:
        self._samples = np.zeros(GROWTH_SAMPLES, dtype=np.float32)
        self._filled = 0

    def sound(self, samples: NDArray[np.float32]) -> None:
        """Appends samples."""
        begin = self._filled
        self.silence(len(samples))
        self._samples[begin : self._filled] = samples

    def silence(self, samples: int) -> None:
        """Appends zeros; NumPy fills new memory with them."""
        self._filled += samples
        if self._filled > len(self._samples):
            self._samples.resize(self._filled + GROWTH_SAMPLES, refcheck=False)

    def take(self) -> NDArray[np.float32]:
        """All samples, shape (n,). The buffer cannot be used afterwards."""
        self._samples.resize(self._filled, refcheck=False)
        return self._samples


class Timeline:
    """Takes decoded frames in file order and lays them out as mono audio.

    Args:
        sink: receives the audio.
        rate: sample rate of that audio, Hz.
    """

    def __init__(self, sink: Sink, *, rate: int = SAMPLE_RATE) -> None:
        self._sink = sink
        self._rate = rate
        self._written = 0
        self._resampler: av.AudioResampler | None = None
        self._mixer = MonoMixer(1)
        self._kind: tuple[str, str, int] | None = None
        self._run_start = 0.0
        self._run_samples = 0
        self._run_rate = rate
        self._shift = 0.0
        self._gaps: list[Span] = []
        self.clock_resets: list[float] = []

    @property
    def end(self) -> float:
        """Seconds: where the next frame goes if its timestamp agrees."""
        return self._run_start + self._run_samples / self._run_rate

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Gaps so far, in order."""
        return tuple(self._gaps)

    def place(self, stamp: float) -> float:
        """Seconds from the start of the recording at which audio with this timestamp would go."""
        return stamp + self._shift

    def add(self, frame: av.AudioFrame, stamp: float | None) -> None:
        """Lays out one frame.

        Args:
            frame: decoded audio of any format, rate and layout.
            stamp: seconds from the start of the recording; None appends it to the audio before.
        """
        start = self.end
        if stamp is not None:
            ahead = self.place(stamp) - start
            if ahead > STAMP_TOLERANCE:
                self._open_gap(start + ahead)
            elif ahead < -CLOCK_RESET:
                self._shift -= ahead
                self.clock_resets.append(start)
            elif ahead < -STAMP_TOLERANCE:
                shortened = _drop_head(frame, round(-ahead * frame.sample_rate))
                if shortened is None:
                    return
                frame = shortened
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            self._change_kind(kind, frame)
        self._run_samples += frame.samples
        self._resample(frame)

    def finish(self) -> None:
        """Passes the last audio to the sink. Nothing can be added afterwards."""
        self._end_run()

    def _open_gap(self, start: float) -> None:
        gap = Span(self.end, start)
        self._end_run()
        self._gaps.append(gap)
        self._run_start, self._run_samples = start, 0
        missing = round(start * self._rate) - self._written
        if missing > 0:
            self._sink.silence(missing)
            self._written += missing

    def _change_kind(self, kind: tuple[str, str, int], frame: av.AudioFrame) -> None:
        self._run_start, self._run_samples = self.end, 0
        self._end_run()
        if self._kind is None or self._kind[1] != kind[1]:
            self._mixer = MonoMixer(frame.layout.nb_channels)
        self._kind = kind
        self._run_rate = frame.sample_rate

    def _resample(self, frame: av.AudioFrame) -> None:
        if self._resampler is None:
            self._resampler = av.AudioResampler(
                format="fltp", layout=frame.layout, rate=self._rate, frame_size=MIX_LENGTH * self._rate
            )
        # The timestamps were handled above; a resampler that sees them may add or drop audio itself.
        frame.pts = None
        self._take(self._resampler.resample(frame))

    def _take(self, frames: list[av.AudioFrame]) -> None:
        for frame in frames:
            mono = self._mixer.mix(cast(NDArray[np.float32], frame.to_ndarray()))
            self._sink.sound(mono)
            self._written += len(mono)

    def _end_run(self) -> None:
        """Flushes the resampler, so that the next frame starts with a new one."""
        if self._resampler is not None:
            self._take(self._resampler.resample(None))
            self._resampler = None


def _drop_head(frame: av.AudioFrame, samples: int) -> av.AudioFrame | None:
    """The frame without its first samples; None if nothing is left."""
    if samples >= frame.samples:
        return None
    values = cast(NDArray[Any], frame.to_ndarray())
    if not frame.format.is_planar:
        samples *= frame.layout.nb_channels
    remaining: Any = np.ascontiguousarray(values[:, samples:])
    rest = av.AudioFrame.from_ndarray(remaining, format=frame.format.name, layout=frame.layout.name)
    rest.sample_rate = frame.sample_rate
    return rest
