"""Computes signal features of a recording while it is still in progress, so that little remains at its end.

The results do not depend on how the audio is divided up: a live recording and the same recording processed
whole yield identical features, windows and reports.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.report import Span
from analysis.signal.bands import BandPowers
from analysis.signal.levels import FRAME, FrameLevels
from analysis.signal.pitch import FramePitch
from analysis.signal.quiet_sound import gain_of
from analysis.signal.speech_probability import SILERO_FRAME, SILERO_LEAD, SpeechProbabilities, odds_at_frames
from analysis.signal.vad import VoiceActivity, detect_voice_activity
from analysis.signal.windows import ActivitySoFar, Window, WindowSelector

_BLOCK_FRAMES = 100
"""Frames (1 s) by which a recording in progress advances: the block of `analysis.signal.bands`."""

_LOOKBACK_FRAMES = 4_000
"""Frames (40 s) from which a window is selected: noise and voice change little within them, and the cost does
not grow with the length of the recording."""


class SignalStream:
    """Levels, speech probability, band powers and pitch of a recording, and its transcription windows."""

    def __init__(self) -> None:
        self._levels = FrameLevels()
        self._probabilities = SpeechProbabilities()
        self._pitch = FramePitch()
        self._bands = BandPowers()
        self._selector = WindowSelector(self._activity_until)
        self._samples: NDArray[np.float32] = np.empty(0, dtype=np.float32)
        self._gaps: Sequence[Span] = ()
        self._latest: tuple[int, ActivitySoFar] | None = None
        self._ended = False
        self.windows: list[Window] = []

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
        """Fundamental frequency, Hz, every 20 ms, whether voiced or not."""
        return self._pitch.view()

    def extend(
        self, samples: NDArray[np.float32], gaps: Sequence[Span] = (), *, ended: bool = False
    ) -> list[Window]:
        """Processes the samples that are new since the last call.

        Args:
            samples: shape (n,), 16 kHz, from the start of the recording; used during this call only.
            gaps: stretches without recorded sound so far.
            ended: nothing follows; the stream cannot be extended afterwards.

        Returns:
            The windows that could be selected in this call, in order. At the end of a very quiet recording
            these are all windows; those of earlier calls no longer count.
        """
        self._levels.extend(samples, ended=ended)
        self._probabilities.extend(samples, ended=ended)
        self._pitch.extend(samples, ended=ended)
        self._samples, self._gaps, self._ended = samples, gaps, ended
        self._latest = None
        if ended:
            self._hear_quiet_speech()
        known = len(samples) / SAMPLE_RATE if ended else self._known_frames() * FRAME
        selected = list(self._selector.advance(known, ended=ended))
        self.windows += selected
        if not ended:
            # The caller's buffer may be moved when it grows.
            self._samples = np.empty(0, dtype=np.float32)
        return selected

    def _hear_quiet_speech(self) -> None:
        """Starts again with lifted sound if the whole recording proves to be very quiet.

        A gain that followed the recording would lift the noise before the speech, and Silero would then miss
        how the speech begins.
        """
        gain = gain_of(self.levels)
        if gain == 1.0:
            return
        self._probabilities = SpeechProbabilities(gain)
        self._probabilities.extend(self._samples, ended=True)
        self._selector = WindowSelector(self._activity_until)
        self.windows = []

    def voice_activity(self) -> VoiceActivity:
        """Speech and silence in the whole recording, once it has ended."""
        return self._detect(0, len(self.levels))

    def _known_frames(self) -> int:
        """Frames of which every feature is known and final."""
        by_probability = int(((len(self.probabilities) - 0.5) * SILERO_FRAME - SILERO_LEAD) / FRAME - 0.5)
        return max(0, min(len(self.levels), by_probability)) // _BLOCK_FRAMES * _BLOCK_FRAMES

    def _activity_until(self, until: float) -> ActivitySoFar:
        last = min(round(until / FRAME), len(self.levels))
        if self._latest is not None and self._latest[0] == last:
            return self._latest[1]
        first = max(0, last - _LOOKBACK_FRAMES)
        found = self._detect(first, last)
        start = first * FRAME
        activity = ActivitySoFar(
            _shifted(found.speech, start), _shifted(found.silences, start), self.probabilities
        )
        self._latest = (last, activity)
        return activity

    def _detect(self, first: int, last: int) -> VoiceActivity:
        return detect_voice_activity(
            self.levels[first:last],
            odds_at_frames(self.probabilities, first, last, FRAME),
            self._present(first, last),
            lambda: self._bands.within(self._samples, first, last),
        )

    def _present(self, first: int, last: int) -> NDArray[np.bool_]:
        """The frames that hold recorded sound."""
        present = np.ones(last - first, dtype=bool)
        for gap in self._gaps:
            present[max(0, round(gap.start / FRAME) - first) : max(0, round(gap.end / FRAME) - first)] = False
        return present


def _shifted(spans: Sequence[Span], by: float) -> tuple[Span, ...]:
    return tuple(Span(round(span.start + by, 2), round(span.end + by, 2)) for span in spans)
