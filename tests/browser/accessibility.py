"""What axe finds on a page as it stands."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text()
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def accessibility_faults(page: Page) -> list[tuple[str, str, str]]:
    """Every fault against WCAG 2.2 AA and good practice: the rule, the element, what is wrong with it."""
    page.evaluate(_AXE)
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", _RULES)
    return [
        (fault["id"], str(node["target"]), node["failureSummary"])
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
