"""What a person reads, and which exit status a program sees, when a command does not end well.

0 done (a recording without speech included), 1 a fault of ours, 2 the input or the request
cannot be used, 130 stopped with Ctrl-C.
"""

import os
from typing import Any

import typer
from typer.core import TyperGroup

from analysis.cli.terminal import say
from analysis.errors import AnalysisError

FAULT_STATUS = 1
UNUSABLE_STATUS = 2
STOPPED_STATUS = 130


class CommandError(AnalysisError):
    """A command cannot begin.

    Codes: `file_not_found`, `is_a_folder`, `not_a_file`, `no_permission`, `same_file`,
    `cannot_write`, `no_samples`, `not_an_evaluation`.
    """

    code = "cannot_begin"


def wants_details() -> bool:
    """Whether GREENROOM_DEBUG asks for stack traces."""
    return os.environ.get("GREENROOM_DEBUG", "") not in {"", "0"}


class PlainFailures(TyperGroup):
    """A group of commands that says what went wrong in one sentence instead of a stack trace."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that `ctx` names; raises `typer.Exit` with the status for any failure."""
        try:
            return super().invoke(ctx)
        except (typer.TyperException, typer.Exit, typer.Abort, BrokenPipeError):
            raise  # usage errors and closed pipes: typer already answers these well
        except AnalysisError as error:
            say(f"{error.text} [{error.code}]")
            raise typer.Exit(UNUSABLE_STATUS) from error
        except KeyboardInterrupt as error:
            say("Stopped.")
            raise typer.Exit(STOPPED_STATUS) from error
        except Exception as error:
            if wants_details():
                raise
            if isinstance(error, OSError) and error.strerror:
                say(f"Greenroom cannot continue: {error.strerror.lower()}. Make room or check permissions.")
                raise typer.Exit(FAULT_STATUS) from error
            say(
                f"Something went wrong inside Greenroom ({type(error).__name__}). "
                "Set GREENROOM_DEBUG=1 and try again to see the details to report."
            )
            raise typer.Exit(FAULT_STATUS) from error
