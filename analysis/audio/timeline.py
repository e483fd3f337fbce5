"""Lays decoded audio end to end, and keeps the gaps that its presentation timestamps show.

A browser that loses the microphone for a while, or an incoming call on a phone, leaves a gap in the
timestamps. Players and most decoders join both sides, and everything after the gap moves forward. Here a gap
becomes silence of the same length, so that times stay correct and the gap can be reported.

Timestamps also go wrong where no sound is missing: Matroska rounds to 1 ms, recorders stamp packets by a
clock of their own and late by up to a few packets, fragments of an MP4 begin some milliseconds after the last
one ended, Ogg pages count another sample rate, joined files start again from 0. So the number of samples
decides where audio goes, and the timestamps only show gaps. What counts is how far a timestamp lies ahead of
the sound so far, and whether it stays there:

- ahead by more than `SMALLEST_GAP` for `GAP_EVIDENCE` of sound: a gap;
- ahead by less, or for a moment: the audio is joined, as for a clock that drifts;
- behind: the audio is appended. No decoded sample is ever dropped.

`Timeline.lead` and `Timeline.lag` tell how far timestamps and samples came apart in this way.
"""

from collections import deque
from typing import Protocol, cast

import av
import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.channel_levels import ChannelLevels
from analysis.audio.mixing import GainMixer, Gains, Mixer, MonoMixer
from analysis.report import Span

STAMP_TOLERANCE = 0.04
"""Seconds by which the audio may start after the picture and still start with it: two Opus packets."""

SMALLEST_GAP = 0.12
"""Seconds. The longest packet of the codecs accepted here (Opus), and half of the shortest pause: timestamps
that differ by less show at most one lost packet. Silence put into a word for it would do more harm than
joining both sides does."""

GAP_EVIDENCE = 1.0
"""Seconds of sound that are compared before and after a gap. Recorders bunch their packets for up to about
half a second when the machine is busy; then the timestamps return to where they were."""

LEAST_EVIDENCE = 0.1
"""Seconds of sound after a gap that are enough at the end of a file."""

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


class PastLimitError(Exception):
    """A gap reaches beyond the longest recording that is accepted."""


