"""`greenroom worker`: an additional worker process for a running service."""

import os

import typer

from service.cli.options import DataFolder, settings_with
from service.dependencies import Service
from service.jobs.supervisor import Supervisor


def worker(data_folder: DataFolder = None) -> None:
    """Start one more worker for a service that is running, so that more answers are analysed at once.

    Example: greenroom worker
    """
    os.umask(0o077)
    settings = settings_with(data_folder=data_folder, workers=1)
    supervisor = Supervisor(settings, Service.open(settings).database)
    supervisor.start()
    typer.echo(f"Working on the answers in {settings.data_folder}. Press Ctrl+C to stop.")
    try:
        supervisor.join()
    except KeyboardInterrupt:
        typer.echo("Stopped. Unfinished work continues later.")
    finally:
        supervisor.stop()
