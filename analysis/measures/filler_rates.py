"""Filled pauses and discourse markers as figures: counts, and rates by time and by words."""

from analysis.corrections import CERTAIN
from analysis.measures import guides
from analysis.measures.confidence import figure, withheld
from analysis.measures.fillers import counted_markers, filled_pauses
from analysis.measures.inputs import Findings
from analysis.measures.intervals import (
    MISSED_WITHOUT_SOUND,
    MISSED_WITHOUT_SOUND_A_MINUTE,
    detected_count,
    probable_count,
)
from analysis.report import Measure
from analysis.text.words import spoken_word_count


def filler_measures(findings: Findings) -> dict[str, Measure]:
    """Filled pauses and discourse markers, as counts and rates."""
    conditions, error = findings.conditions, findings.error
    guide = guides.FILLER_RATE
    if not conditions.english:
        reason = "language_not_english"
        return {
            "filled_pause_count": withheld("count", reason),
            "filled_pause_rate": withheld("per min", reason),
            "discourse_marker_count": withheld("count", reason),
            "filler_rate": withheld("per min", reason, guide),
            "filler_rate_per_100_words": withheld("per 100 words", reason),
        }
    minutes = conditions.duration / 60.0
    count = _filled_pause_count(findings, minutes)
    markers = _marker_count(findings)
    doubt = conditions.of_words() or conditions.of_pauses()
    # Without the sound half of them are missed; and of markers in real talk too few are labelled to be sure.
    doubt_of_filled = doubt or (None if findings.fillers_heard else "detector_uncertain")
    doubt_of_markers = doubt or "detector_uncertain"
    measures = {
        "filled_pause_count": figure(count[0], "count", count[1], count[2], doubt=doubt_of_filled, digits=0),
        "discourse_marker_count": figure(
            markers[0], "count", markers[1], markers[2], doubt=doubt_of_markers, digits=0
        ),
    }
    words = spoken_word_count(findings.answer.words)
    if conditions.too_short_for_rates() or not words:
        return measures | {
            "filled_pause_rate": withheld("per min", "too_little_speech"),
            "filler_rate": withheld("per min", "too_little_speech", guide),
            "filler_rate_per_100_words": withheld("per 100 words", "too_little_speech"),
        }
    too_little = conditions.of_rates()
    both = [filled + marker for filled, marker in zip(count, markers, strict=True)]
    hundreds = words / 100.0
    return measures | {
        "filled_pause_rate": figure(
            count[0] / minutes,
            "per min",
            count[1] / minutes,
            count[2] / minutes,
            doubt=too_little or doubt_of_filled,
        ),
        "filler_rate": figure(
            both[0] / minutes,
            "per min",
            both[1] / minutes,
            both[2] / minutes,
            doubt=too_little or doubt_of_markers,
            guide=guide,
        ),
        "filler_rate_per_100_words": figure(
            both[0] / hundreds,
            "per 100 words",
            both[1] / (hundreds * (1 + error.words)),
            both[2] / (hundreds * (1 - error.words)),
            doubt=too_little or doubt_of_markers,
        ),
    }


def _filled_pause_count(findings: Findings, minutes: float) -> tuple[float, float, float]:
    error = findings.error
    found = [filler.confidence for filler in filled_pauses(findings.fillers)]
    each, a_minute = (
        (error.missed_filled_pauses, error.missed_filled_pauses_a_minute)
        if findings.fillers_heard
        else (MISSED_WITHOUT_SOUND, MISSED_WITHOUT_SOUND_A_MINUTE)
    )
    return probable_count(found, findings.unlisted, each * len(found) + a_minute * minutes)


def _marker_count(findings: Findings) -> tuple[float, float, float]:
    error = findings.error
    sure = len(counted_markers(findings.fillers))
    unsure = sum(1 for f in findings.fillers if f.kind == "discourse_marker" and f.state == "unsure")
    low, high = detected_count(sure, error.marker_precision, error.marker_recall)
    said = sum(1 for f in findings.fillers if f.kind == "discourse_marker" and f.confidence == CERTAIN)
    return float(sure), max(low, float(said)), high + unsure
