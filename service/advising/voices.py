"""Spoken comments. They are told by their first bytes, and served as nothing but sound."""

from collections.abc import Callable

from service.advising.problems import NotAVoice
from service.problems import TooLarge

LARGEST_VOICE = 2 * 1024 * 1024
"""Bytes: several minutes of what a browser records."""

_BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    "audio/webm": lambda content: content[:4] == b"\x1a\x45\xdf\xa3" and b"webm" in content[:64],
    "audio/ogg": lambda content: content[:4] == b"OggS",
    "audio/mp4": lambda content: content[4:8] == b"ftyp",
    "audio/wav": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WAVE",
}
VOICE_TYPES = tuple(_BEGINNINGS)


def voice_type_of(content: bytes) -> str:
    """The media type of a spoken comment, by its first bytes.

    Raises:
        TooLarge: it is larger than `LARGEST_VOICE`.
        NotAVoice: it is no sound of a kind that browsers record.
    """
    if len(content) > LARGEST_VOICE:
        raise TooLarge("A spoken comment can have 2 MB. Make it shorter, or write it.")
    for kind, fits in _BEGINNINGS.items():
        if fits(content):
            return kind
    raise NotAVoice("This is not a recording that Greenroom can keep. Record it again, or write it.")
