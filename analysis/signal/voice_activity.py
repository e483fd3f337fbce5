"""Speech and silence in a recording, from the signal alone.

The recogniser's word times are not used: they can be off by 0.3 s and more after a silence. The detection
itself is in `analysis.signal.vad`.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from analysis.audio.recording import Recording
from analysis.progress import Progress, ProgressListener, ignore_progress
from analysis.report import Span
from analysis.signal.reverberation import ECHOING
from analysis.signal.speech_probability import SILERO_FRAME
from analysis.signal.streaming import SignalStream
from analysis.signal.windows import Window, with_missed_speech


@dataclass(frozen=True)
class Activity:
    """The result of the stage `activity`; what `detect_activity` returns.

    Attributes:
        duration: seconds of the recording.
        speech: stretches of speech, in order.
        silences: stretches of silence of any length, in order; a stretch that is neither is noise.
        probabilities: Silero's speech probability, one for each 32 ms.
        speech_level: median level of speech, dB re full scale; None without speech.
        noise_floor: median level without speech, dB re full scale.
        gaps: stretches for which the file holds no sound, and `mutes`, in order.
        reverberation_time: seconds in which the reverberation decays by 60 dB; None where it is not known.
        windows: what the recogniser is given, in order; stored as `segments`.
        mutes: stretches of digital silence that cut off speech: the microphone was muted.
    """

    duration: float
    speech: tuple[Span, ...]
    silences: tuple[Span, ...]
    probabilities: tuple[float, ...]
    speech_level: float | None
    noise_floor: float
    gaps: tuple[Span, ...] = ()
    reverberation_time: float | None = None
    windows: tuple[Window, ...] = ()
    mutes: tuple[Span, ...] = ()

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "alias_generator": lambda name: "segments" if name == "windows" else name
    }

    @property
    def echoes(self) -> bool:
        """Whether reverberation fills short pauses."""
        return self.reverberation_time is not None and self.reverberation_time >= ECHOING

    @property
    def signal_to_noise(self) -> float | None:
        """dB between speech and the noise floor; None without speech."""
        return None if self.speech_level is None else self.speech_level - self.noise_floor

    def speech_probability(self, start: float, end: float) -> float:
        """Highest Silero probability between `start` and `end` (seconds); 0 outside the recording."""
        first = max(0, int(start / SILERO_FRAME))
        last = max(first + 1, int(np.ceil(end / SILERO_FRAME)))
        return max(self.probabilities[first:last], default=0.0)


def detect_activity(
    recording: Recording,
    *,
    signal: SignalStream | None = None,
    progress: ProgressListener = ignore_progress,
) -> Activity:
    """Speech and silence in a recording.

    Args:
        recording: as it was decoded.
        signal: the features computed while the recording was in progress; not yet ended.
        progress: called at the start and at the end.

    Returns:
        An `Activity`; without any speech its `speech` is empty.
    """
    progress(Progress("activity", 0.0, recording.duration))
    signal = SignalStream() if signal is None else signal
    gaps = recording.description.gaps
    signal.extend(recording.samples, gaps, ended=True)
    found = signal.voice_activity()
    progress(Progress("activity", recording.duration, recording.duration))
    return Activity(
        duration=recording.duration,
        speech=found.speech,
        silences=found.silences,
        probabilities=tuple(round(float(value), 3) for value in signal.probabilities),
        speech_level=round(found.speech_level, 1) if found.speech else None,
        noise_floor=round(found.noise_floor, 1),
        gaps=tuple(sorted((*gaps, *found.mutes), key=lambda gap: gap.start)),
        reverberation_time=None if found.reverberation_time is None else round(found.reverberation_time, 2),
        windows=with_missed_speech(signal.windows, found.speech, found.silences),
        mutes=found.mutes,
    )
