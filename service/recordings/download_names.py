"""The name that a download is offered under. Only for the person's own disk; never a path here."""

import re
import unicodedata
from urllib.parse import quote

_LENGTH = 120
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
BEGINNING_BYTES = 64
"""Bytes of a file that tell what it is."""
_MATROSKA = b"\x1a\x45\xdf\xa3"
_ENDINGS = {b"RIFF": ".wav", b"fLaC": ".flac", b"OggS": ".ogg", b"ID3": ".mp3"}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def safe_file_name(name: str | None, otherwise: str) -> str:
    """`name`, or `otherwise` where there is none, without what some system gives a meaning to."""
    text = unicodedata.normalize("NFC", name or otherwise)
    text = "".join(character for character in text if character.isprintable())
    text = _UNSAFE.sub("_", text).strip(". ")
    suffix = safe_suffix(text)
    return text[: len(text) - len(suffix)][:_LENGTH].strip(". ") + suffix if text else "recording"


def safe_suffix(name: str | None) -> str:
    """The ending of a file name where it is a plain one, for example `.m4a`; else nothing."""
    found = _SUFFIX.search(name or "")
    return found.group().lower() if found else ""


def original_name(name: str | None, title: str, beginning: bytes) -> str:
    """The name of what was handed in or recorded, with the ending that its content has where it came without.

    Args:
        name: as it was handed in; a recording made here has none.
        title: of the answer, for want of a name.
        beginning: its first bytes, `BEGINNING_BYTES` of them where there are as many.
    """
    if safe_suffix(name):
        return safe_file_name(name, title)
    ending = _ending_of(beginning)
    plain = safe_file_name(name, title)
    return plain if plain.lower().endswith(ending) else f"{plain}{ending}"


def _ending_of(beginning: bytes) -> str:
    """The usual ending of a kind of file that people hand in, by its first bytes; nothing for any other."""
    if beginning[4:8] == b"ftyp":
        return {b"qt  ": ".mov", b"M4A ": ".m4a"}.get(beginning[8:12], ".mp4")
    if beginning.startswith(_MATROSKA):
        # The header names the document type: `webm` or `matroska`.
        return ".webm" if b"webm" in beginning else ".mkv"
    if len(beginning) > 1 and beginning[0] == 0xFF and beginning[1] & 0xE0 == 0xE0:
        # MPEG sound without a header: layer 0 is AAC.
        return ".mp3" if beginning[1] & 0x06 else ".aac"
    return next((ending for start, ending in _ENDINGS.items() if beginning.startswith(start)), "")


def content_disposition(file_name: str) -> str:
    """A header that offers a download under this name (RFC 6266)."""
    plain = file_name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
