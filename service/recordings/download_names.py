"""File names offered for downloads. They are for the person's own disk and never a path on this machine."""

import re
import unicodedata
from urllib.parse import quote

_LENGTH = 120
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
BEGINNING_BYTES = 64
"""Bytes at the beginning of a file that identify its type."""
_MATROSKA = b"\x1a\x45\xdf\xa3"
_SUFFIXES = {b"RIFF": ".wav", b"fLaC": ".flac", b"OggS": ".ogg", b"ID3": ".mp3"}
_SUFFIXES |= {b"FORM": ".aiff", b"caff": ".caf", b"#!AMR": ".amr"}
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def safe_file_name(name: str | None, otherwise: str) -> str:
    """`name`, or `otherwise` if there is none, without characters that are special on any system."""
    text = unicodedata.normalize("NFC", name or otherwise)
    text = "".join(character for character in text if character.isprintable())
    text = _UNSAFE.sub("_", text).strip(". ")
    suffix = safe_suffix(text)
    return text[: len(text) - len(suffix)][:_LENGTH].strip(". ") + suffix if text else "recording"


def safe_suffix(name: str | None) -> str:
    """The suffix of a file name, for example `.m4a`; empty if there is none or it is unusual."""
    suffix = _SUFFIX.search(name or "")
    return suffix.group().lower() if suffix else ""


def original_name(name: str | None, title: str, beginning: bytes) -> str:
    """The name of an uploaded or recorded file; a missing suffix is determined from its content.

    Args:
        name: the name it was uploaded with; recordings made in the browser have none.
        title: title of the answer, used if there is no name.
        beginning: its first bytes, up to `BEGINNING_BYTES`.
    """
    if safe_suffix(name):
        return safe_file_name(name, title)
    suffix = _suffix_of(beginning)
    plain = safe_file_name(name, title)
    return plain if plain.lower().endswith(suffix) else f"{plain}{suffix}"


def _suffix_of(beginning: bytes) -> str:
    """The usual suffix of common types of media, by the first bytes of the file; empty for other types."""
    if beginning[4:8] == b"ftyp":
        brands = {b"qt  ": ".mov", b"M4A ": ".m4a", b"3gp4": ".3gp", b"3gp5": ".3gp"}
        return brands.get(beginning[8:12], ".mp4")
    if beginning.startswith(_MATROSKA):
        # The header contains the document type: `webm` or `matroska`.
        return ".webm" if b"webm" in beginning else ".mkv"
    if len(beginning) > 1 and beginning[0] == 0xFF and beginning[1] & 0xE0 == 0xE0:
        # MPEG audio frames without a container header: layer 0 is AAC.
        return ".mp3" if beginning[1] & 0x06 else ".aac"
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"AVI ":
        return ".avi"
    return next((suffix for start, suffix in _SUFFIXES.items() if beginning.startswith(start)), "")


def content_disposition(file_name: str) -> str:
    """The value of a Content-Disposition header that offers a download under this name (RFC 6266)."""
    plain = file_name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
