"""Notices about a recording that bear on its figures: hard to hear, little speech, a second voice, missing
sound.

They describe the recording, never the speaker.
"""

from collections.abc import Sequence

from analysis.acoustics import Acoustics
from analysis.audio.capture import BROWSER_PROCESSING, NO_PROCESSING, Processing
from analysis.audio.notices import approximate_length
from analysis.formatting import clock, duration, listed
from analysis.measures.confidence import LEAST_FOR_RATES, LEAST_FOR_SURE_RATES
from analysis.report import Notice, Span
from analysis.signal.answer_span import Answer
from analysis.signal.choice_notices import CHOICE_NOTICES
from analysis.signal.quality import (
    CLIPPING_AUDIBLE,
    GOOD_SIGNAL_TO_NOISE,
    QUIET_SPEECH,
    Quality,
)
from analysis.transcription.protocol import Transcription

_NOTICED_SHARE = 0.02
"""Share of the answer from which time without sound gets a notice; less changes no rate by a visible step."""


def recording_notices(
    acoustics: Acoustics,
    transcription: Transcription,
    answer: Answer | None,
    *,
    processing: Processing = NO_PROCESSING,
    paused_at: Sequence[float] = (),
) -> tuple[Notice, ...]:
    """All notices of a report, the most important first.

    Args:
        acoustics: from `analysis.acoustics.measure_acoustics`.
        answer: None if there is no speech.
        processing: what the browser did to the sound.
        paused_at: where the person paused the recording, seconds from its start.
    """
    of_the_choice = [notice for notice in acoustics.notices if notice.code in CHOICE_NOTICES]
    notices = [
        *of_the_choice,
        *_speech(answer, acoustics.marked is not None),
        *_voices(() if acoustics.recording.sides else acoustics.other_voices),
        *_quality(acoustics.quality),
        *_processed(processing),
        *(notice for notice in acoustics.notices if notice not in of_the_choice),
        *_left_out(answer),
        *_paused(paused_at, acoustics.recording.duration),
    ]
    return (*notices, *transcription.notices, *_written_only(transcription))


def _speech(answer: Answer | None, marked: bool) -> list[Notice]:
    if answer is None:
        advice = (
            "in the part that you marked. Move its start or its end."
            if marked
            else "in this recording. It is kept and can be played. Check the microphone, then record again."
        )
        return [Notice("no_speech", f"No speech was heard {advice}")]
    spoken = answer.measured_duration
    if spoken < LEAST_FOR_RATES:
        return [
            Notice(
                "too_little_speech",
                f"This answer has less than {duration(LEAST_FOR_RATES)} of speech, too little for figures a "
                "minute.",
            )
        ]
    if spoken < LEAST_FOR_SURE_RATES:
        return [
            Notice(
                "little_speech",
                f"This answer has less than {duration(LEAST_FOR_SURE_RATES)} of speech. "
                "Figures a minute change a lot by chance in so little speech. Do not rely on them.",
            )
        ]
    return []


def _written_only(transcription: Transcription) -> list[Notice]:
    english = transcription.transcript.language == "en"
    if transcription.filled_pauses is not None or not english or not transcription.transcript.words:
        return []
    return [
        Notice(
            "fillers_from_text_only",
            f"Only the 'um' and 'uh' that the recogniser {transcription.model.name} wrote are counted, so "
            "many may be missed. The default one also finds them in the sound.",
        )
    ]


def _left_out(answer: Answer | None) -> list[Notice]:
    missing = 0.0 if answer is None else answer.duration - answer.measured_duration
    if answer is None or missing <= _NOTICED_SHARE * answer.duration:
        return []
    return [
        Notice(
            "time_left_out",
            f"Of this answer, {approximate_length(missing)} holds no sound. "
            "Figures a minute leave that time out.",
            answer.unknown[0].start,
            answer.unknown[-1].end,
        )
    ]


def _voices(others: Sequence[Span]) -> list[Notice]:
    if not others:
        return []
    return [
        Notice(
            "two_voices",
            f"There may be a second voice, first at {clock(others[0].start)}. If somebody else speaks, "
            "mark where your answer starts and ends.",
            others[0].start,
            others[-1].end,
        )
    ]


def _processed(processing: Processing) -> list[Notice]:
    if not processing.names():
        return []
    kept = f"Your browser kept {listed(processing.names())} on while it recorded."
    if processing.pause_reason() is not None:
        text = (
            f"{kept} So pauses, fillers and the quality of the sound are less sure. "
            "Another browser or microphone may leave the sound as it is."
        )
    elif processing.level_reason() is not None:
        text = (
            f"{kept} So the quality of the sound is less sure. "
            "Another browser or microphone may leave the sound as it is."
        )
    else:
        text = f"{kept} It changes only what this device plays itself, so the figures are right."
    return [Notice(BROWSER_PROCESSING, text)]


def _paused(paused_at: Sequence[float], recorded: float) -> list[Notice]:
    # A pause at the very start or end joins nothing.
    moments = sorted(moment for moment in paused_at if 0.0 < moment < recorded)
    if not moments:
        return []
    times = listed(tuple(dict.fromkeys(clock(moment) for moment in moments)))
    there = "there" if len(moments) == 1 else "at these places"
    return [
        Notice(
            "recording_paused",
            f"You paused the recording at {times}. That time is not in it, so a silence {there} may be "
            "longer or shorter than it really was.",
            moments[0],
            moments[-1],
        )
    ]


def _quality(quality: Quality) -> list[Notice]:
    notices = []
    if quality.signal_to_noise is not None and quality.signal_to_noise < GOOD_SIGNAL_TO_NOISE:
        notices.append(
            Notice(
                "hard_to_hear",
                "This recording is hard to hear over the noise, so pauses and fillers are less sure. "
                "A quieter room helps, and so does a microphone nearer to you.",
            )
        )
    elif quality.level is not None and quality.level < QUIET_SPEECH:
        notices.append(
            Notice("too_quiet", "The recording is very quiet. Move nearer to the microphone, or turn it up.")
        )
    elif quality.echoes:
        notices.append(
            Notice(
                "echo",
                "The room echoes, so short pauses are less sure. "
                "A smaller room with soft furniture helps, and so does a microphone nearer to you.",
            )
        )
    if quality.clipping >= CLIPPING_AUDIBLE:
        notices.append(
            Notice(
                "clipped",
                "Loud parts of the recording are cut off. Turn the microphone down a little, or move back.",
            )
        )
    if quality.narrow_band:
        notices.append(
            Notice(
                "narrow_band",
                "The sound is like that of a telephone call, so single words are less sure. "
                "A recording made on the device itself is better.",
            )
        )
    return notices
