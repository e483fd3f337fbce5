"""Decodes the sound of a recording that the figures are to be about.

A file may hold several sound tracks: an interviewer's before the applicant's, or what the desktop played
before the microphone. Unless the person chooses one, the track with the most speech is measured. A track
that cannot be decoded is left out; the others are not refused because of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.audio.containers import is_decodable, open_media
from analysis.audio.decoding import decode
from analysis.audio.recording import DEFAULT_MAXIMUM_DURATION, Recording
from analysis.errors import MediaError
from analysis.formatting import listed
from analysis.progress import ProgressListener, ignore_progress
from analysis.report import Notice, SoundTrack
from analysis.signal.streaming import SignalStream

UNSTATED_LANGUAGE = "und"
"""What containers write where the language of a track is not known."""


@dataclass(frozen=True)
class SoundChoice:
    """Which sound of a file is to be measured, as the person chose it.

    Attributes:
        track: number of the sound track, from 1; None for the one with the most speech.
    """

    track: int | None = None


NO_CHOICE = SoundChoice()


def decode_chosen(
    path: Path,
    choice: SoundChoice = NO_CHOICE,
    *,
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
    progress: ProgressListener = ignore_progress,
) -> Recording:
    """Decodes the chosen sound of a file; where nothing is chosen, the track with the most speech.

    Args:
        path: of any name; the format is detected from the content.
        choice: what the person chose.
        maximum_duration: seconds, gaps included.
        progress: called after each second of audio.

    Returns:
        The recording of one track; its description lists all tracks where there are several.

    Raises:
        MediaError: as for `analysis.audio.decoding.decode`.
        OSError: the file does not exist or cannot be read.
    """
    stated = _stated_tracks(path, choice.track)
    if len(stated) <= 1:
        return decode(path, track=choice.track, maximum_duration=maximum_duration, progress=progress)
    tracks = tuple(_with_speech(path, stated, maximum_duration, progress))
    track = _most_speech(tracks) if choice.track is None else choice.track
    recording = decode(path, track=track, maximum_duration=maximum_duration, progress=progress)
    return replace(
        recording,
        description=replace(recording.description, tracks=tracks),
        notices=(*_track_notices(tracks, recording.description.track, choice), *recording.notices),
    )


def _stated_tracks(path: Path, chosen: int | None) -> list[SoundTrack]:
    """The sound tracks of a file as its header describes them, if the chosen one is among them."""
    with open_media(path, track=chosen) as media:
        return [
            SoundTrack(
                number=number,
                codec=sound.codec_context.codec.canonical_name if is_decodable(sound) else None,
                language=_stated(sound.metadata.get("language")),
                title=_stated(sound.metadata.get("title")),
                speech=None,
            )
            for number, sound in enumerate(media.sound_tracks, 1)
        ]


def _stated(text: str | None) -> str | None:
    cleaned = "".join(character for character in text or "" if character.isprintable()).strip()
    return cleaned[:_LONGEST_STATED] if cleaned and cleaned != UNSTATED_LANGUAGE else None


_LONGEST_STATED = 80
"""Characters of a title that are kept."""


def _with_speech(
    path: Path, tracks: Sequence[SoundTrack], maximum_duration: float, progress: ProgressListener
) -> Iterator[SoundTrack]:
    """The tracks with the seconds of speech in each."""
    for track in tracks:
        speech = None
        if track.codec is not None:
            try:
                recording = decode(
                    path, track=track.number, maximum_duration=maximum_duration, progress=progress
                )
            except MediaError:
                # Another track may hold the answer; if none can be decoded, decoding the chosen one says why.
                pass
            else:
                speech = round(_seconds_of_speech(recording), 2)
        yield replace(track, speech=speech)


def _seconds_of_speech(recording: Recording) -> float:
    signal = SignalStream()
    signal.extend(recording.samples, recording.description.gaps, ended=True)
    return sum(span.duration for span in signal.voice_activity().speech)


def _most_speech(tracks: Sequence[SoundTrack]) -> int | None:
    """Number of the track with the most speech, the first of several; None where none can be decoded."""
    readable = [(track.speech, -track.number) for track in tracks if track.speech is not None]
    return -max(readable)[1] if readable else None


def _track_notices(tracks: Sequence[SoundTrack], measured: int, choice: SoundChoice) -> list[Notice]:
    unreadable = [str(track.number) for track in tracks if track.speech is None]
    readable = len(tracks) - len(unreadable)
    text = f"This file has {len(tracks)} sound tracks. "
    if choice.track is not None:
        text += f"Track {measured} was measured, as you chose."
    elif readable == 1:
        text += f"Track {measured} was measured."
    elif any(track.speech for track in tracks):
        text += f"Track {measured} was measured: it has the most speech. You can choose another one."
    else:
        text += f"None of them has speech. Track {measured} was measured."
    notices = [Notice("several_tracks", text)]
    if unreadable:
        which = f"Track {unreadable[0]}" if len(unreadable) == 1 else f"Tracks {listed(unreadable)}"
        notices.append(Notice("unreadable_track", f"{which} cannot be read here and was left out."))
    return notices
