"""`greenroom worker`: an additional worker process for a running service."""

import os
import signal
import threading
from types import FrameType

import typer

from service.cli.options import DataFolder, settings_with
from service.dependencies import Service
from service.hosting import logs
from service.jobs.supervisor import Supervisor

_ONE_MACHINE_ONLY = (
    "Warning: this worker only finds recordings that are in its own data folder. "
    "Set GREENROOM_STORAGE_URL if there is more than one machine (docs/hosting.md)."
)


def worker(data_folder: DataFolder = None) -> None:
    """Start one more worker for a service that is running, so that more answers are analysed at once.

    Example: greenroom worker
    """
    os.umask(0o077)
    settings = settings_with(data_folder=data_folder, workers=1)
    logs.set_up(settings)
    if settings.shares_rows_only:
        typer.echo(_ONE_MACHINE_ONLY, err=True)
    supervisor = Supervisor(settings, Service.open(settings).database)

    def stop(number: int, frame: FrameType | None) -> None:
        # In a thread: the handler may interrupt the main thread while it holds the lock of an event.
        threading.Thread(target=supervisor.ask_to_stop, name="stop").start()

    # A service manager stops it with SIGTERM, a person with Ctrl+C.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        supervisor.start()
        typer.echo(f"Working on the answers in {settings.recordings_place}. Press Ctrl+C to stop.")
        supervisor.join()
    finally:
        supervisor.stop()
    typer.echo("Stopped. Unfinished work continues later.")
