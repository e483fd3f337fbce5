"""The published error of each measure, from the last evaluation on labelled speech.

`published.json` is written by the command that writes ACCURACY.md; none of its figures is entered by hand.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from analysis.evaluation.first_languages import groups_of, kinds_of, name_of
from analysis.evaluation.results import Evaluation
from analysis.evaluation.summary import (
    CLEAR,
    FEWEST_EVENTS,
    NOISY,
    TELEPHONE,
    EventFigures,
    GroupFigures,
)
from analysis.evaluation.uncertainty import Figure
from analysis.measures.registry import DEFINITIONS
from analysis.report import Report
from analysis.serialization import from_json
from analysis.signal.quality import GOOD_SIGNAL_TO_NOISE

PUBLISHED = Path(__file__).with_name("published.json")

CONDITIONS = {
    TELEPHONE: "Real talk over a telephone",
    f"{TELEPHONE}, native": "Native speakers on a telephone",
    f"{TELEPHONE}, non-native": "Non-native speakers on a telephone",
    CLEAR: "Clear recordings",
    NOISY: "With noise or echo",
    "spontaneous": "Spontaneous talk",
    "synthetic": "Synthetic voices",
}
"""Groups of clips that represent a person's recordings, with their display names; real talk leads."""


@dataclass(frozen=True)
class PublishedError:
    """The error of a measure in one kind of recordings.

    Attributes:
        recordings: display name of the kind of recordings.
        group: the group of clips.
        text: the error, in a sentence.
        n: number of events, words or answers that it was measured on.
    """

    recordings: str
    group: str
    text: str
    n: int


@dataclass(frozen=True)
class PublishedErrors:
    """The published errors of one measure.

    Attributes:
        on: the day of the evaluation.
        analysis_version, model, model_sha256: the build that was evaluated; reports of other builds may have
            other errors.
        errors: one for each kind of recordings.
    """

    on: date
    analysis_version: str
    model: str
    model_sha256: str
    errors: tuple[PublishedError, ...]


@dataclass(frozen=True)
class ExplainedMeasure:
    """The definition of a measure, as in `analysis.measures.definition`, with its error on labelled speech.

    Attributes:
        published: None if its true value cannot be derived from labels.
    """

    name: str
    label: str
    unit: str
    definition: str
    method: str
    known_error: str
    published: PublishedErrors | None


def without_clips(evaluation: Evaluation) -> Evaluation:
    """The published part of an evaluation: its figures without the scores of each clip."""
    return replace(evaluation, clips=())


@lru_cache(maxsize=1)
def published_evaluation() -> Evaluation:
    """The evaluation that this build publishes."""
    return from_json(Evaluation, PUBLISHED.read_bytes())


def explained_measures(first_language: str | None = None) -> list[ExplainedMeasure]:
    """The explanations of all measures, in the order of a report.

    Args:
        first_language: adds the error for its speakers, or a sentence that it is unknown.
    """
    return [
        ExplainedMeasure(
            name=name,
            label=definition.label,
            unit=definition.unit,
            definition=definition.definition,
            method=definition.method,
            known_error=definition.known_error,
            published=published_errors(name, first_language=first_language),
        )
        for name, definition in DEFINITIONS.items()
    ]


def published_errors(
    measure: str, evaluation: Evaluation | None = None, *, first_language: str | None = None
) -> PublishedErrors | None:
    """The errors of one measure; None if its true value cannot be derived from labels.

    Args:
        measure: name of the measure.
        evaluation: the published evaluation by default.
        first_language: adds the error for its speakers at the end.
    """
    evaluation = evaluation or published_evaluation()
    errors = tuple(
        PublishedError(recordings, group.name, text, n)
        for name, recordings in CONDITIONS.items()
        if (group := evaluation.group(name)) is not None
        for text, n in _SENTENCES.get(measure, _nothing)(group)
    )
    if not errors:
        return None
    if first_language and first_language.strip():
        errors += tuple(_errors_for(first_language, measure, evaluation))
    made = evaluation.made
    return PublishedErrors(made.on, made.analysis_version, made.model, made.model_sha256, errors)


def error_for(measure: str, *, clear: bool) -> PublishedError | None:
    """The published error of a measure in recordings like this one: in real talk, where that was measured.

    Args:
        measure: name of the measure.
        clear: whether the signal-to-noise ratio is good.
    """
    published = published_errors(measure)
    if published is None:
        return None
    wanted = CLEAR if clear else NOISY
    by_group = {error.group: error for error in published.errors}
    return by_group.get(TELEPHONE) or by_group.get(wanted) or published.errors[0]


MAIN_MEASURES = ("spoken_words", "pause_count", "filled_pause_count", "discourse_marker_count")
"""Measures from which all other figures are derived."""


def errors_of_recording(report: Report) -> tuple[tuple[str, PublishedError], ...]:
    """The labels and published errors of the main measures in recordings like this one."""
    noise = report.measures.get("signal_to_noise")
    clear = noise is not None and noise.value is not None and noise.value >= GOOD_SIGNAL_TO_NOISE
    found = ((name, error_for(name, clear=clear)) for name in MAIN_MEASURES if name in report.measures)
    return tuple((DEFINITIONS[name].label, error) for name, error in found if error is not None)


