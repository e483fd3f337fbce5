"""Measures as rows: label, value, interval, guide, how sure, why, and what an open row explains."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.evaluation.published import PublishedErrors, published_errors
from analysis.formatting import (
    capitalised,
    clock,
    duration,
    estimate,
    interval,
    whole,
    whole_seconds_interval,
)
from analysis.measures.confidence import LEAST_FOR_RATES, LEAST_FOR_SURE_RATES
from analysis.measures.pauses import LONG_PAUSE
from analysis.measures.registry import DEFINITIONS, GROUPS, group_of
from analysis.report import Filler, FillerKind, Measure, ModelDescription, Pause, Report, State
from analysis.view.marks import filler_text, guide_text, pause_text, shown_fillers

_STATES: dict[State, str] = {
    "measured": "Measured",
    "low_confidence": "Less sure",
    "not_measurable": "Not measurable",
}

_REASONS = {
    "no_speech": "no speech was heard",
    "too_little_speech": "there is too little speech",
    "not_recorded_here": "only for answers recorded in Greenroom",
    "low_signal_to_noise": "the recording is hard to hear",
    "echo": "the room echoes",
    "narrow_band": "the sound is like that of a telephone call",
    "browser_processing": "the browser changed the sound",
    "gap": "part of the sound is missing",
    "two_voices": "there is more than one voice",
    "language_not_english": "the answer is not in English",
    "second_language": "part of the answer is in another language",
    "detector_uncertain": "some are missed, and some may not be real",
    "no_labelled_speech": "it is not checked against labelled speech yet",
    "recogniser_uncertain": "the recogniser is not sure of the words",
    "syllables_disagree": "the words do not match the syllables heard",
    "none_found": "there are none in this answer",
}
_LESS_THAN = "there are less than {} seconds of speech"
_REASONS_BY_STATE: dict[tuple[str, State], str] = {
    ("too_little_speech", "not_measurable"): _LESS_THAN.format(whole(LEAST_FOR_RATES)),
    ("too_little_speech", "low_confidence"): _LESS_THAN.format(whole(LEAST_FOR_SURE_RATES)),
}

_MOST_NAMES = 8
"""Measures named for one reason; beyond that it is nearly all of them."""


def state_text(state: State) -> str:
    """How far to trust a figure: `Measured`, `Less sure`, `Not measurable`."""
    return _STATES[state]


def reason_text(reason: str | None, state: State) -> str:
    """Why a figure is less sure or missing, as a clause; empty without a reason."""
    if reason is None:
        return ""
    return _REASONS_BY_STATE.get((reason, state)) or _REASONS.get(reason) or reason.replace("_", " ")


def label_of(name: str) -> str:
    """A measure's name for people; readable for one that this build does not know."""
    known = DEFINITIONS.get(name)
    return known.label if known else capitalised(name.replace("_", " "))


@dataclass(frozen=True)
class MomentView:
    """A place to listen to.

    Attributes:
        start: seconds.
        clock: the same as text.
        text: what is heard there; empty where what stands beside it says so.
    """

    start: float
    clock: str
    text: str = ""


def moment_at(start: float, text: str = "") -> MomentView:
    """The moment at a time in seconds."""
    return MomentView(start, clock(start), text)


@dataclass(frozen=True)
class PublishedErrorView:
    """The error of a measure in recordings of one sort."""

    recordings: str
    text: str


@dataclass(frozen=True)
class Explanation:
    """What an open row says beside its figure.

    Attributes:
        sentences: what the interval means, and why the figure is less sure; often none.
        definition, method, known_error: as in `analysis.measures.registry`; empty for an unknown measure.
        guide: what is usual, with its source; empty where nothing is published.
        published: the error on labelled speech, by sort of recording.
        published_note: when and with which build that was measured; empty without one.
        moments: where what was counted can be heard, in order of time.
    """

    sentences: tuple[str, ...]
    definition: str
    method: str
    known_error: str
    guide: str
    published: tuple[PublishedErrorView, ...]
    published_note: str
    moments: tuple[MomentView, ...]


