"""`greenroom serve`: the web application and its workers."""

import sys
import threading
import webbrowser
from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from service.answers.samples import add_samples_in_background
from service.cli.options import DataFolder, settings_with
from service.dependencies import Service
from service.server import AddressTakenError
from service.server import serve as run_server

_ONE_MACHINE_ONLY = (
    "Warning: other machines can use this database, but they cannot reach the recordings in this folder. "
    "Set GREENROOM_STORAGE_URL if there is more than one machine (docs/hosting.md)."
)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes any.", show_default="8414")] = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="Add the sample answers at the first start.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
    data_folder: DataFolder = None,
) -> None:
    """Start Greenroom on this machine, and print the address of its pages.

    Example: greenroom serve --open
    """
    settings = settings_with(host=host, port=port, data_folder=data_folder)

    def say(address: str, service: Service) -> None:
        typer.echo(f"Greenroom is ready at {address}")
        typer.echo(f"Recordings are kept in {settings.recordings_place}")
        if settings.shares_rows_only:
            typer.echo(_ONE_MACHINE_ONLY, err=True)
        typer.echo("Press Ctrl+C to stop.")
        sys.stdout.flush()
        if samples:
            add_samples_in_background(service)
        if open_browser:
            # In a thread, because some browsers block the program that opens them until they are closed.
            threading.Thread(target=open_in_browser, args=(address,), name="browser", daemon=True).start()

    try:
        run_server(settings, say)
    except AddressTakenError as error:
        text = f"Greenroom cannot listen on {error} Choose another with --port."
        raise CommandError(text, code="address_taken") from error


def open_in_browser(address: str) -> None:
    """Opens the page, or says on standard error that no browser could be opened."""
    # A server that listens on all addresses is reached at the loopback address.
    own = address.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    if not webbrowser.open(own):
        typer.echo(f"No browser could be opened. Open {own} yourself.", err=True)
