"""The README and its reference pages name every setting, command and measure, and nothing that is gone."""

import re
from pathlib import Path

import typer

from analysis.measures.registry import DEFINITIONS, as_markdown
from service.cli.application import application
from service.settings import ENVIRONMENT_PREFIX, Settings

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MEASURES = (REPOSITORY / "docs" / "measures.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    return sorted(typer.main.get_command(application).commands)  # type: ignore[attr-defined]


def test_readme_names_every_setting() -> None:
    names = [f"`{ENVIRONMENT_PREFIX}{name.upper()}`" for name in Settings.model_fields]
    assert [name for name in names if name not in README] == []


def test_readme_names_no_setting_that_is_gone() -> None:
    named = set(re.findall(rf"`{ENVIRONMENT_PREFIX}([A-Z_]+)`", README))
    assert named <= {name.upper() for name in Settings.model_fields} | {"DEBUG"}


def test_readme_names_every_command() -> None:
    commands = _commands()
    assert "serve" in commands
    assert [name for name in commands if f"greenroom {name}" not in README] == []


def test_reference_page_names_every_measure() -> None:
    assert [name for name in DEFINITIONS if f"`{name}`" not in MEASURES] == []


def test_reference_page_is_the_one_the_definitions_make() -> None:
    assert as_markdown() == MEASURES


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").glob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    ]
    assert links
    assert [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()] == []