@dataclass(frozen=True)
class MeasureRow:
    """One measure.

    Attributes:
        name: its key in a report.
        label: its name for people.
        value: the figure with its unit; empty where it is not measurable.
        interval: both ends of its 95 % interval; empty without one.
        guide: what is usual; empty where nothing is published.
        source: who says what is usual; empty likewise.
        state: code, for choosing a mark.
        state_text: how far to trust it.
        reason: why it is less sure or missing, as a clause; empty where it is measured.
        missing: `Not measurable: no speech was heard`; empty where there is a value.
        summary: label, value and guide in a line.
        explanation: what an open row says; None where rows do not open.
    """

    name: str
    label: str
    value: str
    interval: str
    guide: str
    source: str
    state: State
    state_text: str
    reason: str
    missing: str
    summary: str
    explanation: Explanation | None = None


@dataclass(frozen=True)
class MeasureGroupView:
    """Rows that are shown together."""

    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class WithheldMeasures:
    """Measures that have no value for one reason, in a line."""

    labels: str
    reason: str


def measure_row(name: str, measure: Measure, explanation: Explanation | None = None) -> MeasureRow:
    """The row of one measure.

    Args:
        name: its key in a report.
        measure: the figure.
        explanation: what an open row says; none by default.
    """
    ends = interval_text(name, measure.low, measure.high, measure.unit) if measure.value is not None else ""
    value = "" if measure.value is None else value_text(name, measure.value, measure.unit, ends)
    reason = reason_text(measure.reason, measure.state)
    guide = guide_text(measure.guide, measure.unit)
    missing = (
        "" if measure.value is not None else ": ".join(filter(None, [_STATES["not_measurable"], reason]))
    )
    label = label_of(name)
    return MeasureRow(
        name=name,
        label=label,
        value=value,
        interval=ends,
        guide=guide,
        source="" if measure.guide is None or not guide else measure.guide.source,
        state=measure.state,
        state_text=state_text(measure.state),
        reason=reason,
        missing=missing,
        summary=f"{label}: {value}{f' (guide {guide})' if guide else ''}"
        if value
        else f"{label}: not measurable",
        explanation=explanation,
    )


def measure_groups(report: Report, *, first_language: str | None = None) -> tuple[MeasureGroupView, ...]:
    """All measures of a report, in their groups and order; groups without any are left out.

    Args:
        report: whose measures are shown.
        first_language: whose published error is given too.
    """
    rows = [
        (group_of(name), measure_row(name, measure, _explanation(name, measure, report, first_language)))
        for name, measure in in_order(report.measures)
    ]
    groups = (
        MeasureGroupView(group.value, tuple(row for of, row in rows if of is group)) for group in GROUPS
    )
    return tuple(group for group in groups if group.rows)


def in_order(measures: Mapping[str, Measure]) -> list[tuple[str, Measure]]:
    """Names and measures: those that this build defines in their order, then all others."""
    known = [(name, measures[name]) for name in DEFINITIONS if name in measures]
    return known + [(name, measure) for name, measure in measures.items() if name not in DEFINITIONS]


def withheld_measures(groups: Sequence[MeasureGroupView]) -> tuple[WithheldMeasures, ...]:
    """Measures without a value by their reason; of a reason that most share, how many there are."""
    labels: dict[str, list[str]] = {}
    for row in (row for group in groups for row in group.rows):
        if not row.value:
            labels.setdefault(row.reason or "not known", []).append(row.label)
    return tuple(
        WithheldMeasures(
            ", ".join(each) if len(each) <= _MOST_NAMES else f"All {len(each)} other measures", reason
        )
        for reason, each in sorted(labels.items(), key=lambda entry: len(entry[1]))
    )


def interval_sentence(ends: str) -> str:
    """What an interval means; empty without one."""
    return f"We are 95 % sure that the true figure is within {ends}." if ends else ""


