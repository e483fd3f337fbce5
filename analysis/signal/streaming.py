"""What is worked out of a recording while it goes on, so that little is left to do when it ends.

Everything is the same to the bit however the sound comes in: a recording that was followed and the same one
handed in whole give one report.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.report import Span
from analysis.signal.bands import BandPowers
from analysis.signal.levels import FRAME, FrameLevels
from analysis.signal.pitch import FramePitch
from analysis.signal.speech_probability import SILERO_FRAME, SILERO_LEAD, SpeechProbabilities, odds_at_frames
from analysis.signal.vad import Decision, decide
from analysis.signal.windows import Heard, Segment, Segmenter

_WHOLE_FRAMES = 100
"""Frames (1 s) in which the sound is taken in, as `analysis.signal.bands` works its blocks out."""

_REACH = 4_000
"""Frames (40 s) that a window is chosen from: noise and voice change little in it, and its cost stays the
same however long a recording is."""


class GrowingSound:
    """Levels, speech probability, bands and pitch of a sound, and the windows chosen in it."""

    def __init__(self) -> None:
        self._levels = FrameLevels()
        self._probabilities = SpeechProbabilities()
        self._pitch = FramePitch()
        self._bands = BandPowers()
        self._segmenter = Segmenter(self._look)
        self._samples: NDArray[np.float32] = np.empty(0, dtype=np.float32)
        self._gaps: Sequence[Span] = ()
        self._looked: tuple[int, Heard] | None = None
        self._ended = False
        self.segments: list[Segment] = []

    @property
    def levels(self) -> NDArray[np.float32]:
        """dB re full scale, every 10 ms."""
        return self._levels.view()

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """Speech probability, every 32 ms."""
        return self._probabilities.view()

    @property
    def pitch(self) -> NDArray[np.float64]:
        """Hz, every 20 ms, voiced or not."""
        return self._pitch.view()

    def extend(
        self, samples: NDArray[np.float32], gaps: Sequence[Span] = (), *, ended: bool = False
    ) -> list[Segment]:
        """Works through what is new.

        Args:
            samples: shape (n,), 16 kHz, from the start of the recording; used in this call only.
            gaps: stretches without recorded sound so far.
            ended: nothing follows. Nothing can be added afterwards.

        Returns:
            The windows that could be chosen now.
        """
        self._levels.extend(samples, ended=ended)
        self._probabilities.extend(samples, ended=ended)
        self._pitch.extend(samples, ended=ended)
        self._samples, self._gaps, self._ended = samples, gaps, ended
        self._looked = None
        known = len(samples) / SAMPLE_RATE if ended else self._known_frames() * FRAME
        chosen = list(self._segmenter.advance(known, ended=ended))
        self.segments += chosen
        if not ended:
            # The caller's buffer may move when it grows.
            self._samples = np.empty(0, dtype=np.float32)
        return chosen

    def decide(self) -> Decision:
        """Speech and silence in all of a sound that has ended."""
        return self._decide(0, len(self.levels))

    def _known_frames(self) -> int:
        """Frames of which everything is known, and will stay as it is."""
        by_probability = int(((len(self.probabilities) - 0.5) * SILERO_FRAME - SILERO_LEAD) / FRAME - 0.5)
        return max(0, min(len(self.levels), by_probability)) // _WHOLE_FRAMES * _WHOLE_FRAMES

    def _look(self, until: float) -> Heard:
        last = min(round(until / FRAME), len(self.levels))
        if self._looked is not None and self._looked[0] == last:
            return self._looked[1]
        first = max(0, last - _REACH)
        decision = self._decide(first, last)
        start = first * FRAME
        heard = Heard(_moved(decision.speech, start), _moved(decision.silences, start), self.probabilities)
        self._looked = (last, heard)
        return heard

    def _decide(self, first: int, last: int) -> Decision:
        return decide(
            self.levels[first:last],
            odds_at_frames(self.probabilities, first, last, FRAME),
            self._present(first, last),
            lambda: self._bands.within(self._samples, first, last),
        )

    def _present(self, first: int, last: int) -> NDArray[np.bool_]:
        """Which frames hold recorded sound."""
        present = np.ones(last - first, dtype=bool)
        for gap in self._gaps:
            present[max(0, round(gap.start / FRAME) - first) : max(0, round(gap.end / FRAME) - first)] = False
        return present


def _moved(spans: Sequence[Span], by: float) -> tuple[Span, ...]:
    return tuple(Span(round(span.start + by, 2), round(span.end + by, 2)) for span in spans)
