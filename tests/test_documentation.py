"""The README and its reference pages name every setting, command and measure, and nothing that is gone."""

import re
from pathlib import Path

import pytest
import typer

from analysis.measures.registry import DEFINITIONS, as_markdown
from service.cli.application import application
from service.settings import ENVIRONMENT_PREFIX, Settings

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MEASURES = (REPOSITORY / "docs" / "measures.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    return sorted(typer.main.get_command(application).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_readme_names_every_setting(name: str) -> None:
    assert f"`{ENVIRONMENT_PREFIX}{name.upper()}`" in README


def test_readme_names_no_setting_that_is_gone() -> None:
    named = set(re.findall(rf"`{ENVIRONMENT_PREFIX}([A-Z_]+)`", README))
    assert named <= {name.upper() for name in Settings.model_fields} | {"DEBUG"}


@pytest.mark.parametrize("name", _commands())
def test_readme_names_every_command(name: str) -> None:
    assert f"greenroom {name}" in README


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_reference_page_names_every_measure(name: str) -> None:
    assert f"`{name}`" in MEASURES


def test_reference_page_is_the_one_the_definitions_make() -> None:
    assert as_markdown() == MEASURES


@pytest.mark.parametrize(
    "page", sorted((REPOSITORY).glob("*.md")) + sorted((REPOSITORY / "docs").glob("*.md"))
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"
