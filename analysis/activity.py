"""Where somebody speaks and where it is silent, from the sound alone.

Two witnesses decide frame by frame: Silero's speech probability (32 ms a frame) and the level above the
recording's own noise floor (10 ms a frame). In a quiet recording the level decides, because it places
edges to 10 ms; in a noisy one Silero does, because the level no longer tells speech from noise. The
noise floor is that of the frames in which nobody speaks, so one loud cough moves nothing.

The recogniser's word times are not used: they can be off by 0.3 s and more after a silence.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.levels import FRAME, SILENCE_DB, frame_levels
from analysis.progress import Progress, ProgressListener, ignore_progress
from analysis.vocabulary import Span

SILERO_FRAME = 512 / SAMPLE_RATE
"""Seconds that one Silero probability stands for (32 ms)."""

_SILERO_LEAD = 0.010
"""Seconds that Silero's answer lags behind the sound; median on labelled pauses."""

# Each value below was chosen on the labelled spliced and synthetic answers (ACCURACY.md): pauses
# found and placed best, judged on clean, noisy and reverberant twins together.
_SPEECH_EVEN_POINT = 0.25
"""Silero probability at which its evidence is neutral: word ends fade below the usual 0.5."""
_BELOW_SPEECH_DB = 26.0
"""A frame this far below the level of speech is silent, however quiet the room."""
_LEAST_ABOVE_FLOOR_DB = 4.0
"""A frame must stand out of the noise by this much to count as sound."""
_QUIET_ROOM_DB, _NOISY_ROOM_DB = 30.0, 12.0
"""Signal-to-noise ratios between which trust moves from the level to Silero."""
_LEVEL_WEIGHT_QUIET, _LEVEL_WEIGHT_NOISY = 0.8, 0.5
_LEVEL_SCALE_DB, _ODDS_SCALE, _EVIDENCE_LIMIT = 5.0, 1.5, 3.0
_SHORTEST_SOUND = 0.04
"""Seconds. A shorter burst within silence is a click or the smack of lips."""
_SURE_ODDS = 2.0
"""Log odds (a probability of 0.88) from which a frame is surely speech, or surely not."""
_ENOUGH_FRAMES = 20
_SHORTEST_SPEECH = 0.10
"""Seconds of Silero speech that a stretch of sound needs to be speech and not a cough or a click."""


@dataclass(frozen=True)
class Activity:
    """What was found in the sound.

    Attributes:
        duration: seconds of the recording.
        speech: stretches in which somebody speaks, in order.
        silences: stretches of silence of any length, in order; a stretch that is neither is noise.
        probabilities: Silero's speech probability, one for each 32 ms.
        speech_level: median level of speech, dB re full scale; None without speech.
        noise_floor: median level where nobody speaks, dB re full scale.
        gaps: stretches for which the file holds no sound.
    """

    duration: float
    speech: tuple[Span, ...]
    silences: tuple[Span, ...]
    probabilities: tuple[float, ...]
    speech_level: float | None
    noise_floor: float
    gaps: tuple[Span, ...] = ()

    @property
    def signal_to_noise(self) -> float | None:
        """dB between speech and the noise floor; None without speech."""
        return None if self.speech_level is None else self.speech_level - self.noise_floor

    def speech_probability(self, start: float, end: float) -> float:
        """Highest Silero probability between `start` and `end` (seconds), 0 outside the recording."""
        first = max(0, int(start / SILERO_FRAME))
        last = max(first + 1, int(np.ceil(end / SILERO_FRAME)))
        return max(self.probabilities[first:last], default=0.0)


def detect_activity(recording: Recording, *, progress: ProgressListener = ignore_progress) -> Activity:
    """Speech and silence in a recording.

    Returns:
        An `Activity`; without any speech its `speech` is empty.
    """
    progress(Progress("activity", 0.0, recording.duration))
    probabilities = _silero(recording.samples)
    levels = frame_levels(recording.samples)
    gaps = recording.description.gaps
    odds = _odds_at_frames(probabilities, len(levels))
    present = _present(len(levels), gaps)
    speech_level, noise_floor = _reference_levels(levels[present], odds[present])
    sounding = _without_clicks(_evidence(levels, odds, speech_level, noise_floor) > 0.0)
    speech = [
        span
        for span in _spans(sounding)
        if np.count_nonzero(odds[_frames(span)] >= 0.0) * FRAME >= _SHORTEST_SPEECH
    ]
    silences = _spans(~sounding)
    progress(Progress("activity", recording.duration, recording.duration))
    return Activity(
        duration=recording.duration,
        speech=tuple(speech),
        silences=silences,
        probabilities=tuple(round(float(value), 3) for value in probabilities),
        speech_level=round(speech_level, 1) if speech else None,
        noise_floor=round(noise_floor, 1),
        gaps=gaps,
    )


