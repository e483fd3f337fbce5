"""What the measures need of the sound itself, taken once.

Whatever is changed later about the words (`analysis.corrections`) is measured from this, without the
recording: a person who puts a word right sees every figure follow at once.
"""

from dataclasses import dataclass

from analysis.audio.recording import Recording
from analysis.measures.fillers import LIKELY_FILLED_PAUSE
from analysis.report import Notice, RecordingDescription, Span, SpokenSpan
from analysis.signal.answer_span import clip, find_answer
from analysis.signal.levels import frame_levels
from analysis.signal.pitch import Pitch, frame_pitch, measure_pitch, track_pitch
from analysis.signal.quality import Quality, measure_quality
from analysis.signal.speakers import second_voice
from analysis.signal.streaming import GrowingSound
from analysis.signal.syllable_nuclei import answer_nuclei
from analysis.signal.voice_activity import Activity
from analysis.transcription.protocol import Transcription


@dataclass(frozen=True)
class Acoustics:
    """What was found in the sound of one recording, for one answer in it.

    Attributes:
        recording: what the file was.
        notices: what its decoding found to say.
        quality: of the whole recording.
        marked: the span that the person marked; None where it was to be found.
        span: where the answer is; None when nobody speaks there.
        pitch: of the answer; None where nothing is voiced.
        other_voices: turns of a second voice.
        nuclei: seconds at which the answer's syllables were loudest, in order.
    """

    recording: RecordingDescription
    notices: tuple[Notice, ...]
    quality: Quality
    marked: Span | None
    span: SpokenSpan | None
    pitch: Pitch | None
    other_voices: tuple[Span, ...]
    nuclei: tuple[float, ...]


def listen(
    recording: Recording,
    activity: Activity,
    transcription: Transcription,
    marked: Span | None,
    *,
    sound: GrowingSound | None = None,
) -> Acoustics:
    """Takes everything from the sound of an answer that its measures need.

    Args:
        recording, activity, transcription: what the stages before returned; the words only help to find
            where the answer starts and ends.
        marked: where the answer is, as the person marked it; None to find it.
        sound: what was worked out of all of the recording already, as `detect_activity` left it.
    """
    quality = measure_quality(recording.samples, activity)
    hesitations = [
        Span(filled.start, filled.end)
        for filled in transcription.filled_pauses or ()
        if filled.probability >= LIKELY_FILLED_PAUSE
    ]
    answer = find_answer(activity, transcription.transcript.words, marked, hesitations)
    if answer is None:
        return Acoustics(recording.description, recording.notices, quality, marked, None, None, (), ())
    inside = [
        part for part in (clip(stretch, answer.span) for stretch in activity.speech) if part is not None
    ]
    level = activity.speech_level if activity.speech_level is not None else 0.0
    levels = frame_levels(recording.samples) if sound is None else sound.levels
    hertz = frame_pitch(recording.samples) if sound is None else sound.pitch
    track = track_pitch(hertz, levels, inside, level)
    return Acoustics(
        recording=recording.description,
        notices=recording.notices,
        quality=quality,
        marked=marked,
        span=answer.span,
        pitch=measure_pitch(track),
        other_voices=() if marked is not None else tuple(second_voice(recording.samples, inside, track)),
        nuclei=tuple(answer_nuclei(levels, track, answer).tolist()),
    )
