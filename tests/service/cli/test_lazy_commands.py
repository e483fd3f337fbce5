"""Commands are listed without loading what they run with, and the list says what each says of itself."""

import subprocess
import sys

import pytest
import typer

from service.cli.application import application
from tests.tools.benchmarks.command import bench

GROUPS = {"greenroom": typer.main.get_command(application), "bench": typer.main.get_command(bench)}
COMMANDS = [
    pytest.param(command, id=f"{group} {name}")
    for group, listed in GROUPS.items()
    for name, command in listed.commands.items()  # type: ignore[attr-defined]
]
SLOW = ("faster_whisper", "fastapi", "numpy", "pydantic", "scipy", "sqlalchemy")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_listed_with_the_first_paragraph_of_its_help(command: typer.core.TyperCommand) -> None:
    first, _, _ = command.loaded().help.partition("\n\n")  # type: ignore[attr-defined]
    assert command.help == " ".join(first.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_listing_the_commands_loads_none_of_them(arguments: list[str]) -> None:
    code = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print('slow:', [name for name in {SLOW} if name in sys.modules]))\n"
        "from service.cli.application import application\n"
        f"application({arguments})\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1] == "slow: []", run.stderr
