"""What axe finds on a page as it stands."""

from pathlib import Path

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text()
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""Rules that can hold in one colour scheme and be broken in the other, by axe's names."""

Fault = tuple[str, str, str]
"""The rule, the element, what is wrong with it."""


def accessibility_faults(page: Page) -> list[Fault]:
    """Every fault against WCAG 2.2 AA and good practice, in the light scheme and in the dark one."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    faults = _found(page, {"type": "tag", "values": _RULES})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return faults + _found(page, {"type": "rule", "values": _OF_COLOUR})


def _found(page: Page, rules: dict[str, object]) -> list[Fault]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", rules)
    # Each rule that was asked for was known and was tried.
    outcomes = ("violations", "passes", "incomplete", "inapplicable")
    tried = {rule["id"] for outcome in outcomes for rule in found[outcome]}
    assert rules["type"] == "tag" or tried == set(_OF_COLOUR)
    return [
        (fault["id"], str(node["target"]), node["failureSummary"])
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
