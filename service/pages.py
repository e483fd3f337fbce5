"""The pages: one document for every address, which tells the browser at once what its place is made of.

Without that, a browser learns of a module only when it has read the one that imports it: six round trips for
a page. The modules are found in their own import lines, so there is nothing to keep up to date and no build.
"""

import re
from html import escape
from pathlib import Path

WEB_FOLDER = (Path(__file__).parent.parent / "web").resolve()
INDEX = WEB_FOLDER / "index.html"

_FIRST_MODULE = "modules/main.js"
_PLACES = "modules/places"
_IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?"(\.{1,2}/[^"]+)";', re.MULTILINE)
"""What a module imports whatever happens; `import(…)` is for later."""
_END_OF_HEAD = "  </head>"

PLACES = {
    "/": "practise",
    "/hand-in": "hand-in",
    "/answers": "answers",
    "/answers/{answer}": "report",
    "/answers/{answer}/takes": "takes",
    "/sessions/{session}": "session-report",
    "/progress": "progress",
    "/settings": "settings",
}
"""The place that each address shows: the name of its module. `web/modules/main.js` says the same."""


def page_of(place: str) -> str:
    """The document for a place.

    Args:
        place: one of `PLACES`.
    """
    links = "".join(
        f'    <link rel="modulepreload" href="{escape(address)}">\n' for address in modules_of(place)
    )
    return INDEX.read_text(encoding="utf-8").replace(_END_OF_HEAD, f"{links}{_END_OF_HEAD}", 1)


def modules_of(place: str) -> list[str]:
    """Addresses of the modules that a place is made of, the first ones nearest to it."""
    found: dict[Path, None] = {}
    waiting = [WEB_FOLDER / _FIRST_MODULE, WEB_FOLDER / _PLACES / f"{place}.js"]
    for module in waiting:
        if module in found or not module.is_file():
            continue
        found[module] = None
        imported = _IMPORTED.findall(module.read_text(encoding="utf-8"))
        waiting += [(module.parent / path).resolve() for path in imported]
    return [f"/{module.relative_to(WEB_FOLDER).as_posix()}" for module in found]
