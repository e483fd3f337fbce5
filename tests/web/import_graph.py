"""The modules that the pages import, read from their import lines: what the documents should preload.

    python -m tests.web.import_graph

rewrites web/page-modules.json. What `web/app.js` itself imports is in `web/index.html`, written by hand.
"""

import json
import re
from pathlib import Path

from service.frontend.pages import PAGE_MODULES, PAGES, WEB_FOLDER

_IMPORTED = re.compile(r'(?:^|;)(?:import|export)\b[^;]*?"(\.{1,2}/[^"]+)"(?=;)', re.MULTILINE)
"""What a module imports as soon as it is loaded; `import(…)` is for later."""


def imported_by(*first: str) -> list[str]:
    """These modules and all that they import, each once, the nearest first.

    Args:
        first: paths in the web folder.
    """
    found: dict[Path, None] = {}
    waiting = [WEB_FOLDER / path for path in first]
    for module in waiting:
        if module not in found:
            found[module] = None
            paths = _IMPORTED.findall(module.read_text(encoding="utf-8"))
            waiting += [(module.parent / path).resolve() for path in paths]
    return [module.relative_to(WEB_FOLDER).as_posix() for module in found]


def page_modules() -> dict[str, list[str]]:
    """What web/page-modules.json should say: by page, its modules that not every page has."""
    of_all = set(imported_by("app.js"))
    return {
        page: [module for module in imported_by(f"pages/{page}.js") if module not in of_all]
        for page in sorted(PAGES.values())
    }


if __name__ == "__main__":
    PAGE_MODULES.write_text(json.dumps(page_modules(), indent=2) + "\n", encoding="utf-8")