def _errors_for(first_language: str, measure: str, evaluation: Evaluation) -> Iterator[PublishedError]:
    """The error for speakers of one first language, or a sentence that it is unknown."""
    name = name_of(first_language, evaluation)
    speakers = f"Speakers of {name}"
    groups = groups_of(first_language, evaluation)
    known = False
    for group in groups:
        kinds = kinds_of(group)
        for text, n in _SENTENCES.get(measure, _nothing)(group):
            known = True
            yield PublishedError(f"{speakers}, {kinds}" if kinds else speakers, group.name, text, n)
    if known:
        return
    clips = sum(group.clips for group in groups)
    if clips:
        amount = f"{clips} clips" if clips > 1 else "1 clip"
        text = f"The labelled speech of speakers of {name} ({amount}) gives no figure for this."
    else:
        text = f"There is no labelled speech of speakers of {name} yet, so nothing is known for them."
    yield PublishedError(speakers, "", text, 0)


_Sentences = Iterator[tuple[str, int]]


def _nothing(group: GroupFigures) -> _Sentences:
    yield from ()


def _filled_pauses(group: GroupFigures) -> _Sentences:
    if group.filled_pauses is not None and _is_told(group, group.filled_pauses):
        yield _found_and_real(group.filled_pauses, "'um' and 'uh'"), group.filled_pauses.true


def _markers(group: GroupFigures) -> _Sentences:
    if group.markers is not None and _is_told(group, group.markers):
        yield _found_and_real(group.markers, "'like', 'you know' and 'I mean'"), group.markers.true


def _fillers(group: GroupFigures) -> _Sentences:
    parts = [*_filled_pauses(group), *_markers(group)]
    if parts:
        yield " ".join(text for text, _ in parts), sum(n for _, n in parts)


def _pauses(group: GroupFigures) -> _Sentences:
    pauses = group.pauses
    if pauses is None or not _is_told(group, pauses):
        return
    text = _found_and_real(pauses, "pauses")
    if pauses.edge_error.value is not None:
        text += f" Their ends were off by {1000 * pauses.edge_error.value:.0f} ms (median)."
    yield text, pauses.true


def _words(group: GroupFigures) -> _Sentences:
    words = group.words
    if words is not None and words.count_error.value is not None:
        yield f"Off by {_percent(words.count_error)} of {words.words:,} words.", words.words


def _pace(group: GroupFigures) -> _Sentences:
    if group.by == "accent":
        if group.words is not None:
            yield from _off_in_answers(group.words.speaking_rate_error)
    else:
        yield from _off_by(group, "speaking_rate")


def _length(group: GroupFigures) -> _Sentences:
    yield from _off_by(group, "answer_length")


def _off_by(group: GroupFigures, measure: str) -> _Sentences:
    for checked in group.reliability:
        if checked.measure == measure:
            yield from _off_in_answers(checked.error)


def _off_in_answers(error: Figure) -> _Sentences:
    if error.value is not None:
        answers = "1 answer" if error.n == 1 else f"{error.n} answers"
        yield f"Off by {_percent(error)} in {answers}.", error.n


def _is_told(group: GroupFigures, events: EventFigures) -> bool:
    """Whether there are figures; an accent with few events has none."""
    return events.true > 0 and (group.by != "accent" or events.recall.value is not None)


def _found_and_real(events: EventFigures, what: str) -> str:
    """For example '93 % (82–97) of 54 labelled pauses were found. 95 % (85–99) of 52 reported were real.'

    With few events, counts are given instead of percentages.
    """
    hits = events.hits if events.hits is not None else round((events.recall.value or 0.0) * events.true)
    if events.true < FEWEST_EVENTS:
        found = f"{hits} of {events.true} labelled {what} were found"
        return f"{found}. {hits} of {events.found} reported were real." if events.found else f"{found}."
    return (
        f"{_whole_percent(events.recall)} of {events.true:,} labelled {what} were found. "
        f"{_whole_percent(events.precision)} of {events.found:,} reported were real."
        if events.found
        else f"None of {events.true:,} labelled {what} was found."
    )


def _whole_percent(figure: Figure) -> str:
    return _write(figure, 0)


def _percent(figure: Figure) -> str:
    return _write(figure, 1)


def _write(figure: Figure, decimals: int) -> str:
    """A percentage with its interval, such as '93 % (82–97)'."""
    value = f"{100 * (figure.value or 0.0):.{decimals}f}\N{NO-BREAK SPACE}%"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} ({100 * figure.low:.{decimals}f}–{100 * figure.high:.{decimals}f})"


_SENTENCES: dict[str, Callable[[GroupFigures], _Sentences]] = {
    "answer_length": _length,
    "spoken_words": _words,
    "speaking_rate": _pace,
    "articulation_rate": _words,
    "filled_pause_count": _filled_pauses,
    "filled_pause_rate": _filled_pauses,
    "discourse_marker_count": _markers,
    "filler_rate": _fillers,
    "filler_rate_per_100_words": _fillers,
    "pause_count": _pauses,
    "long_pause_count": _pauses,
    "pause_rate": _pauses,
    "pause_median": _pauses,
    "pause_longest": _pauses,
    "speaking_share": _pauses,
    "mean_length_of_run": _pauses,
    "longest_unbroken_stretch": _pauses,
}
"""Sentences for each measure, on the error of the events or words that it is derived from."""
