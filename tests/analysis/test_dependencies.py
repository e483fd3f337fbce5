"""Dependencies point one way: the analysis knows nothing of the service around it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ANALYSIS = Path(__file__).parents[2] / "analysis"
FOREIGN = {
    "alembic", "fastapi", "multipart", "pydantic_settings", "service", "sqlalchemy", "starlette", "uvicorn",
    "web",
}  # fmt: skip


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("source", sorted(ANALYSIS.rglob("*.py")), ids=lambda p: str(p.relative_to(ANALYSIS)))
def test_a_module_imports_nothing_of_the_service(source: Path) -> None:
    assert not FOREIGN & set(_imported(source))


@pytest.mark.parametrize("source", sorted(ANALYSIS.glob("*.py")), ids=lambda p: p.name)
def test_the_measures_know_nothing_of_the_terminal(source: Path) -> None:
    imported = set(_imported(source))
    assert not {"rich", "typer"} & imported
    assert "analysis.cli" not in source.read_text(encoding="utf-8")
