"""Lays decoded audio end to end as mono, and puts silence where its timestamps show a gap.

A browser that loses the microphone for a while, or an incoming call on a phone, leaves a gap in the
timestamps. Players and most decoders join both sides, and everything after the gap moves forward. Here a gap
becomes silence of the same length, so that times stay correct and the gap can be reported. What counts as a
gap is decided in `analysis.audio.gaps`.
"""

from typing import Protocol, cast

import av
import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.channel_levels import ChannelLevels
from analysis.audio.gaps import SMALLEST_GAP, GapFinder, Placed
from analysis.audio.mixing import GainMixer, Gains, Mixer, MonoMixer
from analysis.report import Span

MIX_LENGTH = 1
"""Seconds that are mixed at a time, so that there are few NumPy calls."""

MOST_PLANES = 7
"""Channels that are handed over apart. PyAV looks for the end of the list of planes, which FFmpeg leaves out
from 8 on: it would read memory that is not its own, and end the process."""

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
        smallest_gap, limit: as for `analysis.audio.gaps.GapFinder`.
        gains: of the channels; None mixes them as one voice, and so does another number of channels.
    """

    def __init__(
        self,
        sink: Sink,
        *,
        rate: int = SAMPLE_RATE,
        smallest_gap: float = SMALLEST_GAP,
        limit: float = float("inf"),
        gains: Gains | None = None,
    ) -> None:
        self._sink = sink
        self._rate = rate
        self._finder: GapFinder[av.AudioFrame] = GapFinder(smallest_gap=smallest_gap, limit=limit)
        self._written = 0
        self._resampler: av.AudioResampler | None = None
        self._gains = gains
        self._mixer: Mixer = MonoMixer(1)
        self._levels: ChannelLevels | None = None
        self._kind: tuple[str, str, int] | None = None

    @property
    def end(self) -> float:
        """Seconds: where the next frame goes if it continues the one before."""
        return self._finder.heard

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Gaps so far, in order."""
        return self._finder.gaps

    @property
    def lead(self) -> float:
        """As for `GapFinder`."""
        return self._finder.lead

    @property
    def lag(self) -> float:
        """As for `GapFinder`."""
        return self._finder.lag

    @property
    def channel_levels(self) -> NDArray[np.float32] | None:
        """See `analysis.audio.recording.Recording.channel_levels`."""
        return None if self._levels is None else self._levels.levels()

    def place(self, stamp: float) -> float:
        """As for `GapFinder`."""
        return self._finder.place(stamp)

    def add(self, frame: av.AudioFrame, stamp: float | None) -> None:
        """Lays out one frame.

        Args:
            frame: decoded audio of any format, rate and layout.
            stamp: seconds from the start of the recording; None continues the audio before.

        Raises:
            analysis.audio.gaps.PastLimitError: there is a gap that reaches beyond the limit.
        """
        for placed in self._finder.add(frame, frame.samples / frame.sample_rate, stamp):
            self._lay(placed)

    def finish(self) -> None:
        """Passes the last audio to the sink. Nothing can be added afterwards."""
        for placed in self._finder.finish():
            self._lay(placed)
        self._end_run()

    def _lay(self, placed: Placed[av.AudioFrame]) -> None:
        frame = placed.piece
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if placed.gap is not None:
            self._end_run()
            missing = round(placed.start * self._rate) - self._written
            if missing > 0:
                self._sink.silence(missing)
                self._written += missing
                if self._levels is not None:
                    self._levels.silence(missing)
        if kind != self._kind:
            self._change_kind(kind, frame)
        self._resample(frame)

    def _change_kind(self, kind: tuple[str, str, int], frame: av.AudioFrame) -> None:
        self._end_run()
        if self._kind is None or self._kind[1] != kind[1]:
            channels = frame.layout.nb_channels
            several_from_the_start = self._kind is None and channels > 1
            self._levels = ChannelLevels(channels, self._rate) if several_from_the_start else None
            if self._levels is not None:
                self._levels.silence(self._written)
            self._mixer = self._new_mixer(channels)
        self._kind = kind

    def _new_mixer(self, channels: int) -> Mixer:
        if self._gains is None or len(self._gains) != channels:
            return MonoMixer(channels)
        return GainMixer(self._gains)

    def _resample(self, frame: av.AudioFrame) -> None:
        if self._resampler is None:
            self._resampler = av.AudioResampler(
                format="fltp" if frame.layout.nb_channels <= MOST_PLANES else "flt",
                layout=frame.layout,
                rate=self._rate,
                frame_size=MIX_LENGTH * self._rate,
            )
        # The timestamps were handled above; a resampler that sees them may add or drop audio itself.
        frame.pts = None
        self._take(self._resampler.resample(frame))

    def _take(self, frames: list[av.AudioFrame]) -> None:
        for frame in frames:
            block = cast(NDArray[np.float32], frame.to_ndarray())
            if not frame.format.is_planar:
                block = np.ascontiguousarray(block.reshape(-1, frame.layout.nb_channels).T)
            mono = self._mixer.mix(block)
            if self._levels is not None:
                self._levels.sound(block)
            self._sink.sound(mono)
            self._written += len(mono)

    def _end_run(self) -> None:
        """Flushes the resampler, so that the next frame starts with a new one."""
        if self._resampler is not None:
            self._take(self._resampler.resample(None))
            self._resampler = None
