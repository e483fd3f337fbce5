"""What the measures need from the signal, computed once.

When the words are corrected later (`analysis.corrections`), every figure is computed from this again without
the recording, so the person sees the change at once.
"""

from dataclasses import dataclass, replace

from analysis.audio.notices import mute_notices
from analysis.audio.recording import Recording
from analysis.measures.filler_detection import LIKELY_FILLED_PAUSE
from analysis.report import Notice, RecordingDescription, Span, SpokenSpan
from analysis.signal.answer_span import Answer, clip, find_answer
from analysis.signal.levels import frame_levels
from analysis.signal.pitch import Pitch, frame_pitch, measure_pitch, track_pitch
from analysis.signal.quality import Quality, measure_quality
from analysis.signal.sides import hears_both_sides
from analysis.signal.speakers import second_voice
from analysis.signal.streaming import SignalStream
from analysis.signal.syllable_nuclei import answer_nuclei
from analysis.signal.voice_activity import Activity
from analysis.transcription.protocol import Transcription


@dataclass(frozen=True)
class Acoustics:
    """Acoustic measurements of the answer in one recording.

    Attributes:
        recording: description of the file; its gaps include stretches in which the microphone was muted.
        notices: what decoding reported, and where the microphone was muted.
        quality: of the whole recording.
        marked: the span that the person marked; None where it was to be detected.
        span: where the answer is; None if there is no speech.
        pitch: of the answer; None if nothing is voiced.
        other_voices: turns of a second voice.
        nuclei: times of the answer's syllable nuclei in seconds, in order.
    """

    recording: RecordingDescription
    notices: tuple[Notice, ...]
    quality: Quality
    marked: Span | None
    span: SpokenSpan | None
    pitch: Pitch | None
    other_voices: tuple[Span, ...]
    nuclei: tuple[float, ...]

    @property
    def two_voices(self) -> bool:
        """Whether a second person may be speaking: nobody marked the answer, and one was heard."""
        return self.marked is None and (bool(self.other_voices) or hears_both_sides(self.recording))


def answer_in(activity: Activity, transcription: Transcription, marked: Span | None = None) -> Answer | None:
    """The part of a recording that is measured, which is known before anything else is.

    Args:
        activity, transcription: results of the earlier stages; the words only help to find its ends.
        marked: where the answer is, as the person marked it; None to detect it.

    Returns:
        None if there is no speech.
    """
    hesitations = [
        Span(filled.start, filled.end)
        for filled in transcription.filled_pauses or ()
        if filled.probability >= LIKELY_FILLED_PAUSE
    ]
    return find_answer(activity, transcription.transcript.words, marked, hesitations)


def measure_acoustics(
    recording: Recording,
    activity: Activity,
    transcription: Transcription,
    marked: Span | None,
    *,
    signal: SignalStream | None = None,
) -> Acoustics:
    """Computes all acoustic measurements that the report needs.

    Args:
        recording, activity, transcription: results of the earlier stages; the words only help to find where
            the answer starts and ends.
        marked: where the answer is, as the person marked it; None to detect it.
        signal: features of the whole recording as `detect_activity` computed them; None to compute them here.
    """
    quality = measure_quality(recording.samples, activity)
    description = replace(recording.description, gaps=activity.gaps)
    notices = (*recording.notices, *mute_notices(activity.mutes))
    answer = answer_in(activity, transcription, marked)
    if answer is None:
        return Acoustics(description, notices, quality, marked, None, None, (), ())
    inside = [
        part for part in (clip(stretch, answer.span) for stretch in activity.speech) if part is not None
    ]
    level = activity.speech_level if activity.speech_level is not None else 0.0
    levels = frame_levels(recording.samples) if signal is None else signal.levels
    hertz = frame_pitch(recording.samples) if signal is None else signal.pitch
    track = track_pitch(hertz, levels, inside, level)
    return Acoustics(
        recording=description,
        notices=notices,
        quality=quality,
        marked=marked,
        span=answer.span,
        pitch=measure_pitch(track),
        other_voices=() if marked is not None else tuple(second_voice(recording.samples, inside, track)),
        nuclei=tuple(answer_nuclei(levels, track, answer).tolist()),
    )