def _silero(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Speech probability of each 32 ms, shape (ceil(n / 512),)."""
    # Loads the whole of faster-whisper, which commands that analyse nothing need not wait for.
    from faster_whisper.vad import get_vad_model

    padded = np.pad(samples, (0, -len(samples) % 512 or 512))
    probabilities: NDArray[np.float32] = get_vad_model()(padded).ravel()
    return probabilities


def _odds_at_frames(probabilities: NDArray[np.float32], frames: int) -> NDArray[np.float64]:
    """Natural log odds of speech at the centre of each 10 ms frame; 0 is even."""
    clipped = np.clip(probabilities.astype(np.float64), 1e-3, 1 - 1e-3)
    centres = (np.arange(frames) + 0.5) * FRAME + _SILERO_LEAD
    odds: NDArray[np.float64] = np.interp(
        centres, (np.arange(len(clipped)) + 0.5) * SILERO_FRAME, np.log(clipped / (1 - clipped))
    )
    return odds


def _present(frames: int, gaps: tuple[Span, ...]) -> NDArray[np.bool_]:
    """Which frames hold recorded sound."""
    present = np.ones(frames, dtype=bool)
    for gap in gaps:
        present[_frames(gap)] = False
    return present


def _reference_levels(levels: NDArray[np.float32], odds: NDArray[np.float64]) -> tuple[float, float]:
    """Level of speech and noise floor (dB re full scale) of the frames that hold sound."""
    if not len(levels):
        return SILENCE_DB, SILENCE_DB
    sure_speech = levels[odds > _SURE_ODDS]
    no_speech = levels[odds < -_SURE_ODDS]
    if len(no_speech) < _ENOUGH_FRAMES:
        no_speech = levels[levels <= np.percentile(levels, 5)]
    floor = float(np.median(no_speech))
    if len(sure_speech) < _ENOUGH_FRAMES:
        return float(np.percentile(levels, 95)), floor
    speech = float(np.median(sure_speech))
    # Word ends that Silero does not hear would lift the floor of somebody who hardly pauses.
    quiet_part = float(np.percentile(levels, 10)) + 6.0
    return speech, min(floor, quiet_part, speech - 6.0)


def _evidence(
    levels: NDArray[np.float32], odds: NDArray[np.float64], speech_level: float, noise_floor: float
) -> NDArray[np.float64]:
    """For sound (positive) or silence (negative), frame by frame; the weighted sum of both witnesses."""
    ratio = speech_level - noise_floor
    share = np.clip((ratio - _NOISY_ROOM_DB) / (_QUIET_ROOM_DB - _NOISY_ROOM_DB), 0.0, 1.0)
    weight = _LEVEL_WEIGHT_NOISY + share * (_LEVEL_WEIGHT_QUIET - _LEVEL_WEIGHT_NOISY)
    threshold = noise_floor + max(_LEAST_ABOVE_FLOOR_DB, min(0.5 * ratio, ratio - _BELOW_SPEECH_DB))
    smooth = levels if ratio >= _QUIET_ROOM_DB else uniform_filter1d(levels, 3)
    even = np.log(_SPEECH_EVEN_POINT / (1 - _SPEECH_EVEN_POINT))
    by_level = np.clip((smooth - threshold) / _LEVEL_SCALE_DB, -_EVIDENCE_LIMIT, _EVIDENCE_LIMIT)
    by_silero = np.clip((odds - even) / _ODDS_SCALE, -_EVIDENCE_LIMIT, _EVIDENCE_LIMIT)
    evidence: NDArray[np.float64] = weight * by_level + (1 - weight) * by_silero
    return evidence


def _without_clicks(sounding: NDArray[np.bool_]) -> NDArray[np.bool_]:
    kept = sounding.copy()
    for span in _spans(sounding):
        if span.duration < _SHORTEST_SOUND - FRAME / 2:
            kept[_frames(span)] = False
    return kept


def _spans(mask: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Runs of true frames as spans of time."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return tuple(
        Span(round(float(first) * FRAME, 2), round(float(last) * FRAME, 2))
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    )


def _frames(span: Span) -> slice:
    return slice(round(span.start / FRAME), round(span.end / FRAME))
