"""Commands are listed without loading what they run with, and the list says what each says of itself."""

import re
import shlex
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from analysis.cli.lazy_commands import FOR_DEVELOPERS
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


@pytest.mark.parametrize("command", GROUPS["greenroom"].commands.values(), ids=lambda command: command.name)  # type: ignore[attr-defined]
def test_the_help_of_a_command_gives_an_example_of_it(command: typer.core.TyperCommand) -> None:
    examples = re.findall(rf"^.*: (greenroom {command.name}.*)$", command.loaded().help, re.MULTILINE)  # type: ignore[attr-defined]
    assert examples
    for example in examples:
        command.make_context(command.name, shlex.split(example)[2:]).close()


def test_what_people_use_is_listed_before_what_developers_use() -> None:
    listed = CliRunner().invoke(application, ["--help"], env={"COLUMNS": "100"}).stdout
    first, heading, second = listed.partition(FOR_DEVELOPERS)
    assert heading
    used, others = (
        re.findall(r"^\W* ([a-z-]+)  ", part, re.MULTILINE)
        for part in (first.rpartition(" Commands ")[2], second)
    )
    assert used == ["report", "serve", "progress", "create-administrator", "export", "delete"]
    seeds = ["seed-history", "seed-season", "seed-cohort"]
    moving = ["move-data", "back-up", "restore"]
    assert others == [
        "evaluate",
        "bench",
        "worker",
        "migrate",
        *moving,
        "remove-second-factor",
        "labels",
        *seeds,
    ]


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
