"""The commands put together."""

from importlib.metadata import version
from typing import Annotated

import typer

from analysis.cli.bench import bench
from analysis.cli.evaluate import evaluate
from analysis.cli.failures import PlainFailures
from analysis.cli.report import report

application = typer.Typer(
    cls=PlainFailures,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Greenroom records practice answers and measures how they were spoken, on this machine only.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"greenroom {version('greenroom')}")
        raise typer.Exit


@application.callback()
def _greenroom(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Only here so that `--version` has a place."""


application.command("report")(report)
application.command("evaluate")(evaluate)
application.add_typer(bench, name="bench")
