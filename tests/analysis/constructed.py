"""Constructed answers: speech, silences and words at known times, without any sound.

Times lie on the 10 ms grid of the activity. Words are spread evenly over the speech they belong to.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.acoustics import measure_acoustics
from analysis.audio.recording import Recording
from analysis.build_report import MeasureOptions, build_report
from analysis.measures.confidence import MeasurementConditions
from analysis.measures.definition import MeasureGroup
from analysis.measures.filler_detection import find_fillers
from analysis.measures.inputs import MeasureInputs
from analysis.measures.intervals import detector_error
from analysis.measures.pauses import find_pauses
from analysis.measures.registry import group_of, measure_answer
from analysis.report import (
    Measure,
    ModelDescription,
    RecordingDescription,
    Report,
    Span,
    Transcript,
    Word,
)
from analysis.signal.answer_span import Answer, find_answer
from analysis.signal.quality import Quality
from analysis.signal.speech_probability import SILERO_FRAME
from analysis.signal.voice_activity import Activity
from analysis.signal.windows import ActivitySoFar, ActivityUntil, Window, WindowSelector
from analysis.text.sentences import split_sentences
from analysis.transcription.protocol import Transcription

VOCABULARY = (
    "I", "would", "like", "to", "become", "a", "doctor.", "Um,", "uh", "patients,", "because", "you", "know,",
    "2,500", "resid-", "mm-hmm", "1998", "hospital.", "very", "so,",
)  # fmt: skip


def activity_of(
    speech: Sequence[tuple[float, float]],
    duration: float | None = None,
    *,
    gaps: Sequence[tuple[float, float]] = (),
) -> Activity:
    """Speech at the given times, silence elsewhere."""
    spans = tuple(Span(start, end) for start, end in speech)
    if duration is None:
        duration = spans[-1].end if spans else 1.0
    edges = [0.0, *(edge for span in spans for edge in (span.start, span.end)), duration]
    silences = tuple(
        Span(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if last > first
    )
    centres = (np.arange(int(np.ceil(duration / SILERO_FRAME))) + 0.5) * SILERO_FRAME
    probabilities = np.full(len(centres), 0.02)
    for span in spans:
        probabilities[(centres > span.start) & (centres < span.end)] = 0.95
    activity = Activity(
        duration=duration,
        speech=spans,
        silences=silences,
        probabilities=tuple(float(p) for p in probabilities),
        speech_level=-22.0 if spans else None,
        noise_floor=-60.0,
        gaps=tuple(Span(start, end) for start, end in gaps),
    )
    return replace(activity, windows=select_windows(activity))


def select_windows(activity: Activity) -> tuple[Window, ...]:
    """The windows of a recording that has ended."""
    return tuple(WindowSelector(activity_until(activity)).advance(activity.duration, ended=True))


def activity_until(activity: Activity) -> ActivityUntil:
    """A function that returns an activity up to a time."""

    def look(until: float) -> ActivitySoFar:
        def cut(spans: tuple[Span, ...]) -> tuple[Span, ...]:
            return tuple(Span(s.start, min(s.end, until)) for s in spans if s.start < until)

        return ActivitySoFar(
            cut(activity.speech), cut(activity.silences), np.array(activity.probabilities, np.float32)
        )

    return look


def words_in(stretch: Span, texts: Sequence[str]) -> tuple[Word, ...]:
    """Words spread evenly over a stretch."""
    step = stretch.duration / max(1, len(texts))
    return tuple(
        Word(text, round(stretch.start + i * step, 3), round(stretch.start + (i + 1) * step, 3), 0.9)
        for i, text in enumerate(texts)
    )


def spoken(activity: Activity, text: str = "", *, words_a_second: float = 2.5) -> tuple[Word, ...]:
    """The words of a text, over and over, at an even pace over all speech."""
    texts = text.split() or ["word"]
    words: list[Word] = []
    for stretch in activity.speech:
        count = max(1, round(stretch.duration * words_a_second))
        words += words_in(stretch, [texts[(len(words) + i) % len(texts)] for i in range(count)])
    return tuple(words)


def shifted(activity: Activity, words: Sequence[Word], by: float) -> tuple[Activity, tuple[Word, ...]]:
    """The same answer after `by` seconds of silence (a multiple of 32 ms)."""

    def later(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(round(s.start + by, 3), round(s.end + by, 3)) for s in spans)

    silences = later(activity.silences)
    silences = (
        (Span(0.0, silences[0].end), *silences[1:])
        if silences and silences[0].start <= by + 1e-9
        else (Span(0.0, by), *silences)
    )
    return (
        replace(
            activity,
            duration=round(activity.duration + by, 3),
            speech=later(activity.speech),
            silences=silences,
            probabilities=(0.02,) * round(by / SILERO_FRAME) + activity.probabilities,
            gaps=later(activity.gaps),
        ),
        tuple(replace(w, start=round(w.start + by, 3), end=round(w.end + by, 3)) for w in words),
    )


def inputs_of(
    answer: Answer,
    *,
    signal_to_noise: float | None = 35.0,
    language: str = "en",
    fillers_heard: bool = False,
) -> MeasureInputs:
    """Inputs of the measures, without pitch."""
    pauses = find_pauses(answer)
    return MeasureInputs(
        answer=answer,
        pauses=pauses,
        fillers=find_fillers(answer, pauses, None) if language == "en" else (),
        unlisted=(),
        fillers_heard=fillers_heard,
        pitch=None,
        quality=Quality(level=-22.0, clipping=0.0, signal_to_noise=signal_to_noise, bandwidth=None),
        conditions=MeasurementConditions(
            duration=answer.measured_duration,
            signal_to_noise=signal_to_noise,
            word_probability=0.9 if answer.words else None,
            english=language == "en",
            missing=max((gap.duration for gap in answer.activity.gaps), default=0.0),
            two_voices=False,
        ),
        error=detector_error(signal_to_noise),
    )


def measures_of(inputs: MeasureInputs) -> dict[str, Measure]:
    """Every measure that needs no sound."""
    found = measure_answer(inputs)
    return {name: measure for name, measure in found.items() if group_of(name) is not MeasureGroup.RECORDING}


def answer_of(activity: Activity, words: Sequence[Word], marked: Span | None = None) -> Answer:
    """The answer; fails if there is none."""
    answer = find_answer(activity, words, marked)
    assert answer is not None
    return answer


def recording_of(
    samples: NDArray[np.float32], *, gaps: Sequence[tuple[float, float]] = (), sample_rate: int = 16_000
) -> Recording:
    """A decoded recording of these samples."""
    return Recording(
        samples=samples.astype(np.float32),
        description=RecordingDescription(
            duration=len(samples) / SAMPLE_RATE,
            media_duration=None,
            codec="flac",
            sample_rate=sample_rate,
            channels=1,
            gaps=tuple(Span(start, end) for start, end in gaps),
        ),
        container="flac",
        has_video=False,
    )


def transcription_of(words: Sequence[Word], language: str = "en") -> Transcription:
    """What a recogniser would have returned for these words."""
    return Transcription(
        transcript=Transcript(language, tuple(words), split_sentences(words)),
        language_probability=0.99,
        model=ModelDescription("fake", "0" * 64, {}),
    )


def report_of(
    recording: Recording, activity: Activity, transcription: Transcription, options: MeasureOptions
) -> Report:
    """The report that follows from the results of the earlier stages."""
    acoustics = measure_acoustics(recording, activity, transcription, options.span)
    return build_report(acoustics, activity, transcription, options)


NO_OPTIONS = MeasureOptions()

_lengths = st.integers(min_value=1, max_value=400).map(lambda frames: frames / 100)


@st.composite
def activities(draw: st.DrawFn, *, least: int = 1, most: int = 25, longest: float = 4.0) -> Activity:
    """Speech and silences in turn, each of 10 ms to `longest` seconds."""
    lengths = st.integers(min_value=1, max_value=round(longest * 100))
    stretches = draw(st.lists(st.tuples(lengths, lengths), min_size=least, max_size=most))
    at = draw(st.integers(min_value=0, max_value=300))
    speech = []
    for spoken_frames, silent_frames in stretches:
        speech.append((at / 100, (at + spoken_frames) / 100))
        at += spoken_frames + silent_frames
    return activity_of(speech, (at + draw(st.integers(min_value=0, max_value=100))) / 100)


@st.composite
def answers(draw: st.DrawFn, *, least_duration: float = 0.0) -> Answer:
    """Answers with words in each stretch of speech, sometimes with a gap."""
    activity = draw(activities(least=2))
    words: list[Word] = []
    for stretch in activity.speech:
        texts = draw(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8))
        words += words_in(stretch, texts)
    if draw(st.booleans()):
        silence = draw(st.sampled_from(activity.silences))
        activity = replace(activity, gaps=(silence,))
    answer = find_answer(activity, words, None)
    if answer is None or answer.duration < least_duration:
        from hypothesis import reject

        reject()
    return answer
