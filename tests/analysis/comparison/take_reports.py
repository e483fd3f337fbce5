"""Reports of takes made by hand, with the parts that a comparison reads and typical intervals."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.comparison.models import ComparedTake
from analysis.measures.confidence import figure, not_measurable
from analysis.measures.intervals import CLEAR, detected_count
from analysis.report import (
    Filler,
    Measure,
    ModelDescription,
    Pause,
    RecordingDescription,
    Report,
    Span,
    SpokenSpan,
    Transcript,
    Word,
)

START = 1.0
"""Start of every take, in seconds."""


def take_report(
    seconds: float = 90.0,
    *,
    words: float = 200,
    pauses: int = 18,
    filled_pauses: int = 8,
    markers: int = 4,
    long_pauses: int = 2,
    text: str = "",
    fillers: Sequence[Filler] = (),
    silences: Sequence[tuple[float, float]] = (),
    gaps: Sequence[tuple[float, float]] = (),
    language: str = "en",
    model: str = "base",
    **measures: Measure,
) -> Report:
    """A take with the given counts.

    Args:
        seconds: of speech.
        text: what was said, at an even pace over these seconds.
        silences: of pauses, beside those that are only counted.
        measures: in the place of those that follow from the counts.
    """
    return Report(
        schema=1,
        analysis_version="1",
        model=ModelDescription(model, model * 2, {}),
        recording=RecordingDescription(
            START + seconds, None, "opus", 48_000, 1, tuple(Span(*gap) for gap in gaps)
        ),
        notices=(),
        headline="",
        spoken_span=SpokenSpan(START, START + seconds, "detected"),
        transcript=Transcript(language, spread_words(text, seconds), ()),
        fillers=tuple(fillers),
        pauses=tuple(Pause(start, end, "within") for start, end in silences),
        pace=(),
        measures={**_measures(seconds, words, pauses, filled_pauses, markers, long_pauses), **measures},
        observations=(),
    )


def silent_take() -> Report:
    """A take without speech."""
    nothing = {name: not_measurable(each.unit, "no_speech") for name, each in take_report().measures.items()}
    return replace(take_report(), measures=nothing, spoken_span=None)


def spread_words(text: str, seconds: float, start: float = START) -> tuple[Word, ...]:
    """Successive words of equal length."""
    texts = text.split()
    step = seconds / max(1, len(texts))
    return tuple(
        Word(each, round(start + place * step, 3), round(start + (place + 1) * step, 3), 0.9)
        for place, each in enumerate(texts)
    )


def take(report: Report, name: str = "take 1") -> ComparedTake:
    return ComparedTake(name.replace(" ", "-"), name, report)


def _measures(
    seconds: float, words: float, pauses: int, filled_pauses: int, markers: int, long_pauses: int
) -> dict[str, Measure]:
    minutes = seconds / 60
    few_words, many_words = words * (1 - CLEAR.words), words * (1 + CLEAR.words)
    of_pauses = detected_count(pauses, CLEAR.pause_precision, CLEAR.pause_recall)
    of_long = detected_count(long_pauses, CLEAR.pause_precision, CLEAR.pause_recall)
    of_filled = detected_count(filled_pauses, 0.95, 0.92)
    of_markers = detected_count(markers, CLEAR.marker_precision, CLEAR.marker_recall)
    both = (of_filled[0] + of_markers[0], of_filled[1] + of_markers[1])
    return {
        "answer_length": figure(seconds, "s", seconds - 0.5, seconds + 0.5),
        "spoken_words": figure(words, "words", few_words, many_words),
        "speaking_rate": figure(words / minutes, "words/min", few_words / minutes, many_words / minutes),
        "pause_count": figure(pauses, "count", *of_pauses),
        "pause_rate": figure(pauses / minutes, "per min", *(end / minutes for end in of_pauses)),
        "long_pause_count": figure(long_pauses, "count", *of_long),
        "long_pause_rate": figure(long_pauses / minutes, "per min", *(end / minutes for end in of_long)),
        "filled_pause_count": figure(filled_pauses, "count", *of_filled),
        "discourse_marker_count": figure(markers, "count", *of_markers, reason="detector_uncertain"),
        "filler_rate": figure(
            (filled_pauses + markers) / minutes,
            "per min",
            *(end / minutes for end in both),
            reason="detector_uncertain",
        ),
        "pause_longest": figure(1.4, "s", 1.2, 1.6) if pauses else not_measurable("s", "none_found"),
    }
