"""Spoken comments: what is kept as one, and served as nothing but sound."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from analysis.errors import MediaError
from analysis.progress import ignore_progress
from service.advising.problems import NotAVoice
from service.problems import TooLarge

LARGEST_VOICE = 2 * 1024 * 1024
"""Bytes: several minutes of what a browser records."""

LONGEST_VOICE = 300.0
"""Seconds. The page records one minute at most."""

_BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "audio/webm": lambda content: content[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in content[:64],
    "audio/ogg": lambda content: content[:4] == b"OggS",
    "audio/mp4": lambda content: content[4:8] == b"ftyp",
    "audio/wav": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WAVE",
}
VOICE_TYPES = tuple(_BEGINNINGS)


def voice_type_of(content: bytes) -> str:
    """The media type of a spoken comment, once all of it was decoded.

    It is told by its first bytes, decoded in a confined process (a second or two), and kept as it is.

    Raises:
        TooLarge: it is larger than `LARGEST_VOICE`, or longer.
        NotAVoice: it is no sound of a kind that browsers record, or cannot be decoded.
    """
    if len(content) > LARGEST_VOICE:
        raise TooLarge("A spoken comment can have 2 MB. Make it shorter, or write it.")
    kind = next((kind for kind, fits in _BEGINNINGS.items() if fits(content)), None)
    if kind is None:
        raise NotAVoice("This is not a recording that Greenroom can keep. Record it again, or write it.")
    from analysis.audio.confined_decoder import best_decoder  # slow to load, and laptops have no advisers

    with tempfile.TemporaryDirectory() as folder, best_decoder() as decoder:
        file = Path(folder) / "voice"
        file.touch(mode=0o600)
        file.write_bytes(content)
        try:
            decoder.decode(
                file, track=None, gains=None, maximum_duration=LONGEST_VOICE, progress=ignore_progress
            )
        except MediaError as error:
            if error.code == "too_long":
                raise TooLarge(
                    "A spoken comment can take 5 minutes. Make it shorter, or write it."
                ) from error
            raise NotAVoice("No sound can be heard in this. Record it again, or write it.") from error
    return kind
