"""The README and its reference pages name every setting, command and measure, and nothing that is gone."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import typer

from analysis.feedback.standing import MAIN_FIGURES
from analysis.measures.registry import DEFINITIONS, as_markdown
from analysis.report import Report
from service.cli.application import application
from service.settings import ENVIRONMENT_PREFIX, Settings

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
HOSTING = (REPOSITORY / "docs" / "hosting.md").read_text(encoding="utf-8")
REPORT = (REPOSITORY / "docs" / "report-as-json.md").read_text(encoding="utf-8")
MEASURES = (REPOSITORY / "docs" / "measures.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    return sorted(typer.main.get_command(application).commands)  # type: ignore[attr-defined]


def test_readme_and_hosting_page_name_every_setting() -> None:
    rows = [f"| `{ENVIRONMENT_PREFIX}{name.upper()}` |" for name in Settings.model_fields]
    assert [row for row in rows if (README + HOSTING).count(row) != 1] == []


def test_readme_and_hosting_page_name_no_setting_that_is_gone() -> None:
    named = set(re.findall(rf"`{ENVIRONMENT_PREFIX}([A-Z_]+)`", README + HOSTING))
    assert named <= {name.upper() for name in Settings.model_fields} | {"DEBUG"}


def test_readme_names_every_command() -> None:
    commands = _commands()
    assert "serve" in commands
    assert [name for name in commands if f"greenroom {name}" not in README] == []


def test_reference_page_names_every_measure() -> None:
    assert [name for name in DEFINITIONS if f"`{name}`" not in MEASURES] == []


def test_reference_page_is_the_one_the_definitions_make() -> None:
    assert as_markdown() == MEASURES


def _names_within(kind: object) -> set[str]:
    """Names of fields, and codes, of a type and all types within it."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return {field.name for field in fields(kind)}.union(*map(_names_within, hints.values()))
    parts = get_args(kind)
    return {part for part in parts if isinstance(part, str)}.union(*map(_names_within, parts))


def test_report_page_names_every_field_and_code() -> None:
    # The topic of advice that only reports of earlier builds hold.
    names = _names_within(Report) - {"unbroken_stretch"}
    assert {"steps", "silent_pause", "near", "words_per_minute", "unit"} <= names
    assert sorted(name for name in names if f"`{name}`" not in REPORT) == []


def test_report_page_gives_the_bounds_and_steps_of_the_main_figures() -> None:
    section = REPORT.partition("## `figures`")[2]
    for figure in MAIN_FIGURES:
        row = next(line for line in section.splitlines() if line.startswith(f"| `{figure.name}` |"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[1] == f"`{figure.measure}`"
        for bound, cell in zip((figure.low, figure.high), cells[2:], strict=True):
            assert (f"{bound:g} " in cell) if bound is not None else not cell
    steps = "steps of 30 s, 20 words, 7 pauses or 5 fillers a minute"
    assert steps in section
    assert [figure.step for figure in MAIN_FIGURES] == [float(each) for each in re.findall(r"\d+", steps)]


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    ]
    assert links
    assert [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()] == []
