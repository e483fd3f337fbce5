"""Voice activity detection (VAD): speech and silence in 10 ms frames, from two sources of evidence.

The first is Silero's speech probability. The second is the level above the recording's own noise floor, which
places edges to 10 ms: the broadband level in a quiet recording, and in noise or reverberation the level of
each frequency band against its own noise and reverberation (`analysis.signal.bands`). The noise floor is that
of the frames without speech, so that a single loud cough does not change it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from analysis.report import Span
from analysis.signal.bands import a_posteriori_snr, noise_floor
from analysis.signal.digital_silence import find_mutes, frames_with_sound
from analysis.signal.levels import FRAME, SILENCE_DB, frame_runs
from analysis.signal.reverberation import ECHOING, reverberation_time

# Each value below was tuned on clean labelled answers degraded in 39 ways (tests/accuracy/degraded.py), for
# the best detection and placement of pauses over all of them together.
_SPEECH_EVEN_POINT = 0.25
"""Silero probability at which its evidence is neutral: word ends fade below the usual 0.5."""
_ODDS_SCALE, _EVIDENCE_LIMIT = 1.5, 3.0
_BELOW_SPEECH_DB = 26.0
"""In a quiet recording a frame this far below the level of speech is silent."""
_LEAST_ABOVE_FLOOR_DB = 4.0
_QUIET_DB, _NOISY_DB = 32.0, 27.0
"""Signal-to-noise ratios between which the evidence changes over from the broadband level to the bands."""
_LEVEL_WEIGHT, _LEVEL_WEIGHT_VOICES, _LEVEL_SCALE_DB = 0.8, 0.5, 5.0
_BANDS_WEIGHT, _BANDS_SCALE_DB = 0.65, 3.0
_NOISE_PERCENTILE, _NOISE_MARGIN_DB = 75, 1.0
"""A frame with sound must exceed the 75th percentile of the noise frames by this margin."""
_SURE_OF_SILENCE = -2.6
"""Median log odds of the frames without speech. Where they are higher, other people talk in the background:
their voices exceed the noise in single bands as the speaker's does, so the broadband level is the better
evidence."""
_APART_FROM_SPEECH = 21
"""Width in frames (0.2 s) in which Silero finds no speech around a frame that is certainly noise and not the
end of a word."""
_LEAST_RATIO_DB = 6.0
"""Signal-to-noise ratio below which sound that Silero is nowhere sure of is a noise that resembles speech."""
_GATED_PERCENTILE, _GATED_SPREAD_DB = 10, 1.0
"""Percentile of the frames without speech that is the noise of a gated recording, and by how much less the
tenth percentile of a steady noise is than its median."""
_SHORTEST_SOUND = 0.04
"""Seconds. A shorter burst within silence is a click or the smack of lips."""
_SURE_ODDS = 2.0
"""Log odds (a probability of 0.88) beyond which a frame is certainly speech, or certainly not."""
_ENOUGH_FRAMES = 20
_SHORTEST_SPEECH = 0.10
"""Seconds of Silero speech that a stretch of sound needs to be speech rather than a cough or a click."""


@dataclass(frozen=True)
class VoiceActivity:
    """Speech and silence in a range of frames.

    Attributes:
        speech, silences: seconds from the first frame, in order.
        speech_level: median level of speech, dB re full scale.
        noise_floor: median level without speech, dB re full scale.
        reverberation_time: seconds; None where it is not known.
        mutes: stretches of digital silence that cut off speech; seconds from the first frame, in order.
    """

    speech: tuple[Span, ...]
    silences: tuple[Span, ...]
    speech_level: float
    noise_floor: float
    reverberation_time: float | None
    mutes: tuple[Span, ...]


def detect_voice_activity(
    levels: NDArray[np.float32],
    odds: NDArray[np.float64],
    present: NDArray[np.bool_],
    powers: Callable[[], NDArray[np.float32]],
) -> VoiceActivity:
    """Classifies each frame as speech, silence or other sound.

    Args:
        levels: shape (frames,), dB re full scale.
        odds: shape (frames,), Silero's log odds of speech.
        present: shape (frames,), frames that hold recorded sound; the others lie in gaps.
        powers: returns the power in each band, shape (frames, 20); called only where it is needed.
    """
    sound = present & frames_with_sound(levels, odds)
    gated = _is_gated(odds[present], sound[present])
    speech_level, floor = _reference_levels(levels[sound], odds[sound], gated=gated)
    # A noise gate cuts off the decays that would show the room.
    reverberation = None if gated else reverberation_time(levels, odds, sound, speech_level, floor)
    echoing = reverberation if reverberation is not None and reverberation >= ECHOING else None
    ratio = speech_level - floor
    quiet = float(np.clip((ratio - _NOISY_DB) / (_QUIET_DB - _NOISY_DB), 0.0, 1.0))
    if echoing is not None:
        quiet = 0.0
    weight = _LEVEL_WEIGHT
    if quiet < 1.0 and echoing is None and _background_speech(odds[sound]):
        quiet, weight = 1.0, _LEVEL_WEIGHT_VOICES
    evidence = np.zeros(len(levels))
    if quiet > 0.0:
        evidence += quiet * _evidence_of_level(levels, odds, ratio, floor, weight)
    if quiet < 1.0:
        evidence += (1.0 - quiet) * _evidence_of_bands(powers(), odds, sound, echoing)
    sounding = _without_clicks(evidence > 0.0)
    speech = tuple(
        span
        for span in _spans(sounding)
        if np.count_nonzero(odds[_frames(span)] >= 0.0) * FRAME >= _SHORTEST_SPEECH
    )
    if ratio < _LEAST_RATIO_DB and np.count_nonzero(odds[sound] > _SURE_ODDS) < _ENOUGH_FRAMES:
        speech = ()
    mutes = find_mutes(levels, sound | ~present, speech, speech_level)
    return VoiceActivity(speech, _spans(~sounding), speech_level, floor, reverberation, mutes)


def _is_gated(odds: NDArray[np.float64], sound: NDArray[np.bool_]) -> bool:
    """Whether the frames without speech, between the first and the last word, are mostly digital silence."""
    certain = np.flatnonzero(odds > _SURE_ODDS)
    if not len(certain):
        return False
    between = slice(certain[0], certain[-1])
    silent = ~sound[between]
    return bool(np.count_nonzero(silent) > np.count_nonzero(~silent & (odds[between] < -_SURE_ODDS)))


def _reference_levels(
    levels: NDArray[np.float32], odds: NDArray[np.float64], *, gated: bool
) -> tuple[float, float]:
    """Level of speech and noise floor, dB re full scale.

    Args:
        levels, odds: of the frames that hold sound.
        gated: most pauses hold none, so that the noise is hardly heard by itself.
    """
    if not len(levels):
        return SILENCE_DB, SILENCE_DB
    certain_speech = levels[odds > _SURE_ODDS]
    no_speech = levels[odds < -_SURE_ODDS]
    too_few = len(no_speech) < _ENOUGH_FRAMES
    if too_few:
        no_speech = levels[levels <= np.percentile(levels, 5)]
    floor = float(np.median(no_speech))
    if gated:
        # Most of these frames are ends of words, which are louder than the noise.
        floor = min(floor, float(np.percentile(no_speech, _GATED_PERCENTILE)) + _GATED_SPREAD_DB)
    if len(certain_speech) < _ENOUGH_FRAMES:
        return float(np.percentile(levels, 95)), floor
    speech = float(np.median(certain_speech))
    # Word endings that Silero misses would raise the noise floor of a speaker who hardly pauses.
    quiet_part = float(np.percentile(levels, 10)) + 6.0
    floor = min(floor, quiet_part, speech - 6.0)
    if gated and too_few:
        floor = min(floor, speech - _QUIET_DB)
    return speech, floor


def _evidence_of_level(
    levels: NDArray[np.float32], odds: NDArray[np.float64], ratio: float, floor: float, weight: float
) -> NDArray[np.float64]:
    """Evidence for sound (positive) or silence (negative) in each frame of a quiet recording."""
    threshold = floor + max(_LEAST_ABOVE_FLOOR_DB, min(0.5 * ratio, ratio - _BELOW_SPEECH_DB))
    by_level = _limited((levels - threshold) / _LEVEL_SCALE_DB)
    evidence: NDArray[np.float64] = weight * by_level + (1 - weight) * _by_silero(odds)
    return evidence


def _evidence_of_bands(
    powers: NDArray[np.float32],
    odds: NDArray[np.float64],
    sound: NDArray[np.bool_],
    reverberation: float | None,
) -> NDArray[np.float64]:
    """The same in noise or reverberation; `reverberation` is the reverberation time in seconds."""
    if not len(powers):
        return np.zeros(0)
    floor = noise_floor(powers, odds < -_SURE_ODDS, sound)
    decay = None if reverberation is None else 60.0 / reverberation
    above = a_posteriori_snr(powers, floor, odds > _SURE_ODDS, decay)
    certain_noise = (maximum_filter1d(odds, _APART_FROM_SPEECH) < -_SURE_ODDS) & sound
    if np.count_nonzero(certain_noise) < _ENOUGH_FRAMES:
        certain_noise = (odds < -_SURE_ODDS) & sound
    threshold = 0.0
    if np.count_nonzero(certain_noise) >= _ENOUGH_FRAMES:
        threshold = max(0.0, float(np.percentile(above[certain_noise], _NOISE_PERCENTILE)) + _NOISE_MARGIN_DB)
    by_bands = _limited((above - threshold) / _BANDS_SCALE_DB)
    evidence: NDArray[np.float64] = _BANDS_WEIGHT * by_bands + (1 - _BANDS_WEIGHT) * _by_silero(odds)
    return evidence


def _background_speech(odds: NDArray[np.float64]) -> bool:
    """Whether other people talk in the background: Silero is never certain of silence."""
    without = odds[odds < -1.0]
    return len(without) >= _ENOUGH_FRAMES and float(np.median(without)) > _SURE_OF_SILENCE


def _by_silero(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    even = np.log(_SPEECH_EVEN_POINT / (1 - _SPEECH_EVEN_POINT))
    return _limited((odds - even) / _ODDS_SCALE)


def _limited(evidence: NDArray[np.floating]) -> NDArray[np.float64]:
    """Bounds the evidence, so that neither source can overrule the other."""
    limited: NDArray[np.float64] = np.clip(evidence, -_EVIDENCE_LIMIT, _EVIDENCE_LIMIT).astype(np.float64)
    return limited


def _without_clicks(sounding: NDArray[np.bool_]) -> NDArray[np.bool_]:
    kept = sounding.copy()
    for span in _spans(sounding):
        if span.duration < _SHORTEST_SOUND - FRAME / 2:
            kept[_frames(span)] = False
    return kept


def _spans(mask: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Runs of true frames as spans in seconds."""
    return tuple(Span(round(first * FRAME, 2), round(last * FRAME, 2)) for first, last in frame_runs(mask))


def _frames(span: Span) -> slice:
    return slice(round(span.start / FRAME), round(span.end / FRAME))
