"""Fillers: filled pauses and discourse markers, as counts and as rates by time and by words.

They are found by `analysis.measures.filler_detection`.
"""

from analysis.corrections import CERTAIN
from analysis.measures.definition import (
    Estimate,
    MeasureDefinition,
    MeasureGroup,
    NotMeasurable,
    Pooling,
)
from analysis.measures.filler_detection import counted_markers, filled_pauses
from analysis.measures.inputs import MeasureInputs
from analysis.measures.intervals import (
    MISSED_WITHOUT_SOUND,
    MISSED_WITHOUT_SOUND_A_MINUTE,
    detected_count,
    probable_count,
)
from analysis.report import Guide

FILLER_RATE_GUIDE = Guide(None, 5.0, "Laske 2024: up to 5 a minute did not lower ratings in one study")
"""A minute."""

_FILLERS = ("filled_pause_count", "discourse_marker_count")

_FILLER_ERROR = (
    "Very short ones can be missed, and those that run into another word. A listener's 'mm-hmm', another "
    "voice or the end of a word can be counted by mistake. It was checked on short calls of 45 people. Few "
    "of the non-native callers said 'um'."
)
_MARKER_ERROR = (
    "People do not always agree whether a 'like' fills time or means something. A 'like' that reports speech "
    "('I was like, no way') is unsure. Only 'like', 'you know' and 'I mean' could be checked, so nothing is "
    "known about the others."
)