def _explanation(name: str, measure: Measure, report: Report, first_language: str | None) -> Explanation:
    definition = DEFINITIONS.get(name)
    published = published_errors(name, first_language=first_language) if definition else None
    ends = interval_text(name, measure.low, measure.high, measure.unit) if measure.value is not None else ""
    reason = reason_text(measure.reason, measure.state)
    guide = guide_text(measure.guide, measure.unit)
    less_sure = f"Less sure, because {reason}." if reason and measure.value is not None else ""
    return Explanation(
        sentences=tuple(filter(None, [interval_sentence(ends), less_sure])),
        definition=definition.definition if definition else "",
        method=definition.method if definition else "",
        known_error=definition.known_error if definition else "",
        guide=f"{guide}. {measure.guide.source}" if measure.guide and guide else "",
        published=tuple(
            PublishedErrorView(error.recordings, error.text)
            for error in (published.errors if published else ())
        ),
        published_note=published_note(published, report.analysis_version, report.model) if published else "",
        moments=_moments(name, report),
    )


def published_note(published: PublishedErrors, analysis_version: str, model: ModelDescription) -> str:
    """When the published errors were measured, and whether with another build than made the report."""
    on = f"{published.on.day} {published.on:%B %Y}"
    text = f"Measured on labelled speech on {on}. In brackets: how far off these figures themselves may be."
    if (published.analysis_version, published.model_sha256) == (analysis_version, model.sha256):
        return text
    return (
        f"{text} That was analysis {published.analysis_version} with the model {published.model}. This "
        f"report was made by analysis {analysis_version} with {model.name}. Its errors may be larger or "
        "smaller."
    )


def _longest(pauses: Sequence[Pause]) -> list[Pause]:
    return [max(pauses, key=lambda pause: pause.end - pause.start)] if pauses else []


def _long(pauses: Sequence[Pause]) -> list[Pause]:
    return [pause for pause in pauses if pause.end - pause.start >= LONG_PAUSE]


_PAUSES: dict[str, Callable[[Sequence[Pause]], Sequence[Pause]]] = {
    "pause_count": list,
    "pause_rate": list,
    "long_pause_count": _long,
    "pause_longest": _longest,
}
"""The pauses that a measure comes from."""

_FILLED_PAUSE: frozenset[FillerKind] = frozenset({"filled_pause"})
_MARKER: frozenset[FillerKind] = frozenset({"discourse_marker"})
_FILLERS: dict[str, frozenset[FillerKind]] = {
    "filled_pause_count": _FILLED_PAUSE,
    "filled_pause_rate": _FILLED_PAUSE,
    "discourse_marker_count": _MARKER,
    "filler_rate": _FILLED_PAUSE | _MARKER,
    "filler_rate_per_100_words": _FILLED_PAUSE | _MARKER,
}
"""The kinds of filler that a measure counts."""


def _moments(name: str, report: Report) -> tuple[MomentView, ...]:
    """Where what a measure counts can be heard."""
    if name in _PAUSES:
        return tuple(moment_at(pause.start, pause_text(pause)) for pause in _PAUSES[name](report.pauses))
    counted: list[Filler] = [f for f in shown_fillers(report) if f.kind in _FILLERS.get(name, frozenset())]
    return tuple(moment_at(filler.start, filler_text(filler)) for filler in counted)


_WHOLE_SECONDS = frozenset({"answer_length"})
"""Measures in whole seconds, as the headline, the length bar and the aim have them."""


def value_text(name: str, value: float | None, unit: str, ends: str = "") -> str:
    """A figure with its unit, or that it is not measurable.

    Args:
        name: of the measure.
        value, unit: of the figure.
        ends: its interval as text; a whole number that has one was estimated and is 'about'.
    """
    if value is None:
        return _STATES["not_measurable"]
    return duration(value) if name in _WHOLE_SECONDS else estimate(value, unit, ends)


def interval_text(name: str, low: float | None, high: float | None, unit: str) -> str:
    """Both ends of an interval; empty without one, or where both are written alike."""
    return whole_seconds_interval(low, high) if name in _WHOLE_SECONDS else interval(low, high, unit)
