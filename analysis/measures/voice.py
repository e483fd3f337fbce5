"""Voice: spread and range of the pitch (fundamental frequency), in semitones."""

from analysis.measures.definition import Estimate, MeasureDefinition, MeasureGroup, NotMeasurable
from analysis.measures.inputs import MeasureInputs
from analysis.signal.pitch import Pitch

_LEAST_VOICED = 5.0
"""Seconds of voiced sound needed for a spread of pitch."""

_NOISY = 15.0
"""Signal-to-noise ratio in dB under which pitch has low confidence."""


def _pitch_spread(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    pitch = _enough(inputs.pitch)
    if pitch is None:
        return NotMeasurable("too_little_speech")
    error = inputs.error.pitch_spread
    return Estimate(pitch.spread, max(0.0, pitch.spread - error), pitch.spread + error, _reason(inputs))


def _pitch_range(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    pitch = _enough(inputs.pitch)
    if pitch is None:
        return NotMeasurable("too_little_speech")
    error = 2 * inputs.error.pitch_spread
    return Estimate(pitch.range, max(0.0, pitch.range - error), pitch.range + error, _reason(inputs))


def _enough(pitch: Pitch | None) -> Pitch | None:
    return None if pitch is None or pitch.voiced_duration < _LEAST_VOICED else pitch


def _reason(inputs: MeasureInputs) -> str:
    ratio = inputs.conditions.signal_to_noise
    noisy = ratio is None or ratio < _NOISY
    if inputs.conditions.time_reason() or noisy:
        return inputs.conditions.time_reason() or "low_signal_to_noise"
    # Over a telephone the spread moved by up to 0.7 semitones against the same voices in full.
    if inputs.quality.narrow_band:
        return "narrow_band"
    # Its error could not be measured: there is no labelled pitch (ACCURACY.md).
    return "no_labelled_speech"


MEASURES = (
    MeasureDefinition(
        name="pitch_spread",
        label="Movement of pitch",
        unit="semitones",
        group=MeasureGroup.WORDS_AND_VOICE,
        definition=(
            "How far the pitch of your voice moves around its middle (the standard deviation). Compare it "
            "only with your own other answers, because voices and languages differ."
        ),
        method="The YIN method, every 20 ms, where the voice has a pitch.",
        known_error=(
            "There was no labelled pitch to check it with. A slower method (pYIN) was used instead. Of 8 "
            "recordings, 5 were within 0.3 semitones of it and one within 0.6. Two differed by about 3, "
            "and it is not known which method is right there."
        ),
        compute=_pitch_spread,
    ),
    MeasureDefinition(
        name="pitch_range",
        label="Range of pitch",
        unit="semitones",
        group=MeasureGroup.WORDS_AND_VOICE,
        definition="The range that contains the middle 80 % of the pitch.",
        method="The same pitch, 10th to 90th percentile.",
        known_error="The same as for the movement of pitch.",
        compute=_pitch_range,
    ),
)
"""In the order in which reports show them."""
