"""What the pages are made of, from memory: a page is some eighty small files that are asked for at once.

Pure ASGI, before any routing. A file that changed on the disk is read again; one that came later, and
anything else, is left to the application.
"""

import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_TYPES = {".js": "text/javascript"}
"""Where the system's own table is not to be relied on: a browser runs a module only of this type."""


@dataclass(frozen=True)
class _Kept:
    changed: tuple[int, ...]
    content: bytes
    media_type: str
    tag: str


class PageFilesMiddleware:
    """Answers for the files of a folder.

    Args:
        application: asked for everything else.
        prefix: of the addresses of the files.
        folder: its files are those that are there when this is made.
        joined: further addresses, and the files of one kind that are had there as one.
    """

    def __init__(
        self,
        application: ASGIApp,
        *,
        folder: Path,
        prefix: str = "",
        joined: Mapping[str, Sequence[Path]] | None = None,
    ) -> None:
        self._application = application
        self._paths: dict[str, Sequence[Path]] = {
            f"{prefix}/{path.relative_to(folder).as_posix()}": (path,)
            for path in folder.rglob("*")
            if path.is_file()
        }
        self._paths.update(joined or {})
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with a file, or passes the request on."""
        file = self._file(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if file is None:
            await self._application(scope, receive, send)
            return
        headers = {"etag": file.tag}
        if file.tag in Headers(scope=scope).get("if-none-match", ""):
            response = Response(status_code=304, headers=headers)
        else:
            response = Response(file.content, media_type=file.media_type, headers=headers)
        await response(scope, receive, send)

    def _file(self, address: str) -> _Kept | None:
        paths = self._paths.get(address)
        if paths is None:
            return None
        try:
            changed = tuple(path.stat().st_mtime_ns for path in paths)
            kept = self._kept.get(address)
            if kept is None or kept.changed != changed:
                content = b"\n".join(path.read_bytes() for path in paths)
                kept = _Kept(
                    changed, content, _type_of(paths[0]), f'"{hashlib.sha256(content).hexdigest()[:32]}"'
                )
                self._kept[address] = kept
        except OSError:
            # Taken away meanwhile: the application says so.
            return None
        return kept


def _type_of(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
