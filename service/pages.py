"""The pages: one document for every address, which tells the browser at once what its place is made of.

Without that, a browser learns of a module only when it has read the one that imports it: six round trips for
a page. The modules are found in their own import lines, so there is nothing to keep up to date and no build.
For the same reason the style sheets go as one, and what a page asks the service for first is named as well.
"""

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

from analysis.data_folders import data_folder

WEB_FOLDER = data_folder("web", package="service")
INDEX = WEB_FOLDER / "index.html"
STATIC = "/static"
"""Where the files of the folder are served: none of them can stand at the address of a page."""

_FIRST_MODULE = "app.js"
_PAGE_MODULES = "pages"
_IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?"(\.{1,2}/[^"]+)";', re.MULTILINE)
"""What a module imports whatever happens; `import(…)` is for later."""
_END_OF_HEAD = "  </head>"
_STYLE_SHEET_LINE = re.compile(r'^ *<link rel="stylesheet" href="/static/([^"]+)">\n', re.MULTILINE)

STYLE_SHEET = "/static/styles/all.css"
"""Where all style sheets are to be had as one."""

PAGES = {
    "/": "practice",
    "/hand-in": "upload",
    "/answers": "answers",
    "/answers/{answer}": "report",
    "/answers/{answer}/takes": "takes",
    "/sessions/{session}": "session-report",
    "/progress": "progress",
    "/settings": "settings",
}
"""The place that each address shows: the name of its module. `web/app.js` says the same."""

ASKED_FIRST = {
    "report": ("/api/answers/{answer}", "/api/answers/{answer}/report", "/api/answers/{answer}/peaks"),
}
"""What a place asks the service for before it can show anything, with the parameters of its address."""


def page_of(place: str) -> str:
    """The document for a place, without what depends on its address.

    Args:
        place: one of `PAGES`.
    """
    document = INDEX.read_text(encoding="utf-8")
    head, _, rest = _STYLE_SHEET_LINE.sub("", document).partition(_END_OF_HEAD)
    links = "".join(
        f'    <link rel="modulepreload" href="{escape(address)}">\n' for address in modules_of(place)
    )
    return f'{head}    <link rel="stylesheet" href="{STYLE_SHEET}">\n{links}{_END_OF_HEAD}{rest}'


def at_address(document: str, place: str, parameters: Mapping[str, str]) -> str:
    """A place's document as it is at one address.

    Args:
        document: what `page_of` gives for the place.
        place: one of `PAGES`.
        parameters: the parts of the address that are not always the same, as the person's browser sent them.
    """
    quoted = {name: quote(value, safe="") for name, value in parameters.items()}
    # `crossorigin` makes it the same request as the one of `fetch`, which then takes what came.
    links = "".join(
        f'    <link rel="preload" as="fetch" crossorigin href="{escape(address.format(**quoted))}">\n'
        for address in ASKED_FIRST.get(place, ())
    )
    return document.replace(_END_OF_HEAD, f"{links}{_END_OF_HEAD}", 1)


def style_sheets() -> list[Path]:
    """The style sheets that the document names, in its order."""
    return [WEB_FOLDER / path for path in _STYLE_SHEET_LINE.findall(INDEX.read_text(encoding="utf-8"))]


def modules_of(place: str) -> list[str]:
    """Addresses of the modules that a place is made of, the first ones nearest to it."""
    found: dict[Path, None] = {}
    waiting = [WEB_FOLDER / _FIRST_MODULE, WEB_FOLDER / _PAGE_MODULES / f"{place}.js"]
    for module in waiting:
        if module in found or not module.is_file():
            continue
        found[module] = None
        imported = _IMPORTED.findall(module.read_text(encoding="utf-8"))
        waiting += [(module.parent / path).resolve() for path in imported]
    return [f"{STATIC}/{module.relative_to(WEB_FOLDER).as_posix()}" for module in found]
