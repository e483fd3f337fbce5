"""Decodes the sound of a recording that the figures are to be about.

A file may hold several sound tracks: an interviewer's before the applicant's, or what the desktop played
before the microphone. Unless the person chooses one, the track with the most speech is measured. A track
that cannot be decoded is left out; a file is not refused because of it.

A call may be recorded with one side on each channel. Unless the person chooses a side, both are measured
together, at the same level. Where only one of them holds a voice, the other one's music or noise is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.audio.media_decoder import IN_THIS_PROCESS, MediaDecoder
from analysis.audio.mixing import SILENT_CHANNEL_ENERGY, Gains
from analysis.audio.recording import DEFAULT_MAXIMUM_DURATION, Recording
from analysis.errors import MediaError
from analysis.progress import ProgressListener, ignore_progress
from analysis.report import Channel, RecordingDescription, SoundTrack
from analysis.signal.choice_notices import channel_notice, track_notices
from analysis.signal.sides import ALONE, Side, balanced, find_sides, speech_in


@dataclass(frozen=True)
class SoundChoice:
    """Which sound of a file is to be measured, as the person chose it.

    Attributes:
        track: number of the sound track, from 1; None for the one with the most speech.
        channel: one channel alone, or both; None for both.
    """

    track: int | None = None
    channel: Channel | None = None


NO_CHOICE = SoundChoice()


def decode_chosen(
    path: Path,
    choice: SoundChoice = NO_CHOICE,
    *,
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
    progress: ProgressListener = ignore_progress,
    decoder: MediaDecoder = IN_THIS_PROCESS,
) -> Recording:
    """Decodes the chosen sound of a file; without a choice, both channels of the track with the most speech.

    Args:
        path: of any name; the format is detected from the content.
        choice: what the person chose.
        maximum_duration: seconds, gaps included.
        progress: called after each second of audio.
        decoder: decodes the file.

    Returns:
        The recording; its description lists all tracks where there are several, and both channels where they
        hold different voices.

    Raises:
        MediaError: `no_such_channel`, or as for `analysis.audio.decoding.decode`.
        OSError: the file does not exist or cannot be read.
    """
    file = _File(path, maximum_duration, progress, decoder)
    stated = decoder.sound_tracks(path, choice.track)
    if len(stated) <= 1:
        return file.with_channel(file.decode(choice.track), choice.channel)
    tracks = tuple(_with_speech(file, stated))
    track = _most_speech(tracks) if choice.track is None else choice.track
    recording = file.with_channel(file.decode(track), choice.channel)
    measured = recording.description.track
    return replace(
        recording,
        description=replace(recording.description, tracks=tracks),
        notices=(
            *track_notices(tracks, measured, chosen=choice.track is not None),
            *recording.notices,
        ),
    )


def resolved(choice: SoundChoice, recording: RecordingDescription) -> SoundChoice:
    """The track and the channel that a choice stands for.

    Args:
        choice: what the person chose.
        recording: description of the same file, whichever sound of it was measured.
    """
    track = choice.track or _most_speech(recording.tracks) or recording.track
    return SoundChoice(track, choice.channel or "both")


def with_both_sides(
    recording: Recording,
    path: Path,
    *,
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
    decoder: MediaDecoder = IN_THIS_PROCESS,
) -> Recording:
    """A recording that was decoded while it arrived, once it is whole.

    Args:
        recording: with its channels mixed as one voice.
        path: the whole file.
        maximum_duration: seconds, gaps included.
        decoder: decodes the file.

    Returns:
        The same object, unless its channels hold different voices: then as `decode_chosen` decodes it.
    """
    return _File(path, maximum_duration, decoder=decoder).with_channel(recording, None)


@dataclass(frozen=True)
class _File:
    """A file to be decoded as often as needed."""

    path: Path
    maximum_duration: float = DEFAULT_MAXIMUM_DURATION
    progress: ProgressListener = ignore_progress
    decoder: MediaDecoder = IN_THIS_PROCESS

    def decode(self, track: int | None, gains: Gains | None = None) -> Recording:
        """Decodes one track, see `analysis.audio.decoding.decode`."""
        return self.decoder.decode(
            self.path,
            track=track,
            gains=gains,
            maximum_duration=self.maximum_duration,
            progress=self.progress,
        )

    def with_channel(self, recording: Recording, channel: Channel | None) -> Recording:
        """The recording with the chosen channel alone, or with both at the same level if their voices differ.

        Raises:
            MediaError: `no_such_channel`.
        """
        track, levels = recording.description.track, recording.channel_levels
        if levels is None or levels.shape[1] != len(ALONE):
            if channel in ALONE:
                text = "This recording has no left and right side to choose from. Choose both sides."
                raise MediaError(text, code="no_such_channel")
            return recording
        found = find_sides(levels, lambda gains: self.decode(track, gains))
        sides = found if len(found) == len(ALONE) else ()
        if not sides and channel not in ALONE:
            return self._without_other_sound(recording, found)
        measured: Channel = "both" if channel is None else channel
        gains = ALONE.get(measured) or balanced(sides)
        chosen = self.decode(track, gains)
        description = replace(
            chosen.description, channel=measured, sides=tuple(side.description for side in sides)
        )
        return replace(
            chosen,
            description=description,
            notices=(channel_notice(description, chosen=channel is not None), *chosen.notices),
            gains=gains,
        )

    def _without_other_sound(self, recording: Recording, found: tuple[Side, ...]) -> Recording:
        """The channel with the voice alone, if the mix holds the music or noise of the other one too."""
        if len(found) != 1 or recording.channel_levels is None:
            return recording
        channel = found[0].description.channel
        powers = np.power(10.0, recording.channel_levels / 10.0).mean(axis=0)
        voice, other = powers if channel == "left" else powers[::-1]
        if other < SILENT_CHANNEL_ENERGY * max(voice, other):
            return recording
        gains = ALONE[channel]
        return replace(self.decode(recording.description.track, gains), gains=gains)


def _with_speech(file: _File, tracks: Sequence[SoundTrack]) -> Iterator[SoundTrack]:
    """The tracks with the seconds of speech in each."""
    for track in tracks:
        speech = None
        if track.codec is not None:
            try:
                recording = file.decode(track.number)
            except MediaError:
                # Another track may hold the answer; if none can be decoded, decoding the chosen one says why.
                pass
            else:
                speech = round(sum(span.duration for span in speech_in(recording)), 2)
        yield replace(track, speech=speech)


def _most_speech(tracks: Sequence[SoundTrack]) -> int | None:
    """Number of the track with the most speech, the first of several; None where none can be decoded."""
    readable = [(track.speech, -track.number) for track in tracks if track.speech is not None]
    return -max(readable)[1] if readable else None
