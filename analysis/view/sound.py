"""The choice of the sound to measure, where a recording offers one."""

from dataclasses import dataclass
from typing import Literal

from analysis.formatting import duration
from analysis.report import Channel, RecordingDescription, RecordingSide, SoundTrack

QUIETER_DB = 6.0
"""dB below the other side from which a side is called quieter: half of its amplitude."""

_LANGUAGES = {
    "English": ("eng", "en"),
    "Arabic": ("ara", "ar"),
    "Chinese": ("zho", "chi", "zh"),
    "French": ("fra", "fre", "fr"),
    "German": ("deu", "ger", "de"),
    "Hindi": ("hin", "hi"),
    "Japanese": ("jpn", "ja"),
    "Korean": ("kor", "ko"),
    "Portuguese": ("por", "pt"),
    "Russian": ("rus", "ru"),
    "Spanish": ("spa", "es"),
    "Urdu": ("urd", "ur"),
}
"""The codes of ISO 639 by which files name the languages that are spoken most by applicants."""


@dataclass(frozen=True)
class SoundOptionView:
    """One sound that can be measured.

    Attributes:
        value: number of a track, or a channel.
        label: `Track 2`, `Left side`.
        detail: what is known of it; empty where nothing is.
        measured: whether the figures are about it.
        readable: whether it can be chosen.
    """

    value: int | Channel
    label: str
    detail: str = ""
    measured: bool = False
    readable: bool = True


@dataclass(frozen=True)
class SoundChoiceView:
    """Several sounds to choose from.

    Attributes:
        field: of the answer, that the chosen value is for.
        title: what is chosen.
        options: in order.
    """

    field: Literal["track", "channel"]
    title: str
    options: tuple[SoundOptionView, ...]


def sound_choices(recording: RecordingDescription) -> tuple[SoundChoiceView, ...]:
    """What a person can choose to have measured; empty where there is only one sound."""
    choices = []
    if recording.tracks:
        options = tuple(_track(track, recording.track) for track in recording.tracks)
        choices.append(SoundChoiceView("track", "Which sound track is measured", options))
    if recording.channel is not None:
        choices.append(SoundChoiceView("channel", "Which side is measured", _sides(recording)))
    return tuple(choices)


def _track(track: SoundTrack, measured: int) -> SoundOptionView:
    heard = "cannot be read here" if track.speech is None else _speech(track.speech)
    return SoundOptionView(
        value=track.number,
        label=f"Track {track.number}",
        detail=", ".join(part for part in (track.title, _language(track.language), heard) if part),
        measured=track.number == measured,
        readable=track.speech is not None,
    )


def _language(code: str | None) -> str:
    """Its name in English; empty for one that is not listed here."""
    return next((name for name, codes in _LANGUAGES.items() if code in codes), "")


def _sides(recording: RecordingDescription) -> tuple[SoundOptionView, ...]:
    details = {side.channel: _side(side, recording.sides) for side in recording.sides}
    return (
        _option("left", "Left side", details.get("left", ""), recording),
        _option("right", "Right side", details.get("right", ""), recording),
        _option("both", "Both sides together", "", recording),
    )


def _option(channel: Channel, label: str, detail: str, recording: RecordingDescription) -> SoundOptionView:
    return SoundOptionView(channel, label, detail, measured=channel == recording.channel)


def _side(side: RecordingSide, sides: tuple[RecordingSide, ...]) -> str:
    quieter = side.level < max(other.level for other in sides) - QUIETER_DB
    return f"{_speech(side.speech)}, quieter" if quieter else _speech(side.speech)


def _speech(seconds: float) -> str:
    return f"{duration(seconds)} of speech" if seconds else "no speech"
