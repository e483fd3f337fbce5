"""The commands put together."""

from importlib.metadata import version
from typing import Annotated

import typer

from analysis.cli.benchmarks import load_benchmarks
from analysis.cli.failures import PlainFailures
from analysis.cli.lazy_commands import FOR_DEVELOPERS, add_command, within

application = typer.Typer(
    cls=PlainFailures,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Practise interview answers and see how they went. Everything stays on this machine.\n\n"
        "To record in your browser: greenroom serve --open\n\n"
        "To look at a recording that you have: greenroom report answer.m4a\n\n"
        "How a command is used: greenroom report --help"
    ),
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


add_command(
    application,
    "report",
    "Show how one answer went: the verdict, four figures, one thing to change, and the text.",
    within("analysis.cli.report", "report"),
)
add_command(
    application,
    "evaluate",
    "Measure how far off every figure is, on speech whose true figures are known.",
    within("analysis.cli.evaluate", "evaluate"),
    heading=FOR_DEVELOPERS,
)
add_command(
    application,
    "bench",
    "Measure how fast the analysis is beside plain Whisper, and how much memory it takes.",
    load_benchmarks,
    heading=FOR_DEVELOPERS,
)
