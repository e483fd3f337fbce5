"""`greenroom bench`: runs the benchmarks of the checkout, which are not part of an installed package."""

import sys
from importlib import import_module
from pathlib import Path

import typer

from analysis.cli.failures import CommandError

ROOT = Path(__file__).resolve().parents[2]
"""Where the packages lie: a checkout, whose `tests/tools` has the benchmarks, or site-packages."""


def load_benchmarks() -> typer.Typer:
    """The group of benchmarks.

    Raises:
        CommandError: `no_benchmarks`.
    """
    if not (ROOT / "tests" / "tools" / "benchmarks").is_dir():
        raise CommandError(
            "The benchmarks are not part of an installed Greenroom: run this command in a copy of its source "
            "code.",
            code="no_benchmarks",
        )
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    group: typer.Typer = import_module("tests.tools.benchmarks.command").bench
    return group
