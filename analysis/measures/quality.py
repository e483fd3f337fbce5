"""Quality of the recording: signal-to-noise ratio and clipping.

Both are of the whole recording; clipping is measured even if there is no speech.
"""

from analysis.audio.capture import Processing
from analysis.measures.definition import Estimate, MeasureDefinition, MeasureGroup, NotMeasurable
from analysis.report import Guide, Measure
from analysis.signal.quality import Quality

_RATIO_TOO_HIGH, _RATIO_TOO_LOW = 5.0, 3.0
"""dB by which the signal-to-noise ratio was off, at most, on clips with noise at a known ratio."""

_CLIPPING_ERROR = 0.2
"""Relative error of the share of clipped sound, 95 %."""


def quality_measures(quality: Quality, processing: Processing) -> dict[str, Measure]:
    """The measures of this module for a recording, whether or not there is speech in it."""
    return {
        _SIGNAL_TO_NOISE.name: _SIGNAL_TO_NOISE.as_measure(_signal_to_noise(quality, processing)),
        _CLIPPING.name: _CLIPPING.as_measure(_clipping(quality, processing)),
    }


def _signal_to_noise(quality: Quality, processing: Processing) -> Estimate | NotMeasurable:
    ratio = quality.signal_to_noise
    if ratio is None:
        return NotMeasurable("no_speech")
    return Estimate(ratio, ratio - _RATIO_TOO_HIGH, ratio + _RATIO_TOO_LOW, processing.level_reason())


def _clipping(quality: Quality, processing: Processing) -> Estimate:
    share = quality.clipping
    low, high = (1 - _CLIPPING_ERROR) * share, (1 + _CLIPPING_ERROR) * share
    return Estimate(share, low, high, processing.level_reason())


_SIGNAL_TO_NOISE = MeasureDefinition(
    name="signal_to_noise",
    label="Voice above noise",
    unit="dB",
    group=MeasureGroup.RECORDING,
    definition="How much louder your voice is than the noise of the room.",
    method="Median level of speech minus median level where there is none.",
    known_error=("On 8 clips with known noise it was between 2.9 dB too low and 4.6 dB too high."),
    guide=Guide(20.0, None, "Greenroom: below 20 dB, pauses and fillers have clearly more error"),
    compute=lambda inputs: _signal_to_noise(inputs.quality, inputs.conditions.processing),
    digits=1,
)
_CLIPPING = MeasureDefinition(
    name="clipping",
    label="Sound cut off",
    unit="%",
    group=MeasureGroup.RECORDING,
    definition="Share of the sound that was too loud for the recording and was cut off.",
    method="Flat peaks: three or more samples in a row at the recording's highest value.",
    known_error=(
        "Checked on sound cut off at one level only. Files made smaller (MP3, Opus) lose the flat peaks, so "
        "some are missed."
    ),
    guide=Guide(None, 0.1, "Greenroom's own limit; no study behind it"),
    compute=lambda inputs: _clipping(inputs.quality, inputs.conditions.processing),
    digits=3,
)

MEASURES = (_SIGNAL_TO_NOISE, _CLIPPING)
"""In the order in which reports show them."""
