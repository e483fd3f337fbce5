"""One report, as every presentation shows it."""

from dataclasses import dataclass

from analysis.evaluation.published import errors_of_recording, published_evaluation
from analysis.feedback.hidden_figures import hidden_sentence
from analysis.feedback.retake import another_question, compare_with_previous
from analysis.feedback.verdict import with_verdict
from analysis.formatting import clock, moments, number_of, precise_clock
from analysis.report import Correction, Observation, ObservationKind, Report, SpanSource
from analysis.view.figures import DrillView, FigureView, drill_view, figure_views
from analysis.view.length_bar import LengthBar, length_bar
from analysis.view.measures import (
    MeasureGroupView,
    MomentView,
    WithheldMeasures,
    measure_groups,
    moment_at,
    withheld_measures,
)
from analysis.view.sound import SoundChoiceView, sound_choices
from analysis.view.timeline import TimelineView, timeline_view
from analysis.view.transcript import TranscriptView, transcript_view

_LEAST_TO_HEAR = 0.5
"""Seconds. A notice this near to the end of the sound has nothing to listen to after it."""

_OBSERVATION_TITLES: dict[ObservationKind, str] = {"keep": "Keep", "try": "Try", "note": "Note"}


@dataclass(frozen=True)
class NoticeView:
    """What to know about the recording.

    Attributes:
        code: stable, for programs.
        text: the sentence.
        when: `0:12 to 0:15`; empty where it concerns the whole recording.
        moment: where it can be heard; None where there is nothing to hear.
    """

    code: str
    text: str
    when: str
    moment: MomentView | None


@dataclass(frozen=True)
class ObservationView:
    """One thing to keep, to try or to know.

    Attributes:
        kind: code.
        title: `Keep`, `Try`, `Note`.
        text: the sentence.
        listen: `Listen at 0:12, 0:40 and 1:02.`; empty without moments.
        moments: the same, one by one.
    """

    kind: ObservationKind
    title: str
    text: str
    listen: str
    moments: tuple[MomentView, ...]


@dataclass(frozen=True)
class RetakeView:
    """What has changed since the take before, in the figure that was to change.

    Attributes:
        change: `Fillers: 21 to 6 a minute`.
        apart: whether that is more than measuring error.
        how_sure: in a sentence or two.
    """

    change: str
    apart: bool
    how_sure: str


@dataclass(frozen=True)
class AnotherQuestionView:
    """That another question may help more now, and why."""

    text: str
    why: str


@dataclass(frozen=True)
class SpanView:
    """Where the answer lies.

    Attributes:
        start, end: seconds.
        source: who says so.
        text: in a sentence.
    """

    start: float
    end: float
    source: SpanSource
    text: str


@dataclass(frozen=True)
class RecordingErrors:
    """How far off the main figures can be in recordings like this one.

    Attributes:
        rows: label, sort of recording and error of each.
        note: when that was measured, and whether with another build.
    """

    rows: tuple[tuple[str, str, str], ...]
    note: str


@dataclass(frozen=True)
class ReportView:
    """A report as it is shown, from top to bottom.

    Attributes:
        headline: the verdict, in one sentence; after a retake it leads with what has changed.
        figures: length, pace, pauses and fillers, each with its mark.
        drill: the exercise for the next take, with the words of the button; None if nothing is to change.
        retake: how sure the difference to the take before is; None for a first take.
        another_question: a reason to go to another question; None until there are three takes of this one.
        length_bar: None where there is no length.
        notices: what to know before reading on.
        observations: to keep, to try, to know.
        span: None where nobody speaks.
        timeline, transcript: what was found along the recording.
        groups: all measures, in groups and in order.
        groups_title: over them where they are folded: `All 25 figures`.
        withheld: measures without a value, by reason.
        interval_note: what stands in brackets beside a figure; empty where nothing does.
        errors: None where nobody speaks.
        corrections: what the person corrected, as in the report.
        corrections_text: how many of them, in a sentence; empty without any.
        analysis_version, model: what made the report, for a line at its end.
        model_sha256: of the model's weights.
        sounds: what the person can choose to have measured; empty where there is only one sound.
        hidden_text: which figures an assignment does not show, in a sentence; empty where all are shown.
    """

    headline: str
    figures: tuple[FigureView, ...]
    drill: DrillView | None
    retake: RetakeView | None
    another_question: AnotherQuestionView | None
    length_bar: LengthBar | None
    notices: tuple[NoticeView, ...]
    observations: tuple[ObservationView, ...]
    span: SpanView | None
    timeline: TimelineView
    transcript: TranscriptView
    groups: tuple[MeasureGroupView, ...]
    groups_title: str
    withheld: tuple[WithheldMeasures, ...]
    interval_note: str
    errors: RecordingErrors | None
    corrections: tuple[Correction, ...]
    corrections_text: str
    analysis_version: str
    model: str
    model_sha256: str
    sounds: tuple[SoundChoiceView, ...] = ()
    hidden_text: str = ""


