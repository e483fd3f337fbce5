"""`greenroom move-data`, `back-up` and `restore`: everything of a set-up, to another place."""

import os
import shutil
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.failures import CommandError
from analysis.formatting import number_of
from service.cli.options import DataFolder, exact_settings, settings_with
from service.settings import ENVIRONMENT_PREFIX, Settings


def move_data(
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Settings of the source."),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Settings of the target."),
    ] = None,
) -> None:
    """Move everything that a set-up keeps to another one, which has to be empty.

    Each FILE has lines such as GREENROOM_DATABASE_URL=...; without one, the settings of the environment
    count. Stop the nodes and workers of both first: what is added meanwhile is not moved. The source stays
    as it is.

    Example: greenroom move-data --to /etc/greenroom/greenroom.env
    """
    if source is None and target is None:
        raise CommandError("Name the settings of one side with --from or --to.", code="wrong_setting")
    _move(_settings_of(source), _settings_of(target), "moved")


def back_up(
    folder: Annotated[Path, typer.Argument(help="The folder to write; new, or empty.", show_default=False)],
    data_folder: DataFolder = None,
) -> None:
    """Save everything that a set-up keeps in a folder, while it goes on serving.

    The folder is a data folder: `greenroom serve --data-folder FOLDER` opens it too.

    Example: greenroom back-up /media/disk/greenroom-2026-11-27
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        text = f"{folder} is not empty. Nothing was saved. Name a new folder."
        raise CommandError(text, code="folder_not_empty")
    is_new = not folder.exists()
    try:
        _move(settings_with(data_folder=data_folder), exact_settings(data_folder=folder), "saved")
    except BaseException:
        if folder.exists():
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if is_new:
                folder.rmdir()
        raise


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder of `back-up`.", show_default=False)],
    data_folder: DataFolder = None,
) -> None:
    """Put back what `back-up` saved. The set-up has to be empty, and its nodes and workers stopped.

    Example: greenroom restore /media/disk/greenroom-2026-11-27
    """
    if not folder.is_dir():
        raise CommandError(f"There is no folder {folder}. Nothing was put back.", code="no_such_folder")
    _move(exact_settings(data_folder=folder), settings_with(data_folder=data_folder), "put back")


def _move(source: Settings, target: Settings, verb: str) -> None:
    os.umask(0o077)
    try:
        from service.hosting.moving.move import move
    except ImportError as error:
        text = "This needs more packages: pip install 'greenroom[hosting]'."
        raise CommandError(text, code="not_installed") from error
    moved = move(source, target)
    size = f"{moved.bytes / 1e6:,.1f} MB"
    files = number_of(moved.files, "file")
    typer.echo(f"{number_of(moved.rows, 'row')} and {files} ({size}) {verb} and compared.")
    if moved.incomplete:
        text = (
            f"Of {number_of(len(moved.incomplete), 'answer')} files were missing before: "
            f"{', '.join(moved.incomplete)}. All else was {verb}."
        )
        raise CommandError(text, code="files_missing")


def _settings_of(file: Path | None) -> Settings:
    if file is None:
        return settings_with()
    if not file.is_file():
        raise CommandError(f"There is no file {file}. Nothing was moved.", code="no_such_file")
    from dotenv import dotenv_values

    given = {
        name.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for name, value in dotenv_values(file).items()
        if name.startswith(ENVIRONMENT_PREFIX) and value is not None
    }
    return exact_settings(**given)
