"""Commands whose modules are loaded when they are run, so that `--help` and other commands do not wait."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand

Function = Callable[..., None]
"""A command as Typer reads it: its parameters are the options, its docstring is the help."""
Load = Callable[[], Function | typer.Typer]

FOR_DEVELOPERS = "For developers, and for those who host Greenroom"
"""Heading in the list of commands over those that few people need."""


def within(module: str, name: str) -> Load:
    """A function or a group of commands of a module that is imported only to get it."""

    def load() -> Function | typer.Typer:
        found: Function | typer.Typer = getattr(import_module(module), name)
        return found

    return load


def add_command(
    group: typer.Typer, name: str, summary: str, load: Load, *, heading: str | None = None
) -> None:
    """Adds a command to a group without loading it.

    Args:
        group: where it is listed.
        name: as it is typed.
        summary: the first paragraph of its help, for the list of commands.
        load: gives the command.
        heading: under which it is listed; `Commands` by default.
    """

    class Placeholder(TyperCommand):
        """Stands in the list; what follows its name on the command line is read by the command itself."""

        def make_context(self, info_name: str | None, args: list[str], *rest: Any, **further: Any) -> Any:
            """The context of the loaded command, which is then the one that runs."""
            return self.loaded().make_context(info_name, args, *rest, **further)

        def loaded(self) -> Any:
            """The command itself."""
            return _command(load())

    @group.command(name, help=summary, cls=Placeholder, rich_help_panel=heading)
    def _never_called() -> None:
        raise AssertionError("the loaded command runs in its place")


def _command(loaded: Function | typer.Typer) -> Any:
    if isinstance(loaded, typer.Typer):
        return typer.main.get_command(loaded)
    alone = typer.Typer(add_completion=False)
    alone.command()(loaded)
    return typer.main.get_command(alone)
