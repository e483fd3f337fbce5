"""The commands put together."""

from importlib.metadata import version
from typing import Annotated

import typer

from analysis.cli.benchmarks import load_benchmarks
from analysis.cli.failures import PlainFailures
from analysis.cli.lazy_commands import add_command, within

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


add_command(
    application,
    "report",
    "Transcribe one answer and show its length, pace, pauses and filler words.",
    within("analysis.cli.report", "report"),
)
add_command(
    application,
    "evaluate",
    "Measure the error of every figure on labelled speech.",
    within("analysis.cli.evaluate", "evaluate"),
)
add_command(
    application,
    "bench",
    "Speed of the analysis beside plain Whisper, alternating in one run, and peak memory.",
    load_benchmarks,
)
