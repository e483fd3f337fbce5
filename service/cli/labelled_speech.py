"""`greenroom labels`: corrected answers as labelled speech."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from service.cli.options import DataFolder, settings_with
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.exports.labelled_speech import NothingCorrected, write_folder


def labels(
    folder: Annotated[
        Path, typer.Argument(help="The folder to write; new, or empty.", show_default=False, readable=False)
    ],
    data_folder: DataFolder = None,
) -> None:
    """Write the answers that you corrected as labelled speech, which `evaluate` reads.

    Example: greenroom labels my-corrections
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        text = f"{folder} is not empty. Nothing was written. Name a new folder."
        raise CommandError(text, code="folder_not_empty")
    service = Service.open(settings_with(data_folder=data_folder))
    try:
        written = write_folder(service, LOCAL_PERSON, folder)
    except NothingCorrected as error:
        raise CommandError(error.detail, code=error.code) from error
    except OSError as error:
        text = f"{folder} cannot be written: {error.strerror}. Your recordings are safe."
        raise CommandError(text, code="cannot_write") from error
    clips = "1 clip" if written.clips == 1 else f"{written.clips} clips"
    typer.echo(f"{clips} written to {folder}")
    for missing in written.left_out:
        typer.echo(f"Left out: {missing}.", err=True)
