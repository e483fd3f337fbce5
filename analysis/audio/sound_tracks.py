"""Reads from a file's header which sound tracks it has."""

from analysis.audio.containers import Source, is_decodable, open_media
from analysis.report import SoundTrack

UNSTATED_LANGUAGE = "und"
"""What containers write where the language of a track is not known."""

MOST_TRACKS = 32
"""Sound tracks that are looked at, each in a pass over the file: more than recorders and mixers write."""

LONGEST_STATED = 80
"""Characters of a track's title that are kept."""


def stated_tracks(source: Source, chosen: int | None) -> list[SoundTrack]:
    """The first sound tracks of a file as its header describes them, if it has the chosen one.

    Args:
        source: the file.
        chosen: number of a track, from 1; None for any.

    Raises:
        MediaError, OSError: as for `analysis.audio.containers.open_media`.
    """
    with open_media(source, track=chosen) as media:
        return [
            SoundTrack(
                number=number,
                codec=sound.codec_context.codec.canonical_name if is_decodable(sound) else None,
                language=_stated(sound.metadata.get("language")),
                title=_stated(sound.metadata.get("title")),
                speech=None,
            )
            for number, sound in enumerate(media.sound_tracks[:MOST_TRACKS], 1)
        ]


def _stated(text: str | None) -> str | None:
    cleaned = "".join(character for character in text or "" if character.isprintable()).strip()
    return cleaned[:LONGEST_STATED] if cleaned and cleaned != UNSTATED_LANGUAGE else None
