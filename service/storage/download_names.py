"""The name that a download is offered under. Only for the person's own disk; never a path here."""

import re
import unicodedata
from urllib.parse import quote

_LENGTH = 120
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
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


def content_disposition(file_name: str) -> str:
    """A header that offers a download under this name (RFC 6266)."""
    plain = file_name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
