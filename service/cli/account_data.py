"""`greenroom export` and `greenroom delete`: the account data."""

import zipfile
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from service.cli.options import DataFolder, settings_with
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.exports.account_archive import Export, write_archive
from service.exports.originals import MISSING
from service.recordings.storage import StorageUnavailableError


def export(
    file: Annotated[Path, typer.Argument(help="The zip file to write.", show_default=False)],
    data_folder: DataFolder = None,
) -> None:
    """Save everything you have in one zip file: recordings, reports, transcripts, own questions.

    Example: greenroom export everything.zip
    """
    service = Service.open(settings_with(data_folder=data_folder))
    collected = Export.collect(service.database, service.storage, LOCAL_PERSON)
    partial = file.with_name(f".{file.name}.partial")
    try:
        with zipfile.ZipFile(partial, "w") as archive:
            for _ in write_archive(collected, archive):
                pass
            incomplete = MISSING in archive.namelist()
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        text = f"{file} cannot be written: {error.strerror}. Your recordings are safe."
        raise CommandError(text, code="cannot_write") from error
    except StorageUnavailableError as error:
        partial.unlink(missing_ok=True)
        text = "The object store does not answer, so nothing was written. Try again in a moment."
        raise CommandError(text, code="storage_unavailable") from error
    typer.echo(f"{_answers(len(collected.answers))} written to {file}")
    if incomplete:
        typer.echo(f"Some recordings are missing here: see {MISSING} in it.", err=True)


def delete(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False, data_folder: DataFolder = None
) -> None:
    """Delete everything you have: recordings, reports, transcripts, own questions. This cannot be undone.

    Example: greenroom delete
    """
    service = Service.open(settings_with(data_folder=data_folder))
    count = len(Export.collect(service.database, service.storage, LOCAL_PERSON).answers)
    if not yes:
        question = f"Delete {_answers(count)} in {service.settings.recordings_place}? This cannot be undone."
        typer.confirm(question, abort=True)
    typer.echo(f"{_answers(service.delete_account_data(LOCAL_PERSON))} deleted. Nothing is left.")


def _answers(number: int) -> str:
    return "1 answer" if number == 1 else f"{number} answers"