def _filled_pause_count(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if not inputs.conditions.english:
        return NotMeasurable("language_not_english")
    value, low, high = _filled_pauses(inputs)
    return Estimate(value, low, high, _filled_pause_reason(inputs))


def _filled_pause_rate(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    missing = _why_no_rate(inputs)
    if missing is not None:
        return missing
    value, low, high = (count / inputs.minutes for count in _filled_pauses(inputs))
    return Estimate(value, low, high, inputs.conditions.rate_reason() or _filled_pause_reason(inputs))


def _discourse_marker_count(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if not inputs.conditions.english:
        return NotMeasurable("language_not_english")
    value, low, high = _markers(inputs)
    return Estimate(value, low, high, _marker_reason(inputs))


def _filler_rate(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    missing = _why_no_rate(inputs)
    if missing is not None:
        return missing
    value, low, high = (count / inputs.minutes for count in _both(inputs))
    return Estimate(value, low, high, inputs.conditions.rate_reason() or _marker_reason(inputs))


def _filler_rate_per_100_words(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    missing = _why_no_rate(inputs)
    if missing is not None:
        return missing
    value, low, high = _both(inputs)
    hundreds = inputs.word_count / 100.0
    return Estimate(
        value / hundreds,
        low / (hundreds * (1 + inputs.word_count_error)),
        high / (hundreds * (1 - inputs.word_count_error)),
        inputs.conditions.rate_reason() or _marker_reason(inputs),
    )


def _why_no_rate(inputs: MeasureInputs) -> NotMeasurable | None:
    if not inputs.conditions.english:
        return NotMeasurable("language_not_english")
    if inputs.conditions.too_short_for_rates() or not inputs.word_count:
        return NotMeasurable("too_little_speech")
    return None


def _reason(inputs: MeasureInputs) -> str | None:
    return inputs.conditions.word_reason() or inputs.conditions.pause_reason()


def _filled_pause_reason(inputs: MeasureInputs) -> str | None:
    # Without detection in the sound, half of them are missed.
    return _reason(inputs) or (None if inputs.fillers_heard else "detector_uncertain")


def _marker_reason(inputs: MeasureInputs) -> str:
    # Too few markers in spontaneous speech are labelled to be certain.
    return _reason(inputs) or "detector_uncertain"


def _filled_pauses(inputs: MeasureInputs) -> tuple[float, float, float]:
    """Estimate and interval of the number of filled pauses."""
    found = tuple(filler.confidence for filler in filled_pauses(inputs.fillers))
    each, a_minute = (
        (inputs.error.missed_filled_pauses, inputs.error.missed_filled_pauses_a_minute)
        if inputs.fillers_heard
        else (MISSED_WITHOUT_SOUND, MISSED_WITHOUT_SOUND_A_MINUTE)
    )
    return probable_count(found, inputs.unlisted, each * len(found) + a_minute * inputs.minutes)


def _markers(inputs: MeasureInputs) -> tuple[float, float, float]:
    """Number and interval of discourse markers used as fillers."""
    markers = [filler for filler in inputs.fillers if filler.kind == "discourse_marker"]
    sure = len(counted_markers(markers))
    unsure = sum(1 for marker in markers if marker.state == "unsure")
    marked = sum(1 for marker in markers if marker.confidence == CERTAIN)
    low, high = detected_count(sure, inputs.error.marker_precision, inputs.error.marker_recall)
    return float(sure), max(low, float(marked)), high + unsure


def _both(inputs: MeasureInputs) -> tuple[float, float, float]:
    value, low, high = (
        filled + marker for filled, marker in zip(_filled_pauses(inputs), _markers(inputs), strict=True)
    )
    return value, low, high


MEASURES = (
    MeasureDefinition(
        name="filled_pause_count",
        label="'Um' and 'uh'",
        unit="count",
        group=MeasureGroup.FILLERS,
        definition="Filled pauses: um, uh, er, erm or hmm, said while thinking.",
        method=(
            "The recogniser is asked to write every sound, and the sound itself is searched for those that "
            "it left out. Each one found has a probability that it is real. The figure is their sum."
        ),
        known_error=_FILLER_ERROR,
        compute=_filled_pause_count,
        digits=0,
        pooling=Pooling(("filled_pause_count",)),
    ),
    MeasureDefinition(
        name="filled_pause_rate",
        label="'Um' and 'uh' a minute",
        unit="per min",
        group=MeasureGroup.FILLERS,
        definition="'Um', 'uh' and similar sounds for each minute of the answer.",
        method="The count divided by answer length.",
        known_error=_FILLER_ERROR,
        compute=_filled_pause_rate,
        pooling=Pooling(("filled_pause_count",), per="minute"),
    ),
    MeasureDefinition(
        name="discourse_marker_count",
        label="'Like', 'you know' and similar words",
        unit="count",
        group=MeasureGroup.FILLERS,
        definition=(
            "Like, you know, I mean, sort of, kind of, basically, actually, so, right and well, used to fill "
            "time. 'I would like to' does not count."
        ),
        method=(
            "Decided for each one from the words, commas and pauses around it. Unsure ones are listed, not "
            "counted."
        ),
        known_error=_MARKER_ERROR,
        compute=_discourse_marker_count,
        digits=0,
        pooling=Pooling(("discourse_marker_count",)),
    ),
    MeasureDefinition(
        name="filler_rate",
        label="Fillers a minute",
        unit="per min",
        group=MeasureGroup.FILLERS,
        definition=(
            "'Um', 'uh' and words such as 'like' used as fillers, together, for each minute of the answer."
        ),
        method="The sum of both divided by answer length. Zero is not the goal: a few are normal.",
        known_error=_FILLER_ERROR,
        guide=FILLER_RATE_GUIDE,
        compute=_filler_rate,
        pooling=Pooling(_FILLERS, per="minute"),
    ),
    MeasureDefinition(
        name="filler_rate_per_100_words",
        label="Fillers in 100 words",
        unit="per 100 words",
        group=MeasureGroup.FILLERS,
        definition="'Um', 'uh' and words such as 'like' used as fillers, for each 100 spoken words.",
        method="The sum of both divided by spoken words.",
        known_error=_FILLER_ERROR,
        compute=_filler_rate_per_100_words,
        pooling=Pooling(_FILLERS, per="100 words"),
    ),
)
"""In the order in which reports show them."""