def report_view(
    report: Report,
    *,
    first_language: str | None = None,
    previous: Report | None = None,
    takes: int = 1,
) -> ReportView:
    """The view of a report.

    Args:
        report: as the person is to see it.
        first_language: whose published error is given too.
        previous: of the take of the same question before this one, with its verdict; None for a first take.
        takes: of this question up to this one.
    """
    if not report.figures and not report.hidden:
        report = with_verdict(report)
    retake = None if previous is None else compare_with_previous(report, previous)
    other = another_question(takes)
    groups = measure_groups(report, first_language=first_language)
    rows = [row for group in groups for row in group.rows]
    return ReportView(
        headline=report.headline if retake is None else retake.headline,
        figures=figure_views(report),
        drill=drill_view(report.drill),
        retake=None if retake is None else RetakeView(retake.change, retake.apart, retake.how_sure),
        another_question=None if other is None else AnotherQuestionView(other.text, other.why),
        length_bar=length_bar(report.measures.get("answer_length")),
        notices=tuple(_notices(report)),
        observations=tuple(_observation(each) for each in report.observations),
        span=_span(report),
        timeline=timeline_view(report),
        transcript=transcript_view(report),
        groups=groups,
        groups_title=f"All {number_of(len(rows), 'figure')}",
        withheld=withheld_measures(groups),
        interval_note="In brackets: the 95 % interval, how far off the measuring can be in this recording."
        if any(row.interval for row in rows)
        else "",
        errors=None if report.spoken_span is None else _errors(report),
        corrections=report.corrections,
        corrections_text=_corrections_text(len(report.corrections)),
        analysis_version=report.analysis_version,
        model=report.model.name,
        model_sha256=report.model.sha256,
        sounds=sound_choices(report.recording),
        hidden_text=hidden_sentence(report.hidden),
    )


def _notices(report: Report) -> list[NoticeView]:
    last = report.recording.duration - _LEAST_TO_HEAR
    return [
        NoticeView(
            notice.code,
            notice.text,
            ""
            if notice.start is None or notice.end is None
            else f"{clock(notice.start)} to {clock(notice.end)}",
            None if notice.start is None or notice.start >= last else moment_at(notice.start),
        )
        for notice in report.notices
    ]


def _observation(seen: Observation) -> ObservationView:
    where = moments([moment.start for moment in seen.moments])
    return ObservationView(
        kind=seen.kind,
        title=_OBSERVATION_TITLES[seen.kind],
        text=seen.text,
        listen=f"Listen at {where}." if where else "",
        moments=tuple(moment_at(moment.start) for moment in seen.moments),
    )


def _span(report: Report) -> SpanView | None:
    span = report.spoken_span
    if span is None:
        return None
    ends = f"Your answer runs from {precise_clock(span.start)} to {precise_clock(span.end)}"
    how = "as you marked it" if span.source == "person" else "as found in the sound"
    return SpanView(span.start, span.end, span.source, f"{ends}, {how}.")


def _errors(report: Report) -> RecordingErrors:
    made = published_evaluation().made
    note = f"Measured on labelled speech on {made.on.day} {made.on:%B %Y}."
    if (made.analysis_version, made.model_sha256) != (report.analysis_version, report.model.sha256):
        note += (
            f" That was analysis {made.analysis_version} with the model {made.model}. This report was made "
            "by another version. Its errors may be larger or smaller."
        )
    rows = tuple((label, error.recordings, error.text) for label, error in errors_of_recording(report))
    return RecordingErrors(rows, note)


def _corrections_text(count: int) -> str:
    if not count:
        return ""
    them = "it" if count == 1 else "them"
    return f"You made {number_of(count, 'correction')} in the transcript. The figures use {them}."
