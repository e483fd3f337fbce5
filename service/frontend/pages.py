"""The pages: one document for every address, with links to what it needs, and the files of the web folder.

A browser learns of a module only when it has read the one that imports it, which for these pages would be six
round trips. Each document therefore names all of its modules, and what its page requests from the API first.
"""

import hashlib
import json
import mimetypes
import re
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles

from analysis.data_folders import data_folder

WEB_FOLDER = data_folder("web", package="service")
INDEX = WEB_FOLDER / "index.html"
PAGE_MODULES = WEB_FOLDER / "page-modules.json"
"""The modules of each page besides those that `index.html` names for all pages, as paths in the folder."""

STATIC = "/static"
"""URL prefix of the folder, separate from the pages, so that no file has the address of a page."""

STYLE_SHEET = f"{STATIC}/styles/all.css"
"""All style sheets that `index.html` names, in its order, in one response."""

PAGES = {
    "/": "practice",
    "/upload": "upload",
    "/answers": "answers",
    "/answers/{answer}": "report",
    "/answers/{answer}/takes": "takes",
    "/sessions/{session}": "session-report",
    "/interviews/{interview}/interviewer": "interviewer",
    "/interviews/{interview}": "interview-report",
    "/progress": "progress",
    "/prepare": "prepare",
    "/prepare/interviews/{interview}": "scheduled-interview",
    "/prepare/interviews/{interview}/sheet": "programme-sheet",
    "/prepare/set-up": "set-up-check",
    "/prepare/application": "application",
    "/prepare/questions-to-ask": "questions-to-ask",
    "/prepare/rank-list": "rank-list",
    "/prepare/resources": "resources",
    "/settings": "settings",
    "/privacy": "privacy",
    "/sign-in": "sign-in",
    "/invitations/{token}": "invitation",
    "/reset/{token}": "reset",
    "/account": "account",
    "/office": "office",
    "/assignments": "assignments",
    "/assignments/{assignment}": "assignment",
    "/review": "review-queue",
    "/review/{submission}": "review",
    "/cohorts": "cohorts",
    "/cohorts/{cohort}": "cohort",
    "/shared": "shared",
}
"""The page at each address, by the name of its module. `web/app.js` has the same addresses."""

FORMER_ADDRESSES = {"/hand-in": "/upload"}
"""Addresses of pages in earlier versions, which bookmarks may still name, and where those pages are now."""

REQUESTED_FIRST = {
    "report": ("/api/answers/{answer}", "/api/answers/{answer}/report/view", "/api/answers/{answer}/peaks"),
}
"""What a page requests before it can show anything, with the parameters of its address."""

# Python itself does not know it, nor does every system; and a browser plays only what is said to be sound.
mimetypes.add_type("audio/ogg", ".ogg")

_END_OF_HEAD = "  </head>"
_STYLE_SHEET_LINE = re.compile(rf'^ *<link rel="stylesheet" href="{STATIC}/([^"]+)">\n', re.MULTILINE)


def add_pages(application: FastAPI) -> None:
    """Adds the documents, the style sheet and the files to an application."""
    for address, page in PAGES.items():
        application.add_api_route(
            address, _document_route(page), methods=["GET", "HEAD"], include_in_schema=False
        )
    for former, address in FORMER_ADDRESSES.items():
        application.add_api_route(
            former, _redirect_to(address), methods=["GET", "HEAD"], include_in_schema=False
        )
    application.add_api_route(STYLE_SHEET, _style_sheet, methods=["GET", "HEAD"], include_in_schema=False)
    application.mount(STATIC, StaticFiles(directory=WEB_FOLDER))


def document_of(page: str) -> str:
    """The document of a page, without the links that depend on its address.

    Args:
        page: one of `PAGES`.
    """
    document = INDEX.read_text(encoding="utf-8")
    modules: dict[str, list[str]] = json.loads(PAGE_MODULES.read_text(encoding="utf-8"))
    head, _, rest = _STYLE_SHEET_LINE.sub("", document).partition(_END_OF_HEAD)
    links = "".join(
        f'    <link rel="modulepreload" href="{STATIC}/{escape(module)}">\n' for module in modules[page]
    )
    return f'{head}    <link rel="stylesheet" href="{STYLE_SHEET}">\n{links}{_END_OF_HEAD}{rest}'


def at_address(document: str, page: str, parameters: Mapping[str, str]) -> str:
    """A page's document with the links that depend on its address.

    Args:
        document: from `document_of`.
        page: one of `PAGES`.
        parameters: the variable parts of the address, as the browser sent them.
    """
    quoted = {name: quote(value, safe="") for name, value in parameters.items()}
    # Only with `crossorigin` is it the same request as that of `fetch`, which then uses the response.
    links = "".join(
        f'    <link rel="preload" as="fetch" crossorigin href="{escape(address.format(**quoted))}">\n'
        for address in REQUESTED_FIRST.get(page, ())
    )
    return document.replace(_END_OF_HEAD, f"{links}{_END_OF_HEAD}", 1)


def _document_route(page: str) -> Callable[[Request], Awaitable[HTMLResponse]]:
    document = document_of(page)

    async def show(request: Request) -> HTMLResponse:
        return HTMLResponse(at_address(document, page, request.path_params))

    return show


def _redirect_to(address: str) -> Callable[[], Awaitable[RedirectResponse]]:
    async def redirect() -> RedirectResponse:
        return RedirectResponse(address, status_code=308)

    return redirect


def _style_sheet(request: Request) -> Response:
    names = _STYLE_SHEET_LINE.findall(INDEX.read_text(encoding="utf-8"))
    content = b"\n".join((WEB_FOLDER / name).read_bytes() for name in names)
    headers = {"etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/css", headers=headers)