class Timeline:
    """Takes decoded frames in file order and lays them out as mono audio.

    Args:
        sink: receives the audio.
        rate: sample rate of that audio, Hz.
        smallest_gap: seconds; see `SMALLEST_GAP`.
        limit: seconds that no gap may pass.
        gains: of the channels; None mixes them as one voice, and so does another number of channels.

    Attributes:
        lead: seconds by which the timestamps came to be ahead of the audio, gaps aside: the sum of all small
            gaps that were joined.
        lag: seconds by which they came to be behind it: timestamps that started again, or run slow.
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
        self._smallest_gap = smallest_gap
        self._limit = limit
        self._written = 0
        self._resampler: av.AudioResampler | None = None
        self._gains = gains
        self._mixer: Mixer = MonoMixer(1)
        self._levels: ChannelLevels | None = None
        self._kind: tuple[str, str, int] | None = None
        self._run_start = 0.0
        self._run_samples = 0
        self._run_rate = rate
        self._gaps: list[Span] = []
        self._recent = _RecentOffsets()
        self._doubtful: list[tuple[av.AudioFrame, float]] = []
        self._doubtful_length = 0.0
        self.lead = 0.0
        self.lag = 0.0

    @property
    def end(self) -> float:
        """Seconds: where the next frame goes if it continues the one before."""
        return self._laid_until + self._doubtful_length

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Gaps so far, in order."""
        return tuple(self._gaps)

    @property
    def channel_levels(self) -> NDArray[np.float32] | None:
        """See `analysis.audio.recording.Recording.channel_levels`."""
        return None if self._levels is None else self._levels.levels()

    def place(self, stamp: float) -> float:
        """Seconds from the start of the recording at which audio with this timestamp would go if what is
        missing before it were a gap."""
        return max(self.end, stamp - self._recent.least)

    def add(self, frame: av.AudioFrame, stamp: float | None) -> None:
        """Lays out one frame.

        Args:
            frame: decoded audio of any format, rate and layout.
            stamp: seconds from the start of the recording; None continues the audio before.
        """
        if stamp is not None:
            offset = stamp - self.end
        else:
            offset = self._doubtful[-1][1] if self._doubtful else self._recent.latest
        self._weigh(frame, offset)

    def finish(self) -> None:
        """Passes the last audio to the sink. Nothing can be added afterwards."""
        while self._doubtful_length >= LEAST_EVIDENCE:
            self._open_gap()
        self._lay_doubtful()
        self._end_run()

    @property
    def _laid_until(self) -> float:
        return self._run_start + self._run_samples / self._run_rate

    def _weigh(self, frame: av.AudioFrame, offset: float) -> None:
        """Lays out a frame whose timestamp is `offset` seconds ahead, or waits whether it stays there."""
        if offset > self._threshold():
            self._doubtful.append((frame, offset))
            self._doubtful_length += frame.samples / frame.sample_rate
            if self._doubtful_length >= GAP_EVIDENCE:
                self._open_gap()
            return
        self._lay_doubtful()
        self._lay(frame, offset)

    def _threshold(self) -> float:
        """The offset above which a gap is likely."""
        if self._kind is None:
            return STAMP_TOLERANCE
        return self._recent.greatest + self._smallest_gap

    def _open_gap(self) -> None:
        length = min(offset for _, offset in self._doubtful) - self._recent.least
        gap = Span(self._laid_until, self._laid_until + length)
        if gap.end > self._limit:
            raise PastLimitError
        self._end_run()
        self._gaps.append(gap)
        self._run_start, self._run_samples = gap.end, 0
        missing = round(gap.end * self._rate) - self._written
        if missing > 0:
            self._sink.silence(missing)
            self._written += missing
            if self._levels is not None:
                self._levels.silence(missing)
        (first, ahead), *others = self._doubtful
        self._doubtful, self._doubtful_length = [], 0.0
        self._lay(first, ahead - length)
        # Another gap may follow within the second.
        for frame, ahead in others:
            self._weigh(frame, ahead - length)

    def _lay_doubtful(self) -> None:
        doubtful, self._doubtful, self._doubtful_length = self._doubtful, [], 0.0
        for frame, offset in doubtful:
            self._lay(frame, offset)

    def _lay(self, frame: av.AudioFrame, offset: float) -> None:
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            self._change_kind(kind, frame)
        self._run_samples += frame.samples
        self._recent.add(self._laid_until, offset)
        self.lead = max(self.lead, self._recent.least)
        self.lag = max(self.lag, -self._recent.least)
        self._resample(frame)

    def _change_kind(self, kind: tuple[str, str, int], frame: av.AudioFrame) -> None:
        self._run_start, self._run_samples = self.end, 0
        self._end_run()
        if self._kind is None or self._kind[1] != kind[1]:
            channels = frame.layout.nb_channels
            several_from_the_start = self._kind is None and channels > 1
            self._levels = ChannelLevels(channels, self._rate) if several_from_the_start else None
            self._mixer = self._new_mixer(channels)
        self._kind = kind
        self._run_rate = frame.sample_rate

    def _new_mixer(self, channels: int) -> Mixer:
        if self._gains is None or len(self._gains) != channels:
            return MonoMixer(channels)
        return GainMixer(self._gains)

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
            block = cast(NDArray[np.float32], frame.to_ndarray())
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


class _RecentOffsets:
    """How far the timestamps of the last second of audio were ahead of that audio, in seconds.

    The least and the greatest are kept at hand: each deque holds, oldest first, only the values that no later
    one makes irrelevant.
    """

    def __init__(self) -> None:
        self.latest = 0.0
        self._least = deque([(0.0, 0.0)])
        self._greatest = deque([(0.0, 0.0)])

    @property
    def least(self) -> float:
        return self._least[0][1]

    @property
    def greatest(self) -> float:
        return self._greatest[0][1]

    def add(self, end: float, offset: float) -> None:
        """Adds the offset of a frame that ends at `end`, and forgets those of a second before."""
        self.latest = offset
        while self._least and self._least[-1][1] >= offset:
            self._least.pop()
        while self._greatest and self._greatest[-1][1] <= offset:
            self._greatest.pop()
        for offsets in (self._least, self._greatest):
            offsets.append((end, offset))
            while offsets[0][0] < end - GAP_EVIDENCE:
                offsets.popleft()
