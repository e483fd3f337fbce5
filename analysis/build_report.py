"""The last stage: builds the report from words, silences and acoustic measurements."""

from dataclasses import dataclass, replace
from statistics import mean

from analysis import ANALYSIS_VERSION
from analysis.acoustics import Acoustics
from analysis.audio.capture import NO_PROCESSING, Processing
from analysis.corrections import (
    corrected_activity,
    corrected_fillers,
    corrected_span,
    corrected_transcription,
)
from analysis.feedback.headline import silent_headline
from analysis.feedback.notices import recording_notices
from analysis.feedback.verdict import with_verdict
from analysis.measures.confidence import MeasurementConditions
from analysis.measures.filler_detection import filled_pauses, find_fillers, unlisted_probabilities
from analysis.measures.inputs import MeasureInputs
from analysis.measures.intervals import detector_error
from analysis.measures.pace import pace_over_time
from analysis.measures.pauses import find_pauses
from analysis.measures.registry import measure_answer, measure_without_speech
from analysis.report import Correction, Guide, Report, Span, Transcript
from analysis.signal.answer_span import Answer, answer_within, clip
from analysis.signal.syllable_nuclei import syllables_disagree
from analysis.signal.voice_activity import Activity
from analysis.text.sentences import split_sentences
from analysis.transcription.protocol import Transcription

SCHEMA = 1
"""Version of the report's JSON format."""


@dataclass(frozen=True)
class MeasureOptions:
    """What the person or the recording page specifies in addition to the recording.

    Attributes:
        span: where the answer is, as the person marked it; None to detect it.
        target: the question's own aim for the length, in seconds; None for 1 to 2 minutes.
        response_cue: when the cue to speak was given, seconds from the start; None for uploads.
        processing: what the browser did to the sound before it was recorded.
        paused_at: where the person paused the recording, seconds from the start; that time is not in it.
        corrections: the person's corrections.
    """

    span: Span | None = None
    target: Guide | None = None
    response_cue: float | None = None
    processing: Processing = NO_PROCESSING
    paused_at: tuple[float, ...] = ()
    corrections: tuple[Correction, ...] = ()


def build_report(
    acoustics: Acoustics, activity: Activity, transcription: Transcription, options: MeasureOptions
) -> Report:
    """Builds the report of an answer, in a few milliseconds and without its recording.

    Without any speech it is a complete report whose measures have no value.

    Args:
        acoustics: from `measure_acoustics`, for the span in `options`.
        activity, transcription: results of the earlier stages, without corrections.
        options: what the person or the recording page specifies.
    """
    if acoustics.span is None:
        return _silent_report(acoustics, transcription, options)
    corrected = corrected_transcription(transcription, options.corrections)
    answer = answer_within(
        corrected_span(acoustics.span, options.corrections, activity.duration),
        corrected_activity(activity, options.corrections),
        corrected.transcript.words,
    )
    return _spoken_report(acoustics, corrected, options, answer)


def _spoken_report(
    acoustics: Acoustics, transcription: Transcription, options: MeasureOptions, answer: Answer
) -> Report:
    quality = acoustics.quality
    pauses = find_pauses(answer)
    english = transcription.transcript.language == "en"
    fillers = find_fillers(answer, pauses, transcription.filled_pauses) if english else ()
    fillers = corrected_fillers(fillers, options.corrections, answer.span)
    inputs = MeasureInputs(
        answer=answer,
        pauses=pauses,
        fillers=fillers,
        unlisted=unlisted_probabilities(answer, transcription.filled_pauses) if english else (),
        fillers_heard=transcription.filled_pauses is not None,
        pitch=acoustics.pitch,
        quality=quality,
        conditions=MeasurementConditions(
            duration=answer.measured_duration,
            signal_to_noise=quality.signal_to_noise,
            word_probability=mean(word.probability for word in answer.words) if answer.words else None,
            english=english,
            missing=max((gap.duration for gap in _gaps_that_matter(answer)), default=0.0),
            two_voices=acoustics.two_voices,
            echoes=quality.echoes,
            processing=options.processing,
            partly_english=english and any(word.language != "en" for word in answer.words),
            syllables_disagree=syllables_disagree(acoustics.nuclei, answer, filled_pauses(fillers)),
        ),
        error=detector_error(quality.signal_to_noise, echoes=quality.echoes),
        target=options.target,
        response_cue=options.response_cue,
    )
    measures = measure_answer(inputs)
    pace = pace_over_time(answer)
    words = answer.words
    report = Report(
        schema=SCHEMA,
        analysis_version=ANALYSIS_VERSION,
        model=transcription.model,
        recording=acoustics.recording,
        notices=recording_notices(
            acoustics,
            transcription,
            answer,
            processing=options.processing,
            paused_at=options.paused_at,
        ),
        headline="",
        spoken_span=answer.span,
        transcript=Transcript(transcription.transcript.language, words, split_sentences(words)),
        fillers=fillers,
        pauses=pauses,
        pace=pace,
        measures=measures,
        observations=(),
        corrections=options.corrections,
    )
    return with_verdict(report)


def _silent_report(acoustics: Acoustics, transcription: Transcription, options: MeasureOptions) -> Report:
    measures = measure_without_speech(acoustics.quality, options.processing)
    if options.target is not None:
        measures["answer_length"] = replace(measures["answer_length"], guide=options.target)
    report = Report(
        schema=SCHEMA,
        analysis_version=ANALYSIS_VERSION,
        model=transcription.model,
        recording=acoustics.recording,
        notices=recording_notices(
            acoustics,
            transcription,
            None,
            processing=options.processing,
            paused_at=options.paused_at,
        ),
        headline=silent_headline(marked=acoustics.marked is not None),
        spoken_span=None,
        transcript=Transcript(transcription.transcript.language, (), ()),
        fillers=(),
        pauses=(),
        pace=(),
        measures=measures,
        observations=(),
        corrections=options.corrections,
    )
    return with_verdict(report)


def _gaps_that_matter(answer: Answer) -> list[Span]:
    """Gaps in which part of the answer may be missing: all of them, or those inside the marked span."""
    gaps = answer.activity.gaps
    if answer.span.source == "detected":
        return list(gaps)
    return [part for part in (clip(gap, answer.span) for gap in gaps) if part is not None]
