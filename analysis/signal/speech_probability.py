"""Speech probability every 32 ms from Silero's voice activity model, which comes with faster-whisper."""

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.growable_array import GrowableArray
from analysis.signal.narrow_band import NarrowBandExtension

_FRAME_SAMPLES = 512
SILERO_FRAME = _FRAME_SAMPLES / SAMPLE_RATE
"""Seconds covered by one probability (32 ms)."""

SILERO_LEAD = 0.010
"""Seconds by which Silero's output lags behind the audio; median on labelled pauses."""

_CONTEXT_SAMPLES = 64
"""Samples of the previous frame that the model is given with each frame."""
_STATE_SHAPE = (1, 1, 128)
_RUN_FRAMES = 32
"""Frames that the model is given at a time (1 s). The number is fixed, so that the probabilities do not
depend on how the audio is divided up."""


class SpeechProbabilities:
    """Speech probability of a recording that may still be in progress.

    Args:
        gain: factor by which the sound is lifted (`analysis.signal.quiet_sound`).
    """

    def __init__(self, gain: float = 1.0) -> None:
        self._probabilities = GrowableArray(np.float32)
        self._hidden = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._cell = np.zeros(_STATE_SHAPE, dtype=np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, dtype=np.float32)
        self._gain = np.float32(gain)
        self._extension = NarrowBandExtension()

    def extend(self, samples: NDArray[np.float32], *, ended: bool = False) -> None:
        """Processes the samples that are new since the last call.

        Args:
            samples: shape (n,), 16 kHz, from the start of the recording.
            ended: nothing follows; the last frame is padded with silence.
        """
        run = _RUN_FRAMES * _FRAME_SAMPLES
        start = len(self._probabilities) * _FRAME_SAMPLES
        while start + run <= len(samples):
            self._run(samples[start : start + run])
            start += run
        if ended:
            rest = samples[start:]
            self._run(np.pad(rest, (0, -len(rest) % _FRAME_SAMPLES or _FRAME_SAMPLES)))

    def view(self) -> NDArray[np.float32]:
        """Probabilities so far, 0 to 1."""
        return self._probabilities.view()

    def _run(self, sound: NDArray[np.float32]) -> None:
        # Imports all of faster-whisper, which commands that analyse nothing should not wait for.
        from faster_whisper.vad import get_vad_model

        frames = self._extension.extend(self._gain * sound).reshape(-1, _FRAME_SAMPLES)
        contexts = np.concatenate([self._context[np.newaxis], frames[:-1, -_CONTEXT_SAMPLES:]])
        output, self._hidden, self._cell = get_vad_model().session.run(
            None,
            {"input": np.concatenate([contexts, frames], axis=1), "h": self._hidden, "c": self._cell},
        )
        self._context = frames[-1, -_CONTEXT_SAMPLES:].copy()
        self._probabilities.append(output.ravel())


def odds_at_frames(
    probabilities: NDArray[np.float32], first: int, last: int, frame: float
) -> NDArray[np.float64]:
    """Natural log odds of speech at the centre of each frame; 0 is even.

    Args:
        probabilities: shape (n,), from the start of the recording.
        first, last: frames, `last` not included.
        frame: seconds of a frame.
    """
    clipped = np.clip(probabilities.astype(np.float64), 1e-3, 1 - 1e-3)
    centres = (np.arange(first, last) + 0.5) * frame + SILERO_LEAD
    odds: NDArray[np.float64] = np.interp(
        centres, (np.arange(len(clipped)) + 0.5) * SILERO_FRAME, np.log(clipped / (1 - clipped))
    )
    return odds
